"""What every lever does by a natural step, and four questions of planners, on the twin; written to docs/levers.md.

    python validation/levers.py [--draws 4] [--workers 2] [--out docs/levers.md]

Steps are taken in 2026 at the default parameters and read after one, five and ten years. The questions are asked at
the defaults and over draws of the parameters that only their priors decide.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np

from jjj_sim.policy.registry import levers as declared
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.scenario.schema import parameters
from lab import Array, Draw, Series, opens, percent
from lever_questions import QUESTIONS
from lever_steps import BEGIN, END, STEPS, inside
from page import filled, table
from priors import hypercube

ROOT = Path(__file__).resolve().parents[1]
YEARS = (2026, 2030, 2035)
_AFTER = (1, 5, 10)
HORIZON: dict[str, Any] = {"horizon.end": END}
_HEAD = """# What a lever does

Written by `python validation/levers.py`; run it again after any change of the model. Every number is the difference
from the baseline, on the twin (expected counts, no luck). A step begins in {begin} and stays, unless it says how long;
responses are read at the ends of {years}, which are one, five and ten years. They hold at these steps: half the step is
not always half the answer. People and jobs in thousands, GDP in bn yuan a year at current prices (1 bn yuan is
10亿元), house prices in percent. A response is what the laws of the model make of the step, in the limits that
[validation](validation.md) and [limitations](limitations.md) tell; a zero is as often a channel that is not there.
The pages of the processes say in words what one unit of a lever is, with figures of the day each was written; where the
two differ, those here are newer. What agents say of the same steps, and what theory expects: [with
agents](levers_agents.md).
"""
_QUESTIONS = """
## Four questions

