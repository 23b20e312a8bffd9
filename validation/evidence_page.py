"""The page of the calibration: published figures beside a run of posterior members, inputs apart."""

from __future__ import annotations

import pandas as pd

from calibration_page import table
from errors_page import filled
from jjj_sim.calibrating.figures import LAST_FITTED, why_input, year_of
from jjj_sim.judging.targets import targets
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.running.result import Result

INSIDE = ("inside", "as input")


def beside(result: Result) -> str:
    """Return how many figures lie inside in the median, fitted ones and held-out ones, and in the members' 90 %."""
    told = result.manifest
    found = result.evidence[result.evidence["status"].isin([*INSIDE, "outside"])].copy()
    inputs = {t.id for t in targets(result.region) if year_of(t) == FIRST_YEAR or why_input(t, result.region)}
    found["input"] = found["id"].isin(inputs) | (found["role"] == "drive")
    low, high = found["model_low"], found["model_high"]
    found["within"] = (found["published"] >= low) & (found["published"] <= high)
    lines = []
    for role in ("calibrate", "validate"):
        for given in (False, True):
            mine = found[(found["role"] == role) & (found["input"] == given)]
            lines.append((role, "input" if given else "produced", *_counts(mine)))
    lines.append(("drive", "input", *_counts(found[found["role"] == "drive"])))
    made = found[~found["input"]]
    rows = [
        (f"`{name}`", *_counts(group[group["role"] == "calibrate"]), *_counts(group[group["role"] == "validate"]))
        for name, group in made.groupby("variable")
    ]
    say = (
        f"{told['members']} members, draws of the posterior with luck of their own, {told['residents_per_agent']} "
        f"residents an agent. *calibrate*: published to {LAST_FITTED} or given so by the article; *validate*: later, "
        "never fitted. Input is what enters the run as data, and the opening; it stands apart. Inside: the median lies "
        "in the accepted range. In the 90 %: the published figure lies between the 5th and 95th member; that interval "
        "holds no discrepancy of the model, so that a right model is outside more often than one time in ten."
    )
    head = ("role", "", "figures", "inside", "in the 90 %")
    each = ("variable", "fitted", "inside", "in the 90 %", "held out", "inside", "in the 90 %")
    return "\n".join([filled(say), table(head, lines), "What the run produces, by variable:\n", table(each, rows)])


def _counts(rows: pd.DataFrame) -> tuple[int, int, int]:
    return len(rows), int(rows["status"].isin(INSIDE).sum()), int(rows["within"].sum())
