"""Tests of run.sh, test.sh and .ci/run with programs that pretend to be cmake and ctest."""
import shutil
import unittest

from sandbox import ROOT, Sandbox

BUILDS = """
for argument in "$@"; do
  if [[ $argument == hashloom ]]; then
    mkdir -p build/release/bin
    printf '#!/bin/bash\\necho "hashloom $*, in $PWD"; exit 3\\n' >build/release/bin/hashloom
    chmod +x build/release/bin/hashloom
  fi
done
echo '[0/2] Re-checking globbed directories...'
echo '[1/2] Building a'
echo '[2/2] Linking b'
"""
PASSES = 'echo "100% tests passed, 0 tests failed out of 7"; echo; echo "Total Test time (real) = 1 sec"'
FUZZERS = 'echo "100% tests passed, 0 tests failed out of 7"'
FAILS = 'echo "50% tests passed, 2 tests failed out of 4"; exit 8'


class Scripts(unittest.TestCase):
    def setUp(self):
        self.box = Sandbox(self)
        self.source = self.box.folder / "source"
        for file in ("run.sh", "test.sh", ".ci/run", "scripts/build.sh"):
            (self.source / file).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / file, self.source / file)
        for part in ("sdk", "engine", "features"):
            (self.source / "tests/unit" / part).mkdir(parents=True)
            (self.source / "tests/unit" / part / "CMakeLists.txt").touch()
        (self.source / "setup.sh").write_text("#!/bin/bash\n")
        (self.source / "setup.sh").chmod(0o755)
        self.box.program("cmake", BUILDS)
        self.box.program("ctest", PASSES)
        self.box.program("python3", "true")
        self.box.program("setarch", 'shift; exec "$@"')

    def run_script(self, name, *arguments, **more):
        return self.box.run(self.source / name, *arguments, **more)

    def test_run_without_arguments_runs_pgh(self):
        self.assertEqual(self.run_script("run.sh").out, f"hashloom run workflows/pgh.yaml, in {self.source}\n")

    def test_run_passes_arguments_and_the_folder_on(self):
        done = self.run_script("run.sh", "check", "a b.yaml", cwd=self.box.folder)
        self.assertEqual(done.out, f"hashloom check a b.yaml, in {self.box.folder}\n")

    def test_run_keeps_the_exit_status_of_the_program(self):
        self.assertEqual(self.run_script("run.sh").returncode, 3)

    def test_run_tells_times_on_standard_error(self):
        self.assertRegex(self.run_script("run.sh").err, r"^  building 1 of 2\n  building 2 of 2\nset-up \d+ s, build \d+ s\n")

    def test_run_builds_no_tests(self):
        self.run_script("run.sh")
        self.assertIn("cmake --build build/release --target hashloom plugins/all\n", self.box.called())

    def test_run_builds_the_window_only_where_it_is_asked_for(self):
        self.run_script("run.sh", "dash", "runs", HASHLOOM_DASHBOARD="yes")
        self.assertIn("cmake --build build/release --target hashloom plugins/all hashloom-dash\n", self.box.called())

    def test_without_the_dashboard_is_configured_so(self):
        self.run_script("run.sh", "dash", "runs", HASHLOOM_DASHBOARD="no")
        self.assertIn("cmake --preset release -DHASHLOOM_DASHBOARD=no\n", self.box.called())
        self.assertIn("cmake --build build/release --target hashloom plugins/all\n", self.box.called())

    def test_only_tests_ask_for_what_only_tests_need(self):
        (self.source / "setup.sh").write_text('#!/bin/bash\necho "setup.sh $*"\n')
        self.assertIn("setup.sh --tests\n", self.run_script("test.sh").out)
        self.assertIn("setup.sh \n", self.run_script("run.sh").err)

    def test_a_failed_set_up_ends_it(self):
        (self.source / "setup.sh").write_text("#!/bin/bash\nexit 1\n")
        for script in ("run.sh", "test.sh"):
            self.assertEqual(self.run_script(script).returncode, 1)
        self.assertEqual(self.box.called(), "")

    def test_a_failed_build_shows_the_errors_and_ends_it(self):
        self.box.program("cmake", '[[ $1 == --preset ]] || { echo "[1/2] Building a"; echo "a.cpp:1: error: nonsense"; exit 1; }')
        done = self.run_script("test.sh")
        self.assertEqual(done.returncode, 1)
        self.assertIn("a.cpp:1: error: nonsense", done.err)
        self.assertNotIn("ctest", self.box.called())

    def test_a_failed_configuration_shows_why(self):
        self.box.program("cmake", 'echo "no LibTorch"; exit 1')
        done = self.run_script("test.sh")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no LibTorch", done.err)

    def test_tests_end_with_ctests_own_line_and_status(self):
        self.assertEqual(self.run_script("test.sh").out.splitlines()[-1], "Total Test time (real) = 1 sec")
        self.box.program("ctest", FAILS)
        self.assertEqual(self.run_script("test.sh").returncode, 8)

    def test_asan_takes_the_tests_of_sdk_and_host(self):
        self.run_script("test.sh", "--asan")
        self.assertIn("cmake --build build/asan --target tests/unit/sdk/all tests/unit/engine/all\n", self.box.called())
        self.assertIn("-R ^(sdk|workflow|events|engine)\\.\n", self.box.called())

    def test_tsan_takes_the_tests_of_threads_and_tells_what_libtorch_does(self):
        self.run_script("test.sh", "--tsan")
        self.assertIn("-R ^(events|engine)\\.\n", self.box.called())

    def test_fuzz_runs_each_fuzzer_for_so_long(self):
        self.run_script("test.sh", "--fuzz", "60")
        self.assertIn("cmake --build build/fuzz --target tests/fuzz/all\n", self.box.called())
        self.assertIn("python3 tests/fuzz/run.py build/fuzz/bin --seconds 60\n", self.box.called())

    def test_ci_counts_all_its_runs(self):
        self.box.program("python3", FUZZERS)
        done = self.run_script(".ci/run")
        self.assertEqual((done.returncode, done.out.splitlines()[-1]), (0, "21 passed, 0 failed"))

    def test_ci_fails_when_a_test_fails(self):
        self.box.program("ctest", FAILS)
        self.box.program("python3", FUZZERS)
        done = self.run_script(".ci/run")
        self.assertEqual((done.returncode, done.out.splitlines()[-1]), (1, "11 passed, 4 failed"))

    def test_ci_fails_when_the_build_fails(self):
        self.box.program("cmake", "exit 1")
        done = self.run_script(".ci/run")
        self.assertEqual(done.returncode, 1)
        self.assertIn("error: not all of release was run", done.out)


if __name__ == "__main__":
    unittest.main()
