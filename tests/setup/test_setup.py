"""Tests of setup.sh with programs that pretend to be apt-get, dpkg-query, pip and their like."""
import os
import signal
import time
import unittest

from sandbox import ROOT, Sandbox

SETUP = ROOT / "setup.sh"
ALL_INSTALLED = 'shift 2; for name in "$@"; do [[ $name == -* ]] || echo "ii :$name"; done'
NOT_CMAKE = 'shift 2; for name in "$@"; do [[ $name == cmake ]] || echo "ii :$name"; done'

# pip download ... --dest FOLDER ...: a source package; pip install ... --target FOLDER ...: what the wheels hold, as far as
# setup.sh looks at it.
PIP = """
if [[ $* == *"pip download"* ]]; then
  while [[ $1 != --dest ]]; do shift; done
  parts="$2/imgui_bundle-1.93.0/external"
  mkdir -p "$parts"/{imgui/imgui,implot/implot,imgui-node-editor,glfw/glfw/src,imgui_test_engine,immvision}
  touch "$parts"/imgui/imgui/imgui.cpp "$parts"/implot/implot/implot.cpp "$parts"/glfw/glfw/src/null_init.c
  tar -czf "$2/imgui_bundle-1.93.0.tar.gz" -C "$2" imgui_bundle-1.93.0
  exit
fi
while [[ $1 != --target ]]; do shift; done
mkdir -p "$2"/torch/{lib,include/ATen,share,bin,utils} "$2"/torch-2.11.0.dist-info "$2"/nvidia/cu13/lib "$2"/bin
touch "$2"/torch/lib/{libtorch_cpu.so,libtorch_python.so} "$2"/nvidia/cu13/lib/{libcudart.so.13,libcupti.so.13}
printf '%s\\n' 'Requires-Dist: sympy>=1.13.3' 'Requires-Dist: cuda-toolkit[cublas]==13.0.2; platform_system == "Linux"' \
  'Requires-Dist: nvidia-cudnn-cu13==9.19; platform_system == "Linux"' >"$2"/torch-2.11.0.dist-info/METADATA
if [[ $* == *cudnn* ]]; then
  mkdir -p "$2"/nvidia/{cudnn,nccl}/lib
  touch "$2"/nvidia/cu13/lib/libcublas.so.13
fi
"""


