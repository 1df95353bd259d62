#include <gmock/gmock.h>

#include "run_in_test.hpp"

namespace hashloom::test {
namespace {

using ::testing::HasSubstr;

plugins::PluginError refusal_of(const std::string& id) {
  auto plugins = all_plugins();
  try {
    plugins.get(id);
  } catch (const plugins::PluginError& error) {
    return error;
  }
  ADD_FAILURE() << id << " was opened";
  return plugins::PluginError("");
}

TEST(Catalogue, OpensALibraryWhenItsComponentIsAskedFor) {
  auto plugins = all_plugins();
  const auto& lsh = plugins.get("hasher/lsh");
  EXPECT_EQ(lsh.plugin, "lsh");
  EXPECT_EQ(lsh.build_id.size(), 64u);
  EXPECT_EQ(lsh.schema.find_param("bits")->unit, "");
}

TEST(Catalogue, RefusesALibraryWithoutAnEntry) {
  const auto error = refusal_of("hasher/no-entry");
  EXPECT_THAT(error.what(), HasSubstr("has no entry hashloom_plugin_entry"));
  EXPECT_THAT(error.remedy(), HasSubstr("HASHLOOM_PLUGIN"));
}

TEST(Catalogue, RefusesAnEntryOfAnotherAbi) {
  EXPECT_THAT(refusal_of("hasher/other-abi").what(), HasSubstr("has SDK ABI 2, this program has 1"));
}

TEST(Catalogue, RefusesAnEntryOfAnotherLibTorch) {
  EXPECT_THAT(refusal_of("hasher/other-libtorch").what(),
              HasSubstr("was built with LibTorch 1.13.0, this program with"));
}

TEST(Catalogue, RefusesAStaleManifestBeforeTheLibraryIsOpened) {
  // Neither manifest has a library beside it: had it been looked for, the message would say so.
  EXPECT_THAT(refusal_of("hasher/stale-abi").what(), HasSubstr("was built for SDK ABI 99"));
  EXPECT_THAT(refusal_of("hasher/stale-libtorch").what(), HasSubstr("was built with LibTorch 1.13.0"));
}

TEST(Catalogue, TellsWhyTheLinkerCouldNotOpenALibrary) {
  EXPECT_THAT(refusal_of("hasher/unresolved").what(),
              HasSubstr("undefined symbol: hashloom_test_function_that_is_nowhere"));
}

TEST(Catalogue, KeepsWhatItCouldNotRead) {
  const auto plugins = all_plugins();
  ASSERT_EQ(plugins.broken().size(), 1u);
  EXPECT_THAT(plugins.broken()[0].what(), HasSubstr("not_a_manifest.json: not a plugin's manifest"));
}

}  // namespace
}  // namespace hashloom::test
