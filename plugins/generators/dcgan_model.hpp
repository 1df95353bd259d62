#pragma once
#include <functional>

#include "dcgan_discriminator.hpp"

/// Both networks with their optimisers: what is learned, one step of learning, and drawing.
class DcganModel {
 public:
  /// Weights are to be loaded, or drawn by initialise().
  DcganModel(const DcganShape& shape, at::Device device, const hashloom::Adam::Options& options);
  void initialise(at::Generator random);

  struct Losses {
    hashloom::Tensor discriminator, generator;  ///< float32 []
  };
  /// One step of each network on canvases and their codes (bool [n, bits]), by binary cross-entropy; the generator's
  /// loss is the non-saturating one, -log D(G(z | b)) (Goodfellow et al. 2014). `further`, if given, is a loss of the
  /// synthetic canvases that is added to the generator's; its gradient flows on into all that it is made of.
  using FurtherLoss = std::function<hashloom::Tensor(const hashloom::Tensor& synthetic)>;
  Losses step(const hashloom::Tensor& images, const hashloom::Tensor& codes, hashloom::Context& run,
              const FurtherLoss& further = {});

  /// Canvases for codes, one for each row of noise. No gradient, no change.
  hashloom::Tensor draw(const hashloom::Tensor& noise, const hashloom::Tensor& codes, bool bf16) const;
  /// The discriminator's logits, without gradient.
  hashloom::Tensor judge(const hashloom::Tensor& images, const hashloom::Tensor& codes, bool bf16) const;

  const DcganShape& shape() const { return shape_; }
  at::Device device() const { return device_; }
  void set_learning_rate(double learning_rate);
  void state(hashloom::State& s);

 private:
  hashloom::Tensor discriminator_step(const hashloom::Tensor& real, const hashloom::Tensor& synthetic,
                                      const hashloom::Tensor& signs, hashloom::Context& run);
  hashloom::Tensor generator_step(const hashloom::Tensor& synthetic, const hashloom::Tensor& signs,
                                  hashloom::Context& run, const FurtherLoss& further);

  DcganShape shape_;
  at::Device device_;
  // Mutable: LibTorch's modules have no const forward; draw() and judge() leave them as they are.
  mutable DcganGenerator generator_;
  mutable DcganDiscriminator discriminator_;
  std::optional<hashloom::Adam> generator_adam_, discriminator_adam_;
};
