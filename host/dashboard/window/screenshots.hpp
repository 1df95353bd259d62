#pragma once
#include <dashboard/window/display.hpp>
#include <dashboard/window/window.hpp>
#include <filesystem>
#include <vector>

namespace hashloom::dash {

/// Writes window.png and a PNG a panel (runs.png, map-by-round.png, ...) into `folder`, made if it is not there; gives
/// their paths. Throws std::runtime_error where one can't be written.
std::vector<std::filesystem::path> take_screenshots(Display& display, Window& window,
                                                    const std::filesystem::path& folder);

}  // namespace hashloom::dash
