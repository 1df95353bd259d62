"""What happens to a run's folder from outside: it fills up or becomes read-only, two programs want it, its files are altered."""
import json
import os
import signal
import subprocess
import time
import unittest

from program import SMALL, ProgramTest, codes_by_round, read_events


def tried(test, *command):
    """Runs what only some users may; skips the test, and says why, where it is not permitted."""
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        test.skipTest(f"{' '.join(command)}: {done.stderr.strip()}")


FIGURES = {"metric", "epoch", "codes", "round"}


def figures(run):
    """The lines that tell them, as they stand in the file; all that are complete."""
    lines = (run / "events.jsonl").read_text(encoding="utf-8").splitlines(keepends=True)
    return [line for line in lines if line.endswith("\n") and json.loads(line)["kind"] in FIGURES]


def counting_figures(run):
    """Without what differs each time that it is recorded."""
    same = ("kind", "stage", "loop", "round", "epoch", "name", "value", "port", "split", "blob", "changed_bits")
    return {tuple(event.get(key) for key in same) for event in read_events(run) if event["kind"] in FIGURES}


class FolderFault(ProgramTest):
    def assert_goes_on(self, run):
        done = self.hashloom("resume", str(run))
        self.assertEqual(done.status, 0, done)
        self.assertEqual(read_events(run)[-1]["state"], "finished")
        self.hashloom("run", "workflow.yaml", *self.sets, "--runs", "undisturbed")
        self.assertEqual(codes_by_round(run), codes_by_round(self.run_folder("undisturbed")))


class FullDisk(FolderFault):
    """A file system of a fixed size; the limits of a file's size are tested by test_run_folder.py."""

    sets = ("--set", "rounds=12")

    def fill(self):
        """The run that filled its disk."""
        self.disk = self.folder / "runs"
        self.disk.mkdir()
        tried(self, "mount", "-t", "tmpfs", "-o", "size=160k", "tmpfs", str(self.disk))
        self.addCleanup(subprocess.run, ["umount", str(self.disk)], check=True)
        done = self.hashloom("run", self.write(SMALL), *self.sets)
        self.assert_tells(done, 1, "No space left on device", "make room or make the place writable", "hashloom resume runs/")
        return self.run_folder()

    def make_room(self):
        subprocess.run(["mount", "-o", "remount,size=50m", str(self.disk)], check=True)

    def test_loses_no_figure_that_was_recorded(self):
        run = self.fill()
        recorded, counting = figures(run), counting_figures(run)
        self.assertEqual({json.loads(line)["kind"] for line in recorded}, FIGURES)
        self.make_room()
        self.assert_goes_on(run)
        self.assertEqual(figures(run)[:len(recorded)], recorded)
        self.assertEqual(counting - counting_figures(run), set())

    def test_ends_in_order_and_lets_the_run_go_on_when_there_is_room(self):
        run = self.fill()
        self.assertEqual([str(file) for file in run.rglob("*.tmp*")], [])
        recorded = codes_by_round(run)
        self.assertTrue(recorded)
        self.make_room()
        self.assert_goes_on(run)
        self.assertEqual(recorded, {key: codes_by_round(run)[key] for key in recorded})


class ReadOnlyFolder(FolderFault):
    sets = ("--set", "milliseconds=200")

    def freeze(self, run):
        """Root may write where the permissions forbid it, but not into what is immutable."""
        if os.getuid() == 0:
            self.addCleanup(subprocess.run, ["chattr", "-R", "-i", str(run)], check=True, capture_output=True)
            tried(self, "chattr", "-R", "+i", str(run))
        else:
            self.addCleanup(subprocess.run, ["chmod", "-R", "u+w", str(run)], check=True)
            tried(self, "chmod", "-R", "u-w", str(run))

    def thaw(self, run):
        command = ["chattr", "-R", "-i"] if os.getuid() == 0 else ["chmod", "-R", "u+w"]
        subprocess.run([*command, str(run)], check=True)

    def test_while_running_ends_in_order_and_lets_the_run_go_on_when_it_is_writable(self):
        process = self.start("run", self.write(SMALL), *self.sets)
        self.wait_for_event(process, kind="epoch", stage="network", round=1, epoch=1)
        run = self.run_folder()
        self.freeze(run)
        recorded = read_events(run)
        done = self.wait(process)
        self.assert_tells(done, 1, "can't write", "make room or make the place writable", f"hashloom resume {run.relative_to(self.folder)}")
        self.thaw(run)
        self.assertEqual(read_events(run)[:len(recorded)], recorded)
        self.assert_goes_on(run)


