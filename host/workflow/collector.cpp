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
  const auto rank = [](const Mistake& m) {
    return std::tuple(!m.origin.empty(), m.place.file, m.place.line, m.place.column);
  };
  return rank(a) < rank(b);
}

}  // namespace

void Diagnostics::add(const Source& where, std::string what, std::string note) {
  const auto key =
      fmt::format("{}:{}:{}:{}:{}", where.place.file, where.place.line, where.place.column, where.origin, what);
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

int Diagnostics::add_file(const std::filesystem::path& path, const Source& used_at, const std::string& user) {
  const auto [at, is_new] = uses_.emplace(std::pair(user, path.string()), files_.size());
  if (!is_new) return at->second;
  files_.push_back({path, {}});
  users_.push_back({used_at, user});
  return at->second;
}

std::vector<std::string> Diagnostics::context_of(const Mistake& mistake, const std::vector<std::string>& cells) const {
  std::vector<std::string> context;
  for (int file = mistake.place.file; file != 0; file = users_[file].used_at.place.file) {
    const auto& [used_at, stage] = users_[file];
    context.push_back(
        fmt::format("used by stage '{}', {}", stage, location(files_[used_at.place.file].path, used_at.place)));
  }
  if (!cells.empty() && cells.size() < cells_) context.push_back(some_cells(cells, cells_));
  return context;
}

void Diagnostics::throw_if_any() const {
  if (mistakes_.empty()) return;
  auto sorted = mistakes_;
  for (size_t i = 0; i < sorted.size(); ++i) sorted[i].context = context_of(sorted[i], found_in_[i]);
  std::stable_sort(sorted.begin(), sorted.end(), comes_first);
  throw Mistakes(files_, std::move(sorted));
}

}  // namespace hashloom::workflow
