"""A workflow with a matrix: a run a cell, what they share once, and a sweep that goes on after whatever ended it."""
import json
import os
import re
import shutil
import signal
import time
import unittest

from program import ProgramTest, SMALL, TEST_PLUGINS, last_codes, read_events

AXES = "matrix: {bits: [8, 16], seed: [1, 2]}\n"
SWEEP = SMALL.replace("rounds: 2, epochs: 2", "bits: 16, rounds: 1, epochs: 2").replace(
    "{bits: 16}", '{bits: "${bits}"}').replace("with: {epochs:", 'with: {bits: "${bits}", epochs:') + AXES
# The second cell fails.
BROKEN = SMALL.replace("vars: {", "vars: {method: lsh, ").replace("hasher/lsh", '"hasher/${method}"').replace(
    ", with: {bits: 16}", "").replace("with: {epochs:", "with: {bits: 32, epochs:") + "matrix: {method: [lsh, throws-in-fit, itq]}\n"
# The others crash, each in its own way.
FATAL = SMALL.replace("vars: {", "vars: {deed: none, ").replace("network/slow", "network/fatal").replace(
    '{epochs: "${epochs}", milliseconds: "${milliseconds}"}', '{deed: "${deed}"}') + "matrix: {deed: [segfault, _exit, none]}\n"
CELLS = ["bits=16,seed=1", "bits=16,seed=2", "bits=8,seed=1", "bits=8,seed=2"]


