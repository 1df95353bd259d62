#include <ATen/ops/full.h>
#include <ATen/ops/ones.h>
#include <ATen/ops/zeros.h>
#include <gtest/gtest.h>

#include <hashloom/errors.hpp>
#include <hashloom/state.hpp>

namespace hashloom {
namespace {

/// A component's state() as it is written: all kinds of members by one function.
struct Learned {
  Tensor weights, absent;
  int64_t count = 0;
  double mean = 0;
  bool ready = false;
  std::string text;
  Codes codes;

  void state(State& s) {
    s("weights", weights)("absent", absent)("count", count)("mean", mean)("ready", ready)("text", text)("codes", codes);
  }
};

Learned learned() {
  Learned object;
  object.weights = at::full({2, 3}, 0.5);
  object.count = int64_t{1} << 60;
  object.mean = 0.1;
  object.ready = true;
  object.text = std::string("a\0b", 3);
  object.codes = Codes::pack(at::ones({3, 70}, at::kBool));
  return object;
}

std::map<std::string, Tensor> saved(Learned object) {
  State s;
  object.state(s);
  return s.tensors();
}

TEST(State, LoadsWhatItSaved) {
  State s(saved(learned()));
  Learned loaded;
  loaded.state(s);
  EXPECT_TRUE(loaded.weights.equal(learned().weights));
  EXPECT_EQ(loaded.count, int64_t{1} << 60);
  EXPECT_EQ(loaded.mean, 0.1);
  EXPECT_TRUE(loaded.ready);
  EXPECT_EQ(loaded.text, std::string("a\0b", 3));
  EXPECT_EQ(loaded.codes, learned().codes);
}

TEST(State, LoadsAnUndefinedTensorAsUndefined) {
  State s(saved(learned()));
  Learned loaded;
  loaded.absent = at::ones({2});
  loaded.state(s);
  EXPECT_FALSE(loaded.absent.defined());
}

TEST(State, LoadsEmptyCodesAndText) {
  State s(saved(Learned{}));
  Learned loaded = learned();
  loaded.state(s);
  EXPECT_EQ(loaded.codes.items(), 0);
  EXPECT_EQ(loaded.text, "");
}

TEST(State, KeepsACopyOfWhatItSaved) {
  Learned object = learned();
  State s;
  object.state(s);
  object.weights.fill_(7);
  EXPECT_TRUE(s.tensors().at("weights").equal(learned().weights));
}

TEST(State, OverwritesADefinedTensorInPlace) {
  State s(saved(learned()));
  Learned loaded;
  loaded.weights = at::zeros({2, 3});
  const Tensor alias = loaded.weights;
  loaded.state(s);
  EXPECT_TRUE(alias.equal(learned().weights));
}

TEST(State, OverwritesAParameterThatHasAGradient) {
  State s(saved(learned()));
  Tensor parameter = at::zeros({2, 3}).requires_grad_();
  s("weights", parameter);
  EXPECT_TRUE(parameter.requires_grad());
  EXPECT_TRUE(parameter.is_leaf());
  EXPECT_TRUE(parameter.detach().equal(learned().weights));
}

TEST(State, KeepsTheMemoryFormatOfADefinedTensor) {
  Tensor from = at::ones({1, 3, 4, 4});
  State saving;
  saving("filters", from);
  State loading(saving.tensors());
  Tensor filters = at::zeros({1, 3, 4, 4}).contiguous(at::MemoryFormat::ChannelsLast);
  loading("filters", filters);
  EXPECT_TRUE(filters.is_contiguous(at::MemoryFormat::ChannelsLast));
}

TEST(State, DoesNotLendWhatItLoadedFrom) {
  State s(saved(learned()));
  Learned loaded;
  loaded.state(s);
  loaded.weights.fill_(7);
  EXPECT_TRUE(s.tensors().at("weights").equal(learned().weights));
}

TEST(State, SaysWhetherItLoads) {
  EXPECT_FALSE(State().loading());
  EXPECT_TRUE(State(std::map<std::string, Tensor>{}).loading());
}

TEST(State, RefusesAMissingName) {
  State s{std::map<std::string, Tensor>{}};
  Tensor tensor;
  EXPECT_THROW(s("weights", tensor), ShapeError);
}

TEST(State, RefusesANameThatStandsTwice) {
  State s;
  int64_t a = 1, b = 2;
  s("count", a);
  EXPECT_THROW(s("count", b), ShapeError);
}

TEST(State, RefusesAnotherShapeOrType) {
  State s(saved(learned()));
  Tensor longer = at::zeros({2, 4}), whole = at::zeros({2, 3}, at::kInt);
  EXPECT_THROW(s("weights", longer), ShapeError);
  EXPECT_THROW(s("weights", whole), ShapeError);
}

}  // namespace
}  // namespace hashloom
