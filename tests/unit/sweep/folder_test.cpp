#include <gmock/gmock.h>

#include <report/sweeps.hpp>
#include <sweep/folder.hpp>

#include "temporary_folder.hpp"

using hashloom::sweep::Cell;
using hashloom::sweep::make_folder;
using testing::ElementsAre;

namespace {

Cell cell(const std::string& label, uint64_t seed = 1) {
  Cell made{label, {}};
  made.record.workflow.name = "Two Cells";
  made.record.workflow.seed = seed;
  made.record.workflow.file = "two.yaml";
  return made;
}

std::vector<std::string> names(const std::vector<std::filesystem::path>& folders) {
  std::vector<std::string> all;
  for (const auto& folder : folders) all.push_back(folder.filename().string());
  return all;
}

}  // namespace

TEST(SweepFolder, HoldsARunForEachCellNamedAfterItsValues) {
  const TemporaryFolder folder;
  const auto sweep = make_folder(folder.path(), {cell("bits=16, seed=1", 1), cell("bits=16, seed=2", 2)}, {"hashloom"});
  const auto cells = hashloom::report::cells_of(sweep);
  ASSERT_THAT(names(cells), ElementsAre("bits=16,seed=1", "bits=16,seed=2"));
  EXPECT_EQ(hashloom::engine::read_run_record(cells[1]).workflow.seed, 2u);
}

TEST(SweepFolder, IsNamedAfterTheWorkflow) {
  const TemporaryFolder folder;
  const auto sweep = make_folder(folder.path(), {cell("seed=1")}, {});
  EXPECT_THAT(sweep.filename().string(), testing::StartsWith("two-cells-"));
}

TEST(SweepFolder, NamesNoCellLikeAnotherOrOutsideOfItself) {
  const TemporaryFolder folder;
  const auto sweep = make_folder(folder.path(), {cell("data=../a"), cell("data=..*a"), cell("..")}, {});
  EXPECT_THAT(names(hashloom::report::cells_of(sweep)), ElementsAre("data=..-a", "data=..-a-2", "..-2"));
}

TEST(SweepFolder, ThatIsDamagedIsRefused) {
  const TemporaryFolder folder;
  for (const char* text : {"", "{}", "[1]", R"({"cells": [{"folder": "../.."}]})", R"({"cells": [3]})"}) {
    write_text(folder / "sweep.json", text);
    EXPECT_ANY_THROW(hashloom::report::cells_of(folder.path())) << text;
  }
}
