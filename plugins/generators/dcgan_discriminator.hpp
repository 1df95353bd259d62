#pragma once
#include "dcgan_generator.hpp"

/// How real an image looks for a code: the conditional trunk's features f give the logit w f + <f, E b>, a projection
/// of the code (Miyato, Koyama 2018). Batch norms always use the batch.
class DcganDiscriminatorImpl : public torch::nn::Module {
 public:
  explicit DcganDiscriminatorImpl(const DcganShape& shape);

  /// images [n, C, H, W], signs [n, bits] of +1 and -1 -> logits float32 [n].
  hashloom::Tensor forward(const hashloom::Tensor& images, const hashloom::Tensor& signs);

 private:
  hashloom::support::Trunk trunk_;
  torch::nn::Linear realism_, projection_;
};
TORCH_MODULE(DcganDiscriminator);
