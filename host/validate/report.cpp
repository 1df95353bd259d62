#include <fmt/format.h>

#include <algorithm>
#include <validate/report.hpp>

namespace hashloom::validate {

int64_t count(const Validated& validated, Verdict verdict) {
  return std::ranges::count(validated.results, verdict, &Result::verdict);
}

std::string to_text(const Validated& validated) {
  std::string text = validated.component + "\n";
  for (const auto& result : validated.results) {
    text += fmt::format("  {}  {:<10}  {}\n", name(result.verdict), result.check, result.promise);
    for (const auto& line : {result.reason, result.remedy})
      if (!line.empty()) text += fmt::format("        {}\n", line);
  }
  return text;
}

nlohmann::json to_json(const Validated& validated) {
  auto list = nlohmann::json::array();
  for (const auto& result : validated.results)
    list.push_back({{"check", result.check},
                    {"promise", result.promise},
                    {"verdict", name(result.verdict)},
                    {"reason", result.reason},
                    {"remedy", result.remedy}});
  return {{"component", validated.component}, {"checks", list}};
}

}  // namespace hashloom::validate
