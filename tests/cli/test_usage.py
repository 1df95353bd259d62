"""What the program says to a command line that it can't use."""
import json
import os
import shutil
import unittest

from program import SMALL, TEST_PLUGINS, ProgramTest

COMMANDS = ["run", "check", "graph", "schema", "plan", "resume", "plugins", "runs", "control", "encode", "export", "cache", "fetch", "dash"]


class Commands(ProgramTest):
    def test_are_listed_by_help(self):
        done = self.hashloom("--help")
        self.assertEqual(done.status, 0, done)
        for command in COMMANDS:
            self.assertIn(f"hashloom {command}", done.stdout)

    def test_are_listed_where_none_is_given(self):
        done = self.hashloom()
        self.assertEqual(done.status, 2, done)
        self.assertIn("hashloom run", done.stdout)

    def test_each_tell_their_options(self):
        for command in COMMANDS:
            with self.subTest(command):
                done = self.hashloom(command, "--help")
                self.assertEqual((done.status, done.stderr), (0, ""), done)
                self.assertIn(f"usage: hashloom {command}", done.stdout)

    def test_misspelt_is_told_with_the_nearest(self):
        self.assert_tells(self.hashloom("rnu", "a.yaml"), 2, "there is no command 'rnu'", "did you mean 'run'?")

    def test_refuse_an_option_that_there_is_not(self):
        for command in COMMANDS:
            with self.subTest(command):
                self.assert_tells(self.hashloom(command, "--frobnicate"), 2, "unrecognised option '--frobnicate'",
                                  f"hashloom {command} --help")

    def test_tell_the_nearest_option(self):
        self.assert_tells(self.hashloom("run", "w.yaml", "--jbos", "2"), 2, "--jbos", "did you mean '--jobs'?")

    def test_refuse_an_option_without_its_value(self):
        self.assert_tells(self.hashloom("run", "a.yaml", "--set"), 2, "'--set' is missing", "hashloom run --help")

    def test_tell_the_version(self):
        self.assertRegex(self.hashloom("--version").stdout, r"^hashloom \d+\.\d+\.\d+\n$")


class Run(ProgramTest):
    def test_needs_a_file(self):
        self.assert_tells(self.hashloom("run"), 2, "no workflow file is given", "workflows/pgh.yaml")

    def test_takes_one_file(self):
        self.assert_tells(self.hashloom("run", "a.yaml", "b.yaml"), 2, "one workflow file, not 2: a.yaml, b.yaml")

    def test_refuses_a_device_that_is_none(self):
        done = self.hashloom("run", self.write(SMALL), "--device", "gpu")
        self.assert_tells(done, 2, "'device' can't be 'gpu'", "auto, cpu, cuda or cuda:N")
        self.assertFalse((self.folder / "runs").exists())

    def test_refuses_cuda_where_no_gpu_is(self):
        for device, shown in {"cuda": "cuda:0", "cuda:0": "cuda:0", "cuda:99": "cuda:99"}.items():
            with self.subTest(device):
                done = self.hashloom("run", self.write(SMALL), "--device", device)
                self.assert_tells(done, 2, f"device '{shown}' is not there: no CUDA device", "use device: auto or cpu")

    def test_takes_the_processor_where_no_gpu_is(self):
        self.assertEqual(self.hashloom("run", self.write(SMALL), "--device", "auto").status, 0)


class Resume(ProgramTest):
    def test_says_that_there_is_nothing_to_resume(self):
        self.assert_tells(self.hashloom("resume"), 2, "no unfinished run in 'runs'", "hashloom runs")

    def test_of_a_finished_run_has_nothing_to_do(self):
        self.hashloom("run", self.write(SMALL))
        done = self.hashloom("resume", str(self.run_folder()))
        self.assertEqual(done.status, 0, done)
        self.assertIn("is finished; there is nothing to resume", done.stdout)

    def test_refuses_a_folder_that_is_no_run(self):
        (self.folder / "pictures").mkdir()
        self.assert_tells(self.hashloom("resume", "pictures"), 2, "'pictures' is no run's folder: it has no run.json")

    def test_refuses_a_folder_that_is_not_there(self):
        self.assert_tells(self.hashloom("resume", "nowhere"), 2, "there is no folder 'nowhere'", "hashloom runs")

    def test_tells_a_run_json_that_was_cut_short(self):
        (self.folder / "cut").mkdir()
        self.write('{"schema": 1, "wor', "cut/run.json")
        self.assert_tells(self.hashloom("resume", "cut"), 2, "cut/run.json can't be understood", "hashloom run")

    def test_takes_one_run(self):
        self.assert_tells(self.hashloom("resume", "a", "b"), 2, "give one run")


