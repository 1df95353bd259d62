"""What the tests of hashloom-validate share."""
import json
import os
import subprocess

VALIDATE = os.environ["HASHLOOM_VALIDATE"]
UNTRUE = os.environ["HASHLOOM_UNTRUE"]
PLUGINS = os.environ["HASHLOOM_PLUGIN_DIR"]


def validate(*arguments):
    return subprocess.run([VALIDATE, *arguments], text=True, capture_output=True, stdin=subprocess.DEVNULL, timeout=110)


def failures(component, *options):
    """check -> (reason, remedy) of what fails, and the exit status."""
    done = validate(UNTRUE, component, "--format", "json", *options)
    (validated,) = json.loads(done.stdout)
    return done.returncode, {check["check"]: (check["reason"], check["remedy"]) for check in validated["checks"]
                             if check["verdict"] == "fail"}
