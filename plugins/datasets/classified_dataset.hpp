#pragma once
#include <hashloom/plugin.hpp>

namespace hashloom::datasets {

/// Images of classes, held in memory and split as every data set here is. The training images (all, or a seeded subset
/// in ascending order) are the database too; queries come from the test images or, for choosing settings, from the
/// training images (`validation`), which train and database are then without.
class ClassifiedDataset : public Dataset {
 public:
  static Schema with_params(Schema schema);

  void load(Context& run) override;
  Splits<ImagesPtr> images() const override { return images_; }
  Splits<Tensor> labels() const override { return labels_; }
  std::string label_use() const override;

 protected:
  struct Part {
    Tensor images;  ///< uint8 [N, C, H, W]
    Tensor labels;  ///< int32 [N], 0 to classes - 1
    Part take(const Tensor& items) const;
  };

  explicit ClassifiedDataset(const Params& params);
  bool reads_test_images() const { return validation_ == 0; }

 private:
  virtual Part read_train() const = 0;
  virtual Part read_test() const = 0;
  virtual int64_t classes() const = 0;     ///< known once read_train() was called
  virtual std::string where() const = 0;   ///< what stands in messages
  virtual std::string remedy() const = 0;  ///< for files that do not fit together

  Part subset(const Part& train, Context& run) const;
  Part queries(const Part& test, Context& run) const;
  void load_for_validation(const Part& all_train, Context& run);
  void hold(const Part& train, const Part& query);

  int64_t train_images_;
  std::string queries_;
  int64_t queries_per_class_, validation_;
  Splits<ImagesPtr> images_;
  Splits<Tensor> labels_;
};

}  // namespace hashloom::datasets
