#include <dashboard/window/panels/panels.hpp>

namespace hashloom::dash {

std::vector<std::unique_ptr<Panel>> all_panels() {
  std::vector<std::unique_ptr<Panel>> all;
  for (const auto make : {runs_panel, progress_panel, metrics_panel, losses_panel, codes_panel, generated_panel,
                          search_panel, graph_panel, compare_panel, log_panel})
    all.push_back(make());
  return all;
}

}  // namespace hashloom::dash
