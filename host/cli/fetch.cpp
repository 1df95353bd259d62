#include <fmt/format.h>

#include <cli/command.hpp>
#include <fetch/fetch.hpp>
#include <view/view.hpp>

namespace hashloom::cli {

namespace po = boost::program_options;

int fetch(const std::vector<std::string>& arguments) {
  po::options_description options("options");
  options.add_options()("mirror", po::value<std::string>()->value_name("DIR"),
                        "copy from DIR/DATASET/ instead of the network")(
      "to", po::value<std::string>()->value_name("DIR"),
      "where the files go (default: ~/.local/share/hashloom/datasets/DATASET)")(
      "url", po::value<std::vector<std::string>>()->composing()->value_name("URL"),
      "download from this folder; may be given again");
  const auto values = parse(command_named("fetch"), arguments, options, {"dataset"});
  if (!values) return kSuccess;
  if (!values->count("dataset")) throw UsageError("which data set? For example: hashloom fetch mnist");
  fetch::Options wanted;
  if (values->count("mirror")) wanted.mirror = (*values)["mirror"].as<std::string>();
  if (values->count("to")) wanted.target = (*values)["to"].as<std::string>();
  if (values->count("url")) wanted.urls = (*values)["url"].as<std::vector<std::string>>();
  for (const auto& dataset : (*values)["dataset"].as<std::vector<std::string>>()) {
    const auto view = view::make_view(stderr);
    const auto fetched = fetch::fetch(dataset, wanted, *view);
    fmt::print("{}: {} ({} files came, {} were there)\n", dataset, fetched.folder.string(), fetched.came,
               fetched.were_there);
  }
  return kSuccess;
}

}  // namespace hashloom::cli
