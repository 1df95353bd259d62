"""What CMake says to settings that it can't use."""
import subprocess
import tempfile
import unittest

from sandbox import ROOT


class Configure(unittest.TestCase):
    def test_refuses_a_sanitizer_that_there_is_not(self):
        with tempfile.TemporaryDirectory() as build:
            done = subprocess.run(["cmake", "-S", ROOT, "-B", build, "-DHASHLOOM_SANITIZE=adress"], text=True, capture_output=True,
                                  timeout=110)
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("HASHLOOM_SANITIZE is address, thread, fuzzer or empty, not 'adress'", " ".join(done.stderr.split()))


if __name__ == "__main__":
    unittest.main()
