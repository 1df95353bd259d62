#include <ATen/core/grad_mode.h>
#include <ATen/ops/empty.h>

#include <algorithm>
#include <engine/mapping.hpp>
#include <plugins/batch_map.hpp>
#include <trace/trace.hpp>

namespace hashloom::engine {
namespace {

int64_t size_of(const ImagesPtr& images) { return images->size(); }
int64_t size_of(const Tensor& rows) { return rows.size(0); }
Tensor read(const ImagesPtr& images, int64_t begin, int64_t end) {
  const trace::Span span(trace::Kind::data, "read images");
  return images->read(begin, end);
}
Tensor read(const Tensor& rows, int64_t begin, int64_t end) { return rows.narrow(0, begin, end - begin); }
bool same(const ImagesPtr& a, const ImagesPtr& b) { return a == b; }
bool same(const Tensor& a, const Tensor& b) { return a.is_same(b); }

/// Puts batches of rows into one tensor, made when the first batch shows what a row is.
class Rows {
 public:
  explicit Rows(int64_t size) : size_(size) {}
  void put(int64_t begin, const Tensor& batch) {
    if (!all_.defined()) {
      auto shape = batch.sizes().vec();
      shape[0] = size_;
      all_ = at::empty(shape, batch.options().device(at::kCPU));
    }
    if (batch.sizes().slice(1) != all_.sizes().slice(1) || batch.scalar_type() != all_.scalar_type())
      throw ShapeError("a batch gives " + describe(batch) + ", the first one gave " + describe(all_));
    all_.narrow(0, begin, batch.size(0)).copy_(batch);
  }
  const Tensor& all() const { return all_; }

 private:
  int64_t size_;
  Tensor all_;
};

template <class T>
Splits<Tensor> map_all(const Splits<T>& inputs, StageContext& run, const BatchMap& map) {
  const at::NoGradGuard no_grad;
  const bool shared = same(inputs.database, inputs.train);
  const int64_t total = size_of(inputs.train) + size_of(inputs.query) + (shared ? 0 : size_of(inputs.database));
  int64_t done = 0;
  const auto map_one = [&](const T& input) {
    Rows rows(size_of(input));
    for (int64_t begin = 0; begin < size_of(input); begin += plugins::kBatch) {
      const int64_t end = std::min(begin + plugins::kBatch, size_of(input));
      rows.put(begin, map(read(input, begin, end).to(run.device())));
      run.progress(done += end - begin, total, "images", {});
    }
    return rows.all();
  };
  Splits<Tensor> out;
  out.train = map_one(inputs.train);
  out.query = map_one(inputs.query);
  out.database = shared ? out.train : map_one(inputs.database);
  return out;
}

}  // namespace

Splits<Tensor> map_splits(const Splits<ImagesPtr>& images, StageContext& run, const BatchMap& map) {
  return map_all(images, run, map);
}

Splits<Tensor> map_splits(const Splits<Tensor>& features, StageContext& run, const BatchMap& map) {
  return map_all(features, run, map);
}

}  // namespace hashloom::engine
