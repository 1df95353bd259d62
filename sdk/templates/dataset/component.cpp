#include <ATen/ops/arange.h>

#include <hashloom/plugin.hpp>
using namespace hashloom;

/// Grey 16 x 16 images of noise with a light stripe; where it lies is the class, 0 to 7. The database is the train
/// split.
class @CLASS@ final : public Dataset {
 public:
  static Schema schema() {
    return Schema("Stripes in noise")
        .param("images", 1000, between(8, 1000000), "train images")
        .param("queries", 100, between(1, 100000), "query images");
  }
  explicit @CLASS@(const Params& p) : images_(p.integer("images")), queries_(p.integer("queries")) {}
  void load(Context & run) override {
    const auto train = stripes(images_, run), query = stripes(queries_, run);
    pixels_ = {train, query, train};
    labels_ = {classes(images_), classes(queries_), {}};
    labels_.database = labels_.train;
  }
  Splits<ImagesPtr> images() const override { return pixels_; }
  Splits<Tensor> labels() const override { return labels_; }

 private:
  static Tensor classes(int64_t n) { return at::arange(n, at::kInt).remainder(8).to(at::kInt); }
  static ImagesPtr stripes(int64_t n, Context & run) {
    const Tensor rows = at::arange(16, at::kInt).div(2, "floor").view({1, 1, 16, 1});
    const Tensor stripe = (rows == classes(n).view({n, 1, 1, 1})).to(at::kFloat);
    const Tensor noise = run.rand({n, 1, 16, 16}).cpu();
    return images_in_memory((100 * noise + 100 * stripe).to(at::kByte));
  }

  int64_t images_, queries_;
  Splits<ImagesPtr> pixels_;
  Splits<Tensor> labels_;
};
HASHLOOM_PLUGIN("@FILE@", "0.1.0", component<@CLASS@>("@ID@"))
