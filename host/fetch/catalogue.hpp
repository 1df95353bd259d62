#pragma once
#include <cstdint>
#include <string>
#include <vector>

namespace hashloom::fetch {

struct RemoteFile {
  std::string name;  ///< "train-images-idx3-ubyte.gz"
  std::string md5;   ///< of what is in the gzip file, hex; compressed files differ from mirror to mirror
};

struct RemoteDataset {
  std::string name;               ///< "mnist"
  std::vector<std::string> urls;  ///< of folders, with a slash at the end; tried in order
  std::vector<RemoteFile> files;
};

/// Throws ParameterError for a name that can't be fetched; says where it comes from if that is known.
const RemoteDataset& find_dataset(const std::string& name);

}  // namespace hashloom::fetch
