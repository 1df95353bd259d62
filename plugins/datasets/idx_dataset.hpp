#pragma once
#include "classified_dataset.hpp"

namespace hashloom::idx {

/// Where the four files of a data set lie and how a user gets them.
struct Source {
  std::filesystem::path dir;
  std::string remedy;
};

/// A data set of ten classes in four IDX files named as MNIST's are, each plain or .gz. Images uint8 [N, 1, H, W].
class IdxDataset : public datasets::ClassifiedDataset {
 public:
  IdxDataset(const Params& params, Source source);
  static Schema schema(const std::string& help, const char* dir, const std::string& dir_help);

  std::vector<std::filesystem::path> files() const override;  ///< throws DataError if one is missing

 private:
  Part read_train() const override { return read_part("train"); }
  Part read_test() const override { return read_part("t10k"); }
  int64_t classes() const override;
  std::string where() const override { return source_.dir.string(); }
  std::string remedy() const override { return source_.remedy; }

  std::filesystem::path find(const std::string& name) const;
  Part read_part(const std::string& prefix) const;

  Source source_;
};

}  // namespace hashloom::idx
