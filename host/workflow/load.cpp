#include <workflow/bind.hpp>
#include <workflow/load.hpp>
#include <workflow/parse.hpp>
#include <workflow/wiring.hpp>

namespace hashloom::workflow {

Workflow load(const std::filesystem::path& file, const Overrides& overrides, plugins::Components& components) {
  Diagnostics mistakes(file);
  const auto text = read(file, mistakes);
  mistakes.throw_if_any();
  mistakes.set_text(*text);
  auto document = parse(*text, mistakes);
  if (!document) mistakes.throw_if_any();
  auto bound = bind(expand(std::move(*document), overrides, mistakes), components, mistakes);
  check_types(bound, mistakes);
  check_loops(bound, mistakes);
  choose_encoder(bound, mistakes);
  check_cycles(bound.workflow, mistakes);
  if (mistakes.is_empty()) check_encoder(bound, components, mistakes);
  mistakes.throw_if_any();
  bound.workflow.file = file;
  bound.workflow.profile = overrides.profile;
  if (bound.workflow.name.empty()) bound.workflow.name = file.stem().string();
  return std::move(bound.workflow);
}

}  // namespace hashloom::workflow
