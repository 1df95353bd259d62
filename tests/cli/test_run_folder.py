"""A run's folder and trace: where they can't be written, where the disk fills up, and damaged."""
import json
import resource
import time
import unittest

from program import SMALL, ProgramTest, codes_by_round, read_events

LONG = SMALL.replace("rounds: 2", "rounds: 12")


def limit_files_to(size):
    """Every write past `size` bytes of a file comes back short or fails, as on a full disk."""
    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))
    return limit


class UnwritableRunFolder(ProgramTest):
    def assert_refused(self, runs, why):
        done = self.hashloom("run", self.write(SMALL), "--runs", runs)
        self.assert_tells(done, 2, f"error: the run's folder can't be made in '{runs}': {why}", "--runs DIR")

    def test_that_is_a_file(self):
        self.write("", "file")
        self.assert_refused("file", "Not a directory")

    def test_below_a_file(self):
        self.write("", "file")
        self.assert_refused("file/runs", "Not a directory")

    def test_that_the_system_refuses(self):
        self.assert_refused("/proc/hashloom", "No such file or directory")


class Trace(ProgramTest):
    def test_is_json_with_every_stage_and_a_table_is_printed(self):
        done = self.hashloom("run", self.write(SMALL), "--trace", "trace.json")
        self.assertEqual(done.status, 0, done)
        events = json.loads((self.folder / "trace.json").read_text())["traceEvents"]
        self.assertIn("network/slow learns", {event["name"] for event in events})
        self.assertRegex(done.stdout, r"component +network/slow learns +2 ")

    def test_to_a_place_that_cant_be_written_is_refused_before_the_run_works(self):
        done = self.hashloom("run", self.write(SMALL), "--trace", "/proc/trace.json")
        self.assert_tells(done, 2, "'/proc/trace.json' can't be written", "name another file")
        self.assertFalse((self.run_folder() / "events.jsonl").exists())

    def test_of_a_matrix_is_refused(self):
        done = self.hashloom("run", self.write(SMALL + "matrix: {seed: [1, 2]}\n"), "--trace", "trace.json")
        self.assert_tells(done, 2, "--trace takes one run")
        self.assertFalse((self.folder / "runs").exists())


class DamagedRun(ProgramTest):
    """A checkpoint that something else has cut short, of a run that stopped in round 2."""

    def setUp(self):
        super().setUp()
        process = self.start("run", self.write(SMALL), "--set", "rounds=3", "--set", "milliseconds=500")
        self.wait_for_event(process, kind="round", round=2)
        self.checkpoints = self.run_folder() / "checkpoints"
        self.wait_until_done("learn/2")  # its event comes before its mark
        process.kill()
        process.wait()

    def wait_until_done(self, unit):
        deadline = time.monotonic() + self.timeout
        while f"\"{unit}\"" not in (self.checkpoints / "ledger.json").read_text() and time.monotonic() < deadline:
            time.sleep(0.01)

    def cut_short(self, name):
        file = self.checkpoints / name
        file.write_bytes(file.read_bytes()[:40])

    def assert_told(self, name, what):
        self.cut_short(name)
        self.assert_tells(self.hashloom("resume"), 1, f"checkpoints/{name}: {what}", "begin anew with: hashloom run")

    def test_in_what_the_loop_carries(self):
        self.assert_told("learn/2/.carry.safetensors", "not a whole tensor file")

    def test_in_a_networks_weights(self):
        self.assert_told("learn/2/network.safetensors", "not a whole tensor file")

    def test_in_its_ledger(self):
        self.assert_told("ledger.json", "not a ledger")

    def test_in_an_epoch_does_that_epoch_again(self):
        for file in self.checkpoints.rglob("*.epoch.safetensors"):
            self.cut_short(file.relative_to(self.checkpoints))
        self.assertEqual(self.hashloom("resume").status, 0)

    def test_with_a_torn_event_goes_on(self):
        with open(self.run_folder() / "events.jsonl", "a", encoding="utf-8") as file:
            file.write('{"kind": "met')
        self.assertEqual(self.hashloom("resume").status, 0)
        self.assertEqual(read_events(self.run_folder())[-1]["state"], "finished")


class FullDisk(ProgramTest):
    """The file that grows, events.jsonl, meets the limit within a round; the checkpoints are smaller."""

    def setUp(self):
        super().setUp()
        self.write(LONG)

    def stopped_run(self):
        done = self.hashloom("run", "workflow.yaml", preexec_fn=limit_files_to(20000))
        run = self.run_folder()
        self.assert_tells(done, 1, "events.jsonl: ", "make room or make the place writable",
                          f"hashloom resume {run.relative_to(self.folder)}")
        return run

    def test_leaves_whole_events_behind(self):
        text = (self.stopped_run() / "events.jsonl").read_text()
        self.assertTrue(text.endswith("\n"))
        self.assertEqual([json.loads(line)["seq"] for line in text.splitlines()], list(range(text.count("\n"))))
        self.assertGreater(text.count("\n"), 20)

    def test_leaves_a_run_that_can_be_listed(self):
        self.stopped_run()
        done = self.hashloom("runs")
        self.assertEqual(done.status, 0, done)
        self.assertRegex(done.stdout, r"small +(crashed|failed)")

    def test_leaves_no_half_written_file(self):
        run = self.stopped_run()
        self.assertEqual([str(file) for file in run.rglob("*") if ".tmp" in file.name], [])

    def test_lets_the_run_go_on_to_the_same_codes(self):
        run = self.stopped_run()
        before = codes_by_round(run)
        self.assertEqual(self.hashloom("resume").status, 0)
        self.assertEqual(read_events(run)[-1]["state"], "finished")
        self.hashloom("run", "workflow.yaml", "--runs", "undisturbed")
        undisturbed = codes_by_round(self.run_folder("undisturbed"))
        self.assertEqual(codes_by_round(run), undisturbed)
        self.assertEqual(before, {key: undisturbed[key] for key in before})

    def test_met_by_the_cache_warns_and_lets_the_run_go_on(self):
        done = self.hashloom("run", "workflow.yaml", "--set", "rounds=1", preexec_fn=limit_files_to(20000))
        self.assert_tells(done, 0, "warning: stage 'pixel': results can't be cached", "HASHLOOM_CACHE")

    def test_cache_that_is_a_file_warns_and_lets_the_run_go_on(self):
        self.write("", "cache")
        done = self.hashloom("run", "workflow.yaml", "--set", "rounds=1")
        self.assert_tells(done, 0, "warning: stage 'data': results can't be cached", "HASHLOOM_CACHE")
        self.assertEqual(done.stderr.count("can't be cached"), 1)


if __name__ == "__main__":
    unittest.main()
