#!/usr/bin/env python3
"""What sdk/abi_lock.py promises, on a copy of the SDK's headers. Usage: abi_lock_test.py SDK_FOLDER"""
import pathlib
import shutil
import subprocess
import sys
import tempfile
import unittest

SDK = pathlib.Path(sys.argv.pop(1)).resolve()


class AbiLock(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.sdk = pathlib.Path(self.folder.name)
        shutil.copytree(SDK / "include", self.sdk / "include")
        self.run_script("--renew")

    def tearDown(self):
        self.folder.cleanup()

    def run_script(self, *arguments):
        command = [sys.executable, SDK / "abi_lock.py", "--sdk", self.sdk, *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    def edit(self, header, old, new):
        path = self.sdk / "include" / "hashloom" / header
        text = path.read_text(encoding="utf-8")
        self.assertIn(old, text)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")

    def number(self):
        text = (self.sdk / "include/hashloom/abi.h").read_text(encoding="utf-8")
        return int(text.split("#define HASHLOOM_SDK_ABI ")[1].split()[0])

    def test_fits_after_renewal(self):
        self.assertEqual(self.run_script().returncode, 0)

    def test_first_lock_keeps_the_number(self):
        before = self.number()
        (self.sdk / "abi.lock").unlink()
        self.run_script("--renew")
        self.assertEqual(self.number(), before)

    def test_comments_and_white_space_may_change(self):
        self.edit("codes.hpp", "class HASHLOOM_API Codes {", "/* new */ class  HASHLOOM_API\nCodes {  // \"new\"")
        self.assertEqual(self.run_script().returncode, 0)

    def test_text_in_quotes_may_not_change(self):
        self.edit("schema.hpp", '"images"', '"im ages"')
        self.assertEqual(self.run_script().returncode, 1)

    def test_another_member_fails_and_names_the_command(self):
        self.edit("codes.hpp", "int64_t items_ = 0, bits_ = 0;", "int64_t bits_ = 0, items_ = 0;")
        result = self.run_script()
        self.assertEqual(result.returncode, 1)
        self.assertIn("public headers of the SDK changed while HASHLOOM_SDK_ABI is still", result.stderr)
        self.assertIn("run: python3 sdk/abi_lock.py --renew", result.stderr)

    def test_another_header_fails(self):
        (self.sdk / "include/hashloom/more.hpp").write_text("#pragma once\n", encoding="utf-8")
        self.assertEqual(self.run_script().returncode, 1)

    def test_raised_number_fails_until_renewal(self):
        before = self.number()
        self.edit("abi.h", f"HASHLOOM_SDK_ABI {before}", f"HASHLOOM_SDK_ABI {before + 1}")
        self.assertIn(f"abi.lock is of HASHLOOM_SDK_ABI {before}, abi.h has {before + 1}", self.run_script().stderr)
        self.run_script("--renew")
        self.assertEqual((self.run_script().returncode, self.number()), (0, before + 1))

    def test_renewal_raises_the_number_where_the_headers_changed(self):
        before = self.number()
        self.edit("codes.hpp", "int64_t items_ = 0, bits_ = 0;", "int64_t bits_ = 0, items_ = 0;")
        self.run_script("--renew")
        self.assertEqual((self.run_script().returncode, self.number()), (0, before + 1))

    def test_renewal_without_a_change_keeps_the_number(self):
        before = self.number()
        self.run_script("--renew")
        self.assertEqual(self.number(), before)


if __name__ == "__main__":
    unittest.main()
