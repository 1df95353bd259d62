#include <support/pixels.hpp>

#include "dcgan_model.hpp"
#include "gan_generator.hpp"

using namespace hashloom;

/// A DCGAN (Radford et al. 2015) conditional on binary codes: draws images that look like those that share a code
/// (Ma et al. 2018, step 2: min over G, max over D of log D(x_i | b_i) + log(1 - D(G(z_i | b_i)))). Departs from the
/// paper: sizes and learning rates, which it does not give; the generator's loss is the non-saturating one.
class Dcgan final : public GanGenerator<DcganModel> {
 public:
  static Schema schema() {
    return with_params(Schema("Convolutional GAN that draws images for a code"), 24)
        .param("width", 16, between(1, 512),
               "channels of the layer next to the image; deeper ones have 2 and 4 times as many");
  }
  explicit Dcgan(const Params& p) : GanGenerator(p), width_(p.integer("width")) {}

 private:
  DcganModel make(const Setting& setting) const override {
    const auto canvas = support::canvas_of(setting.shape.images);
    return {{.canvas = canvas, .bits = setting.bits, .noise = setting.noise, .width = width_},
            setting.device,
            setting.options};
  }
  void begin(DcganModel& model, const support::TrainingSet&, Context& run) const override {
    model.initialise(run.random());
  }
  Tensor finished(const Tensor& drawn, const ItemShape& shape) const override {
    return support::from_canvas(drawn, shape.images);
  }

  int64_t width_;
};

HASHLOOM_PLUGIN("dcgan", "1.0.0", component<Dcgan>("generator/dcgan"))
