#include <fmt/format.h>

#include <algorithm>
#include <workflow/bind_stage.hpp>
#include <workflow/fields.hpp>
#include <workflow/use.hpp>

namespace hashloom::workflow {
namespace {

const std::vector<std::string> kPortTypes = {port::kImages, port::kLabels, port::kFeatures, port::kCodes,
                                             port::kGenerator};

void add_input(Schema& schema, const Entry& entry, Diagnostics& mistakes) {
  if (!check_name(entry, "input", mistakes)) return;
  const auto& type = entry.value.text;
  const bool is_known = std::ranges::find(kPortTypes, type) != kPortTypes.end();
  if (!is_known)
    mistakes.add_misspelt(entry.value.source, fmt::format("input '{}': there is no type {}", entry.key, quote(type)),
                          type, kPortTypes, "types");
  schema.input(entry.key, is_known ? type : "", Need::required, "");
}

void add_output(Schema& schema, const Entry& entry, Diagnostics& mistakes) {
  if (check_name(entry, "output", mistakes)) schema.output(entry.key, "", "");
}

/// The entries of the map under `key`, if it is one.
std::vector<Entry> entries_of(const Node& root, const std::string& key, Diagnostics& mistakes) {
  const Node* node = root.find(key);
  return node && expect_map(*node, "'" + key + "'", mistakes) ? node->entries : std::vector<Entry>{};
}

plugins::ComponentInfo component(const std::string& id, Schema schema) {
  return {id, id, "", "", std::move(schema), nullptr};
}

}  // namespace

plugins::ComponentInfo face_of(const std::string& file, const SubWorkflow& used, Diagnostics& mistakes) {
  Schema schema("a sub-workflow");
  for (const auto& entry : entries_of(used.inside.root, "inputs", mistakes)) add_input(schema, entry, mistakes);
  for (const auto& entry : entries_of(used.inside.root, "outputs", mistakes)) add_output(schema, entry, mistakes);
  for (const auto& param : used.params) schema.param(param.name, param.fallback, param.bounds, param.help);
  return component(file, std::move(schema));
}

plugins::ComponentInfo inside_of(const plugins::ComponentInfo& face) {
  Schema schema("what comes in");
  for (const auto& input : face.schema.inputs()) schema.output(input.name, input.type, "");
  return component("inputs", std::move(schema));
}

std::map<std::string, PortRef> outputs_of(const SubWorkflow& used, const std::string& prefix, Diagnostics& mistakes) {
  std::map<std::string, PortRef> outputs;
  for (const auto& entry : entries_of(used.inside.root, "outputs", mistakes))
    if (const auto ref = bind_port(entry.value, fmt::format("output '{}'", entry.key), prefix, mistakes))
      outputs[entry.key] = *ref;
  return outputs;
}

}  // namespace hashloom::workflow