class Sweep(ProgramTest):
    def sweep_folder(self):
        return self.run_folder()

    def cells(self):
        return sorted(path.parent.name for path in self.sweep_folder().glob("*/run.json"))

    def state(self, cell):
        events = read_events(self.sweep_folder() / cell)
        return events[-1].get("state") if events else None

    def test_runs_every_cell_and_ends_with_a_table_over_seeds(self):
        done = self.hashloom("run", self.write(SWEEP), "--jobs", "2")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(self.cells(), CELLS)
        self.assertEqual({self.state(cell) for cell in CELLS}, {"finished"})
        self.assertRegex(done.stdout, r"bits +seed +mAP@all % +seconds +folder\n +8 +1 ")
        self.assertRegex(done.stdout, r"mean ± deviation over seeds\nbits +seeds +mAP@all %\n +8 +2 +[\d.]+ ± [\d.]+\n +16 +2 ")
        self.assertIn("[4 of 4] ", done.stderr)

    def test_runs_no_excluded_cell_and_each_included_one(self):
        file = self.write(SWEEP.replace("seed: [1, 2]}", "seed: [1, 2], exclude: [{bits: 16, seed: 1}], include: [{bits: 4, seed: 3}]}"))
        done = self.hashloom("run", file, "--jobs", "2")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(self.cells(), ["bits=16,seed=2", "bits=4,seed=3", "bits=8,seed=1", "bits=8,seed=2"])
        self.assertEqual({self.state(cell) for cell in self.cells()}, {"finished"})

    def test_without_jobs_runs_as_many_cells_at_once_as_there_are_cores(self):
        """On a machine with 2 GiB for each of them."""
        self.hashloom("run", self.write(SWEEP.replace("milliseconds: 0", "milliseconds: 700")))
        times = [[event["wall"] for event in read_events(self.sweep_folder() / cell)] for cell in CELLS]
        at_begin_of = lambda cell: sum(other[0] <= cell[0] <= other[-1] for other in times)
        self.assertEqual(max(map(at_begin_of, times)), min(len(CELLS), os.cpu_count()))

    def test_computes_what_cells_share_once(self):
        self.hashloom("run", self.write(SWEEP), "--jobs", "4")
        computed = [event["stage"] for cell in CELLS for event in read_events(self.sweep_folder() / cell)
                    if event["kind"] == "stage" and event["state"] == "finished"]
        self.assertEqual(computed.count("pixel"), 1, computed)
        self.assertEqual(computed.count("start"), 4, computed)

    def test_a_cell_has_the_codes_of_a_run_with_its_values(self):
        self.hashloom("run", self.write(SWEEP), "--jobs", "2")
        alone = self.write(SWEEP.replace(AXES, ""), "alone.yaml")
        done = self.hashloom("run", alone, "--runs", "alone", "--set", "bits=8", "--set", "seed=2", "--set", "threads=1",
                             "--force", "all")
        self.assertEqual(done.status, 0, done)
        self.assertEqual(last_codes(self.sweep_folder() / "bits=8,seed=2"), last_codes(self.run_folder("alone")))

    def test_a_set_of_an_axis_takes_its_place(self):
        self.hashloom("run", self.write(SWEEP), "--set", "bits=4")
        self.assertEqual(len(self.cells()), 2)

    def test_a_failed_cell_stops_no_other_and_tells_its_error(self):
        done = self.hashloom("run", self.write(BROKEN), "--jobs", "1")
        self.assert_tells(done, 1, "method=throws-in-fit: failed", "the fit went wrong", "console.log",
                          "2 of 3 cells are finished; go on with the others: hashloom resume")
        self.assertEqual(self.state("method=itq"), "finished")

    def test_fail_fast_begins_no_more_cells(self):
        done = self.hashloom("run", self.write(BROKEN), "--jobs", "1", "--fail-fast")
        self.assert_tells(done, 1, "1 of 3 cells are finished")
        self.assertFalse((self.sweep_folder() / "method=itq" / "events.jsonl").exists())

    def test_killed_it_goes_on_and_takes_no_other_process_with_it(self):
        slow = SWEEP.replace("milliseconds: 0", "milliseconds: 300")
        process = self.start("run", self.write(slow), "--jobs", "2")
        self.wait_for_cells(process, 2)
        process.send_signal(signal.SIGKILL)
        process.wait()
        self.wait_until_quiet()
        done = self.hashloom("resume", str(self.sweep_folder()), "--jobs", "2")
        self.assertEqual(done.status, 0, done)
        self.assertEqual({self.state(cell) for cell in CELLS}, {"finished"})

    def test_ctrl_c_lets_cells_end_their_epoch_and_tells_how_to_go_on(self):
        slow = SWEEP.replace("milliseconds: 0", "milliseconds: 300")
        process = self.start("run", self.write(slow), "--jobs", "2")
        self.wait_for_cells(process, 2)
        process.send_signal(signal.SIGINT)
        done = self.wait(process)
        self.assert_tells(done, 130, "go on with the others: hashloom resume")
        self.assertEqual(self.hashloom("resume").status, 0)
        self.assertEqual({self.state(cell) for cell in CELLS}, {"finished"})

    def test_finished_it_is_not_run_again(self):
        self.hashloom("run", self.write(SWEEP))
        done = self.hashloom("resume", str(self.sweep_folder()))
        self.assert_tells(done, 0, "all 4 cells are finished")

    def test_two_processes_on_one_sweep_are_refused(self):
        process = self.start("run", self.write(SWEEP.replace("milliseconds: 0", "milliseconds: 400")), "--jobs", "1")
        self.wait_for_cells(process, 1)
        self.assert_tells(self.hashloom("resume", str(self.sweep_folder())), 2, "another process is at")
        process.send_signal(signal.SIGTERM)
        self.wait(process)

    def test_runs_lists_and_compares_it(self):
        self.hashloom("run", self.write(SWEEP))
        self.assertIn("4 of 4 cells", self.hashloom("runs").stdout)
        compared = json.loads(self.hashloom("runs", "compare", str(self.sweep_folder()), "--format", "json").stdout)
        self.assertEqual([run["settings"] for run in compared["runs"]],
                         [{"bits": bits, "seed": seed} for bits in (8, 16) for seed in (1, 2)])

    def test_plan_tells_each_cell(self):
        file = self.write(SWEEP)
        self.assertEqual(len(re.findall(r"^bits=\d+, seed=\d+$", self.hashloom("plan", file).stdout, re.MULTILINE)), 4)

    def test_bad_numbers_of_jobs_are_refused(self):
        for jobs in ("0", "-1", "x"):
            done = self.hashloom("run", self.write(SWEEP), "--jobs", jobs)
            self.assert_tells(done, 2, "--jobs' is invalid" if jobs == "x" else f"--jobs is 1 or more, not {jobs}")
        self.assertFalse((self.folder / "runs").exists())

    def test_whose_record_is_damaged_is_told(self):
        (self.folder / "runs/torn").mkdir(parents=True)
        self.write('{"cells": [{"fol', "runs/torn/sweep.json")
        damaged = "runs/torn/sweep.json is damaged: it does not list the folders of its cells; name the cells one by one"
        self.assert_tells(self.hashloom("resume", "runs/torn"), 2, damaged)
        self.assert_tells(self.hashloom("runs", "compare", "runs/torn"), 2, damaged)
        self.assertIn(f"\nruns/torn: unreadable: {damaged}\n", self.hashloom("runs").stdout)

    def test_of_plugins_that_all_may_change_is_run_where_the_user_says_so(self):
        """Its cells are told so too."""
        plugins = self.folder / "plugins"
        plugins.mkdir()
        for name in ("small.json", "small.so"):
            shutil.copy(f"{TEST_PLUGINS}/{name}", plugins)
        plugins.chmod(0o777)
        done = self.hashloom("run", self.write(SWEEP), "--plugins", "plugins", "--set", "bits=8")
        self.assert_tells(done, 2, "is writable by every user", "--allow-writable-plugins")
        done = self.hashloom("run", "workflow.yaml", "--plugins", "plugins", "--set", "bits=8", "--allow-writable-plugins")
        self.assert_tells(done, 0, "[2 of 2] ")

    def wait_for_cells(self, process, count):
        self.wait_for_event(process, "runs/*", count, kind="epoch")

    def wait_until_quiet(self):
        """Until no process is left that works on a cell: they end when their parent is gone."""
        deadline = time.monotonic() + 20
        while time.monotonic() < deadline and self.working():
            time.sleep(0.05)
        self.assertEqual(self.working(), [])

    def working(self):
        found = []
        for process in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{process}/cmdline", "rb") as file:
                    line = file.read().replace(b"\0", b" ").decode(errors="replace")
                if os.readlink(f"/proc/{process}/cwd") == str(self.folder) and " resume " in line:
                    found.append(line)
            except OSError:
                continue
        return found


