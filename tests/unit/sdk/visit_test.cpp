#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <hashloom/train.hpp>

namespace hashloom {
namespace {

using testing::ElementsAre;

torch::nn::Sequential network() { return torch::nn::Sequential(torch::nn::Linear(3, 4), torch::nn::BatchNorm1d(4)); }

std::map<std::string, Tensor> saved(torch::nn::Module& module) {
  State s;
  visit(s, "net", module);
  return s.tensors();
}

TEST(Visit, NamesParametersAndBuffers) {
  std::vector<std::string> names;
  for (const auto& [name, tensor] : saved(*network())) names.push_back(name);
  EXPECT_THAT(names, ElementsAre("net.0.bias", "net.0.weight", "net.1.bias", "net.1.num_batches_tracked",
                                 "net.1.running_mean", "net.1.running_var", "net.1.weight"));
}

TEST(Visit, LoadsAModuleThatAnswersLikeTheSavedOne) {
  auto trained = network(), loaded = network();
  const Tensor x = at::ones({5, 3});
  trained->forward(x);  // moves the running statistics
  State loading(saved(*trained));
  visit(loading, "net", *loaded);
  trained->eval();
  loaded->eval();
  EXPECT_TRUE(trained->forward(x).equal(loaded->forward(x)));
}

}  // namespace
}  // namespace hashloom
