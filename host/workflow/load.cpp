#include <fmt/format.h>

#include <algorithm>
#include <workflow/bind.hpp>
#include <workflow/load.hpp>
#include <workflow/parse.hpp>
#include <workflow/wiring.hpp>

namespace hashloom::workflow {

namespace {

Workflow checked(Node document, const Overrides& overrides, const PlacedCell& cell, plugins::Components& components,
                 Diagnostics& mistakes) {
  auto bound = bind(expand(std::move(document), overrides, cell, mistakes), components, mistakes);
  check_types(bound, mistakes);
  check_loops(bound, mistakes);
  choose_encoder(bound, mistakes);
  check_cycles(bound.workflow, mistakes);
  if (mistakes.count() == 0) check_encoder(bound, components, mistakes);
  return std::move(bound.workflow);
}

std::vector<PlacedCell> cells_in(const Node& document, const Overrides& overrides, Diagnostics& mistakes) {
  const Node* matrix = document.find("matrix");
  if (!matrix) return {};
  const Vars vars(document, overrides.profile, mistakes);
  return cells_of(*matrix, vars, parse_sets(overrides.sets, mistakes), mistakes);
}

/// The cell of `cells` that was asked for; an empty one, and a mistake, if it is not there.
PlacedCell chosen(const std::vector<PlacedCell>& cells, const Cell& asked, Diagnostics& mistakes) {
  const auto at = std::ranges::find(cells, asked, cell_of);
  if (at != cells.end()) return *at;
  mistakes.add({}, fmt::format("the matrix has no cell {}", name_of(asked)), "hashloom check FILE lists its cells");
  return {};
}

/// Every cell is checked; the workflow is the first one's.
Workflow checked(const Node& document, const Overrides& overrides, const std::vector<PlacedCell>& cells,
                 plugins::Components& components, Diagnostics& mistakes) {
  std::optional<Workflow> first;
  std::vector<Cell> all;
  for (const auto& cell : cells) {
    all.push_back(cell_of(cell));
    mistakes.begin_cell(name_of(all.back()));
    auto workflow = checked(document, overrides, cell, components, mistakes);
    if (!first) first = std::move(workflow);
  }
  first->cells = std::move(all);
  return std::move(*first);
}

Workflow checked(Node document, const Overrides& overrides, plugins::Components& components, Diagnostics& mistakes) {
  const auto cells = cells_in(document, overrides, mistakes);
  if (!overrides.cell && !cells.empty()) return checked(document, overrides, cells, components, mistakes);
  const auto cell = overrides.cell ? chosen(cells, *overrides.cell, mistakes) : PlacedCell{};
  auto workflow = checked(std::move(document), overrides, cell, components, mistakes);
  workflow.cell = cell_of(cell);
  return workflow;
}

}  // namespace

Workflow load(const std::filesystem::path& file, const Overrides& overrides, plugins::Components& components) {
  Diagnostics mistakes(file);
  const auto text = read(file, mistakes);
  mistakes.throw_if_any();
  mistakes.set_text(*text);
  auto document = parse(*text, mistakes);
  if (!document) mistakes.throw_if_any();
  auto workflow = checked(std::move(*document), overrides, components, mistakes);
  mistakes.throw_if_any();
  workflow.file = file;
  workflow.profile = overrides.profile;
  if (workflow.name.empty()) workflow.name = file.stem().string();
  return workflow;
}

}  // namespace hashloom::workflow
