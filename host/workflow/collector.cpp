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

bool comes_first(const Mistake& a, const Mistake& b) {
  const auto rank = [](const Mistake& m) { return std::tuple(!m.origin.empty(), m.place.line, m.place.column); };
  return rank(a) < rank(b);
}

}  // namespace

void Diagnostics::add(const Source& where, std::string what, std::string note) {
  if (is_full()) return;
  mistakes_.push_back({where.place, std::move(what), std::move(note), where.width, where.origin});
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
  std::stable_sort(sorted.begin(), sorted.end(), comes_first);
  throw Mistakes(file_, text_, std::move(sorted));
}

}  // namespace hashloom::workflow
