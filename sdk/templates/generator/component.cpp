#include <ATen/CPUGeneratorImpl.h>
#include <ATen/ops/randn.h>
#include <ATen/ops/zeros.h>

#include <algorithm>
#include <hashloom/plugin.hpp>
using namespace hashloom;

/// The mean image, plus for each bit of the code what images with that bit differ by, plus noise.
class @CLASS@ final : public Generator {
 public:
  static Schema schema() {
    return Schema("The mean image and what each bit changes of it")
        .param("noise", 0.05, between(0, 1), "deviation of the noise; the images' range is 2")
        .param("batch", 500, between(1, 100000), "images read at once");
  }
  explicit @CLASS@(const Params& p) : noise_(p.number("noise")), batch_(p.integer("batch")) {}
  void train(const TrainingInputs& in, Context& run) override {
    attach(in, run.device());
    const Images& images = in.images();
    const Tensor signs = signs_of(in.codes().unpack());
    mean_ = at::zeros({1, pixels()});
    by_bit_ = at::zeros({signs.size(1), pixels()});
    for (int64_t begin = 0; begin < images.size(); begin += batch_) {
      const int64_t end = std::min(begin + batch_, images.size());
      const Tensor pixels = images.read(begin, end).flatten(1).to(at::kFloat) / 127.5 - 1;
      mean_ += pixels.sum(0, /*keepdim=*/true) / images.size();
      by_bit_ += signs.narrow(0, begin, end - begin).t().matmul(pixels) / images.size();
      run.progress(end, images.size(), "images");
    }
    by_bit_ -= signs.mean(0).unsqueeze(1) * mean_;
  }
  void attach(const TrainingInputs& in, at::Device device) override {
    spec_ = in.images().spec();
    device_ = device;
  }
  Tensor sample(const Tensor& codes, const Tensor&, uint64_t seed) const override {
    const auto random = at::make_generator<at::CPUGeneratorImpl>(seed);
    const Tensor noise = noise_ * at::randn({codes.size(0), pixels()}, random, at::TensorOptions(at::kFloat));
    const Tensor drawn = mean_ + signs_of(codes.cpu()).matmul(by_bit_) + noise;
    return drawn.clamp(-1, 1).view({-1, spec_.channels, spec_.height, spec_.width}).to(device_);
  }
  void state(State & s) override { s("mean", mean_)("by_bit", by_bit_); }

 private:
  static Tensor signs_of(const Tensor& codes) { return codes.to(at::kFloat) * 2 - 1; }
  int64_t pixels() const { return spec_.channels * spec_.height * spec_.width; }

  double noise_;
  int64_t batch_;
  ImageSpec spec_;
  at::Device device_ = at::kCPU;
  Tensor mean_, by_bit_;
};
HASHLOOM_PLUGIN("@FILE@", "0.1.0", component<@CLASS@>("@ID@"))
