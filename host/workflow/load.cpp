#include <fmt/format.h>

#include <algorithm>
#include <workflow/bind.hpp>
#include <workflow/load.hpp>
#include <workflow/parse.hpp>
#include <workflow/wiring.hpp>

namespace hashloom::workflow {

namespace {

class Loader {
 public:
  Loader(const Overrides& overrides, plugins::Components& components, Diagnostics& mistakes)
      : overrides_(overrides), components_(components), mistakes_(mistakes), files_(mistakes) {}

  Workflow check(const Node& document) {
    const auto cells = cells_in(document);
    if (!overrides_.cell && !cells.empty()) return check_all(document, cells);
    const auto cell = overrides_.cell ? chosen(cells, *overrides_.cell) : PlacedCell{};
    auto workflow = check(document, cell);
    workflow.cell = cell_of(cell);
    return workflow;
  }

 private:
  std::vector<PlacedCell> cells_in(const Node& document) {
    const Node* matrix = document.find("matrix");
    if (!matrix) return {};
    const Vars vars(document, overrides_.profile, mistakes_);
    return cells_of(*matrix, vars, parse_sets(overrides_.sets, mistakes_), mistakes_);
  }

  /// The cell of `cells` that was asked for; an empty one, and a mistake, if it is not there.
  PlacedCell chosen(const std::vector<PlacedCell>& cells, const Cell& asked) {
    const auto at = std::ranges::find(cells, asked, cell_of);
    if (at != cells.end()) return *at;
    mistakes_.add({}, fmt::format("the matrix has no cell {}", name_of(asked)), "hashloom check FILE lists its cells");
    return {};
  }

  /// The workflow is the first cell's.
  Workflow check_all(const Node& document, const std::vector<PlacedCell>& cells) {
    std::optional<Workflow> first;
    std::vector<Cell> all;
    for (const auto& cell : cells) {
      all.push_back(cell_of(cell));
      mistakes_.begin_cell(name_of(all.back()));
      auto workflow = check(document, cell);
      if (!first) first = std::move(workflow);
    }
    first->cells = std::move(all);
    return std::move(*first);
  }

  Workflow check(const Node& document, const PlacedCell& cell) {
    auto bound = bind(expand(document, overrides_, cell, files_, mistakes_), components_, mistakes_);
    check_types(bound, mistakes_);
    check_loops(bound, mistakes_);
    choose_encoder(bound, mistakes_);
    check_cycles(bound.workflow, mistakes_);
    if (mistakes_.count() == 0) check_encoder(bound, components_, mistakes_);
    return std::move(bound.workflow);
  }

  const Overrides& overrides_;
  plugins::Components& components_;
  Diagnostics& mistakes_;
  SubFiles files_;
};

}  // namespace

Workflow load(const std::filesystem::path& file, const Overrides& overrides, plugins::Components& components) {
  const bool is_input = file == "-";
  Diagnostics mistakes(is_input ? "<stdin>" : file);
  const auto text = is_input ? read_standard_input(mistakes) : read(0, {}, mistakes);
  mistakes.throw_if_any();
  mistakes.set_text(*text);
  auto document = parse(*text, 0, mistakes);
  if (!document) mistakes.throw_if_any();
  auto workflow = Loader(overrides, components, mistakes).check(*document);
  mistakes.throw_if_any();
  workflow.file = mistakes.files()[0].path;
  for (size_t i = 1; i < mistakes.files().size(); ++i) workflow.used_files.push_back(mistakes.files()[i].path);
  workflow.profile = overrides.profile;
  if (workflow.name.empty()) workflow.name = is_input ? "stdin" : file.stem().string();
  return workflow;
}

}  // namespace hashloom::workflow
