#include <cstdlib>

#include "idx_dataset.hpp"
using namespace hashloom;

namespace {

namespace fs = std::filesystem;

/// Where `hashloom fetch mnist` puts the files.
fs::path fetched_mnist() {
  const char *data = std::getenv("XDG_DATA_HOME"), *home = std::getenv("HOME");
  if (data && *data) return fs::path(data) / "hashloom/datasets/mnist";
  if (home && *home) return fs::path(home) / ".local/share/hashloom/datasets/mnist";
  throw ParameterError("dir is empty, and neither XDG_DATA_HOME nor HOME says where MNIST was put",
                       "set dir to the folder with the four files");
}

/// Xiao, Rasul, Vollgraf 2017: 60,000 and 10,000 pictures of clothes, 28 x 28, ten classes.
class FashionMnist final : public idx::IdxDataset {
 public:
  static Schema schema() {
    return IdxDataset::schema("Fashion-MNIST: clothes in grey, 28 x 28, ten classes",
                              "/usr/share/datasets/fashion-mnist", "folder with the four IDX files, each plain or .gz");
  }
  explicit FashionMnist(const Params& p)
      : IdxDataset(p, {p.text("dir"),
                       "get the files with: apt install dataset-fashion-mnist; or set dir to a folder that has them"}) {
  }
};

/// LeCun, Cortes, Burges 1998: 60,000 and 10,000 handwritten digits, 28 x 28.
class Mnist final : public idx::IdxDataset {
 public:
  static Schema schema() {
    return IdxDataset::schema(
        "MNIST: handwritten digits in grey, 28 x 28, ten classes", "",
        "folder with the four IDX files, each plain or .gz; empty: where hashloom fetch mnist puts them");
  }
  explicit Mnist(const Params& p)
      : IdxDataset(p, {p.text("dir").empty() ? fetched_mnist() : fs::path(p.text("dir")),
                       "get the files with: hashloom fetch mnist; or set dir to a folder that has them"}) {}
};

}  // namespace

HASHLOOM_PLUGIN("idx", "1.0.0", component<FashionMnist>("dataset/fashion-mnist"), component<Mnist>("dataset/mnist"))