class Setup(unittest.TestCase):
    def setUp(self):
        self.box = Sandbox(self)
        self.torch = self.box.cache / "torch-2.11.0"
        self.box.program("dpkg-query", ALL_INSTALLED)
        self.box.program("dpkg")
        self.box.program("apt-get")
        self.box.program("id", "echo 0")
        self.box.program("python3", PIP)

    def fetch_torch(self):
        self.assertEqual(self.box.run(SETUP).returncode, 0)
        self.box.calls.write_text("")

    def test_does_nothing_and_says_nothing_where_nothing_is_missing(self):
        self.fetch_torch()
        done = self.box.run(SETUP)
        self.assertEqual((done.returncode, done.out, done.err), (0, "", ""))
        self.assertNotIn("apt-get", self.box.called())
        self.assertNotIn("python3 -m pip", self.box.called())

    def test_says_what_is_missing_and_how_large_it_is_before_it_begins(self):
        self.box.program("dpkg-query", NOT_CMAKE)
        done = self.box.run(SETUP)
        before = done.out.split("installing")[0]
        self.assertIn("from Debian  cmake (", before)
        self.assertRegex(before, r"LibTorch 2.11.0.*MB to download.*GB on disk")

    def test_check_only_tells(self):
        self.box.program("dpkg-query", NOT_CMAKE)
        done = self.box.run(SETUP, "--check")
        self.assertEqual(done.returncode, 1)
        self.assertIn("cmake", done.out)
        self.assertNotIn("apt-get", self.box.called())
        self.assertFalse(self.box.cache.exists())

    def test_check_succeeds_where_nothing_is_missing(self):
        self.fetch_torch()
        self.assertEqual(self.box.run(SETUP, "--check").returncode, 0)

    def test_installs_only_what_is_missing(self):
        self.box.program("dpkg-query", NOT_CMAKE)
        self.assertEqual(self.box.run(SETUP).returncode, 0)
        self.assertRegex(self.box.called(), r"apt-get install .* cmake\n")

    def test_gets_what_only_tests_need_where_asked_to(self):
        self.fetch_torch()
        self.box.program("dpkg-query", ALL_INSTALLED.replace("-*", "-* || $name == furo"))
        self.assertEqual(self.box.run(SETUP, "--check").returncode, 0)
        self.assertEqual(self.box.run(SETUP, "--check", "--tests").returncode, 1)
        self.assertNotIn("apt-get", self.box.called())
        done = self.box.run(SETUP, "--tests")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertRegex(done.out, r"for tests +furo \(.* MB to download")
        self.assertRegex(self.box.called(), r"apt-get install .* furo\n")

    def test_gets_what_only_the_fuzzers_need_where_asked_to(self):
        self.fetch_torch()
        for package in ("tensorboard", "numpy"):
            (self.box.cache / "tests-python" / package).mkdir(parents=True)
        self.box.program("dpkg-query", ALL_INSTALLED.replace("-*", "-* || $name == clang-14"))
        self.assertEqual(self.box.run(SETUP, "--check").returncode, 0)
        done = self.box.run(SETUP, "--fuzz")
        self.assertRegex(done.out, r"for fuzzers +clang-14 \(.* MB to download")
        self.assertRegex(self.box.called(), r"apt-get install .* clang-14\n")

    def test_gives_root_the_command_where_there_is_no_sudo(self):
        self.box.program("dpkg-query", NOT_CMAKE)
        self.box.program("id", "echo 1000")
        done = self.box.run(SETUP)
        self.assertEqual(done.returncode, 1)
        self.assertIn("as root: apt-get install --no-install-recommends cmake", done.err.splitlines()[-1])

    def test_uses_sudo_without_a_password_where_there_is_no_terminal(self):
        self.box.program("dpkg-query", NOT_CMAKE)
        self.box.program("id", "echo 1000")
        self.box.program("sudo", 'shift; "$@"')
        self.assertEqual(self.box.run(SETUP).returncode, 0)
        self.assertIn("sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install", self.box.called())

    def test_names_what_debian_could_not_give(self):
        self.box.program("dpkg-query", NOT_CMAKE)
        self.box.program("apt-get", 'echo "E: Failed to fetch cmake.deb" >&2; exit 100')
        done = self.box.run(SETUP)
        self.assertEqual(done.returncode, 1)
        self.assertIn("E: Failed to fetch cmake.deb", done.err)
        self.assertIn("error: Debian's packages could not be installed: cmake", done.err)

    def test_keeps_the_cpp_part_of_the_wheel(self):
        self.fetch_torch()
        self.assertEqual(sorted(path.name for path in (self.torch / "torch").iterdir()), ["include", "lib", "share"])
        self.assertEqual([path.name for path in (self.torch / "torch/lib").iterdir()], ["libtorch_cpu.so"])

    def test_a_failed_download_leaves_nothing_half_and_names_the_other_way(self):
        self.box.program("python3", PIP + 'echo "ERROR: No matching distribution found" >&2; exit 1')
        done = self.box.run(SETUP)
        self.assertEqual(done.returncode, 1)
        self.assertIn("ERROR: No matching distribution found", done.err)
        self.assertIn("Torch_DIR", done.err.splitlines()[-1])
        self.assertEqual(list(self.box.cache.glob("torch*")), [])

    def test_can_be_stopped_and_run_again(self):
        self.box.program("python3", PIP + "sleep 60")
        process = self.box.start(SETUP)
        while "python3 -m pip" not in self.box.called() or not list(self.box.cache.glob("torch*/torch/lib/*")):
            time.sleep(0.05)
        os.killpg(process.pid, signal.SIGINT)
        _, err = process.communicate(timeout=20)
        self.assertEqual(process.returncode, 130)
        self.assertIn("run setup.sh again", err)
        self.assertEqual(list(self.box.cache.glob("torch*")), [])
        self.box.program("python3", PIP)
        self.fetch_torch()

    def test_a_killed_run_is_cleaned_up_by_the_next(self):
        leftover = self.box.cache / "torch-2.11.0.partial" / "torch" / "lib"
        leftover.mkdir(parents=True)
        (leftover / "half.so").touch()
        self.fetch_torch()
        self.assertFalse((self.torch / "torch/lib/half.so").exists())
        self.assertEqual([path.name for path in self.box.cache.glob("torch*")], ["torch-2.11.0"])

    def test_refuses_a_disk_that_is_too_full(self):
        self.box.program("df", "printf 'Filesystem\\nx 1 1 100 1 /\\n'")
        done = self.box.run(SETUP)
        self.assertEqual(done.returncode, 1)
        self.assertIn("has 100 MB free, 2000 MB are needed", done.err)

    def libtorch(self, minor):
        folder = self.box.folder / "libtorch"
        for part in ("share/cmake/Torch/TorchConfig.cmake", "lib/libtorch_cpu.so", "include/torch/headeronly/version.h"):
            (folder / part).parent.mkdir(parents=True, exist_ok=True)
            (folder / part).touch()
        header = f"#define TORCH_VERSION_MAJOR 2\n#define TORCH_VERSION_MINOR {minor}\n"
        (folder / "include/torch/headeronly/version.h").write_text(header)
        return folder / "share/cmake/Torch"

    def test_takes_the_libtorch_of_torch_dir(self):
        done = self.box.run(SETUP, Torch_DIR=str(self.libtorch(minor=10)))
        self.assertEqual((done.returncode, done.out), (0, ""))
        self.assertNotIn("python3 -m pip", self.box.called())

    def test_refuses_a_torch_dir_that_is_too_old_or_empty(self):
        done = self.box.run(SETUP, Torch_DIR=str(self.libtorch(minor=3)))
        self.assertEqual(done.returncode, 1)
        self.assertIn("is '2.3'", done.err)
        done = self.box.run(SETUP, Torch_DIR="/nowhere")
        self.assertEqual(done.returncode, 1)
        self.assertIn("Torch_DIR is '/nowhere', where no TorchConfig.cmake is", done.err)

    def test_gets_nvidias_libraries_where_a_driver_is(self):
        self.fetch_torch()
        self.box.program("nvidia-smi")
        done = self.box.run(SETUP, HASHLOOM_CUDA="auto")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertRegex(self.box.called(), r"cuda-toolkit\[cublas\]==13.0.2 nvidia-cudnn-cu13==9.19\n")
        self.assertTrue((self.torch / "nvidia/cudnn/lib").exists())
        self.assertTrue((self.torch / "nvidia/cu13/lib/libcudart.so.13").exists())
        self.assertEqual(self.box.run(SETUP).out, "")

    def test_does_without_cuda_where_told_to(self):
        self.fetch_torch()
        self.box.program("nvidia-smi")
        self.assertEqual(self.box.run(SETUP, HASHLOOM_CUDA="no").out, "")

    def test_gets_the_windows_sources_once(self):
        self.fetch_torch()
        imgui = self.box.cache / "imgui-bundle-1.93.0"
        done = self.box.run(SETUP, HASHLOOM_DASHBOARD="yes")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertRegex(done.out, r"from PyPI +Dear ImGui.* MB to download")
        self.assertIn("--no-binary imgui-bundle", self.box.called())
        self.assertTrue((imgui / "imgui/imgui/imgui.cpp").exists())
        self.assertFalse((imgui / "immvision").exists())
        self.assertEqual(self.box.run(SETUP, HASHLOOM_DASHBOARD="yes").out, "")

    def test_names_the_way_without_the_dashboard_where_its_sources_cant_be_had(self):
        self.fetch_torch()
        self.box.program("python3", "exit 1")
        done = self.box.run(SETUP, HASHLOOM_DASHBOARD="yes")
        self.assertEqual(done.returncode, 1)
        self.assertIn("-DHASHLOOM_DASHBOARD=OFF", done.err)
        self.assertEqual([file for file in self.box.cache.iterdir() if "partial" in file.name or "imgui" in file.name], [])

    def test_asks_for_the_windows_packages_unless_told_to_do_without(self):
        self.fetch_torch()
        self.box.program("dpkg-query", ALL_INSTALLED.replace("-*", "-* || $name == fonts-inter"))
        self.assertEqual(self.box.run(SETUP, "--check").returncode, 0)
        self.assertIn("for dash     fonts-inter (", self.box.run(SETUP, "--check", HASHLOOM_DASHBOARD="yes").out)

    def test_goes_on_with_another_distribution_that_has_the_tools(self):
        self.fetch_torch()
        (self.box.bin / "apt-get").unlink()
        for tool in ("g++", "cmake", "ninja"):
            self.box.program(tool)
        done = self.box.run(SETUP)
        self.assertEqual(done.returncode, 0)
        self.assertIn("libboost-filesystem-dev", done.out)

    def test_names_the_tools_that_another_distribution_lacks(self):
        (self.box.bin / "apt-get").unlink()
        done = self.box.run(SETUP)
        self.assertEqual(done.returncode, 1)
        self.assertIn("these tools are missing: g++ cmake ninja", done.err)

    def test_gets_tensorboard_for_tests_once(self):
        self.fetch_torch()
        self.box.program("python3", 'while [[ $1 != --target ]]; do shift; done; mkdir -p "$2"/{tensorboard,numpy}')
        done = self.box.run(SETUP, "--tests")
        self.assertEqual(done.returncode, 0, done.err)
        self.assertTrue((self.box.cache / "tests-python/tensorboard").exists())
        self.assertEqual(self.box.run(SETUP, "--tests").out, "")

    def test_goes_on_where_tensorboard_cant_be_had(self):
        self.fetch_torch()
        self.box.program("python3", "exit 1")
        done = self.box.run(SETUP, "--tests")
        self.assertEqual(done.returncode, 0)
        self.assertIn("the tests that read by it are skipped", done.out)
        self.assertEqual([path.name for path in self.box.cache.iterdir() if path.is_dir()], ["torch-2.11.0"])

    def test_refuses_an_option_that_it_does_not_have(self):
        done = self.box.run(SETUP, "--chekc")
        self.assertEqual(done.returncode, 1)
        self.assertIn("no option '--chekc'", done.err)


if __name__ == "__main__":
    unittest.main()
