#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cache/prune.hpp>
#include <charconv>
#include <chrono>
#include <cmath>
#include <cstdlib>
#include <hashloom/errors.hpp>

namespace hashloom::cache {
namespace {

constexpr double kWeek = 7 * 24 * 3600;
constexpr int64_t kInUse = 600;
constexpr auto kGone = std::chrono::hours(24);

/// What a killed writer left behind.
void remove_drafts(const std::filesystem::path& folder) {
  std::error_code ignored;
  const auto old = std::filesystem::file_time_type::clock::now() - kGone;
  for (const auto& file : std::filesystem::directory_iterator(folder, ignored))
    if (file.path().filename().string().find(".tmp") != std::string::npos && file.last_write_time(ignored) < old)
      std::filesystem::remove(file.path(), ignored);
}

constexpr std::array<std::pair<const char*, double>, 10> kUnits{{{"", 1},
                                                                 {"B", 1},
                                                                 {"kB", 1e3},
                                                                 {"MB", 1e6},
                                                                 {"GB", 1e9},
                                                                 {"TB", 1e12},
                                                                 {"KiB", 1024},
                                                                 {"MiB", 1048576},
                                                                 {"GiB", 1073741824},
                                                                 {"TiB", 1099511627776}}};

}  // namespace

double value_of(const Record& record, int64_t now) {
  const double idle = static_cast<double>(std::max<int64_t>(now - record.used, 0));
  return record.seconds / static_cast<double>(std::max<int64_t>(record.bytes, 1)) * std::exp2(-idle / kWeek);
}

std::vector<Record> prune(const Cache& cache, int64_t limit, int64_t now) {
  remove_drafts(cache.folder());
  auto records = cache.list();
  std::ranges::sort(records, {}, [&](const Record& record) { return value_of(record, now); });
  int64_t held = 0;
  for (const auto& record : records) held += record.bytes;
  std::vector<Record> removed;
  for (const auto& record : records) {
    if (held <= limit) break;
    if (now - record.used < kInUse) continue;
    cache.remove(record.key);
    held -= record.bytes;
    removed.push_back(record);
  }
  return removed;
}

int64_t results_limit() {
  const char* asked = std::getenv("HASHLOOM_CACHE_LIMIT");
  return asked ? bytes_from(asked) : int64_t{20} << 30;
}

int64_t bytes_from(const std::string& text) {
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  std::string unit(error == std::errc() ? end : text.data());
  unit.erase(0, unit.find_first_not_of(' '));
  const auto known = std::ranges::find(kUnits, unit, &std::pair<const char*, double>::first);
  if (error != std::errc() || !(number >= 0) || known == kUnits.end() || number * known->second > 9e18)
    throw ParameterError(fmt::format("'{}' is no size", text), "write a number and a unit: 500MB, 20GiB");
  return static_cast<int64_t>(number * known->second);
}

}  // namespace hashloom::cache
