#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <dashboard/model/sample.hpp>
#include <numeric>
#include <stdexcept>

namespace hashloom::dash {
namespace {

void normalise(std::vector<double>& counts) {
  const double all = std::accumulate(counts.begin(), counts.end(), 0.0);
  if (all > 0)
    for (double& count : counts) count /= all;
}

bool share_a_class(const Sample& sample, size_t a, size_t b) {
  return sample.classes[a] >= 0 && sample.classes[a] == sample.classes[b];
}

/// Classes as they were recorded; a legend and a cast have no room for any other.
std::vector<int> classes_of(const std::vector<double>& recorded) {
  constexpr double kNone = -1, kMost = 999;
  for (const double number : recorded)
    if (!(number >= kNone && number <= kMost))
      throw std::runtime_error(
          fmt::format("class {} in the curve 'sample': classes are 0 to {}, {} is none", number, kMost, kNone));
  return {recorded.begin(), recorded.end()};
}

/// A run whose files are from different tries may name items that its codes lack.
bool fits(const Sample& sample, const CodeMatrix& codes) {
  return std::ranges::all_of(sample.items, [&](int64_t item) { return item >= 0 && item < codes.items(); });
}

}  // namespace

int64_t Sample::columns() const {
  return std::max<int64_t>(1, static_cast<int64_t>(std::ceil(std::sqrt(static_cast<double>(size())))));
}

Sample::Cell Sample::cell(int64_t place) const {
  const int64_t across = columns(), down = (size() + across - 1) / across;
  const double width = 1.0 / static_cast<double>(across),
               height = 1.0 / static_cast<double>(std::max<int64_t>(1, down));
  const double left = static_cast<double>(place % across) * width, top = static_cast<double>(place / across) * height;
  return {left, top, left + width, top + height};
}

std::optional<Sample> sample_of(const History& history, int64_t round) {
  const auto* points = history.curve("embedding");
  const auto* items = history.curve("sample");
  const auto* where = points ? at_round(points->curves, round) : nullptr;
  const auto* what = items ? at_round(items->curves, round) : nullptr;
  if (!where || !what || where->x.empty() || where->x.size() != what->x.size()) return {};
  Sample sample{where->x, where->y, {what->x.begin(), what->x.end()}, classes_of(what->y), {}, {}};
  const auto* pictures = history.picture("sample");
  if (const auto* sheet = pictures ? at_round(pictures->pictures, round) : nullptr) {
    sample.sheet = *sheet;
    sample.caption = sheet->caption;
  }
  return sample;
}

Distances distances(const Sample& sample, const CodeMatrix& codes) {
  Distances found{std::vector<double>(static_cast<size_t>(codes.bits() + 1)),
                  std::vector<double>(static_cast<size_t>(codes.bits() + 1))};
  if (!fits(sample, codes)) return found;
  for (size_t a = 0; a < sample.items.size(); ++a)
    for (size_t b = a + 1; b < sample.items.size(); ++b) {
      auto& counts = share_a_class(sample, a, b) ? found.same : found.other;
      ++counts[static_cast<size_t>(codes.distance(sample.items[a], sample.items[b]))];
    }
  normalise(found.same);
  normalise(found.other);
  return found;
}

std::vector<Neighbour> nearest(const Sample& sample, const CodeMatrix& codes, int64_t query, size_t count) {
  std::vector<Neighbour> all;
  if (query < 0 || query >= sample.size() || !fits(sample, codes)) return all;
  for (int64_t place = 0; place < sample.size(); ++place)
    if (place != query)
      all.push_back(
          {place, codes.distance(sample.items[static_cast<size_t>(query)], sample.items[static_cast<size_t>(place)])});
  std::ranges::stable_sort(all, {}, &Neighbour::distance);
  all.resize(std::min(all.size(), count));
  return all;
}

std::vector<SharedCode> shared_codes(const Sample& sample, const CodeMatrix& codes) {
  std::map<std::string, SharedCode> by_code;
  if (!fits(sample, codes)) return {};
  for (int64_t place = 0; place < sample.size(); ++place) {
    const auto hex = codes.hex(sample.items[static_cast<size_t>(place)]);
    auto& shared = by_code[hex];
    shared.hex = hex;
    shared.places.push_back(place);
  }
  std::vector<SharedCode> all;
  for (auto& [hex, shared] : by_code) all.push_back(std::move(shared));
  std::ranges::stable_sort(all, std::greater{}, [](const SharedCode& code) { return code.places.size(); });
  return all;
}

}  // namespace hashloom::dash
