"""The `jjj-sim` command: puts the commands together, and turns errors into messages and exit status.

Exit status: 0 done; 2 usage or scenario invalid; 3 some members failed; 4 data integrity or a broken
identity; 130 interrupted; 1 anything else.
"""

from __future__ import annotations

import logging
import os
import sys

import typer

from jjj_sim.commands.attribute import attribute
from jjj_sim.commands.calibrate import calibrate
from jjj_sim.commands.charts import charts
from jjj_sim.commands.check import check
from jjj_sim.commands.compare import compare
from jjj_sim.commands.diff import diff
from jjj_sim.commands.export import export
from jjj_sim.commands.film import film
from jjj_sim.commands.goals import goals
from jjj_sim.commands.levers import levers
from jjj_sim.commands.listing import parameters, schema, targets
from jjj_sim.commands.movers import movers
from jjj_sim.commands.new import new
from jjj_sim.commands.reach import reach
from jjj_sim.commands.region import app as region
from jjj_sim.commands.report import report
from jjj_sim.commands.run import run
from jjj_sim.commands.sensitivity import sensitivity
from jjj_sim.commands.serve import serve
from jjj_sim.commands.store import app as store
from jjj_sim.commands.validate import validate
from jjj_sim.commands.variance import variance
from jjj_sim.errors import JjjError
from jjj_sim.messages import Sentence, told

app = typer.Typer(
    help="Firms and residents relocating among Beijing, Tianjin, Xiong'an and Hebei, 2013-2030.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for _command in (
    run,
    compare,
    attribute,
    movers,
    variance,
    calibrate,
    sensitivity,
    reach,
    validate,
    check,
    new,
    diff,
    charts,
    export,
    report,
    serve,
    film,
    goals,
    levers,
    parameters,
    targets,
    schema,
):
    app.command()(_command)
app.add_typer(region, name="region")
app.add_typer(store, name="store")


class _Told(logging.Formatter):
    """What is logged, in the language of the command line."""

    def format(self, record: logging.LogRecord) -> str:
        return told(record.msg, language(sys.argv)) if isinstance(record.msg, Sentence) else super().format(record)


def language(words: list[str]) -> str:
    """Return the language that a command line asks for, English where it asks for none or for several."""
    asked = [
        after if word == "--lang" else word.removeprefix("--lang=")
        for word, after in zip(words, [*words[1:], ""], strict=True)
        if word.startswith("--lang")
    ]
    return "zh" if asked[-1:] == ["zh"] else "en"


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a terminal that lacks Chinese shows ?, it does not stop
            stream.reconfigure(errors="replace")
    log = logging.StreamHandler()
    log.setFormatter(_Told())
    logging.getLogger("jjj_sim").handlers = [log]
    try:
        app()
    except JjjError as error:
        sys.stdout.flush()
        print(error.told(language(sys.argv)), file=sys.stderr)
        sys.exit(error.exit_status)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
