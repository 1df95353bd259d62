"""Ctrl-C and SIGTERM: the run ends in order, exit status 130, and goes on to the codes of an undisturbed run."""
import signal
import time
import unittest
from pathlib import Path

from program import SMALL, ProgramTest, codes_by_round, read_events

# Seconds that an epoch takes: long beside what the program takes to end, so that "at once" can be told from "after this epoch".
SHORT, LONG = "1500", "10000"


class Interrupt(ProgramTest):
    def interrupted(self, milliseconds, *signals):
        self.write(SMALL)
        process = self.start("run", "workflow.yaml", "--set", f"milliseconds={milliseconds}")
        self.wait_for_event(process, kind="stage", state="started", stage="network", round=1)
        time.sleep(0.1)
        for number in signals:
            process.send_signal(number)
            time.sleep(0.2)
        return self.wait(process)

    def assert_ended_in_order(self, done):
        run = self.run_folder()
        self.assert_tells(done, 130, f"hashloom resume {run.relative_to(self.folder)}")
        last = read_events(run)[-1]
        self.assertEqual((last["kind"], last["state"]), ("end", "stopped"))
        self.assertFalse((run / "heartbeat.json").exists())

    def assert_goes_on(self):
        """Faster, so that the test is short: how long an epoch takes changes no code."""
        run = self.run_folder()
        text = (run / "run.json").read_text()
        (run / "run.json").write_text(text.replace(LONG, "1").replace(SHORT, "1"))
        done = self.hashloom("resume")
        self.assertEqual(done.status, 0, done)
        self.hashloom("run", "workflow.yaml", "--runs", "undisturbed")
        self.assertEqual(codes_by_round(run), codes_by_round(self.run_folder("undisturbed")))

    def test_once_ends_after_the_epoch(self):
        done = self.interrupted(SHORT, signal.SIGINT)
        self.assertIn("stopping after this epoch; press Ctrl-C again to stop at once", done.stderr)
        self.assert_ended_in_order(done)
        epochs = [event["epoch"] for event in read_events(self.run_folder()) if event["kind"] == "epoch"]
        self.assertEqual(epochs, [1])
        self.assert_goes_on()

    def test_twice_ends_at_once(self):
        began = time.monotonic()
        done = self.interrupted(LONG, signal.SIGINT, signal.SIGINT)
        self.assertIn("stopping at once; what is saved can be resumed", done.stderr)
        self.assertLess(time.monotonic() - began, float(LONG) / 1000)
        self.assert_ended_in_order(done)
        self.assertEqual([event for event in read_events(self.run_folder()) if event["kind"] == "epoch"], [])
        self.assert_goes_on()

    def test_by_sigterm_ends_at_once(self):
        began = time.monotonic()
        done = self.interrupted(LONG, signal.SIGTERM)
        self.assertLess(time.monotonic() - began, float(LONG) / 1000)
        self.assert_ended_in_order(done)

    def test_of_a_resumed_run_can_be_resumed(self):
        self.interrupted(SHORT, signal.SIGINT)
        process = self.start("resume")
        self.wait_for_event(process, kind="resume")
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        self.assert_ended_in_order(self.wait(process))
        self.assert_goes_on()


class Threads(ProgramTest):
    wanted = {}

    def environment(self):
        left = {name: value for name, value in super().environment().items() if name not in ("OMP_WAIT_POLICY", "GOMP_SPINCOUNT")}
        return {**left, **self.wanted}

    def environment_of_a_run(self):
        process = self.start("run", self.write(SMALL), "--set", f"milliseconds={LONG}")
        self.wait_for_event(process, kind="stage", state="started", stage="network", round=1)
        return Path(f"/proc/{process.pid}/environ").read_text().split("\0")

    def test_sleep_soon_where_they_wait(self):
        self.assertLessEqual({"OMP_WAIT_POLICY=passive", "GOMP_SPINCOUNT=10000"}, set(self.environment_of_a_run()))

    def test_wait_as_the_user_wants(self):
        self.wanted = {"OMP_WAIT_POLICY": "active"}
        found = self.environment_of_a_run()
        self.assertIn("OMP_WAIT_POLICY=active", found)
        self.assertNotIn("GOMP_SPINCOUNT=10000", found)


class TwoPrograms(ProgramTest):
    def test_do_not_do_one_run(self):
        process = self.start("run", self.write(SMALL), "--set", f"milliseconds={SHORT}")
        self.wait_for_event(process, kind="stage", state="started", stage="network", round=1)
        self.assertIn("running", self.hashloom("runs").stdout)
        run = self.run_folder()
        events = (run / "events.jsonl").read_text()
        done = self.hashloom("resume", str(run))
        self.assert_tells(done, 2, f"another process is at {run}", "wait for it, or stop it first")
        self.assertNotIn('"resume"', (run / "events.jsonl").read_text())
        self.assertTrue((run / "events.jsonl").read_text().startswith(events))
        process.send_signal(signal.SIGTERM)
        self.assertEqual(self.wait(process).status, 130)


if __name__ == "__main__":
    unittest.main()
