#include <ATen/ops/index_select.h>
#include <fmt/format.h>

#include <hashloom/errors.hpp>
#include <hashloom/images.hpp>
#include <hashloom/split.hpp>
#include <hashloom/tensor.hpp>

namespace hashloom {
namespace {

const char* type_text(at::ScalarType type) {
  switch (type) {
    case at::kFloat:
      return "float32";
    case at::kDouble:
      return "float64";
    case at::kBFloat16:
      return "bfloat16";
    case at::kHalf:
      return "float16";
    case at::kByte:
      return "uint8";
    case at::kInt:
      return "int32";
    case at::kLong:
      return "int64";
    case at::kBool:
      return "bool";
    default:
      return c10::toString(type);
  }
}

class MemoryImages final : public Images {
 public:
  explicit MemoryImages(Tensor pixels) : pixels_(std::move(pixels)) {}
  ImageSpec spec() const override { return {pixels_.size(1), pixels_.size(2), pixels_.size(3)}; }
  int64_t size() const override { return pixels_.size(0); }
  Tensor read(int64_t begin, int64_t end) const override { return pixels_.narrow(0, begin, end - begin); }
  Tensor take(const Tensor& items) const override { return at::index_select(pixels_, 0, items); }

 private:
  Tensor pixels_;
};

}  // namespace

std::string describe(const Tensor& tensor) {
  if (!tensor.defined()) return "undefined";
  std::string sizes;
  for (const int64_t size : tensor.sizes()) sizes += (sizes.empty() ? "" : ", ") + std::to_string(size);
  return fmt::format("[{}] {} on {}", sizes, type_text(tensor.scalar_type()), tensor.device().str());
}

const char* name(Split split) { return split == Split::train ? "train" : split == Split::query ? "query" : "database"; }

Images::~Images() = default;

ImagesPtr images_in_memory(Tensor pixels) {
  if (!pixels.defined() || pixels.dim() != 4 || pixels.scalar_type() != at::kByte || !pixels.device().is_cpu())
    throw ShapeError("images are uint8 [N, C, H, W] on the CPU, these are " + describe(pixels));
  return std::make_shared<MemoryImages>(pixels.contiguous());
}

}  // namespace hashloom
