"""Mistakes in a workflow file, as `hashloom check` tells them: file:line:column, what is wrong, what is meant or possible."""
import unittest

from program import SMALL, ProgramTest


class BadWorkflow(ProgramTest):
    def check(self, old, new):
        self.assertEqual(SMALL.count(old), 1, old)
        return self.hashloom("check", self.write(SMALL.replace(old, new)))

    def assert_mistake(self, done, place, *texts):
        self.assert_tells(done, 2, f"workflow.yaml:{place}: error: ", *texts, "1 error; nothing was run.\n")
        self.assertEqual(done.stdout, "")

    def test_without_mistakes_is_told_as_such(self):
        done = self.hashloom("check", self.write(SMALL))
        self.assertEqual((done.status, done.stderr), (0, ""), done)
        self.assertIn("no mistakes", done.stdout)

    def test_component_misspelt(self):
        done = self.check("hasher/lsh", "hasher/lhs")
        self.assert_mistake(done, "7:17", "stage 'start': there is no component 'hasher/lhs'", "did you mean 'hasher/lsh'?")

    def test_parameter_misspelt(self):
        done = self.check("bits: 16", "bit: 16")
        self.assert_mistake(done, "7:68", "hasher/lsh has no parameter 'bit'", "did you mean 'bits'?")

    def test_stage_misspelt(self):
        done = self.check("pixel.features", "pixle.features")
        self.assert_mistake(done, "7:44", "there is no stage 'pixle'", "did you mean 'pixel'?")

    def test_output_misspelt(self):
        done = self.check("pixel.features", "pixel.faetures")
        self.assert_mistake(done, "7:44", "'pixel' gives no 'faetures'", "did you mean 'features'?")

    def test_input_misspelt(self):
        done = self.check("features: pixel", "feature: pixel")
        self.assert_mistake(done, "7:34", "hasher/lsh has no input 'feature'", "did you mean 'features'?")

    def test_key_misspelt(self):
        done = self.check("rounds: \"${rounds}\"", "round: \"${rounds}\"")
        self.assert_mistake(done, "12:7", "'round'", "did you mean 'rounds'?")

    def test_type_that_does_not_fit(self):
        done = self.check("pixel.features", "data.images")
        self.assert_mistake(done, "7:44", "input 'features' takes features, 'data.images' gives images",
                            "these give features: pixel.features")

    def test_labels_for_what_trains(self):
        done = self.check("pixel.features", "data.labels")
        self.assert_mistake(done, "7:44", "labels go to evaluators only; nothing that trains may see them")

    def test_outputs_of_evaluators_are_terminal(self):
        done = self.check("pixel.features", "score.features")
        self.assert_tells(done, 2, "workflow.yaml:7:44: error: ", "'score")

    def test_cycle(self):
        two = "  one: {uses: feature/pixel, in: {images: two.features}}\n  two: {uses: feature/pixel, in: {images: one.features}}\n"
        done = self.hashloom("check", self.write(SMALL.replace("stages:\n  data", "stages:\n" + two + "  data")))
        self.assert_tells(done, 2, "error: a cycle: one -> two -> one", "only 'next' of a loop goes back")

    def test_input_missing(self):
        done = self.check(", in: {features: pixel.features}", "")
        self.assert_mistake(done, "7:3", "stage 'start': the input 'features' is missing", "in: {features: STAGE.PORT}")

    def test_value_out_of_bounds(self):
        done = self.check("bits: 16", "bits: 0")
        self.assert_mistake(done, "7:74", "parameter 'bits': 0 is below 1", "an integer, from 1 to 4096; default 32")

    def test_value_of_another_type(self):
        done = self.check("bits: 16", "bits: sixteen")
        self.assert_mistake(done, "7:74", "parameter 'bits' takes an integer, not the text 'sixteen'")

    def test_value_past_every_integer(self):
        done = self.check("bits: 16", "bits: 99999999999999999999")
        self.assert_mistake(done, "7:74", "99999999999999999999")

    def test_key_that_stands_twice(self):
        done = self.check("bits: 16", "bits: 16, bits: 32")
        self.assert_mistake(done, "7:78", "the key 'bits' stands twice", "keep one of them")

    def test_var_that_there_is_not(self):
        done = self.check("${milliseconds}", "${miliseconds}")
        self.assert_mistake(done, "16:59", "there is no var 'miliseconds'", "did you mean 'milliseconds'?")

    def test_is_no_yaml(self):
        done = self.check("with: {bits: 16}}", "with: {bits: 16}")
        self.assert_mistake(done, "8:3", "this is not YAML")

    def test_tabs(self):
        self.assert_tells(self.hashloom("check", self.write("stages:\n\tdata: {}\n")), 2, "workflow.yaml:2:6: error: this is not YAML",
                          "indent with spaces; YAML takes no tabs there")

    def test_empty_file(self):
        self.assert_mistake(self.hashloom("check", self.write("")), "1:1", "the file is empty", "'stages:'")

    def test_file_with_nothing_but_a_comment(self):
        self.assert_tells(self.hashloom("check", self.write("# later\n")), 2, "workflow.yaml:1:1: error: the file says nothing")

    def test_binary_file(self):
        (self.folder / "workflow.yaml").write_bytes(bytes(range(256)))
        self.assert_tells(self.hashloom("check", "workflow.yaml"), 2, "workflow.yaml:1:1: error: ")

    def test_file_that_is_not_there(self):
        done = self.hashloom("check", "nowhere.yaml")
        self.assert_tells(done, 2, "nowhere.yaml: error: the file can't be read: No such file or directory")

    def test_folder_in_place_of_a_file(self):
        self.assert_tells(self.hashloom("check", "."), 2, ".: error: the file can't be read: it is a folder", "name a workflow's file")

    def test_all_mistakes_are_told_at_once(self):
        bad = SMALL.replace("bits: 16", "bits: 0").replace("feature/pixel", "feature/pixle").replace("seed: 1", "seed: -1")
        done = self.hashloom("check", self.write(bad))
        self.assert_tells(done, 2, "workflow.yaml:2:7: error: ", "workflow.yaml:6:17: error: ", "workflow.yaml:7:74: error: ",
                          "3 errors; nothing was run.\n")

    def test_run_makes_no_folder_for_a_workflow_with_mistakes(self):
        self.assert_tells(self.hashloom("run", self.write(SMALL.replace("bits: 16", "bits: 0"))), 2, "nothing was run")
        self.assertFalse((self.folder / "runs").exists())


