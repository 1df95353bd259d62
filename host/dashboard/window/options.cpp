#include <fmt/format.h>

#include <boost/program_options.hpp>
#include <cstdio>
#include <dashboard/window/options.hpp>
#include <iostream>

namespace hashloom::dash {
namespace {

namespace po = boost::program_options;

void take_size(const std::string& text, Options& options) {
  int width = 0, height = 0, read = 0;
  const bool is_size = std::sscanf(text.c_str(), "%dx%d%n", &width, &height, &read) == 2;
  const bool fits = width >= 320 && height >= 240 && width <= 8192 && height <= 8192;
  if (!is_size || !fits || static_cast<size_t>(read) != text.size())
    throw std::invalid_argument(
        fmt::format("--size is '{}'; it takes WIDTHxHEIGHT from 320x240 to 8192x8192, such as 1280x800", text));
  options.width = width;
  options.height = height;
}

void take_places(const std::vector<std::string>& places, Options& options) {
  for (const auto& place : places)
    if (!std::filesystem::is_directory(place))
      throw std::invalid_argument(
          fmt::format("there is no folder '{}'; name a folder of runs, or runs: hashloom dash runs", place));
  options.place = places.front();
  options.compared.assign(places.begin() + 1, places.end());
}

Look look_named(const std::string& name) {
  if (name == "dark") return Look::dark;
  if (name == "light") return Look::light;
  throw std::invalid_argument(fmt::format("--theme is '{}'; it takes dark or light", name));
}

po::options_description described() {
  po::options_description all("options");
  all.add_options()("screenshot", po::value<std::string>()->value_name("DIR"),
                    "write a PNG of each panel and one of the whole window, without a display, and end")(
      "size", po::value<std::string>()->default_value("1280x800")->value_name("WxH"), "of the window, in pixels")(
      "scale", po::value<float>()->default_value(0)->value_name("FACTOR"),
      "of texts and gaps, 0.5 to 4 (0: as the display says)")(
      "theme", po::value<std::string>()->default_value("dark")->value_name("THEME"), "dark or light")("help,h",
                                                                                                      "show this help");
  return all;
}

Options checked(const po::variables_map& values) {
  Options options;
  if (values.count("runs")) take_places(values["runs"].as<std::vector<std::string>>(), options);
  if (values.count("screenshot")) options.screenshots = values["screenshot"].as<std::string>();
  take_size(values["size"].as<std::string>(), options);
  options.scale = values["scale"].as<float>();
  if (options.scale != 0 && !(options.scale >= 0.5F && options.scale <= 4))
    throw std::invalid_argument(fmt::format("--scale is {}; it takes 0.5 to 4", options.scale));
  options.look = look_named(values["theme"].as<std::string>());
  return options;
}

}  // namespace

std::optional<Options> parse(int count, const char* const* values) {
  const auto shown = described();
  po::options_description all = shown;
  all.add_options()("runs", po::value<std::vector<std::string>>());
  po::variables_map found;
  try {
    po::store(po::command_line_parser(count, values)
                  .options(all)
                  .positional(po::positional_options_description().add("runs", -1))
                  .run(),
              found);
  } catch (const po::error& error) {
    throw std::invalid_argument(fmt::format("{}; see: hashloom dash --help", error.what()));
  }
  if (found.count("help")) {
    std::cout << "usage: hashloom dash [RUNS] [options]\nOpens a window on a folder of runs (default: runs), or on "
                 "runs of one folder, to compare.\n\n"
              << shown;
    return {};
  }
  return checked(found);
}

}  // namespace hashloom::dash
