"""`cmake --install` into a prefix: the program runs from where the prefix was moved to, plugins build against its SDK."""
import unittest

from installed import CMAKE, SOURCE, InstalledTest, run, run_well

PROJECT = """\
cmake_minimum_required(VERSION 3.25)
project(other LANGUAGES CXX)
find_package(HashloomSDK REQUIRED)
hashloom_add_plugin(other SOURCES other.cpp COMPONENTS hasher/other)
"""


class Prefix(InstalledTest):
    def test_lists_its_own_plugins(self):
        done = run_well(self.program, "plugins", "list")
        self.assertRegex(done.stdout, r"hasher/lsh +1\.0\.0")
        self.assertIn(f"{self.root}/lib/hashloom/plugins/lsh.so",
                      run_well(self.program, "plugins", "inspect", "hasher/lsh").stdout)

    def test_names_no_folder_of_the_machine_that_built_it(self):
        for binary in [*self.root.glob("lib/hashloom/*"), *self.root.glob("lib/hashloom/plugins/*.so")]:
            if binary.is_file():
                paths = [line for line in run_well("readelf", "-d", binary).stdout.splitlines() if "path" in line.lower()]
                self.assertTrue(all("[$ORIGIN:$ORIGIN/..]" in line for line in paths), f"{binary}: {paths}")

    def test_says_how_to_get_a_libtorch_that_is_missing(self):
        done = run(self.program, "plugins", XDG_CACHE_HOME=str(self.folder), HASHLOOM_LIBTORCH="")
        self.assertEqual(done.returncode, 1)
        self.assertIn(f"run {self.root}/share/hashloom/setup.sh, or set HASHLOOM_LIBTORCH", done.stderr)

    def test_builds_a_plugin_that_the_program_takes(self):
        (self.folder / "CMakeLists.txt").write_text(PROJECT)
        lsh = (SOURCE / "plugins/hashers/lsh.cpp").read_text()
        (self.folder / "other.cpp").write_text(lsh.replace("lsh", "other"))
        run_well(CMAKE, "-S", self.folder, "-B", self.folder / "build", "-G", "Ninja", f"-DCMAKE_PREFIX_PATH={self.root}")
        run_well(CMAKE, "--build", self.folder / "build")
        done = run_well(self.program, "plugins", "list", "--plugins", self.folder / "build/plugins")
        self.assertRegex(done.stdout, r"hasher/other +1\.0\.0")


if __name__ == "__main__":
    unittest.main()