class BadOverride(ProgramTest):
    def assert_refused(self, arguments, *texts):
        done = self.hashloom("check", self.write(SMALL), *arguments)
        self.assert_tells(done, 2, *texts, "1 error; nothing was run.\n")

    def test_of_a_var_that_there_is_not(self):
        self.assert_refused(["--set", "epoch=3"], "--set epoch: error: there is no var 'epoch'", "did you mean 'epochs'?")

    def test_of_a_parameter_that_there_is_not(self):
        self.assert_refused(["--set", "start.bit=3"], "--set start.bit: error: ", "did you mean 'bits'?")

    def test_of_a_stage_that_there_is_not(self):
        self.assert_refused(["--set", "strat.bits=3"], "--set strat.bits: error: ", "did you mean 'start'?")

    def test_out_of_bounds(self):
        self.assert_refused(["--set", "start.bits=5000"], "--set start.bits: error: ", "5000 is above 4096")

    def test_without_a_value(self):
        self.assert_refused(["--set", "bits"], "it takes NAME=VALUE, not 'bits'")

    def test_by_a_profile_that_there_is_not(self):
        self.assert_refused(["--profile", "full"], "--profile full: error: there is no profile 'full'")


class Matrix(ProgramTest):
    SWEEP = SMALL + "matrix: {rounds: [1, 2], seed: [1, 2], exclude: [{rounds: 1, seed: 2}]}\n"

    def test_check_lists_its_cells(self):
        done = self.hashloom("check", self.write(self.SWEEP))
        self.assertEqual((done.status, done.stderr), (0, ""), done)
        self.assertTrue(done.stdout.endswith("3 cells:\n  rounds=1, seed=1\n  rounds=2, seed=1\n  rounds=2, seed=2\n"), done)


if __name__ == "__main__":
    unittest.main()
