#!/usr/bin/env python3
"""Compares the public headers with abi.lock, or renews it.

A plugin built against other headers than the host's must be refused, which HASHLOOM_SDK_ABI in abi.h is for. abi.lock
holds that number and a hash of the headers without comments and white space: headers that change while the number
stays are an error. `--renew` raises the number if the headers changed and it was not raised, and writes the lock.
"""
import argparse
import hashlib
import pathlib
import re
import sys

NUMBER = re.compile(r"(#define\s+HASHLOOM_SDK_ABI\s+)(\d+)")
TOKEN = re.compile(r'"(?:\\.|[^"\\\n])*"|\'(?:\\.|[^\'\\\n])*\'|//[^\n]*|/\*.*?\*/|\s+', re.DOTALL)
RENEW = "python3 sdk/abi_lock.py --renew"


def without_comments(text):
    def kept(match):
        return match[0] if match[0][0] in "\"'" else ""

    return TOKEN.sub(kept, text)


def headers(sdk):
    folder = sdk / "include" / "hashloom"
    return sorted(path for path in folder.rglob("*") if path.suffix in (".h", ".hpp"))


def hash_of_headers(sdk):
    digest = hashlib.sha256()
    for header in headers(sdk):
        text = NUMBER.sub(r"\1", header.read_text(encoding="utf-8"))
        digest.update(f"{header.name}\n{without_comments(text)}\n".encode())
    return digest.hexdigest()


def number_in_header(sdk):
    return int(NUMBER.search((sdk / "include/hashloom/abi.h").read_text(encoding="utf-8"))[2])


def locked(sdk):
    """(number, hash); (0, "") where there is no lock yet."""
    path = sdk / "abi.lock"
    if not path.exists():
        return 0, ""
    fields = dict(line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return int(fields["abi"]), fields["headers"]


def mistake(sdk):
    """What is wrong with the lock, or None."""
    number, digest = locked(sdk)
    if hash_of_headers(sdk) == digest and number_in_header(sdk) == number:
        return None
    if number_in_header(sdk) == number:
        return f"public headers of the SDK changed while HASHLOOM_SDK_ABI is still {number}"
    return f"abi.lock is of HASHLOOM_SDK_ABI {number}, abi.h has {number_in_header(sdk)}"


def raise_number(sdk):
    path = sdk / "include/hashloom/abi.h"
    raised = NUMBER.sub(lambda match: match[1] + str(int(match[2]) + 1), path.read_text(encoding="utf-8"))
    path.write_text(raised, encoding="utf-8")


def renew(sdk):
    number, digest = locked(sdk)
    if number == number_in_header(sdk) and digest != hash_of_headers(sdk):
        raise_number(sdk)
    lock = f"abi {number_in_header(sdk)}\nheaders {hash_of_headers(sdk)}\n"
    (sdk / "abi.lock").write_text(lock, encoding="utf-8")
    print(f"abi.lock is of HASHLOOM_SDK_ABI {number_in_header(sdk)}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--renew", action="store_true", help="write the lock, raising the number where it must be")
    parser.add_argument("--sdk", type=pathlib.Path, default=pathlib.Path(__file__).resolve().parent,
                        help="the folder of include/ and abi.lock (default: this script's)")
    arguments = parser.parse_args()
    if arguments.renew:
        renew(arguments.sdk)
        return 0
    what = mistake(arguments.sdk)
    if what:
        print(f"error: {what}\n  run: {RENEW}", file=sys.stderr)
    return 1 if what else 0


if __name__ == "__main__":
    sys.exit(main())
