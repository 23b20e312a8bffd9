"""A part of the years of what is drawn."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

import pandas as pd

from jjj_sim.comparing.comparison import Comparison
from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say
from jjj_sim.running.result import Result

Years = tuple[int, int]
Found = TypeVar("Found")


def within(found: Found, years: Years) -> Found:
    """Return a result or a comparison of the years from the first to the last alone.

    ScenarioError where it has not both, or is neither.
    """
    if isinstance(found, Comparison):
        results = tuple(within(result, years) for result in found.results)
        differences, table = (_of(t, years) for t in (found.differences, found.table))
        return replace(found, base=results[0], variants=results[1:], differences=differences, table=table)
    if isinstance(found, Result):
        known = sorted({int(year) for year in found.annual["period"]})
        if not set(years) <= set(known) or years[0] > years[1]:
            raise ScenarioError(
                "--years", [say("no_such_years", first=years[0], last=years[1], known=f"{known[0]}-{known[-1]}")]
            )
        return replace(found, annual=_of(found.annual, years), flows=_of(found.flows, years))
    raise ScenarioError("--years", [say("years_of_what")])


def _of(table: pd.DataFrame, years: Years) -> pd.DataFrame:
    """Return the rows of some years."""
    return table[table["period"].astype(int).between(*years)]
