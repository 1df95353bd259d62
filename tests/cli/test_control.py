"""`hashloom control` on runs that go on: pause, stop after the round, a tuned parameter, a rebuilt plugin; resume repeats them."""
import hashlib
import json
import shutil
import time
import unittest
from pathlib import Path

from program import SMALL, TEST_PLUGINS, ProgramTest, codes_by_round, read_events

# One epoch a round, so that what is asked for within round 1 holds from the start of round 2 on; round 1 lasts long enough to ask.
NETWORK = 'with: {epochs: "${epochs}", milliseconds: "${milliseconds}"'
LOOP = SMALL.replace("rounds: 2, epochs: 2, milliseconds: 0", "rounds: 3, epochs: 1, milliseconds: 2500").replace(
    NETWORK, NETWORK + ", rounds: {2: {milliseconds: 500}}")
REBUILT = Path(TEST_PLUGINS).parent / "rebuilt-plugins/small_rebuilt.so"


class ControlledRun(ProgramTest):
    def begun(self, *options, runs="runs"):
        """A run whose network learns in round 1."""
        process = self.start("run", self.write(LOOP), "--runs", runs, *options)
        self.wait_for_event(process, runs, kind="stage", state="started", stage="network", round=1)
        return process

    def ask(self, *request, runs="runs"):
        done = self.hashloom("control", str(self.run_folder(runs)), *request)
        self.assertEqual(done.status, 0, done)
        return done.stdout

    def finish(self, process):
        done = self.wait(process)
        self.assertEqual(done.status, 0, done)

    def kill_in_last_round_and_resume(self, process, *options):
        self.wait_for_event(process, kind="stage", state="started", stage="network", round=3)
        process.kill()
        process.wait()
        done = self.hashloom("resume", *options)
        self.assertEqual(done.status, 0, done)

    def listed_state(self):
        return json.loads(self.hashloom("runs", "--format", "json").stdout)[0]["state"]

    def assert_requested(self, **fields):
        """The one request stands in control.jsonl, and the run has accepted it by its id."""
        (line,) = map(json.loads, (self.run_folder() / "control.jsonl").read_text().splitlines())
        self.assertEqual({key: line[key] for key in fields}, fields)
        (accepted,) = [event for event in read_events(self.run_folder())
                       if event["kind"] == "control" and event["state"] == "accepted"]
        self.assertEqual(accepted["id"], line["id"])

    def assert_codes_are_those_of(self, runs):
        self.assertEqual(codes_by_round(self.run_folder()), codes_by_round(self.run_folder(runs)))

    def run_undisturbed(self, workflow=LOOP):
        """Nobody asks it anything, and it takes nothing from the cache."""
        done = self.hashloom("run", self.write(workflow, "other.yaml"), "--runs", "undisturbed", "--force", "all",
                             "--set", "milliseconds=0")
        self.assertEqual(done.status, 0, done)


class Pause(ControlledRun):
    def test_holds_the_run_until_it_is_told_to_go_on(self):
        process = self.begun()
        self.assertEqual(self.ask("pause"), "paused\n")
        self.assertEqual(self.listed_state(), "paused")
        held = len(read_events(self.run_folder()))
        time.sleep(1.5)  # a run that goes on records its progress once a second
        self.assertEqual(len(read_events(self.run_folder())), held)
        self.assertEqual(self.ask("continue"), "goes on\n")
        self.finish(process)
        self.run_undisturbed()
        self.assert_codes_are_those_of("undisturbed")


class StopAfterRound(ControlledRun):
    def test_ends_the_run_there_and_resume_goes_on_to_the_same_codes(self):
        process = self.begun()
        self.assertEqual(self.ask("stop-after-round"), "stops after this round\n")
        self.assert_tells(self.wait(process), 130, f"hashloom resume {self.run_folder().relative_to(self.folder)}")
        self.assert_requested(request="stop-after-round")
        self.assertEqual(self.listed_state(), "stopped")
        self.assertEqual({round for round, _ in codes_by_round(self.run_folder())}, {0, 1})
        self.assertEqual(self.hashloom("resume").status, 0)
        self.run_undisturbed()
        self.assert_codes_are_those_of("undisturbed")


