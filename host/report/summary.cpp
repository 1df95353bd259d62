#include <fmt/format.h>

#include <algorithm>
#include <events/fields.hpp>
#include <events/reader.hpp>
#include <report/rounds_table.hpp>
#include <report/summary.hpp>
#include <report/text.hpp>

namespace hashloom::report {
namespace {

using events::text;
using nlohmann::json;

bool same_picture(const json& a, const json& b) {
  return text(a, "stage") == text(b, "stage") && text(a, "name") == text(b, "name");
}

/// The latest of each stage and name, in the order of their first appearance.
std::vector<json> latest_pictures(const std::vector<json>& events) {
  std::vector<json> pictures;
  for (const auto& event : events) {
    if (text(event, "kind") != "picture") continue;
    const auto earlier = std::ranges::find_if(pictures, [&](const json& other) { return same_picture(event, other); });
    if (earlier == pictures.end())
      pictures.push_back(event);
    else
      *earlier = event;
  }
  return pictures;
}

std::string line_of(const std::filesystem::path& run, const json& picture) {
  const auto round = events::integer(picture, "round");
  const auto when = round ? fmt::format(", round {}", *round) : std::string();
  const auto file = (run / "blobs" / text(picture, "blob")).string();
  return fmt::format("  {} {}{}: {}\n", without_controls(text(picture, "stage")),
                     without_controls(text(picture, "name")), when, file);
}

}  // namespace

std::string summary(const std::filesystem::path& run, const std::vector<json>& events) {
  auto all = render(rounds_table(events));
  const auto pictures = latest_pictures(events);
  const auto count = std::ranges::count_if(events, [](const json& event) { return text(event, "kind") == "picture"; });
  if (pictures.empty()) return all + fmt::format("\nThe run is in {}\n", run.string());
  all += fmt::format("\n{} picture{} in {}, the latest:\n", count, count == 1 ? "" : "s", (run / "blobs").string());
  for (const auto& picture : pictures) all += line_of(run, picture);
  return all;
}

std::string summary(const std::filesystem::path& run) {
  return summary(run, events::read(run, {"metric", "round", "end", "picture"}));
}

}  // namespace hashloom::report
