#include <events/fields.hpp>
#include <events/last_words.hpp>
#include <fstream>

namespace hashloom::events {
namespace {

using nlohmann::json;

std::filesystem::path file_of(const std::filesystem::path& run) { return run / "last_words.json"; }

std::string joined(const std::vector<std::string>& texts) {
  std::string all;
  for (const auto& text : texts) all += (all.empty() ? "" : " or ") + text;
  return all;
}

/// "stage 'gan', round 2 (generator/dcgan)"
std::string place_of(const json& event) {
  auto place = "stage '" + text(event, "stage") + "'";
  if (const auto round = integer(event, "round")) place += ", round " + std::to_string(*round);
  return place + " (" + text(event, "uses") + ")";
}

/// Stages that began and did not end before the last event.
std::vector<std::string> places_at_work(const std::vector<json>& events) {
  std::vector<std::string> at_work;
  for (const auto& event : events) {
    if (text(event, "kind") == "resume") at_work.clear();
    if (text(event, "kind") != "stage") continue;
    const auto place = place_of(event);
    std::erase(at_work, place);
    if (text(event, "state") == "started") at_work.push_back(place);
  }
  return at_work;
}

}  // namespace

bool LastWords::by_user() const { return how.starts_with("ended by"); }

std::string LastWords::text() const {
  std::vector<std::string> places;
  for (const auto& place : at_work) places.push_back(events::text(place, "text"));
  return places.empty() ? how : how + " in " + joined(places);
}

std::optional<LastWords> last_words(const std::filesystem::path& run) {
  std::ifstream in(file_of(run));
  const auto all = json::parse(in, nullptr, false);
  if (!all.is_object() || text(all, "how").empty()) return {};
  LastWords words{text(all, "how"), {}};
  if (const auto at_work = all.find("at_work"); at_work != all.end() && at_work->is_array())
    words.at_work.assign(at_work->begin(), at_work->end());
  return words;
}

std::string why_crashed(const std::filesystem::path& run, const std::vector<json>& events) {
  if (const auto words = last_words(run)) return words->text();
  const auto at_work = places_at_work(events);
  return "without a word (killed, out of memory, _exit(), or the machine stopped)" +
         (at_work.empty() ? "" : " in " + joined(at_work));
}

void forget_last_words(const std::filesystem::path& run) {
  std::error_code ignored;
  std::filesystem::remove(file_of(run), ignored);
}

}  // namespace hashloom::events
