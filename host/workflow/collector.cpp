#include <fmt/format.h>

#include <algorithm>
#include <workflow/collector.hpp>

namespace hashloom::workflow {
namespace {

std::string listed(const std::vector<std::string>& names) {
  constexpr size_t kMost = 20;
  std::string all;
  for (size_t i = 0; i < std::min(names.size(), kMost); ++i) all += (i ? ", " : "") + names[i];
  return all + (names.size() > kMost ? ", ..." : "");
}

std::string capitalised(std::string text) {
  if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
  return text;
}

/// "in the cell bits=16", or how many of all cells, and the first ones.
std::string some_cells(const std::vector<std::string>& cells, size_t all) {
  constexpr size_t kMost = 3;
  if (cells.size() == 1) return "in the cell " + cells[0];
  std::string text = fmt::format("in {} of {} cells: ", cells.size(), all);
  for (size_t i = 0; i < std::min(cells.size(), kMost); ++i) text += (i ? "; " : "") + cells[i];
  return text + (cells.size() > kMost ? "; ..." : "");
}

bool comes_first(const Mistake& a, const Mistake& b) {
  const auto rank = [](const Mistake& m) { return std::tuple(!m.origin.empty(), m.place.line, m.place.column); };
  return rank(a) < rank(b);
}

}  // namespace

void Diagnostics::add(const Source& where, std::string what, std::string note) {
  const auto key = fmt::format("{}:{}:{}:{}", where.place.line, where.place.column, where.origin, what);
  if (const auto at = known_.find(key); at != known_.end()) {
    auto& cells = found_in_[at->second];
    if (!cells.empty() && cells.back() != cell_) cells.push_back(cell_);
    return;
  }
  if (is_full()) return;
  known_.emplace(key, mistakes_.size());
  mistakes_.push_back({where.place, std::move(what), std::move(note), where.width, where.origin});
  found_in_.push_back(cell_.empty() ? std::vector<std::string>{} : std::vector{cell_});
}

void Diagnostics::add_misspelt(const Source& where, std::string what, const std::string& word,
                               const std::vector<std::string>& candidates, const std::string& list) {
  if (is_full()) return;
  if (candidates.empty()) return add(where, std::move(what), list + ": none");
  const auto meant = nearest(word, candidates);
  const auto all = listed(candidates);
  add(where, std::move(what),
      meant.empty() ? fmt::format("{}: {}", list, all)
                    : fmt::format("did you mean '{}'? {}: {}", meant, capitalised(list), all));
}

void Diagnostics::throw_if_any() const {
  if (mistakes_.empty()) return;
  auto sorted = mistakes_;
  for (size_t i = 0; i < sorted.size(); ++i)
    if (const auto& cells = found_in_[i]; !cells.empty() && cells.size() < cells_)
      sorted[i].context.push_back(some_cells(cells, cells_));
  std::stable_sort(sorted.begin(), sorted.end(), comes_first);
  throw Mistakes(file_, text_, std::move(sorted));
}

}  // namespace hashloom::workflow
