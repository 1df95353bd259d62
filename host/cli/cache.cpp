#include <fmt/format.h>

#include <algorithm>
#include <cache/prune.hpp>
#include <cli/command.hpp>
#include <cli/output.hpp>
#include <ctime>
#include <report/table.hpp>
#include <report/text.hpp>

namespace hashloom::cli {
namespace {

namespace po = boost::program_options;

int64_t total_bytes(const std::vector<cache::Record>& records) {
  int64_t bytes = 0;
  for (const auto& record : records) bytes += record.bytes;
  return bytes;
}

std::string ago(int64_t seconds) {
  if (seconds < 3600) return fmt::format("{} min ago", seconds / 60);
  if (seconds < 48 * 3600) return fmt::format("{} h ago", seconds / 3600);
  return fmt::format("{} days ago", seconds / (24 * 3600));
}

report::Table table_of(const std::vector<cache::Record>& records, int64_t now) {
  report::Table table{{{"workflow", "workflow"},
                       {"stage", "stage"},
                       {"round", "round"},
                       {"uses", "component"},
                       {"bytes", "size"},
                       {"seconds", "took s", false, 1},
                       {"used", "used"},
                       {"key", "key"}},
                      {}};
  for (const auto& record : records)
    table.rows.push_back({record.workflow, record.path, record.round > 0 ? report::Cell(record.round) : report::Cell(),
                          record.uses, report::bytes(record.bytes), record.seconds, ago(now - record.used),
                          record.key.substr(0, 12)});
  return table;
}

nlohmann::json to_json(const std::vector<cache::Record>& records) {
  auto all = nlohmann::json::array();
  for (const auto& record : records) {
    auto one = cache::to_json(record);
    one["bytes"] = record.bytes;
    one["used"] = record.used;
    all.push_back(one);
  }
  return all;
}

int list(const cache::Cache& cache, const std::string& format, int64_t now) {
  auto records = cache.list();
  std::ranges::sort(records, std::greater<>(), &cache::Record::bytes);
  if (format == "json") return print_json(to_json(records)), kSuccess;
  if (!records.empty()) fmt::print("{}", report::render(table_of(records, now)));
  fmt::print("{} results, {} in {}\n", records.size(), report::bytes(total_bytes(records)), cache.folder().string());
  return kSuccess;
}

int prune(const cache::Cache& cache, const po::variables_map& values, int64_t now) {
  if (!values.count("limit")) throw UsageError("say how much may stay: hashloom cache prune --limit 10GiB");
  const auto removed = cache::prune(cache, cache::bytes_from(values["limit"].as<std::string>()), now);
  fmt::print("removed {} results, {}; {} stay\n", removed.size(), report::bytes(total_bytes(removed)),
             report::bytes(total_bytes(cache.list())));
  return kSuccess;
}

}  // namespace

int cache(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("limit", po::value<std::string>()->value_name("SIZE"),
                        "for prune: what may stay (500MB, 20GiB); the least valuable results go first, by the seconds "
                        "that they save for each byte, halved for each week without use");
  add_format_option(options, {"table", "json"}, "for list: ");
  const auto values = parse(command_named("cache"), arguments, options, {"what"});
  if (!values) return kSuccess;
  const auto asked =
      values->count("what") ? (*values)["what"].as<std::vector<std::string>>() : std::vector<std::string>{"list"};
  const auto format = format_from(*values, {"table", "json"});
  const cache::Cache cache(cache::results_folder());
  const int64_t now = std::time(nullptr);
  if (asked == std::vector<std::string>{"list"}) return list(cache, format, now);
  if (asked == std::vector<std::string>{"prune"}) return prune(cache, *values, now);
  throw UsageError(fmt::format("hashloom cache can 'list' and 'prune', not '{}'", fmt::join(asked, " ")));
}

}  // namespace hashloom::cli