class TwoPrograms(FolderFault):
    """That a run in progress is refused is tested by test_interrupt.py."""

    sets = ("--set", "milliseconds=300")

    def killed_run(self):
        process = self.start("run", self.write(SMALL), *self.sets)
        self.wait_for_event(process, kind="epoch", stage="network", round=1, epoch=1)
        process.kill()
        process.communicate()
        return self.run_folder()

    def test_that_begin_at_the_same_time_one_gets_the_run(self):
        run = self.killed_run()
        done = [self.wait(process) for process in [self.start("resume", str(run)) for _ in range(4)]]
        refused = [one for one in done if one.status == 2]
        self.assertEqual(sorted(one.status for one in done), [0, 2, 2, 2], "\n".join(map(str, done)))
        for one in refused:
            self.assertRegex(one.stderr, rf"another process is at {run}: process \d+ on {os.uname().nodename}")
        self.assertEqual((run / "events.jsonl").read_text().count('"kind":"resume"'), 1)

    def test_a_stopped_process_is_stalled_and_a_dead_one_crashed(self):
        process = self.start("run", self.write(SMALL), *self.sets)
        self.wait_for_event(process, kind="epoch", stage="network", round=1, epoch=1)
        self.assertEqual(self.state(), "running")
        process.send_signal(signal.SIGSTOP)
        long_ago = time.time() - 60
        os.utime(self.run_folder() / "heartbeat.json", (long_ago, long_ago))
        self.assertEqual(self.state(), "stalled")
        process.kill()
        process.communicate()
        self.assertEqual(self.state(), "crashed")

    def state(self):
        return json.loads(self.hashloom("runs", "--format", "json").stdout)[0]["state"]


class AlteredFiles(FolderFault):
    sets = ()

    def test_of_the_cache_are_told_and_computed_anew(self):
        self.hashloom("run", self.write(SMALL), "--runs", "first")
        tensors = list((self.folder / "cache" / "hashloom" / "results").glob("*.safetensors"))
        for file in tensors:
            content = bytearray(file.read_bytes())
            content[-2] ^= 1
            file.write_bytes(content)
        done = self.hashloom("run", "workflow.yaml")
        self.assert_tells(done, 0, "cache entry altered", "its bytes were altered or cut short", "its result is computed anew")
        self.assertTrue(tensors)
        self.assertEqual(codes_by_round(self.run_folder()), codes_by_round(self.run_folder("first")))
        self.assertNotIn("altered", self.hashloom("run", "workflow.yaml", "--runs", "third").stderr)

    def test_of_a_newer_program_are_told_not_guessed(self):
        self.hashloom("run", self.write(SMALL))
        with open(self.run_folder() / "events.jsonl", "a", encoding="utf-8") as file:
            file.write('{"schema": 2, "seq": 99999, "kind": "end", "state": "finished"}\n')
        told = "has events of schema 2, this program reads 1: use the Hashloom that wrote it, or a newer one"
        listed = self.hashloom("runs")
        self.assertEqual(listed.status, 0, listed)
        self.assertIn("unreadable", listed.stdout)
        self.assertIn(told, listed.stdout)
        self.assert_tells(self.hashloom("resume", str(self.run_folder())), 1, told)

    def test_with_kinds_of_events_that_are_not_known_are_read(self):
        self.hashloom("run", self.write(SMALL))
        file = self.run_folder() / "events.jsonl"
        lines = file.read_text().splitlines(keepends=True)
        lines.insert(5, '{"schema": 1, "seq": 5, "kind": "weather", "state": "sunny"}\n')
        file.write_text("".join(lines))
        self.assertRegex(self.hashloom("runs").stdout, r"small +finished")


if __name__ == "__main__":
    unittest.main()
