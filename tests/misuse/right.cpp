// compiles: what the other files do wrong, done right
#include <hashloom/plugin.hpp>
using namespace hashloom;

class Right final : public InitialHasher {
 public:
  static Schema schema() {
    return Schema("right")
        .param("flag", true, anything(), "a flag")
        .param("integer", 3u, between(1, 8), "an integer")
        .param("number", 0.5f, anything(), "a number")
        .param("text", "a", one_of({"a", "b"}), "a text")
        .param("list", std::vector<int64_t>{1, 2}, anything(), "a list");
  }
  explicit Right(const Params&) {}
  void fit(const Tensor&, Context&) override {}
  Tensor bits(const Tensor& x) const override { return x > 0; }
};
HASHLOOM_PLUGIN("right", "1.0.0", component<Right>("hasher/right-2"))
