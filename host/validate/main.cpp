#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <iostream>
#include <plugins/survey.hpp>
#include <validate/report.hpp>

namespace {

namespace po = boost::program_options;
using namespace hashloom;
using Texts = std::vector<std::string>;

constexpr int kPassed = 0, kFailed = 1, kUsersMistake = 2;

/// The command line, or what it names, can't be used.
class Mistake : public Error {
 public:
  using Error::Error;
};

struct Options {
  po::options_description shown{"options"}, all;
  po::positional_options_description places;

  Options() {
    shown.add_options()("format", po::value<std::string>()->default_value("table")->value_name("FORMAT"),
                        "table or json")("limit", po::value<int>()->default_value(60)->value_name("SECONDS"),
                                         "that each check may take")("help,h", "show this help");
    all.add(shown).add_options()("library", po::value<std::string>())("component", po::value<Texts>());
    places.add("library", 1).add("component", -1);
  }
};

po::variables_map parsed(int count, char** arguments, const Options& options) {
  po::variables_map values;
  try {
    po::store(po::command_line_parser(count, arguments).options(options.all).positional(options.places).run(), values);
    po::notify(values);
  } catch (const po::error& error) {
    throw Mistake(error.what(), "see: hashloom-validate --help");
  }
  const auto format = values["format"].as<std::string>();
  if (format != "table" && format != "json") throw Mistake("--format is table or json, not '" + format + "'");
  if (values["limit"].as<int>() < 1) throw Mistake("--limit is a number of seconds, from 1 on");
  return values;
}

plugins::Manifest manifest_of(const std::filesystem::path& library) {
  const auto file = std::filesystem::path(library).replace_extension(".json");
  if (library.extension() != ".so" || !std::filesystem::exists(library))
    throw Mistake(fmt::format("'{}' is no library", library.string()),
                  "name the NAME.so that hashloom_add_plugin() built");
  if (!std::filesystem::exists(file))
    throw Mistake(fmt::format("there is no manifest '{}' beside the library", file.string()),
                  "build it with hashloom_add_plugin(), which writes the manifest");
  return plugins::read_manifest(std::filesystem::absolute(file));
}

/// Those that were asked for, else all.
Texts components_of(const plugins::Manifest& manifest, const po::variables_map& values) {
  if (!values.count("component")) return manifest.components;
  const auto asked = values["component"].as<Texts>();
  for (const auto& id : asked)
    if (!std::ranges::count(manifest.components, id))
      throw Mistake(fmt::format("the plugin has no component '{}'", id),
                    fmt::format("it has: {}", fmt::join(manifest.components, ", ")));
  return asked;
}

void require_opened(const plugins::Manifest& manifest, std::chrono::seconds limit) {
  const auto plugin = plugins::survey(plugins::Listed{manifest.library, manifest}, limit);
  if (plugin.state != plugins::Surveyed::State::loaded)
    throw plugins::PluginError(plugin.problems[0].reason, plugin.problems[0].remedy);
}

void print(const std::vector<validate::Validated>& all, bool is_json) {
  if (is_json) {
    auto list = nlohmann::json::array();
    for (const auto& one : all) list.push_back(to_json(one));
    fmt::print("{}\n", list.dump(1));
    return;
  }
  for (const auto& one : all) fmt::print("{}", to_text(one));
}

int validate_plugin(const po::variables_map& values) {
  if (!values.count("library")) throw Mistake("which plugin?", "hashloom-validate build/plugins/my_thing.so");
  const auto manifest = manifest_of(values["library"].as<std::string>());
  const auto components = components_of(manifest, values);
  const std::chrono::seconds limit(values["limit"].as<int>());
  require_opened(manifest, limit);
  std::vector<validate::Validated> all;
  int64_t failed = 0;
  for (const auto& id : components) {
    all.push_back(validate::validate(manifest, id, limit));
    failed += count(all.back(), validate::Verdict::fail);
  }
  print(all, values["format"].as<std::string>() == "json");
  return failed ? kFailed : kPassed;
}

int tell(const Error& error, int status) {
  fmt::print(stderr, "error: {}\n", error.what());
  if (!error.remedy().empty()) fmt::print(stderr, "  {}\n", error.remedy());
  return status;
}

}  // namespace

int main(int count, char** arguments) {
  try {
    const Options options;
    const auto values = parsed(count, arguments, options);
    if (values.count("help")) {
      std::cout
          << "usage: hashloom-validate LIBRARY [COMPONENT...] [options]\nKeeps a plugin to what components promise, "
             "each check in a process of its own.\n\n"
          << options.shown;
      return kPassed;
    }
    return validate_plugin(values);
  } catch (const Mistake& error) {
    return tell(error, kUsersMistake);
  } catch (const Error& error) {
    return tell(error, kFailed);
  } catch (const std::exception& error) {
    return tell(Error(error.what()), kFailed);
  }
}
