#include <fetch/catalogue.hpp>
#include <hashloom/errors.hpp>

namespace hashloom::fetch {
namespace {

const RemoteDataset& mnist() {
  static const RemoteDataset kMnist{
      "mnist",
      {"https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/"},
      {{"train-images-idx3-ubyte.gz", "6bbc9ace898e44ae57da46a324031adb"},
       {"train-labels-idx1-ubyte.gz", "a25bea736e30d166cdddb491f175f624"},
       {"t10k-images-idx3-ubyte.gz", "2646ac647ad5339dbf082846283269ea"},
       {"t10k-labels-idx1-ubyte.gz", "27ae3e4e09519cfbb04c329615203637"}}};
  return kMnist;
}

}  // namespace

const RemoteDataset& find_dataset(const std::string& name) {
  if (name == "mnist") return mnist();
  if (name == "fashion-mnist")
    throw ParameterError("fashion-mnist is not downloaded: it comes from Debian's package dataset-fashion-mnist",
                         "try: sudo apt-get install dataset-fashion-mnist");
  throw ParameterError("there is no data set '" + name + "' to fetch", "it can be: mnist");
}

}  // namespace hashloom::fetch
