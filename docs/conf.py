"""How Sphinx builds the manual: `cmake --build build/release --target manual`, or scripts/manual.sh.

The source folder is the repository's root, so that a page looks and links the same here and in a browser of the
repository. HASHLOOM is the built program, from which the reference is made.
"""
import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "docs" / "manual"))
import navigation  # noqa: E402
import reference  # noqa: E402

project = "Hashloom"
author = "the Hashloom authors"
copyright = author  # noqa: A001 (Sphinx's name)
language = "en"
extensions = ["myst_parser"]
myst_heading_anchors = 4
root_doc = "docs/README"
include_patterns = ["*.md", "docs/**"]
exclude_patterns = [entry.name for entry in ROOT.iterdir() if entry.is_dir() and entry.name != "docs"]

nitpicky = True
html_theme = "furo"
html_title = "Hashloom"
html_copy_source = False
html_extra_path = ["manual/index.html"]
html_static_path = ["manual/style.css"]
html_css_files = ["style.css"]
# A block of console is shown as it is written: what is printed is no shell.
highlight_language = "none"


def fill_in(app, page, source):
    """What pages have in the manual alone: the navigation, and the reference made from the program."""
    if page == root_doc:
        source[0] += navigation.of(sorted(app.env.found_docs))
    source[0] = reference.fill_in(source[0], os.environ["HASHLOOM"])


def setup(app):
    if not os.access(os.environ.get("HASHLOOM", ""), os.X_OK):
        sys.exit("error: HASHLOOM has to name the built program\n  build the manual with: scripts/manual.sh")
    app.connect("source-read", fill_in)
