#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <workflow/diagnostics.hpp>

namespace hashloom::workflow {
namespace {

constexpr int kIndent = 4;
constexpr size_t kWindow = 160, kBefore = 80;  // columns shown of a long line

std::vector<std::string_view> split_lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    auto line = text.substr(0, end);
    if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
    lines.push_back(line);
    text = end == text.npos ? std::string_view() : text.substr(end + 1);
  }
  return lines;
}

bool starts_character(char c) { return (c & 0xC0) != 0x80; }

/// Characters, not bytes.
size_t columns(std::string_view text) { return std::count_if(text.begin(), text.end(), starts_character); }

std::string printable(std::string_view text) {
  std::string shown(text);
  std::replace_if(
      shown.begin(), shown.end(), [](unsigned char c) { return c < 0x20 || c == 0x7F; }, ' ');
  return shown;
}

/// The line without its indentation, and a mark below the place.
std::string marked(std::string_view line, int column, int width) {
  const size_t at = column - 1;
  if (line.find_first_not_of(" \t") >= line.size() || at >= line.size()) return {};
  size_t first = std::min(line.find_first_not_of(" \t"), at);
  if (at - first > kBefore) first = at - kBefore;
  while (first < at && !starts_character(line[first])) ++first;
  size_t last = std::min(line.size(), first + kWindow);
  while (last < line.size() && !starts_character(line[last])) --last;
  const size_t end = std::clamp(at + std::max(width, 1), at + 1, std::max(last, at + 1));
  const size_t under = std::max<size_t>(columns(line.substr(at, end - at)), 1);
  return fmt::format("{:{}}{}\n{:{}}^{}\n", "", kIndent, printable(line.substr(first, last - first)), "",
                     kIndent + columns(line.substr(first, at - first)), std::string(under - 1, '~'));
}

std::string render(const std::vector<SourceFile>& files, const std::vector<Mistake>& mistakes) {
  std::vector<std::vector<std::string_view>> lines_of_files;
  for (const auto& file : files) lines_of_files.push_back(split_lines(file.text));
  std::string all;
  for (const auto& mistake : mistakes) {
    const auto& lines = lines_of_files.at(mistake.place.file);
    const auto& path = files.at(mistake.place.file).path;
    all += fmt::format("{}: error: {}\n", mistake.origin.empty() ? location(path, mistake.place) : mistake.origin,
                       mistake.what);
    const size_t line = mistake.place.line;
    if (mistake.origin.empty() && line >= 1 && line <= lines.size() && mistake.place.column >= 1)
      all += marked(lines[line - 1], mistake.place.column, mistake.width);
    if (!mistake.note.empty()) all += fmt::format("note: {}\n", mistake.note);
    for (const auto& note : mistake.context) all += fmt::format("note: {}\n", note);
  }
  return all + fmt::format("{} error{}; nothing was run.", mistakes.size(), mistakes.size() == 1 ? "" : "s");
}

/// Insertions, deletions, replacements and swaps of neighbours that make `a` of `b` (optimal string alignment).
size_t distance(const std::string& a, const std::string& b) {
  std::vector<size_t> before(b.size() + 1), last(b.size() + 1), now(b.size() + 1);
  std::iota(last.begin(), last.end(), size_t{0});
  for (size_t i = 1; i <= a.size(); ++i) {
    now[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      now[j] = std::min({last[j] + 1, now[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) now[j] = std::min(now[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(now);
  }
  return last[b.size()];
}

}  // namespace

std::string location(const std::filesystem::path& path, const Place& place) {
  if (place.line == 0) return path.string();
  return fmt::format("{}:{}:{}", path.string(), place.line, place.column);
}

Mistakes::Mistakes(const std::vector<SourceFile>& files, std::vector<Mistake> mistakes)
    : std::runtime_error(render(files, mistakes)), mistakes_(std::move(mistakes)) {
  for (const auto& file : files) paths_.push_back(file.path);
}

nlohmann::json to_json(const Mistakes& mistakes) {
  auto all = nlohmann::json::array();
  for (const auto& mistake : mistakes.all()) {
    auto notes = mistake.context;
    if (!mistake.note.empty()) notes.insert(notes.begin(), mistake.note);
    nlohmann::json one{{"file", mistakes.file_of(mistake).string()},
                       {"line", mistake.place.line},
                       {"column", mistake.place.column},
                       {"width", mistake.width},
                       {"severity", "error"},
                       {"message", mistake.what},
                       {"notes", std::move(notes)}};
    if (!mistake.origin.empty()) one["option"] = mistake.origin;
    all.push_back(std::move(one));
  }
  return all;
}

std::string nearest(const std::string& word, const std::vector<std::string>& candidates) {
  constexpr size_t kLongest = 64, kMostCandidates = 2000;
  if (word.size() > kLongest || candidates.size() > kMostCandidates) return {};
  const size_t limit = std::max<size_t>(1, word.size() / 3);
  std::string best;
  size_t least = std::min(limit + 1, word.size());
  for (const auto& candidate : candidates) {
    if (candidate.size() > word.size() + limit) continue;
    const size_t far = distance(word, candidate);
    if (far < least) best = candidate, least = far;
  }
  return best;
}

}  // namespace hashloom::workflow
