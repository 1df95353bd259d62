// A library that writes to standard output and ends the process as soon as it is asked for its schema.
#include <cstdio>
#include <cstdlib>
#include <hashloom/plugin.hpp>
using namespace hashloom;

class FatalWhenOpened final : public InitialHasher {
 public:
  static Schema schema() {
    std::puts("a line of printf");
    std::abort();
  }
  explicit FatalWhenOpened(const Params&) {}
  void fit(const Tensor&, Context&) override {}
  Tensor bits(const Tensor& x) const override { return x > 0; }
};

HASHLOOM_PLUGIN("fatal_when_opened", "1.0.0", component<FatalWhenOpened>("hasher/fatal-when-opened"))
