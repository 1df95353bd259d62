#include <dashboard/window/screenshots.hpp>
#include <fstream>
#include <stdexcept>

namespace hashloom::dash {
namespace {

constexpr int kFramesToSettle = 6;  // windows, tables and plots find their sizes in the frames after the first

std::vector<uint8_t> without_opacity(const events::Pixels& pixels) {
  std::vector<uint8_t> rgb;
  rgb.reserve(pixels.rgba.size() / 4 * 3);
  for (size_t i = 0; i < pixels.rgba.size(); i += 4)
    rgb.insert(rgb.end(), {pixels.rgba[i], pixels.rgba[i + 1], pixels.rgba[i + 2]});
  return rgb;
}

void write(const std::filesystem::path& file, const events::Pixels& pixels) {
  const auto bytes = events::png(without_opacity(pixels), pixels.width, pixels.height, 3);
  std::ofstream out(file, std::ios::binary);
  out.write(reinterpret_cast<const char*>(bytes.data()), std::ssize(bytes));
  if (!out.flush()) throw std::runtime_error(file.string() + " can't be written");
}

void draw(Display& display, Window& window) {
  for (int frame = 0; frame < kFramesToSettle; ++frame) {
    display.begin_frame();
    window.draw();
    display.end_frame();
  }
}

}  // namespace

std::vector<std::filesystem::path> take_screenshots(Display& display, Window& window,
                                                    const std::filesystem::path& folder) {
  std::filesystem::create_directories(folder);
  std::vector<std::filesystem::path> files{folder / "window.png"};
  draw(display, window);
  write(files.back(), display.pixels());
  for (const auto& panel : window.panels()) {
    window.show_only(panel.get());
    draw(display, window);
    files.push_back(folder / panel->file_name(".png"));
    write(files.back(), display.pixels());
  }
  window.show_only(nullptr);
  return files;
}

}  // namespace hashloom::dash
