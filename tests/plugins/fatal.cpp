// Components that do to the program what no component should.
#include <unistd.h>

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <hashloom/plugin.hpp>
#include <iostream>
#include <thread>
using namespace hashloom;

namespace {

/// Reads through it, so that the compiler keeps the access.
volatile int* const nowhere = nullptr;

// NOLINTNEXTLINE(misc-no-recursion)
int64_t deeper(volatile int64_t* outer) {
  volatile int64_t here[1000] = {*outer};
  return deeper(here) + here[500];
}

void loop_for_ever() {
  for (std::atomic<int64_t> i = 0;; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(1));
}

void print() {
  std::cout << "a line of std::cout\n";
  std::printf("a line of printf\n");
  std::cerr << "a line of std::cerr\n";
}

void do_it(const std::string& deed) {
  if (deed == "segfault") *nowhere = 1;
  if (deed == "abort") std::abort();
  if (deed == "exit") std::exit(0);
  if (deed == "_exit") ::_exit(0);
  if (deed == "loop-for-ever") loop_for_ever();
  if (deed == "print") print();
  if (deed == "overflow-stack") {
    volatile int64_t first = 0;
    deeper(&first);
  }
  if (deed == "throw-in-thread") std::thread([] { throw std::runtime_error("nobody catches this"); }).join();
}

}  // namespace

class Fatal final : public HashNetwork {
 public:
  static Schema schema() {
    return Schema("does something fatal in its second epoch")
        .param("deed", "none",
               one_of({"none", "segfault", "abort", "exit", "_exit", "loop-for-ever", "print", "overflow-stack",
                       "throw-in-thread"}),
               "what");
  }
  explicit Fatal(const Params& p) : deed_(p.text("deed")) {}
  void train(const TrainingInputs&, Context& run) override {
    for (const int64_t epoch : run.epochs(2))
      if (epoch == 2) do_it(deed_);
  }
  Tensor bits(const Tensor& batch) const override { return batch.flatten(1).narrow(1, 0, 16) > 100; }

 private:
  std::string deed_;
};

HASHLOOM_PLUGIN("fatal", "1.0.0", component<Fatal>("network/fatal"))
