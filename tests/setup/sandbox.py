"""A folder in which a script of the project runs with nothing but the programs that a test gives it."""
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
TOOLS = ("bash env cat sed grep awk sort head tail paste df find rm mv mkdir touch flock nproc tee dirname sleep chmod mktemp "
         "printf true tar gzip").split()


class Sandbox:
    def __init__(self, test):
        folder = tempfile.TemporaryDirectory()
        test.addCleanup(folder.cleanup)
        self.folder = Path(folder.name)
        self.bin = self.folder / "bin"
        self.cache = self.folder / "cache" / "hashloom"
        self.calls = self.folder / "calls"
        self.bin.mkdir()
        self.calls.touch()
        for tool in TOOLS:
            (self.bin / tool).symlink_to(shutil.which(tool))

    def program(self, name, body="exit 0"):
        """A program that notes its call, then does what the shell lines in `body` say."""
        file = self.bin / name
        file.unlink(missing_ok=True)
        file.write_text(f'#!/bin/bash\necho "{name} $*" >>"{self.calls}"\n{body}\n')
        file.chmod(0o755)

    def called(self):
        return self.calls.read_text()

    def environment(self, more):
        return {"PATH": str(self.bin), "HOME": str(self.folder), "XDG_CACHE_HOME": str(self.cache.parent),
                "HASHLOOM_CUDA": "no", "HASHLOOM_DASHBOARD": "no", **more}

    def start(self, script, *arguments, cwd=None, **more):
        return subprocess.Popen([script, *arguments], env=self.environment(more), cwd=cwd, text=True, start_new_session=True,
                                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE)

    def run(self, script, *arguments, **more):
        process = self.start(script, *arguments, **more)
        process.out, process.err = process.communicate(timeout=60)
        return process
