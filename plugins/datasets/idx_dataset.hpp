#pragma once
#include <hashloom/plugin.hpp>

namespace hashloom::idx {

/// Where the four files of a data set lie and how a user gets them.
struct Source {
  std::filesystem::path dir;
  std::string remedy;
};

/// A data set of ten classes in four IDX files named as MNIST's are, each plain or .gz. The training images (all, or a
/// seeded subset in ascending order) are the database too; queries come from the test images, or, for choosing
/// settings, from the training images (`validation`), which train and database are then without. Images uint8 [N, 1, H,
/// W].
class IdxDataset : public Dataset {
 public:
  IdxDataset(const Params& params, Source source);
  static Schema schema(const std::string& help, const char* dir, const std::string& dir_help);

  std::vector<std::filesystem::path> files() const override;  ///< throws DataError if one is missing
  void load(Context& run) override;
  Splits<ImagesPtr> images() const override { return images_; }
  Splits<Tensor> labels() const override { return labels_; }
  std::string label_use() const override;

 private:
  struct Part {
    Tensor images;  ///< uint8 [N, 1, H, W]
    Tensor labels;  ///< int32 [N]
    Part take(const Tensor& items) const;
  };

  std::filesystem::path find(const std::string& name) const;
  Part read_part(const std::string& prefix) const;
  Part subset(const Part& train, Context& run) const;
  Part queries(const Part& test, Context& run) const;
  void load_for_validation(const Part& all_train, Context& run);
  void hold(const Part& train, const Part& query);

  Source source_;
  int64_t train_images_;
  std::string queries_;
  int64_t queries_per_class_, validation_;
  Splits<ImagesPtr> images_;
  Splits<Tensor> labels_;
};

}  // namespace hashloom::idx
