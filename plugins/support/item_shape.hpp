#pragma once
#include <hashloom/roles.hpp>

namespace hashloom::support {

/// What the items of a trainer are: images as a data set says, or features.
struct ItemShape {
  ImageSpec images;        ///< where they are images
  int64_t dimensions = 0;  ///< of features; 0: they are images

  /// Of what is wired to `images` or `features`. Throws ParameterError unless it is exactly one of them.
  static ItemShape of(const TrainingInputs& in);

  bool are_features() const { return dimensions > 0; }
  /// Throws ShapeError unless these are such items: uint8 or float32 [n, C, H, W], or float32 [n, dimensions]. `who`
  /// stands in the message: "the network".
  void check(const Tensor& items, const std::string& who) const;
  std::string text() const;  ///< "images of 1 x 28 x 28", "features of 512 numbers"

  void state(State& s);
  bool operator==(const ItemShape&) const = default;
};

}  // namespace hashloom::support
