#pragma once
#include "item_shape.hpp"

namespace hashloom::support {

/// The training images, or features, with their codes, handed out in batches on the device where training happens.
class TrainingSet {
 public:
  /// Keeps references to the inputs. Throws ShapeError if there are not as many codes as items, DataError if there are
  /// fewer than two, ParameterError as ItemShape::of.
  TrainingSet(const TrainingInputs& in, at::Device device);

  int64_t size() const { return shape_.are_features() ? features_.size(0) : images_->size(); }
  const ItemShape& shape() const { return shape_; }
  const Tensor& all_features() const { return features_; }  ///< float32 [N, D] on the CPU
  int64_t bits() const { return codes_.size(1); }

  Tensor inputs(const Tensor& items) const;  ///< int64 [n] -> canvases (to_canvas) or, of features, their rows
  Tensor codes(const Tensor& items) const;   ///< int64 [n] -> bool [n, bits]

  /// All items in random order, in batches of equal size; what is left over sits out. One batch if there are fewer.
  std::vector<Tensor> shuffled(int64_t batch, Context& run) const;
  /// Throws ShapeError unless items and codes are as in an earlier round.
  void check_unchanged(const ItemShape& shape, int64_t bits) const;

 private:
  ItemShape shape_;
  const Images* images_ = nullptr;
  Tensor features_;
  at::Device device_;
  Tensor codes_;  // bool [N, bits] on device_
};

/// bool -> float32, true as 1 and false as -1.
Tensor to_signs(const Tensor& bits);

}  // namespace hashloom::support
