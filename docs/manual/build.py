"""build.py SOURCE TARGET: writes the manual of a repository's root SOURCE as HTML to TARGET. What Sphinx warns of is an error."""
import sys


def main(source, target):
    try:
        import furo  # noqa: F401
        import myst_parser  # noqa: F401
        from sphinx.cmd.build import main as sphinx
    except ModuleNotFoundError as missing:
        sys.exit(f"error: {missing}, which builds the manual\n  get it with: ./setup.sh --tests")
    # -E -a: all of it, for what is filled in changes where no page does.
    return sphinx(["-q", "-W", "--keep-going", "-E", "-a", "-c", f"{source}/docs", "-d", f"{target}/.doctrees", source, target])


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
