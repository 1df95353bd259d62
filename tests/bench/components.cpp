#include <ATen/Parallel.h>

#include <iostream>
#include <map>
#include <plugin_under_test.hpp>

#include "../unit/evaluators/inputs.hpp"
#include "../unit/trainers/toy_data.hpp"
#include "clocked.hpp"

using namespace hashloom;

// bench_components gist|retrieval ITEMS THREADS: for each line on standard input one pass of feature/gist over ITEMS
// images of random pixels, or one evaluation of 1,000 queries against ITEMS codes of 64 bits by evaluator/retrieval;
// prints its wall and processor seconds.
namespace {

using Work = std::function<void()>;

constexpr int64_t kSide = 28, kQueries = 1000, kBits = 64, kClasses = 10, kAtOnce = 500;

Work gist(int64_t items) {
  const auto made = test::make("gist", "feature/gist");
  const auto images = images_in_memory(test::random_pixels(items, 1, kSide, kSide));
  return [=] {
    for (int64_t begin = 0; begin < items; begin += kAtOnce)
      made.feature->features(images->read(begin, std::min(begin + kAtOnce, items)));
  };
}

Work retrieval(int64_t items) {
  const auto made = test::make("retrieval", "evaluator/retrieval");
  const auto in =
      test::retrieval_inputs(test::random_codes(kQueries, kBits, 1), test::random_labels(kQueries, kClasses, 1),
                             test::random_codes(items, kBits, 2), test::random_labels(items, kClasses, 2));
  return [=] {
    test::RecordingContext run;
    made.evaluator->evaluate(in, run);
  };
}

const std::map<std::string, Work (*)(int64_t)> kWorks{{"gist", gist}, {"retrieval", retrieval}};

}  // namespace

int main(int argc, char** argv) {
  const std::vector<std::string> arguments(argv + 1, argv + argc);
  at::set_num_threads(std::stoi(arguments.at(2)));
  const Work work = kWorks.at(arguments.at(0))(std::stoll(arguments.at(1)));
  for (std::string line; std::getline(std::cin, line);) std::cout << bench::clocked(work) << std::endl;
}
