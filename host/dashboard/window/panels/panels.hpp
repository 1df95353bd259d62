#pragma once
#include <dashboard/window/panel.hpp>
#include <memory>
#include <vector>

namespace hashloom::dash {

std::unique_ptr<Panel> runs_panel();
std::unique_ptr<Panel> progress_panel();
std::unique_ptr<Panel> metrics_panel();
std::unique_ptr<Panel> losses_panel();
std::unique_ptr<Panel> codes_panel();
std::unique_ptr<Panel> generated_panel();
std::unique_ptr<Panel> search_panel();
std::unique_ptr<Panel> graph_panel();
std::unique_ptr<Panel> compare_panel();
std::unique_ptr<Panel> log_panel();

/// All of them, in the order of the keyboard: Ctrl+1 goes to the first.
std::vector<std::unique_ptr<Panel>> all_panels();

}  // namespace hashloom::dash
