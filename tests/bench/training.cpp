#include <ATen/Parallel.h>

#include <iostream>
#include <plugin_under_test.hpp>

#include "../unit/trainers/toy_data.hpp"
#include "clocked.hpp"

using namespace hashloom;
using bench::clocked;

// bench_training IMAGES THREADS bf16|float32: PGH's plugins, opened as the host does, on random images and codes. For
// each line on standard input: one epoch of generator/dcgan, one of network/pgh, and the codes of all images; prints
// wall and processor seconds of each of the three.
namespace {

constexpr int64_t kSide = 28, kBits = 32, kEncodedAtOnce = 500;

class Training {
 public:
  Training(int64_t images, bool bf16)
      : in_(test::inputs_of(test::random_pixels(images, 1, kSide, kSide), test::random_bits(images, kBits))),
        gan_(test::make("dcgan", "generator/dcgan", {{"epochs", int64_t{1}}})),
        network_(test::make("pgh", "network/pgh", {{"epochs", int64_t{1}}})) {
    run_.use_bf16 = bf16;
  }

  void gan_epoch() { gan_.generator->train(in_, run_); }

  void hash_epoch() {
    in_.generators_by_port["generator"] = snapshot();
    network_.network->train(in_, run_);
  }

  void encode() const {
    const Images& images = in_.images();
    for (int64_t begin = 0; begin < images.size(); begin += kEncodedAtOnce)
      Codes::pack(network_.network->bits(images.read(begin, std::min(begin + kEncodedAtOnce, images.size()))));
  }

 private:
  GeneratorPtr snapshot() {
    const auto made = test::make("dcgan", "generator/dcgan");
    made.generator->attach(in_, at::kCPU);
    State learned;
    gan_.component->state(learned);
    State loading(learned.tensors());
    made.component->state(loading);
    return GeneratorPtr(made.component, made.generator);
  }

  TrainingInputs in_;
  Instance gan_, network_;
  test::RecordingContext run_{1, 1};
};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  at::set_num_threads(std::stoi(arguments.at(1)));
  Training training(std::stoll(arguments.at(0)), arguments.at(2) == "bf16");
  for (std::string line; std::getline(std::cin, line);) {
    std::cout << clocked([&] { training.gan_epoch(); }) << ' ';
    std::cout << clocked([&] { training.hash_epoch(); }) << ' ';
    std::cout << clocked([&] { training.encode(); }) << std::endl;
  }
}
