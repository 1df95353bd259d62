#pragma once
#include <dashboard/window/options.hpp>

namespace hashloom::dash {

/// Opens the window and returns when it is closed. Throws std::runtime_error where none can be opened.
void run_window(const Options& options);

}  // namespace hashloom::dash