At the default parameters, and the least and the most over {draws} draws of the {open_} parameters that no
data decide (each page of a process marks them *decides alone*).{aside}
"""


def response(base: Series, other: Series, of: Array) -> dict[str, list[float]]:
    """Return what `other` has more than `base` in the zones `of`, by year."""
    found: dict[str, list[float]] = {"people": [], "jobs": [], "gdp": [], "price": []}
    for year in YEARS:
        last = f"{year}Q4"
        for name, key in (("people", "population"), ("jobs", "tables.jobs")):
            found[name].append(float((other.at(key, last) - base.at(key, last))[of].sum()) / 1e3)
        gdp = [s.total("tables.va_nominal", f"{year}Q1", last)[of].sum() for s in (other, base)]
        found["gdp"].append(float(gdp[0] - gdp[1]))
        price = percent(other.at("tables.house_price", last), base.at("tables.house_price", last))
        found["price"].append(float(np.average(price[of], weights=base.at("stocks.housing", last)[of])))
    return found


def answer(number: int) -> tuple[dict[str, list[float]], dict[str, list[float]]]:
    """Return what step `number` does in its area and in the region."""
    step, draw = STEPS[number], _default()
    base = draw.run(END, **HORIZON)
    minutes = base.at("tables.minutes", BEGIN)[:N_ZONES, :N_ZONES]
    other = draw.run(END, **HORIZON, **{step.lever: step.setting(minutes)})
    return response(base, other, step.zones), response(base, other, inside(*REGION.ids))


def aside(draws: Sequence[Mapping[str, float]]) -> str:
    """Return which parameters have their defaults outside the draws, in words."""
    known = {f"parameters.{process}.{name}": p for process, of in parameters().items() for name, p in of.items()}
    names = [name for name in (draws[0] if draws else ()) if not _between(known[name].default, draws, name)]
    said = ", ".join(f"`{name.removeprefix('parameters.')}`" for name in names)
    return f" The defaults of {said} lie outside their draws, so that the numbers may." if said else ""


def _between(value: float, draws: Sequence[Mapping[str, float]], name: str) -> bool:
    return min(draw[name] for draw in draws) <= value <= max(draw[name] for draw in draws)


_DRAWS: list[Draw] = []


def _default() -> Draw:
    """Return the draw at the defaults, one a worker, so that its baseline runs once."""
    if not _DRAWS:
        _DRAWS.append(Draw(0, {}))
    return _DRAWS[0]


def ask(settings: Mapping[str, float]) -> list[dict[str, float]]:
    """Return the numbers that the questions get with these parameters."""
    draw = Draw(0, settings)
    base = draw.run(END, **HORIZON)
    return [question.numbers(base, draw.run(END, **HORIZON, **question.levers)) for question in QUESTIONS]


def undecided(n: int) -> list[dict[str, float]]:
    """Return `n` draws of the parameters that their priors alone decide; those whose opening does not stand are left.

    Parameters by place keep their values.
    """
    free = {
        f"parameters.{process}.{name}": param
        for process, of in parameters().items()
        for name, param in of.items()
        if param.decides_alone and not param.fixed and not param.by
    }
    rows = hypercube(list(free), n)
    return [{name: p.draw(float(u)) for (name, p), u in zip(free.items(), row, strict=True)} for row in rows]


def main() -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--draws", type=int, default=4, help="draws of the parameters that their priors alone decide")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "levers.md")
    args = parser.parse_args()
    os.environ.setdefault("NUMBA_NUM_THREADS", "1")  # read by the workers, which share the machine
    with ProcessPoolExecutor(args.workers, mp_context=get_context("spawn")) as pool:
        draws = undecided(args.draws)
        standing = [draw for draw, stands in zip(draws, pool.map(opens, draws), strict=True) if stands]
        asked = [pool.submit(ask, settings) for settings in ({}, *standing)]
        steps = list(pool.map(answer, range(len(STEPS))))
        answers = [future.result() for future in asked]
    args.out.write_text(_page(steps, answers, standing), "utf-8")


def _page(
    steps: Sequence[tuple[Any, Any]], answers: Sequence[list[dict[str, float]]], draws: Sequence[Mapping[str, float]]
) -> str:
    """Return the page."""
    known = declared(REGION)
    years = ", ".join(str(year) for year in YEARS[:-1]) + f" and {YEARS[-1]}"
    text = [filled(_HEAD.format(begin=BEGIN, years=years)), "\n## The levers and the steps taken\n\n"]
    rows: list[Sequence[object]] = []
    for step in STEPS:
        lever = known[step.lever]
        rows.append((f"`{step.lever}` {lever.zh}", lever.unit, lever.mechanism, step.done, step.place))
    text.append(table(("lever", "unit", "what it does", "step taken", "read in"), rows))
    for k, where in enumerate(("In the area named", "In the region")):
        text.append(f"\n## {where}\n\nAfter one, five and ten years.\n\n")
        rows = []
        for step, parts in zip(STEPS, steps, strict=True):
            got = parts[k]
            place = (step.place,) if k == 0 else ()
            price = (_three(got["price"]),) if k == 0 else ()
            rows.append((f"`{step.lever}`", *place, *(_three(got[n]) for n in ("people", "jobs", "gdp")), *price))
        area, price = (("area",), ("house price, %",)) if k == 0 else ((), ())
        text.append(table(("lever", *area, "people", "jobs", "GDP", *price), rows))
    text.append(
        "\n"
        + filled(_QUESTIONS.format(draws=len(draws), open_=len(draws[0]) if draws else 0, aside=aside(draws)))
        + "\n"
    )
    for number, question in enumerate(QUESTIONS):
        text.append(f"### {question.title}\n\n{question.told}\n\n")
        rows = []
        for label in answers[0][number]:
            values = [given[number][label] for given in answers[1:]] or [np.nan]
            rows.append((label, _said(answers[0][number][label]), f"{_said(min(values))} to {_said(max(values))}"))
        text.append(table(("", "at the defaults", "over the draws"), rows) + "\n")
    return "".join(text).rstrip() + "\n"


def _three(values: Sequence[float]) -> str:
    return " / ".join(_said(value) for value in values)


def _said(value: float) -> str:
    """Return a number with three figures at most, a zero without a sign."""
    if not np.isfinite(value):
        return "no number"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{round(value, digits) + 0.0:,.{digits}f}"


if __name__ == "__main__":
    main()
