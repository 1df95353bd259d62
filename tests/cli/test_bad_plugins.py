"""Plugins that can't be used, or that misbehave while they run (tests/plugins)."""
import unittest

from program import SMALL, TEST_PLUGINS, ProgramTest, read_events


class UnusablePlugin(ProgramTest):
    """Told where the workflow names it, before anything runs."""

    def assert_refused(self, component, *texts):
        text = SMALL.replace("hasher/lsh", component).replace(", with: {bits: 16}", "")
        done = self.hashloom("run", self.write(text))
        library = component.removeprefix("hasher/").replace("-", "_")
        self.assert_tells(done, 2, f"workflow.yaml:7:17: error: stage 'start': plugin '{library}'",
                          f"{TEST_PLUGINS}/{library}.so", *texts, "nothing was run.")
        self.assertFalse((self.folder / "runs").exists())

    def test_without_an_entry(self):
        self.assert_refused("hasher/no-entry", "has no entry hashloom_plugin_entry", "HASHLOOM_PLUGIN(...)")

    def test_of_another_abi(self):
        self.assert_refused("hasher/other-abi", "has SDK ABI 2, this program has 1", "build the plugin anew")

    def test_of_another_libtorch(self):
        self.assert_refused("hasher/other-libtorch", "was built with LibTorch 1.13.0, this program with", "build the plugin anew")

    def test_whose_manifest_is_of_another_abi(self):
        self.assert_refused("hasher/stale-abi", "was built for SDK ABI 99, this program has 1", "build the plugin anew")

    def test_whose_manifest_is_of_another_libtorch(self):
        self.assert_refused("hasher/stale-libtorch", "was built with LibTorch 1.13.0", "build the plugin anew")

    def test_that_the_linker_cant_open(self):
        self.assert_refused("hasher/unresolved", "can't be opened", "hashloom_test_function_that_is_nowhere", "build the plugin anew")

    def test_is_listed_with_the_reason(self):
        done = self.hashloom("plugins", "list")
        self.assertEqual(done.status, 1, done)
        for text in ["hasher/other-abi +- +failed", "not_a_manifest.json", r"hasher/lsh +1\.0\.0 +loaded"]:
            self.assertRegex(done.stdout, text)

    def test_does_not_hinder_workflows_that_do_not_name_it(self):
        self.assertEqual(self.hashloom("run", self.write(SMALL)).status, 0)


class BrokenLibrary(ProgramTest):
    """Libraries that are none, in a folder of their own."""

    def setUp(self):
        super().setUp()
        (self.folder / "plugins").mkdir()
        self.manifest = ('{"plugin": "broken", "library": "broken.so", "sdk_abi": 1, "libtorch": "%s", '
                         '"components": ["hasher/broken"]}')

    def refused(self):
        text = SMALL.replace("hasher/lsh", "hasher/broken").replace(", with: {bits: 16}", "")
        return self.hashloom("check", self.write(text), "--plugins", "plugins")

    def libtorch(self):
        done = self.hashloom("plugins", "list")
        return done.stdout.split("was built with LibTorch 1.13.0, this program with ")[1].split()[0]

    def test_that_is_a_text(self):
        self.write(self.manifest % self.libtorch(), "plugins/broken.json")
        self.write("not a library\n", "plugins/broken.so")
        self.assert_tells(self.refused(), 2, "stage 'start': plugin 'broken'", "can't be opened", "build the plugin anew")

    def test_that_is_missing(self):
        self.write(self.manifest % self.libtorch(), "plugins/broken.json")
        self.assert_tells(self.refused(), 2, "has a manifest but no library", "build the plugin anew, or remove its manifest")

    def test_without_a_manifest(self):
        self.write("", "plugins/lonely.so")
        done = self.hashloom("plugins", "list", "--plugins", "plugins")
        self.assertIn("lonely.so: a library without a manifest", done.stdout)


class FailingPlugin(ProgramTest):
    """Told with stage, round, epoch, component and shapes; what was recorded before is kept."""

    def assert_fails(self, text, *texts, status=1):
        done = self.hashloom("run", self.write(text))
        self.assert_tells(done, status, *texts, f"hashloom resume {self.run_folder().relative_to(self.folder)}")
        kinds = [event["kind"] for event in read_events(self.run_folder())]
        self.assertEqual(kinds[0], "run")
        self.assertEqual(kinds[-2:], ["error", "end"])
        self.assertIn("failed", self.hashloom("runs").stdout)

    @staticmethod
    def with_hasher(component):
        return SMALL.replace("hasher/lsh", component).replace(", with: {bits: 16}", "")

    @staticmethod
    def with_network(component):
        return SMALL.replace("network/slow", component).replace(
            'with: {epochs: "${epochs}", milliseconds: "${milliseconds}"}', "with: {}")

    def test_that_throws_in_fit(self):
        self.assert_fails(self.with_hasher("hasher/throws-in-fit"),
                          "error: stage 'start' (hasher/throws-in-fit 1.0.0): the fit went wrong",
                          "features: train [200, 64] float32 on cpu")

    def test_that_throws_what_is_no_exception(self):
        self.assert_fails(self.with_hasher("hasher/throws-int"), "error: stage 'start' (hasher/throws-int 1.0.0): ",
                          "mend the component")

    def test_that_fails_in_libtorch(self):
        self.assert_fails(self.with_hasher("hasher/fails-in-libtorch"),
                          "shapes cannot be multiplied (200x64 and 200x1)", "see the shapes above")

    def test_that_throws_while_training(self):
        self.assert_fails(self.with_network("network/throws-in-epoch"),
                          "error: stage 'network', round 1, epoch 2 (network/throws-in-epoch 1.0.0): the loss is not a number",
                          "try a smaller learning_rate")

    def test_that_gives_features_of_too_few_rows(self):
        self.assert_fails(SMALL.replace("feature/pixel", "feature/too-few-rows"),
                          "stage 'pixel'", "gives features [199, 64] float32 on cpu for a batch [200, 1, 8, 8]",
                          "float32 [200, D] was promised", "mend the component")

    def test_that_gives_numbers_for_bits(self):
        self.assert_fails(self.with_hasher("hasher/wrong-type"), "gives bits [200, 8] float32", "bool [200, k] was promised")

    def test_that_draws_images_of_another_size(self):
        text = self.with_network("network/other-length").replace("generator/neighbours", "generator/wrong-size")
        self.assert_fails(text, "stage 'network', round 1", "draws images [2, 1, 4, 8]", "float32 [2, 1, 8, 8] was promised")

    def test_that_gives_codes_of_another_length(self):
        self.assert_fails(self.with_network("network/other-length"),
                          "loop 'learn', round 1: 'network.codes' gives codes of 7 bits, the loop carries 16",
                          "let 'network' give codes of 16 bits", status=2)


if __name__ == "__main__":
    unittest.main()
