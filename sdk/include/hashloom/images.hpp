#pragma once
#include <hashloom/tensor.hpp>
#include <memory>
#include <string>

namespace hashloom {

/// What the pictures of a data set look like, and how a foreign picture is made to look like them.
struct ImageSpec {
  int64_t channels = 1, height = 0, width = 0;  ///< pixels
  std::string fit = "stretch";                  ///< "stretch" to height x width, or "crop" the middle
  bool operator==(const ImageSpec&) const = default;
};

/// The images of one split, read by batches so that a set larger than memory works. Never changed after construction;
/// may be read from several threads.
class HASHLOOM_API Images {
 public:
  virtual ~Images();
  virtual ImageSpec spec() const = 0;
  virtual int64_t size() const = 0;
  /// Items begin <= i < end as uint8 [end - begin, C, H, W] on the CPU. Throws DataError.
  virtual Tensor read(int64_t begin, int64_t end) const = 0;
  /// The named items, int64 [n] each in [0, size), as uint8 [n, C, H, W] on the CPU. Throws DataError.
  virtual Tensor take(const Tensor& items) const = 0;
};
using ImagesPtr = std::shared_ptr<const Images>;

/// Images held in memory: uint8 [N, C, H, W] on the CPU. Throws ShapeError for anything else.
HASHLOOM_API ImagesPtr images_in_memory(Tensor pixels);

}  // namespace hashloom
