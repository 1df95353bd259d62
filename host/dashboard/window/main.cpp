#include <fmt/format.h>

#include <cstdio>
#include <dashboard/window/run_window.hpp>
#include <dashboard/window/screenshots.hpp>
#include <stdexcept>

namespace {

using namespace hashloom::dash;

void take_pictures(const Options& options) {
  Session session(options.place, options.compared);
  Display display(Shown::nowhere, options.width, options.height);
  Pictures pictures;
  Window window(session, pictures, options.look, options.scale > 0 ? options.scale : 1);
  for (const auto& file : take_screenshots(display, window, options.screenshots)) fmt::print("{}\n", file.string());
}

}  // namespace

int main(int count, char** values) {
  try {
    const auto options = parse(count, values);
    if (!options) return 0;
    options->screenshots.empty() ? run_window(*options) : take_pictures(*options);
    return 0;
  } catch (const std::invalid_argument& mistake) {
    fmt::print(stderr, "error: {}\n", mistake.what());
    return 2;
  } catch (const std::exception& error) {
    fmt::print(stderr, "error: {}\n", error.what());
    return 1;
  }
}
