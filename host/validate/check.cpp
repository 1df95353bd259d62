#include <validate/check.hpp>

namespace hashloom::validate {

const std::vector<Check>& checks() {
  static const std::vector<Check> all{
      {"schema", "names, help, defaults and ports are sane", check_schema},
      {"parameters", "any value within the bounds is taken, or refused by a ParameterError", check_parameters},
      {"shapes", "it gives the shapes and types that its role promises", check_shapes},
      {"rows", "what it gives for an item does not depend on the other items of the batch", check_rows},
      {"seed", "the same seed gives the same result", check_seed},
      {"state", "state() saves and restores all that it learned, to the same bits", check_state},
      {"resume", "stopped after an epoch and resumed, it ends with the same bits", check_resume},
      {"purity", "asking for results changes nothing", check_purity}};
  return all;
}

}  // namespace hashloom::validate
