#include <gtest/gtest.h>

#include <workflow/diagnostics.hpp>

namespace hashloom::workflow {
namespace {

TEST(Nearest, FindsOneLetterMore) { EXPECT_EQ(nearest("orientation", {"scales", "orientations"}), "orientations"); }
TEST(Nearest, FindsSwappedLetters) {
  EXPECT_EQ(nearest("feature/gits", {"feature/pixel", "feature/gist"}), "feature/gist");
}
TEST(Nearest, FindsNothingNear) { EXPECT_EQ(nearest("hasher", {"bits", "scales"}), ""); }
TEST(Nearest, DoesNotReplaceEveryLetter) { EXPECT_EQ(nearest("a", {"b"}), ""); }
TEST(Nearest, TakesTheNearer) { EXPECT_EQ(nearest("imagess", {"imaged", "images"}), "images"); }

TEST(Mistakes, MarksTheWordBelowItsLine) {
  const Mistakes mistakes({{"w.yaml", "stages:\n    with: {orientation: 8}\n"}}, {{{2, 12}, "no", "yes", 11}});
  EXPECT_EQ(mistakes.rendered(),
            "w.yaml:2:12: error: no\n"
            "    with: {orientation: 8}\n"
            "           ^~~~~~~~~~~\n"
            "note: yes\n"
            "1 error; nothing was run.");
}

// "ä" has two bytes and one column: the place counts bytes, the mark stands below the letter.
TEST(Mistakes, MarksBelowTheLetterBehindUmlauts) {
  const Mistakes mistakes({{"w.yaml", "ää: x\n"}}, {{{1, 7}, "no", "", 1}});
  EXPECT_EQ(mistakes.rendered(), "w.yaml:1:7: error: no\n    ää: x\n        ^\n1 error; nothing was run.");
}

TEST(Mistakes, ShowsAWindowOfALongLine) {
  const Mistakes mistakes({{"w.yaml", std::string(1000, 'a')}}, {{{1, 501}, "no", "", 1}});
  EXPECT_EQ(mistakes.rendered(), "w.yaml:1:501: error: no\n    " + std::string(160, 'a') + "\n" + std::string(84, ' ') +
                                     "^\n1 error; nothing was run.");
}

TEST(Mistakes, NameTheOptionOfTheCommandLine) {
  const Mistakes mistakes({{"w.yaml", "a: 1\n"}}, {{{}, "no", "", 1, "--set n"}, {{}, "never", ""}});
  EXPECT_EQ(mistakes.rendered(), "--set n: error: no\nw.yaml: error: never\n2 errors; nothing was run.");
}

}  // namespace
}  // namespace hashloom::workflow
