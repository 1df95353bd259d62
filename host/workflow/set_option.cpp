#include <fmt/format.h>

#include <workflow/parse.hpp>
#include <workflow/scalar.hpp>
#include <workflow/set_option.hpp>

namespace hashloom::workflow {
namespace {

std::optional<SetOption> parse_set(const std::string& option, Diagnostics& mistakes) {
  const size_t equals = option.find('=');
  const auto path = option.substr(0, equals);
  const Source source{{}, 1, "--set " + path};
  if (equals == std::string::npos || find_unprintable(path) != std::string::npos) {
    mistakes.add({{}, 1, "--set"}, "it takes NAME=VALUE, not " + quote(option),
                 "--set bits=64 sets a var, --set gan.epochs=2 a stage's parameter");
    return {};
  }
  auto value = parse_value(option.substr(equals + 1), source, mistakes);
  if (!value) return {};
  if (natural(*value)) return SetOption{path, std::move(*value)};
  mistakes.add(source, fmt::format("the value can't be {}", describe(*value)),
               "it is a flag, an integer, a number, a text or a list of those");
  return {};
}

}  // namespace

std::vector<SetOption> parse_sets(const std::vector<std::string>& options, Diagnostics& mistakes) {
  std::vector<SetOption> sets;
  for (const auto& option : options)
    if (auto set = parse_set(option, mistakes)) sets.push_back(std::move(*set));
  return sets;
}

}  // namespace hashloom::workflow
