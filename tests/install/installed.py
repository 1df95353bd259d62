"""What the tests of the installed program share."""
import os
import subprocess
import tempfile
import time
import unittest
from pathlib import Path

BUILD = Path(os.environ["HASHLOOM_BUILD"])
CMAKE = os.environ["HASHLOOM_CMAKE"]
SOURCE = Path(__file__).resolve().parents[2]


def run(*command, cwd=None, **variables):
    """The command's end: returncode, stdout, stderr. HASHLOOM_PLUGINS is not handed on."""
    environment = {name: value for name, value in os.environ.items() if name != "HASHLOOM_PLUGINS"} | variables
    return subprocess.run([str(word) for word in command], cwd=cwd, env=environment, text=True, capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=280)


def run_well(*command, **options):
    done = run(*command, **options)
    assert done.returncode == 0, f"{command}: exit status {done.returncode}\n{done.stdout}\n{done.stderr}"
    return done


class InstalledTest(unittest.TestCase):
    """`root` is a prefix with the program, moved after it was installed; `folder` is each test's own."""

    @classmethod
    def setUpClass(cls):
        scratch = tempfile.TemporaryDirectory(prefix="hashloom-install-")
        cls.addClassCleanup(scratch.cleanup)
        cls.scratch = Path(scratch.name)
        cls.root = cls.put(cls.scratch)
        cls.program = cls.root / "bin/hashloom"

    @classmethod
    def put(cls, scratch):
        run_well(CMAKE, "--install", BUILD, "--prefix", scratch / "first")
        return (scratch / "first").rename(scratch / "moved here")

    def setUp(self):
        self.folder = Path(tempfile.mkdtemp(dir=self.scratch))

    def new_project(self, component):
        project = self.folder / "my-thing"
        run_well(self.program, "plugins", "new", component, project)
        return project

    def build_and_test(self, project):
        """The three commands that `plugins new` tells, without a compiler cache; the seconds that they take."""
        begin = time.monotonic()
        run_well(CMAKE, "-S", project, "-B", project / "build", CCACHE_DISABLE="1")
        run_well(CMAKE, "--build", project / "build", CCACHE_DISABLE="1")
        run_well("ctest", "--test-dir", project / "build", "--no-tests=error")
        return time.monotonic() - begin

    def run_workflow(self, project):
        """What it prints."""
        return run_well(self.program, "run", project / "my-thing.yaml", "--plugins", project / "build/plugins",
                        cwd=self.folder).stdout
