#include <gtest/gtest.h>

#include <random>

#include "workshop.hpp"

namespace hashloom::workflow::test {
namespace {

/// One to eight changes: a byte replaced, removed, doubled, or a piece copied elsewhere.
std::string mutated(std::string text, std::mt19937& random) {
  static const std::string kLikely = "{}[]:,-\"'#&*!|>%@`?.$~ \n\t\r0azA\\\x04\x00\x80\xFF\xC3";
  const auto below = [&](size_t n) { return std::uniform_int_distribution<size_t>(0, n - 1)(random); };
  for (size_t change = 0, changes = 1 + below(8); change < changes && !text.empty(); ++change) {
    const size_t at = below(text.size()), kind = below(5);
    if (kind <= 1) text[at] = kind ? static_cast<char>(below(256)) : kLikely[below(kLikely.size())];
    if (kind == 2) text.erase(at, 1 + below(10));
    if (kind == 3) text.insert(at, 1, kLikely[below(kLikely.size())]);
    if (kind == 4) text.insert(at, text.substr(below(text.size()), 1 + below(40)));
  }
  return text;
}

// told() lets nothing but Mistakes pass.
TEST(Mutations, ThrowNothingButMistakes) {
  std::mt19937 random(2018);
  for (int i = 0; i < 5000; ++i) {
    const auto text = mutated(kPgh, random);
    ASSERT_NO_THROW(told(text)) << text;
  }
}

TEST(Mutations, TruncationsThrowNothingButMistakes) {
  for (size_t length = 0; length <= kPgh.size(); ++length) ASSERT_NO_THROW(told(kPgh.substr(0, length))) << length;
}

TEST(Mutations, OfOverridesThrowNothingButMistakes) {
  std::mt19937 random(2019);
  for (int i = 0; i < 1000; ++i) {
    const auto option = mutated("gan.epochs=[24, \"${bits}\"]", random);
    ASSERT_NO_THROW(told(kPgh, {.sets = {option}})) << option;
  }
}

TEST(Mutations, ThatAreAcceptedGoThroughJson) {
  std::mt19937 random(2020);
  int accepted = 0;
  for (int i = 0; i < 500; ++i) {
    const auto text = mutated(kPgh, random);
    if (told(text) != "no mistake") continue;
    const auto workflow = loaded(text);
    ASSERT_EQ(from_json(nlohmann::json::parse(to_json(workflow).dump())), workflow) << text;
    ++accepted;
  }
  EXPECT_GT(accepted, 0);
}

}  // namespace
}  // namespace hashloom::workflow::test
