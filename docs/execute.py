"""Run the commands that the tutorials show, and write what they say into the pages.

    python docs/execute.py                run them, each page in an empty folder; a minute or two
    python docs/execute.py tutorial.md    one page alone

What stands between `<!-- run: COMMAND -->` and `<!-- end -->` is the command and its standard output, of
`<!-- run 20: COMMAND -->` the first 20 lines. The block after `<!-- file: NAME -->` is written into the folder first.
Nothing is read from a store of members and nothing is left behind.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

DOCS = Path(__file__).resolve().parent
PAGES = (DOCS / "tutorial.md", DOCS / "tutorial.zh.md")
WIDTH = 100
_RUN = re.compile(r"(<!-- run(?: (?P<lines>\d+))?: (?P<command>[^\n]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_FILE = re.compile(r"<!-- file: (\S+) -->\n```[a-z]*\n(.*?)^```", re.DOTALL | re.MULTILINE)


def commands(text: str) -> list[str]:
    """Return the commands of a page, in order."""
    return [found["command"] for found in _RUN.finditer(text)]


def files(text: str) -> Iterator[tuple[str, str]]:
    """Give the files that a page has its reader write: name and text."""
    for found in _FILE.finditer(text):
        yield found[1], found[2]


def executed(text: str, folder: Path) -> str:
    """Return a page with the output of its commands renewed; they run in `folder`."""
    for name, content in files(text):
        (folder / name).write_text(content, "utf-8")

    def block(found: re.Match[str]) -> str:
        lines = _output(found["command"], folder).rstrip().splitlines()
        if found["lines"] and int(found["lines"]) < len(lines):
            lines = [*lines[: int(found["lines"])], "..."]
        return "\n".join([found[1] + "```sh", found["command"], "```", "", "```", *lines, "```", found[4]])

    return _RUN.sub(block, text)


def _output(command: str, folder: Path) -> str:
    """Run a command of this package in a folder and return what it says; one that fails is an error."""
    program, *arguments = shlex.split(command)
    own = {"COLUMNS": str(WIDTH), "JJJ_SIM_STORE": str(folder / ".store")}
    done = subprocess.run(
        [Path(sys.executable).with_name(program), *arguments],
        cwd=folder,
        env={**os.environ, **own},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise SystemExit(f"{command}: exit status {done.returncode}\n{done.stderr}")
    return done.stdout


def main(names: Sequence[str]) -> None:
    """Renew the pages named, or all."""
    for page in [DOCS / name for name in names] or PAGES:
        with tempfile.TemporaryDirectory() as folder:
            page.write_text(executed(page.read_text("utf-8"), Path(folder)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