class Runs(ProgramTest):
    def test_of_an_empty_folder_says_how_to_begin(self):
        (self.folder / "runs").mkdir()
        done = self.hashloom("runs")
        self.assertEqual((done.status, done.stdout), (0, "no runs in 'runs'; begin with: hashloom run workflows/pgh.yaml\n"))

    def test_of_a_folder_that_is_not_there_says_how_to_begin(self):
        self.assert_tells(self.hashloom("runs", "elsewhere"), 2, "runs does not know 'elsewhere'", "--runs DIR")
        self.assert_tells(self.hashloom("runs", "list", "elsewhere"), 2, "runs list takes no 'elsewhere'", "--runs DIR")
        done = self.hashloom("runs", "--runs", "nowhere")
        self.assertEqual(done.status, 0, done)
        self.assertIn("begin with: hashloom run", done.stdout)

    def test_refuses_another_format(self):
        self.assert_tells(self.hashloom("runs", "--format", "xml"), 2, "table or json, not 'xml'")


class Formats(ProgramTest):
    def test_that_there_are_not_are_refused(self):
        file = self.write(SMALL)
        for command, formats in ((["check", file], "text or json"), (["graph", file], "text, dot or svg"),
                                 (["plan", file], "table or json"), (["runs"], "table or json"), (["runs", "compare"], "table or json"),
                                 (["cache"], "table or json"), (["plugins", "doctor"], "table or json")):
            with self.subTest(command):
                done = self.hashloom(*command, "--format", "xml")
                self.assert_tells(done, 2, f"--format is {formats}, not 'xml'")
                self.assertEqual(done.stdout, "")


class NamesThatAreNoText(ProgramTest):
    """Of folders: bytes that are no UTF-8."""

    def setUp(self):
        super().setUp()
        self.odd = os.fsencode(self.folder) + b"/odd-\xff"

    def as_json(self, *arguments):
        done = self.hashloom(*arguments, "--format", "json")
        self.assertEqual(done.stderr, "")
        return json.loads(done.stdout)

    def test_are_written_to_json_all_the_same(self):
        self.assertEqual(self.hashloom("run", self.write(SMALL)).status, 0)
        os.rename(self.folder / "runs", self.odd)
        (run,) = self.as_json("runs", "--runs", self.odd)
        self.assertIn("/odd-\ufffd/", run["folder"])
        compared = self.as_json("runs", "compare", os.path.join(self.odd, os.listdir(self.odd)[0]))
        self.assertIn("/odd-\ufffd/", compared["runs"][0]["folder"])

    def test_of_plugins_are_written_to_json_all_the_same(self):
        os.mkdir(self.odd)
        for name in ("small.json", "small.so"):
            shutil.copy(f"{TEST_PLUGINS}/{name}", os.path.join(self.odd, os.fsencode(name)))
        for action in (["list"], ["doctor"], ["inspect", "dataset/small"]):
            with self.subTest(action):
                told = self.as_json("plugins", *action, "--plugins", self.odd)
                self.assertIn("/odd-\ufffd/small.so", json.dumps(told, ensure_ascii=False))


class OtherCommands(ProgramTest):
    def test_plan_and_run_refuse_to_force_a_stage_that_there_is_not(self):
        for command in ("plan", "run"):
            done = self.hashloom(command, self.write(SMALL), "--force", "nowhere")
            self.assert_tells(done, 2, "--force nowhere: there is no such stage; there are: data, near, network, pixel, score, start")

    def test_plan_stops_nothing_fast(self):
        self.assert_tells(self.hashloom("plan", self.write(SMALL), "--fail-fast"), 2, "unrecognised option '--fail-fast'")
        self.assertNotIn("fail-fast", self.hashloom("plan", "--help").stdout)

    def test_plugins_refuses_another_action(self):
        self.assert_tells(self.hashloom("plugins", "lits"), 2, "'lits' is none of: list, inspect, doctor, new; did you mean 'list'?")

    def test_plugins_tells_the_nearest_component(self):
        done = self.hashloom("plugins", "inspect", "hasher/lhs")
        self.assert_tells(done, 2, "no plugin has a component 'hasher/lhs'", "did you mean 'hasher/lsh'?")

    def test_fetch_tells_what_can_be_fetched(self):
        self.assert_tells(self.hashloom("fetch", "mnits"), 2, "there is no data set 'mnits'", "mnist")


if __name__ == "__main__":
    unittest.main()
