"""The page of the calibration: years it never saw, losses beside wins, and known truths."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from calibration_page import table
from errors_page import filled
from jjj_sim.calibrating.recovery import summary
from jjj_sim.validating import Validation
from jjj_sim.validating.holdout import ANCHORED, INTERVALS, MODEL, NAIVE, UNFITTED
from jjj_sim.validating.scores import CHOSEN, RIVALS

# Why a variable is lost, where that is known: written by hand, from how the model makes it.
WHY: Mapping[str, str] = {
    "population": "the account's last pull on migrants goes on, and migration turned after the origins",
    "firms": "the registers of 2018 and 2024 were known then: in between founding goes on at the last rate known",
    "gdp_share_secondary": "what the fit misses at the origin is carried on: services in Hebei are too few",
    "gdp_share_tertiary": "what the fit misses at the origin is carried on: services in Hebei are too few",
    "gdp_share_primary": "Hebei's farms begin two to three points of GDP too large at the origin, and stay so",
    "migrants": "one figure, a year on: it moves by a thousandth, the twin begins two hundredths too high",
    "budget_revenue": "revenue keeps its share of output at the origin; tax cuts lowered it, in Tianjin by half",
    "budget_spending": "spending follows output; in Beijing and Tianjin it stood still after 2018",
    "gdp_real_growth": "the epidemic was in nobody's forecast, and in none as of 2016 Tianjin's slowdown",
    "gdp_share_of_nation": "it moves by .1 a year, which is what one per cent of output makes",
}
_MINE = (MODEL, UNFITTED, ANCHORED, *NAIVE)
_FEW = (MODEL, ANCHORED, UNFITTED, "random walk", "drift")
_FAR = 0.5


def out_of_sample(found: Validation) -> str:
    """Return what came of the hold-outs."""
    told = found.manifest
    parts = [
        filled(
            f"{told['runs']} runs of the twin in {told['wall_seconds']:.0f} s by {told['workers']} processes; "
            f"{told['members']} draws as of each origin."
        ),
        "Series in which the twin is nearer than a rival, and median skill:\n",
    ]
    for who, title in ((MODEL, "As it is"), (ANCHORED, "Anchored at the last year known")):
        parts += [f"{title}:\n", _nearer(found, who)]
    parts += ["![Skill by series](images/calibration_skill.png)\n", _lost_and_won(found)]
    parts += ["How often intervals of 90 % (50 %) hold, by what they are made of, and their median width in sds:\n"]
    parts += [_held(found, by) for by in ("origin", "horizon")]
    parts += ["![Coverage by horizon](images/calibration_coverage.png)\n"]
    parts += ["![Reliability](images/calibration_reliability.png)\n"]
    for by, whom in (("origin", _MINE), ("horizon", _FEW), ("area", _FEW), ("variable", _FEW)):
        parts.append(_scores(found, by, whom))
    return "\n".join([*parts, _predictive(found), _blocks(found)])


def _nearer(found: Validation, who: str) -> str:
    rows = found.wins[(found.wins["by"] == "origin") & (found.wins["forecaster"] == who)]
    won = {(row["rival"], str(row["value"])): row for row in rows.to_dict("records")}
    origins = [str(origin) for origin in found.manifest["origins"]]
    lines = [(rival, *(_won(won.get((rival, o))) for o in origins)) for rival in RIVALS]
    return table(("rival", *origins), [line for line in lines if any(line[1:])])


def _won(row: Mapping[Any, Any] | None) -> str:
    return "" if row is None else f"{row['won']} of {row['series']}, {row['skill']:+.2f}"


def _lost_and_won(found: Validation) -> str:
    rows = found.wins[(found.wins["by"] == "variable") & (found.wins["rival"] == CHOSEN)]
    anchored = {str(r["value"]): r for r in rows[rows["forecaster"] == ANCHORED].to_dict("records")}
    rows = rows[rows["forecaster"] == MODEL].sort_values("skill")
    parts = []
    for title, some in (("Loses", rows[rows["skill"] <= 0]), ("Wins", rows[rows["skill"] > 0][::-1])):
        lost = title == "Loses"
        cells = [
            (
                *(f"`{r['value']}`", f"{r['won']} of {r['series']}", f"{r['skill']:+.2f}"),
                _won(anchored.get(str(r["value"]))),
                *((WHY.get(str(r["value"]), "not known"),) if lost else ()),
            )
            for r in some.to_dict("records")
        ]
        columns = ("variable", "series won", "median skill", "anchored", *(("why",) if lost else ()))
        parts += [
            f"**{title}** against the naive chosen in advance, over all origins and areas:\n",
            table(columns, cells),
        ]
    return "\n".join(parts)


def _held(found: Validation, by: str) -> str:
    rows = found.coverage[found.coverage["forecaster"] == MODEL]
    kinds = [kind for kind in INTERVALS if (rows["intervals"] == kind).any()]
    rows = pd.concat([rows[rows["by"] == by], rows[rows["by"] == "all"]])
    cells = []
    for value, part in rows.groupby("value", sort=False):
        by_kind = {r["intervals"]: r for r in part.to_dict("records")}
        told = [
            f"{by_kind[k]['inside_90']:.0%} ({by_kind[k]['inside_50']:.0%}), {by_kind[k]['width_90']:.2g}"
            for k in kinds
        ]
        cells.append((value, int(part["figures"].iloc[0]), *told))
    return table((by, "figures", *kinds), cells)


def _scores(found: Validation, by: str, whom: Sequence[str]) -> str:
    rows = found.scores[(found.scores["by"] == by) & found.scores["forecaster"].isin(whom)]
    order = {name: i for i, name in enumerate(whom)}
    rows = rows.assign(order=rows["forecaster"].map(order))
    key = rows["value"].astype(int) if by in ("origin", "horizon") else rows["value"]
    cells = (
        (
            *(
                f"`{r['value']}`" if by == "variable" else r["value"],
                r["forecaster"],
                r["figures"],
                r["mase"],
                r["crps"],
            ),
            *(f"{r[c]:.0%}" for c in ("inside_50", "inside_90", "below", "above")),
        )
        for r in rows.assign(key=key).sort_values(["key", "order"]).to_dict("records")
    )
    columns = ("figures", "MASE", "CRPS, sds", "in 50 %", "in 90 %", "below 90 %", "above")
    return table((by, "forecaster", *columns), cells)


def _predictive(found: Validation) -> str:
    cells = (
        (
            *(r["origin"], r["block"], r["figures"], r["median_z"]),
            *(f"{r[c]:.0%}" for c in ("draws_50", "draws_90", "inside_50", "inside_90")),
        )
        for r in found.predictive.to_dict("records")
    )
    columns = ("origin", "block", "figures", "median miss, sds", "draws, 50 %", "draws, 90 %", "in 50 %", "in 90 %")
    return "Fitted figures in the bands of the draws alone, and with their misses:\n\n" + table(columns, cells)


def _blocks(found: Validation) -> str:
    far = found.blocks[found.blocks["shift"].abs() > _FAR]
    cells = (
        (r["origin"], r["without"], f"`{r['name'].removeprefix('parameters.')}`", r["shift"], r["sd"])
        for r in far.to_dict("records")
    )
    title = "Where a block left out would move parameters by more than half an sd of the prior, by origin:\n\n"
    return title + table(("origin", "without", "parameter", "shift, prior sds", "sd left"), cells)


def recovered(truths: pd.DataFrame) -> str:
    """Return what became of known truths."""
    found, n = summary(truths), truths["truth"].nunique()
    prior = found[found["says"] == "prior"]["name"]
    text = (
        f"{n} points of the prior were taken for true, what the twin reads there with errors of the figures' sds for "
        "published, and fitted from the defaults. *Shrinkage* is the sd left over the prior's; above .9 the prior "
        f"decides, and nothing is claimed of such a parameter: {', '.join(f'`{p}`' for p in prior) or 'none'}."
    )
    cells = (
        (f"`{r['name']}`", f"{r['inside_50']:.0%}", f"{r['inside_90']:.0%}", r["error"], r["shrinkage"], r["says"])
        for r in found.to_dict("records")
    )
    columns = ("parameter", "in 50 %", "in 90 %", "error, prior sds", "shrinkage", "decided by")
    return "\n".join([filled(text), table(columns, cells)])