class CrashedCells(ProgramTest):
    """network/fatal: a crash that leaves last words, and one that leaves none and exit status 0."""

    segfault = "SIGSEGV (an access to memory that is not there) in stage 'network', round 1 (network/fatal 1.0.0)"
    silent = r"without a word \(killed, .*\) in .*stage 'network', round 1 \(network/fatal\)[^\n]*"

    def test_are_told_with_who_it_was_by_the_sweep_and_by_runs(self):
        done = self.hashloom("run", self.write(FATAL), "--jobs", "1")
        self.assert_tells(done, 1, f"deed=segfault: ended by signal {signal.SIGSEGV.value} in ", f"    {self.segfault}\n",
                          "deed=_exit: crashed in ", "1 of 3 cells are finished")
        self.assertRegex(done.stderr, f"\n    {self.silent}\n")
        sweep = self.run_folder().relative_to(self.folder)
        self.assertRegex(self.hashloom("runs").stdout, f"\n\n{sweep}/deed=segfault: crashed: {re.escape(self.segfault)}\n"
                                                       f"{sweep}/deed=_exit: crashed: {self.silent}\n$")
        (listed,) = json.loads(self.hashloom("runs", "--format", "json").stdout)
        self.assertEqual((listed["state"], [cell["folder"] for cell in listed["broken_cells"]]),
                         ("crashed", [f"{sweep}/deed=segfault", f"{sweep}/deed=_exit"]))
        self.assertEqual(listed["broken_cells"][0]["why"], self.segfault)

    def test_that_left_no_word_and_status_0_have_failed(self):
        done = self.hashloom("run", self.write(FATAL), "--set", "deed=_exit")
        self.assert_tells(done, 1, "0 of 1 cells are finished")


if __name__ == "__main__":
    unittest.main()
