#include <workflow/workflow.hpp>

namespace hashloom::workflow {

Values Stage::params_in(int64_t round) const {
  Values values = params;
  for (const auto& [first, overrides] : from_round) {
    if (first > round) break;
    for (const auto& [name, value] : overrides) values[name] = value;
  }
  return values;
}

std::string name_of(const Cell& cell) {
  std::string all;
  for (const auto& [name, value] : cell) all += (all.empty() ? "" : ", ") + name + "=" + to_text(value);
  return all;
}

}  // namespace hashloom::workflow
