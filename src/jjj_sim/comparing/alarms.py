"""Alarms of a comparison: those of its runs, and what says that a difference is none.

A lever is known to do nothing only where nothing that is recorded differs in any member: of several levers of which
one acts, `attribute` tells the shares.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from jjj_sim.judging.alarms import Alarm, lucky
from jjj_sim.messages import say
from jjj_sim.running.result import Result
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.difference import differences

# What a comparison says in its own words, where a run would say it otherwise.
_ITS_OWN = ("one_member",)


def settings_apart(base: Scenario, variant: Scenario) -> tuple[str, ...]:
    """Return what two scenarios set differently and a run reads, as levers.name, in the order of a file."""
    found = [d for d in differences(base, variant) if d.section != "goals"]
    return tuple(dict.fromkeys(".".join(p for p in (d.section, d.name) if p) for d in found))


def of_comparison(
    results: Sequence[Result], rows: pd.DataFrame, apart: Mapping[str, Sequence[str]]
) -> list[dict[str, str]]:
    """Return the alarms as the manifest keeps them; `rows` are the differences, the first result is the base.

    `apart` tells by variant what it sets differently from the base.
    """
    own = [told for result in results for told in result.manifest.get("alarms", ()) if told["kind"] not in _ITS_OWN]
    found = [*own, *(alarm.told() for alarm in _of_differences(results, rows, apart))]
    return list({(told["kind"], told["about"]): told for told in reversed(found)}.values())[::-1]


def _of_differences(
    results: Sequence[Result], rows: pd.DataFrame, apart: Mapping[str, Sequence[str]]
) -> Iterator[Alarm]:
    base, *variants = results
    if base.manifest.get("members") == 1 and lucky(base.manifest):
        yield Alarm("one_member", "", say("alarm_one_difference"))
    moved = set(rows.loc[rows["difference"] != 0.0, "variant"].astype(str))
    for variant in variants:
        names = apart.get(variant.name)
        if names is None:
            continue
        if not names:
            yield Alarm("same_scenario", variant.name, say("alarm_same_scenario", variant=variant.name, base=base.name))
        elif variant.name not in moved:
            end = str(variant.manifest["last_quarter"])
            told = say("alarm_no_effect", names=list(names), variant=variant.name, end=end)
            yield Alarm("no_effect", variant.name, told)
