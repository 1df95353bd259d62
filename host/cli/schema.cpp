#include <cli/output.hpp>
#include <cli/workflow_options.hpp>
#include <workflow/json_schema.hpp>

namespace hashloom::cli {

int schema(const std::vector<std::string>& arguments) {
  boost::program_options::options_description options("options");
  add_plugin_options(options);
  add_output_option(options);
  const auto values = parse(command_named("schema"), arguments, options, {});
  if (!values) return kSuccess;
  auto catalogue = catalogue_from(*values);
  put(to_text(workflow::json_schema(catalogue)), output_from(*values));
  return kSuccess;
}

}  // namespace hashloom::cli