class AnotherProgram(ControlledRun):
    def test_asks_by_a_line_of_control_jsonl(self):
        process = self.begun()
        with open(self.run_folder() / "control.jsonl", "a", encoding="utf-8") as file:
            file.write('{"schema": 1, "id": "of a script", "request": "stop-after-round"}\n')
        self.assert_tells(self.wait(process), 130, "hashloom resume")
        self.assert_requested(request="stop-after-round", id="of a script")
        self.assertEqual(self.listed_state(), "stopped")


class Tune(ControlledRun):
    def test_gives_the_codes_of_a_workflow_that_says_the_same_though_the_run_is_killed(self):
        process = self.begun()
        self.assertEqual(self.ask("set", "network.noise=0.25"), "network.noise = 0.25 from the next epoch of 'network' on\n")
        self.kill_in_last_round_and_resume(process)
        self.assert_requested(request="set", stage="network", parameter="noise", value="0.25")
        self.run_undisturbed(LOOP.replace("{2: {", "{2: {noise: 0.25, "))
        self.assert_codes_are_those_of("undisturbed")


class Reload(ControlledRun):
    """The plugin "small" lies in a folder of the test's own, where it is rebuilt as a linker does it: by another file of its name."""

    def setUp(self):
        super().setUp()
        (self.folder / "plugins").mkdir()
        shutil.copy(f"{TEST_PLUGINS}/small.json", self.folder / "plugins")
        self.put_back()

    def put(self, library):
        shutil.copy(library, self.folder / "plugins/new")
        (self.folder / "plugins/new").rename(self.folder / "plugins/small.so")

    def put_back(self):
        self.put(f"{TEST_PLUGINS}/small.so")

    def rebuilt_after_a_stop(self):
        """The same codes by another way: the run stops after round 1 and goes on with what lies in its plugin's place."""
        self.put_back()
        process = self.begun("--plugins", "plugins", "--force", "all", runs="stopped")
        self.ask("stop-after-round", runs="stopped")
        self.wait(process)
        self.put(REBUILT)
        done = self.hashloom("resume", str(self.run_folder("stopped")), "--plugins", "plugins")
        self.assertEqual(done.status, 0, done)

    def assert_library_is_kept(self):
        (copy,) = (self.run_folder() / "plugins").rglob("*.so")
        build = hashlib.sha256(REBUILT.read_bytes()).hexdigest()
        self.assertEqual(copy, self.run_folder() / f"plugins/{build[:16]}/small.so")
        self.assertEqual(copy.read_bytes(), REBUILT.read_bytes())

    def test_takes_a_rebuilt_plugin_at_the_next_round_and_keeps_it_for_a_run_that_was_killed(self):
        process = self.begun("--plugins", "plugins")
        self.put(REBUILT)
        self.assertEqual(self.ask("reload", "small"), "the rebuilt 'small' from the next round on\n")
        self.put_back()
        self.kill_in_last_round_and_resume(process, "--plugins", "plugins")
        self.assert_requested(request="reload", plugin="small")
        self.assert_library_is_kept()
        self.rebuilt_after_a_stop()
        self.assert_codes_are_those_of("stopped")
        self.run_undisturbed()
        self.assertNotEqual(codes_by_round(self.run_folder()), codes_by_round(self.run_folder("undisturbed")))


class Refused(ControlledRun):
    def test_is_what_the_run_cannot_do(self):
        process = self.begun("--set", "rounds=1")
        run = str(self.run_folder())
        self.assert_tells(self.hashloom("control", run, "set", "network.noise=loud"), 2, "noise takes a number, not 'loud'")
        self.assert_tells(self.hashloom("control", run, "reload", "small"), 2, "small.so has not changed")
        self.finish(process)
        self.assert_tells(self.hashloom("control", run, "pause"), 2, f"nothing runs in {run}", f"hashloom resume {run}")

    def test_is_what_no_run_can_do(self):
        for request, reason in ((["dance"], "can't be asked to 'dance'; it can: pause, continue, stop-after-round, set"),
                                (["set"], "'set' takes one word"),
                                (["pause", "now"], "'pause' takes nothing more"),
                                (["set", "noise=1"], "'noise=1' is not STAGE.PARAMETER=VALUE; for example"),
                                ([], "name a run and what it is to do"),
                                (["pause"], "'nowhere' is no run's folder")):
            with self.subTest(request):
                self.assert_tells(self.hashloom("control", "nowhere", *request), 2, reason)


if __name__ == "__main__":
    unittest.main()
