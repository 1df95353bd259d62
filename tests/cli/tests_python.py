"""Python packages that only tests need, where `setup.sh --tests` put them."""
import importlib
import os
import sys
import unittest
from pathlib import Path

FOLDER = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "hashloom" / "tests-python"


def needed(name):
    """The module; the test is skipped, and says why, where it is not there."""
    if str(FOLDER) not in sys.path:
        sys.path.append(str(FOLDER))
    try:
        return importlib.import_module(name)
    except ImportError as error:
        reason = f"skipped: {name} can't be imported ({error}); ./setup.sh --tests fetches what PyPI has of it"
        print(reason, flush=True)
        raise unittest.SkipTest(reason)
