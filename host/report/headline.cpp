#include <algorithm>
#include <events/fields.hpp>
#include <limits>
#include <report/headline.hpp>

namespace hashloom::report {

bool is_headline(const nlohmann::json& event) {
  return events::text(event, "kind") == "metric" && events::flag(event, "headline");
}

Headline headline_of(const nlohmann::json& metric) {
  return {events::text(metric, "stage"), events::text(metric, "name"), events::text(metric, "unit")};
}

size_t place_of(const Headline& headline, std::vector<Headline>& headlines) {
  const auto found = std::ranges::find(headlines, headline);
  const auto place = static_cast<size_t>(found - headlines.begin());
  if (found == headlines.end()) headlines.push_back(headline);
  return place;
}

Column column_of(const Headline& headline, const std::vector<Headline>& all) {
  const bool is_alone = std::ranges::count(all, headline.name, &Headline::name) == 1;
  const auto title = is_alone ? headline.name : headline.stage + " " + headline.name;
  return {is_alone ? headline.name : headline.stage + "." + headline.name,
          headline.unit.empty() ? title : title + " " + headline.unit, headline.unit == "%", -1};
}

Cell figure(const nlohmann::json& event, const char* key) {
  if (!event.contains(key)) return {};
  return events::number(event, key).value_or(std::numeric_limits<double>::quiet_NaN());
}

}  // namespace hashloom::report
