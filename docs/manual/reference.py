"""The parts of the manual that the program itself gives: its commands with their options."""
import re
import subprocess


def output(program, *arguments):
    return subprocess.run([program, *arguments], check=True, stdout=subprocess.PIPE, text=True).stdout


def commands(program):
    """A section for each command: what --help prints."""
    names = re.findall(r"^  hashloom ([a-z-]+)", output(program, "--help"), re.MULTILINE)
    return "\n".join(f"## {name}\n```text\n{output(program, name, '--help').rstrip()}\n```\n" for name in names)


MAKERS = {"commands": commands}


def fill_in(page, program):
    """`page` with each line `<!-- made by the program: NAME -->` replaced."""
    return re.sub(r"<!-- made by the program: (\w+) -->", lambda line: MAKERS[line.group(1)](program), page)
