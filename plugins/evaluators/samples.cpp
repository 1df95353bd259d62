#include <ATen/ops/full.h>
#include <ATen/ops/tensor.h>
#include <fmt/format.h>

#include <algorithm>
#include <hashloom/plugin.hpp>

#include "items_by_code.hpp"
#include "sample_sheet.hpp"

namespace hashloom {
namespace {

using Items = std::vector<int64_t>;

void check_sizes(const Images& images, const Codes& codes) {
  const int64_t channels = images.spec().channels;
  if (images.size() != codes.items() || codes.items() == 0)
    throw ShapeError(fmt::format("{} training images have {} codes", images.size(), codes.items()));
  if (channels != 1 && channels != 3)
    throw ShapeError(fmt::format("a picture has 1 or 3 channels, these images have {}", channels));
}

/// float32 [n, C, H, W] in [-1, 1] -> uint8 of the same shape, on the CPU.
Tensor to_pixels(const Tensor& images) { return ((images + 1) * 127.5).round().clamp(0, 255).to(at::kByte).cpu(); }

int64_t images_shown(const std::vector<Items>& groups, int64_t most) {
  int64_t shown = 0;
  for (const Items& items : groups) shown += std::min<int64_t>(most, items.size());
  return shown;
}

}  // namespace

/// A picture of what a generator makes of codes: a row a code, left the training images that have it, right what
/// the generator draws for it. Codes are drawn at random, those that more images share (up to `real`) first; of a
/// code's images the first ones are shown. A code with fewer leaves its cells white: images of other codes would say
/// nothing about this one.
class Samples final : public Evaluator {
 public:
  static Schema schema() {
    return Schema("Real images beside generated ones that share a code, as a picture")
        .param("codes", 12, between(1, 1000), "rows")
        .unit("codes")
        .param("real", 4, between(0, 100), "real images in a row, at the most")
        .unit("images")
        .param("generated", 6, between(1, 100), "generated images in a row")
        .unit("images")
        .param("scale", 2, between(1, 16), "side of the square that shows one pixel")
        .unit("pixels")
        .input("images", port::kImages, Need::required, "images that have the codes")
        .input("codes", port::kCodes, Need::required, "codes that the generator learned with (a loop's previous ones)")
        .input("generator", port::kGenerator, Need::required, "draws images for a code");
  }

  explicit Samples(const Params& p)
      : codes_(p.integer("codes")),
        real_(p.integer("real")),
        generated_(p.integer("generated")),
        scale_(p.integer("scale")) {}

  void evaluate(const EvaluationInputs& in, Context& run) const override {
    const Images& images = *in.images().train;
    const Codes& codes = in.codes().train;
    check_sizes(images, codes);
    const auto groups = items_by_code(codes);
    const auto chosen = choose(groups, run);
    const auto spec = images.spec();
    SampleSheet sheet(static_cast<int64_t>(chosen.size()), real_, generated_, {spec.channels, spec.height, spec.width});
    put_real(chosen, images, sheet);
    put_generated(chosen, spec, codes, in.generator(), run, sheet);
    run.picture({"samples", sheet.pixels(scale_), caption(chosen, groups.size())});
  }

 private:
  std::vector<Items> choose(const std::vector<Items>& groups, Context& run) const {
    const Tensor order = run.randperm(static_cast<int64_t>(groups.size()));
    const int64_t* first = order.const_data_ptr<int64_t>();
    std::vector<int64_t> ranked(first, first + order.numel());
    const auto shared = [&](int64_t group) { return std::min<int64_t>(real_, groups[group].size()); };
    std::ranges::stable_sort(ranked, std::greater{}, shared);
    ranked.resize(std::min<size_t>(ranked.size(), codes_));
    std::vector<Items> chosen;
    for (const int64_t group : ranked) chosen.push_back(groups[group]);
    return chosen;
  }

  void put_real(const std::vector<Items>& chosen, const Images& images, SampleSheet& sheet) const {
    for (size_t row = 0; row < chosen.size(); ++row) {
      const int64_t count = std::min<int64_t>(real_, chosen[row].size());
      const Tensor pixels = images.take(at::tensor(Items(chosen[row].begin(), chosen[row].begin() + count)));
      for (int64_t i = 0; i < count; ++i) sheet.put(row, i, pixels[i]);
    }
  }

  void put_generated(const std::vector<Items>& chosen, const ImageSpec& spec, const Codes& codes,
                     const Generator& generator, Context& run, SampleSheet& sheet) const {
    Items asked;
    for (const Items& items : chosen) asked.insert(asked.end(), generated_, items.front());
    const auto count = static_cast<int64_t>(asked.size());
    const Tensor nobody = at::full({count}, -1, at::TensorOptions(at::kLong).device(run.device()));
    const Tensor made = generator.sample(codes.unpack(at::tensor(asked)).to(run.device()), nobody, run.draw_seed());
    if (made.sizes() != at::IntArrayRef({count, spec.channels, spec.height, spec.width}))
      throw ShapeError(fmt::format("the generator gives {}, where images are [{}, {}, {}, {}]", describe(made), count,
                                   spec.channels, spec.height, spec.width));
    const Tensor pixels = to_pixels(made);
    for (int64_t i = 0; i < count; ++i) sheet.put(i / generated_, real_ + i % generated_, pixels[i]);
  }

  std::string caption(const std::vector<Items>& chosen, size_t distinct) const {
    return fmt::format(
        "a row a code: left {} real training images that have it, right {} generated for it; {} of {} codes, "
        "drawn at random, those that more images share first",
        images_shown(chosen, real_), generated_ * static_cast<int64_t>(chosen.size()), chosen.size(), distinct);
  }

  int64_t codes_, real_, generated_, scale_;
};

}  // namespace hashloom

using namespace hashloom;
HASHLOOM_PLUGIN("samples", "1.0.0", component<Samples>("evaluator/samples"))
