#pragma once
#include <events/listener.hpp>
#include <fetch/catalogue.hpp>
#include <fetch/download.hpp>
#include <optional>
#include <vector>

namespace hashloom::fetch {

struct Options {
  std::optional<std::filesystem::path> mirror;  ///< copy from mirror/<dataset>/<file> and use no network
  std::filesystem::path target;                 ///< empty: default_folder()
  std::vector<std::string> urls;                ///< of folders, in place of the data set's own
  Patience patience;
};

struct Fetched {
  std::filesystem::path folder;
  int64_t were_there = 0, came = 0;  ///< files
};

/// ${XDG_DATA_HOME:-~/.local/share}/hashloom/datasets/<dataset>. Throws Error if there is neither that nor HOME.
std::filesystem::path default_folder(const std::string& dataset);

/// Brings a data set's files to the target folder; does nothing for those that are there and right, goes on with a
/// download that broke off. `listener` is told stage and progress events, a file a stage, as a view shows them. Throws
/// ParameterError for an unknown data set, DataError for files that are missing in the mirror or wrong, Error where
/// network or disk fail.
Fetched fetch(const std::string& dataset, const Options& options, events::Listener& listener);
Fetched fetch(const RemoteDataset& dataset, const Options& options, events::Listener& listener);

}  // namespace hashloom::fetch
