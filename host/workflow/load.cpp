#include <utility>
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

  /// A workflow for each cell; one where there is no matrix.
  std::vector<Workflow> check(const Node& document) {
    std::vector<Workflow> workflows;
    for (const auto& cell : cells_in(document)) {
      mistakes_.begin_cell(name_of(cell_of(cell)));
      workflows.push_back(check(document, cell));
      workflows.back().cell = cell_of(cell);
    }
    if (workflows.empty()) workflows.push_back(check(document, PlacedCell{}));
    return workflows;
  }

 private:
  std::vector<PlacedCell> cells_in(const Node& document) {
    const Node* matrix = document.find("matrix");
    if (!matrix) return {};
    const Vars vars(document, overrides_.profile, mistakes_);
    return cells_of(*matrix, vars, parse_sets(overrides_.sets, mistakes_), mistakes_);
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

std::vector<Workflow> load_cells(const std::filesystem::path& file, const Overrides& overrides,
                                 plugins::Components& components) {
  const bool is_input = file == "-";
  Diagnostics mistakes(is_input ? "<stdin>" : file);
  const auto text = is_input ? read_standard_input(mistakes) : read(0, {}, mistakes);
  mistakes.throw_if_any();
  mistakes.set_text(*text);
  auto document = parse(*text, 0, mistakes);
  if (!document) mistakes.throw_if_any();
  auto workflows = Loader(overrides, components, mistakes).check(*document);
  mistakes.throw_if_any();
  for (auto& workflow : workflows) {
    workflow.file = mistakes.files()[0].path;
    for (size_t i = 1; i < mistakes.files().size(); ++i) workflow.used_files.push_back(mistakes.files()[i].path);
    workflow.profile = overrides.profile;
    if (workflow.name.empty()) workflow.name = is_input ? "stdin" : file.stem().string();
  }
  return workflows;
}

Workflow load(const std::filesystem::path& file, const Overrides& overrides, plugins::Components& components) {
  auto workflows = load_cells(file, overrides, components);
  auto first = std::move(workflows[0]);
  if (first.cell.empty()) return first;
  first.cells.push_back(std::exchange(first.cell, {}));
  for (size_t i = 1; i < workflows.size(); ++i) first.cells.push_back(std::move(workflows[i].cell));
  return first;
}

}  // namespace hashloom::workflow
