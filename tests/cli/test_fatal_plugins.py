"""Components that crash, end the process, loop for ever or write to standard output: the run's folder stays whole and says who."""
import json
import os
import signal
import time
import unittest

from program import SMALL, TEST_PLUGINS, ProgramTest, codes_by_round, read_events

FATAL = SMALL.replace("vars: {", "vars: {deed: none, ").replace("network/slow", "network/fatal").replace(
    '{epochs: "${epochs}", milliseconds: "${milliseconds}"}', '{deed: "${deed}"}')
WHO = "stage 'network', round 1 (network/fatal 1.0.0)"


class FatalCase(ProgramTest):
    def run_with(self, deed):
        self.write(FATAL)
        return self.start("run", "workflow.yaml", "--set", f"deed={deed}")

    def listed(self):
        return json.loads(self.hashloom("runs", "--format", "json").stdout)[0]

    def change_deed(self, deed):
        """As if somebody had mended the plugin."""
        file = self.run_folder() / "run.json"
        file.write_text(file.read_text().replace(f'"{deed}"', '"none"'))

    def assert_goes_on(self, deed):
        """To the codes of a run in which nothing happened; the folder has nothing left over. Returns what resume said."""
        run = self.run_folder()
        self.change_deed(deed)
        done = self.hashloom("resume")
        self.assertEqual(done.status, 0, done)
        self.assertEqual([file.name for file in run.rglob("*") if ".tmp" in file.name or file.name == "last_words.json"], [])
        self.hashloom("run", "workflow.yaml", "--runs", "undisturbed")
        self.assertEqual(codes_by_round(run), codes_by_round(self.run_folder("undisturbed")))
        return done


class FatalPlugin(FatalCase):
    def assert_crash_is_told(self, deed, status, how):
        done = self.wait(self.run_with(deed))
        said = f"{how} in {WHO}"
        self.assert_tells(done, status, f"error: {said}", f"hashloom resume {self.run_folder().relative_to(self.folder)}")
        self.assertEqual((self.listed()["state"], self.listed()["why"]), ("crashed", said))
        self.assertIn(f"crashed: {said}", self.hashloom("runs").stdout)
        resumed = self.assert_goes_on(deed)
        self.assertIn(f"warning: the run had not ended in order\n  {said}", resumed.stderr)
        return resumed

    def test_that_segfaults(self):
        self.assert_crash_is_told("segfault", -signal.SIGSEGV, "SIGSEGV (an access to memory that is not there)")

    def test_that_uses_up_its_stack(self):
        self.assert_crash_is_told("overflow-stack", -signal.SIGSEGV, "SIGSEGV (an access to memory that is not there)")

    def test_that_aborts(self):
        self.assert_crash_is_told("abort", -signal.SIGABRT, "SIGABRT (abort(), or an exception that nothing caught)")

    def test_whose_thread_throws(self):
        """What the C++ library says of it is kept too."""
        resumed = self.assert_crash_is_told("throw-in-thread", -signal.SIGABRT,
                                            "SIGABRT (abort(), or an exception that nothing caught)")
        self.assertIn("what plugins wrote is in output.log", resumed.stderr)
        self.assertIn("nobody catches this", (self.run_folder() / "output.log").read_text())

    def test_that_calls_exit(self):
        """The run is not taken for finished, although the plugin asked for status 0."""
        self.assert_crash_is_told("exit", 1, "exit(0) was called")

    def test_that_calls_the_exit_that_nobody_hears(self):
        done = self.wait(self.run_with("_exit"))
        self.assertEqual(done.stdout, "")
        self.assertEqual(self.listed()["state"], "crashed")
        self.assertIn("_exit()", self.listed()["why"])
        self.assertIn("stage 'network', round 1 (network/fatal)", self.listed()["why"])
        self.assert_goes_on("_exit")

    def test_that_ends_the_process_when_it_is_opened(self):
        text = SMALL.replace("hasher/lsh", "hasher/fatal-when-opened").replace(", with: {bits: 16}", "")
        folder = os.path.join(os.path.dirname(TEST_PLUGINS), "fatal-plugins")
        done = self.hashloom("check", self.write(text), "--plugins", folder)
        self.assert_tells(done, -signal.SIGABRT, f"in opening plugin 'fatal_when_opened' ({folder}/fatal_when_opened.so)")
        self.assertEqual(done.stdout, "")


class EndlessPlugin(FatalCase):
    def test_lets_ctrl_c_end_the_program(self):
        process = self.run_with("loop-for-ever")
        self.wait_for_event(process, kind="progress", epoch=2, stage="network")
        process.send_signal(signal.SIGINT)
        self.wait_for_event(process, kind="warning", trouble=f"{WHO} does not answer")
        self.assertIsNone(process.poll())
        for _ in range(2):
            process.send_signal(signal.SIGINT)
            time.sleep(0.2)
        done = self.wait(process)
        self.assert_tells(done, 130, "stopping after this epoch", f"warning: {WHO} does not answer",
                          "press Ctrl-C twice more to end the program now", "stopping at once", f"ended by Ctrl-C in {WHO}")
        self.assertEqual(self.listed()["state"], "stopped")
        self.assert_goes_on("loop-for-ever")


class TalkingPlugin(FatalCase):
    def test_writes_to_a_file_of_the_run(self):
        done = self.wait(self.run_with("print"))
        self.assertEqual(done.status, 0, done)
        self.assertNotIn("a line of", done.stdout + done.stderr)
        log = (self.run_folder() / "output.log").read_text()
        for line in ["a line of std::cout\n", "a line of printf\n", "a line of std::cerr\n"]:
            self.assertEqual(log.count(line), 2, log)
        self.assertEqual(done.stderr.count("warning: stage 'network', round 1: output of its own"), 1, done)

    def test_that_does_not_leaves_no_file(self):
        self.assertEqual(self.wait(self.run_with("none")).status, 0)
        self.assertFalse((self.run_folder() / "output.log").exists())


if __name__ == "__main__":
    unittest.main()
