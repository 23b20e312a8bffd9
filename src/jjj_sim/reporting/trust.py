"""How far to trust a run: published figures inside and outside, the worst misses, what stands for the version."""

from __future__ import annotations

import functools
import json
import shlex
from importlib import resources
from typing import Any

import numpy as np
import pandas as pd

from jjj_sim.judging.targets import targets
from jjj_sim.reporting import amounts
from jjj_sim.reporting.outlines import drawn_by
from jjj_sim.reporting.prose import tell
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.figures import name_of, with_unit
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import ROLES, Lang, say

_WORST = 8
_PRINTS = ("seed", "members", "residents_per_agent", "twin", "version", "git_commit", "code_sha256", "data_sha256")
# Options of a command that decide where and how it writes, not what.
_ASIDE = ("--out", "--lang", "--workers", "--scheduler")
_FLAGS = ("--json", "--quiet", "--no-charts", "--fresh", "--no-store")


@functools.cache
def standing() -> dict[str, Any]:
    """Return the findings of validation that stand for this version, as `validation/standing.py` wrote them."""
    file = resources.files("jjj_sim.reporting").joinpath("standing.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def evidence(subject: Subject, lang: Lang) -> dict[str, Any] | None:
    """Return published figures of the base by role, inside and outside, and the worst misses; None where none is."""
    table = subject.base.evidence
    if table.empty:
        return None
    rows = []
    for role in ("validate", "calibrate", "drive"):
        counts = table.loc[table["role"] == role, "status"].value_counts()
        inside, outside = int(counts.get("inside", 0) + counts.get("as input", 0)), int(counts.get("outside", 0))
        if inside + outside:
            rows.append({"role": say(ROLES[role], lang), "inside": inside, "outside": outside, "of": inside + outside})
    return {"rows": rows, "worst": _worst(subject, table, lang)}


def _worst(subject: Subject, table: pd.DataFrame, lang: Lang) -> list[dict[str, str]]:
    """Return the figures that lie furthest outside what is accepted, in half-widths of that range; one a series."""
    known = {target.id: target for target in targets(subject.region)}
    rows = table[(table["status"] == "outside") & table["id"].isin(set(known))].copy()
    middle = (rows["accept_low"] + rows["accept_high"]) / 2
    half = ((rows["accept_high"] - rows["accept_low"]) / 2).replace(0.0, np.nan)
    rows["far"] = ((rows["model_median"] - middle).abs() / half).to_numpy()
    rows = rows[rows["far"].notna()].sort_values("far", ascending=False, kind="stable")
    rows = rows[~rows.duplicated(["variable", "region"])].head(_WORST)
    return [
        {
            "name": name_of(known[row["id"]], lang),
            "published": with_unit(float(row["published"]), row["unit"], lang),
            "accepted": _range(row["accept_low"], row["accept_high"], row["unit"], lang),
            "model": with_unit(float(row["model_median"]), row["unit"], lang),
        }
        for row in rows.to_dict("records")
    ]


def _range(low: float, high: float, unit: str, lang: Lang) -> str:
    """Return a range accepted, in its unit."""
    shown = unit_for(unit, lang, max(abs(low), abs(high)))
    ends = {name: amounts.plain(value / shown.divisor, 4) for name, value in (("low", low), ("high", high))}
    return f"{tell('from_to', lang, **ends)} {shown.name}"


def stands(subject: Subject, lang: Lang) -> list[str]:
    """Return what validation found of this version in sentences, none for a region that it was not of."""
    found = standing()
    if found["region"] != subject.region.id:
        return []
    return [tell(f"standing_{key}", lang, **found[key]) for key in ("facts", "holdout", "coverage") if key in found]


def alarms(subject: Subject, lang: Lang) -> list[str]:
    """Return alarms and warnings of the run, each once."""
    manifests = [subject.comparison.manifest] if subject.comparison is not None else []
    manifests += [result.manifest for result in subject.results]
    told = [str(alarm[lang]) for manifest in manifests for alarm in manifest.get("alarms", ())]
    warned = list(subject.comparison.warnings) if subject.comparison is not None else []
    failed = [
        tell("failed", lang, name=result.name, members=len(result.manifest["failed"]))
        for result in subject.results
        if result.manifest.get("failed")
    ]
    return list(dict.fromkeys([*told, *warned, *failed]))


def again(subject: Subject, lang: Lang) -> list[tuple[str, str]]:
    """Return what one needs to run it again, as names and values."""
    told = subject.base.manifest if subject.comparison is None else subject.comparison.manifest
    rows = [
        (tell("again_scenario", lang, name=r.name), str(r.manifest.get("scenario_sha256", "–")))
        for r in subject.results
    ]
    for key in (
        "seed",
        "members",
        "residents_per_agent",
        "twin",
        "version",
        "git_commit",
        "code_sha256",
        "data_sha256",
    ):
        value = told.get(key)
        if value is not None and value is not False:
            rows.append((tell(f"again_{key}", lang), f"{value:,}" if key == "residents_per_agent" else str(value)))
    if told.get("draws"):
        rows.append((tell("again_draws", lang), str(told["draws"])))
    if told.get("command"):
        rows.append((tell("again_command", lang), command(told["command"])))
    return rows


def command(words: list[str]) -> str:
    """Return the command of a manifest as one would type it, without what decides only where it wrote."""
    kept, skip = [], False
    for word in words[1:]:
        if skip or word in _FLAGS:
            skip = False
            continue
        skip = word in _ASIDE
        if not skip and not word.startswith(tuple(f"{option}=" for option in _ASIDE)):
            kept.append(word)
    return shlex.join(["jjj-sim", *kept])


def sources(subject: Subject, cited: set[str], lang: Lang) -> list[str]:
    """Return the publications behind the points that are drawn, sorted, and who drew the boundaries."""
    drawn = drawn_by(subject.region)
    return [*sorted(cited), *([tell("boundaries", lang, by=drawn)] if drawn else [])]
