"""The page of the calibration: what came of it between the marks of docs/calibration.md, losses beside wins."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

import holdout
from errors_page import filled
from jjj_sim.calibrating import Calibration
from jjj_sim.calibrating.recovery import summary
from rivals import KNOWING, NAIVE

_FAR = 0.5
_MARKS = "<!-- found: {name} -->\n{text}<!-- end -->"


def write_page(file: Path, found: Calibration, rows: pd.DataFrame, truths: pd.DataFrame | None) -> None:
    """Write what came of a calibration, the forecasts of the hold-out and known truths between the marks of `file`."""
    text = file.read_text("utf-8")
    parts = {"fit": _fit(found), "holdout": _out_of_sample(rows)}
    if truths is not None:
        parts["recovery"] = _recovered(truths)
    for name, part in parts.items():
        text = between(text, name, part)
    file.write_text(text, "utf-8")


def between(text: str, name: str, part: str) -> str:
    """Return a page with `part` between the marks of `name`."""
    pattern = re.compile(_MARKS.format(name=name, text=r".*?"), re.DOTALL)
    return pattern.sub(lambda _: _MARKS.format(name=name, text=part.rstrip() + "\n"), text, count=1)


def table(columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return a table; numbers with three figures."""
    lines = ["| " + " | ".join(columns) + " |", "|" + "---|" * len(columns)]
    return "\n".join([*lines, *("| " + " | ".join(map(cell, row)) + " |" for row in rows)]) + "\n"


def cell(value: Any) -> str:
    """Return one cell."""
    if isinstance(value, float | np.floating):
        return "" if np.isnan(value) else f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"
    return str(value)


def _fit(found: Calibration) -> str:
    told, figures = found.manifest, found.figures
    ending, again, drawn = told["fit"], told["fit_inflated"], told["posterior"]
    memory = told["peak_memory_mb"] or {}
    inside = [int((figures[c] == "inside").sum()) for c in ("status_default", "status")]
    article = figures[figures["article"]]
    missed = article[article["status"] == "outside"]
    bounds = found.parameters[found.parameters["bound"] != ""]
    prior = found.parameters[found.parameters["says"] == "prior"]["name"].str.removeprefix("parameters.")
    far = figures.assign(size=figures["z_mode"].abs()).nlargest(8, "size")
    say = (
        f"{told['runs']} runs of the twin in {told['wall_seconds']:.0f} s by {told['workers']} processes, "
        f"{max(memory.values(), default=0)} MB in the largest. J went from {found.path['cost'].iloc[0]:.0f} to "
        f"{ending['J']:.0f} over {ending['points']} points (slope left {ending['gradient']:.2g}; {ending['ended']}), "
        f"with inflated sds to {again['J']:.0f} ({again['ended']}). {len(found.draws)} draws, "
        f"{drawn['distinct_draws']} of them distinct; effective sample size {drawn['effective_sample_size']:.0f} of "
        f"{drawn['candidates']} candidates; {drawn['walls']} walls."
    )
    counts = (
        f"**{inside[1]} of {len(figures)} figures in the loss lie in their accepted range, {inside[0]} at the "
        f"defaults; of the article's {len(article)}, {len(article) - len(missed)}.** Outside: "
        f"{', '.join(missed['id']) or 'none'}. At a bound: {_bounded(bounds)}. Left to their priors (sd above .9 of "
        f"it): {', '.join(prior) or 'none'}."
    )
    loss = table(
        ("block", "figures", "weight", "defaults", "fit", "fit, sds inflated", "draws, mean", "inflation"),
        (
            (r["block"], r["figures"], r["weight"], r["default"], r["fit"], r["mode"], r["draws"], _inflation(told, r))
            for r in found.loss.to_dict("records")
        ),
    )
    parameters = table(
        ("parameter", "unit", "prior", "default", "mode", "90 %", "sd over prior's", "decided by"),
        (
            (
                *(f"`{r['name'].removeprefix('parameters.')}`", r["unit"], r["prior"], r["default"], r["mode"]),
                *(f"{cell(r['low'])} to {cell(r['high'])}", r["shrinkage"], r["says"]),
            )
            for r in found.parameters.to_dict("records")
        ),
    )
    worst = table(
        ("figure", "published", "model", "sds"),
        ((f"`{r['id']}`", r["published"], r["mode"], r["z_mode"]) for r in far.to_dict("records")),
    )
    apart = table(("not in the loss because", "figures"), told["figures_apart"].items())
    return "\n".join(
        [
            filled(say),
            filled(counts),
            loss,
            "![Loss by block](images/calibration_loss.png)\n",
            parameters,
            "![Parameters](images/calibration_parameters.png)\n",
            "Worst at the mode:\n",
            worst,
            _checks(found),
            "Where a block left out would move parameters by more than half an sd of the prior (one linear step):\n",
            _influence(found),
            apart,
        ]
    )


def _bounded(bounds: pd.DataFrame) -> str:
    names = (f"{r['name'].removeprefix('parameters.')} ({r['bound']})" for r in bounds.to_dict("records"))
    return ", ".join(names) or "none"


def _inflation(told: Any, row: Any) -> float:
    return float(told["inflation"].get(row["block"], np.nan))


def _checks(found: Calibration) -> str:
    wave, ended = found.manifest["wave"], found.starts
    texts = []
    if len(ended):
        far, cost = ended["distance"].max(), (ended["to"] - ended["mode"]).max()
        texts.append(
            f"**Another start.** {len(ended)} searches from elsewhere in the prior ended at most {far:.2g} sds from "
            f"the mode (root mean square over parameters), J higher by at most {cost:.2g}."
        )
    if wave:
        texts.append(
            f"**History matching.** Of {wave['points']} points over the whole prior {wave['not ruled out']} are not "
            f"ruled out by their second worst figure (at most {wave['cut']:.2g} inflated sds), {wave['walls']} cannot "
            f"be opened; {wave['not ruled out, beyond 99 % of the posterior']} of those kept lie where the posterior "
            "has less than 1 %."
        )
    return filled("\n\n".join(texts)) if texts else ""


def _influence(found: Calibration) -> str:
    far = found.influence[found.influence["shift"].abs() > _FAR]
    rows = far.to_dict("records")
    cells = ((r["without"], f"`{r['name'].removeprefix('parameters.')}`", r["shift"], r["sd"]) for r in rows)
    return table(("without", "parameter", "shift, prior sds", "sd left"), cells)


def _out_of_sample(rows: pd.DataFrame) -> str:
    whole = holdout.wins(rows)
    by_variable = holdout.wins(rows, by="variable")
    parts = [
        "Series in which the twin is nearer than a rival, and median skill:\n",
    ]
    origins = sorted(whole["origin"].unique())
    rivals = [
        r for r in (*NAIVE, holdout.CHOSEN, holdout.BEST, KNOWING, holdout.UNFITTED) if (whole["rival"] == r).any()
    ]
    for who in ("model", holdout.ANCHORED):
        won = holdout.wins(rows, who).set_index(["origin", "rival"])
        cells = ((r, *(_won(won, o, r) for o in origins)) for r in rivals)
        parts += [f"{'As it is' if who == 'model' else 'Anchored at the last year known'}:\n"]
        parts += [table(("rival", *map(str, origins)), cells)]
    mine = ("model", holdout.UNFITTED, holdout.ANCHORED, *NAIVE)
    for by in ("origin", "horizon"):
        found = holdout.scores(rows, by)
        found = found[found["forecaster"].isin(mine)]
        cells = (
            (
                r[by],
                r["forecaster"],
                r["figures"],
                r["mase"],
                r["crps"],
                f"{r['inside_50']:.0%}",
                f"{r['inside_90']:.0%}",
            )
            for r in found.sort_values([by, "forecaster"]).to_dict("records")
            if by == "origin"
            or r["forecaster"] in ("model", holdout.UNFITTED, holdout.ANCHORED, "random walk", "drift")
        )
        parts.append(table((by, "forecaster", "figures", "MASE", "CRPS, sds", "in 50 %", "in 90 %"), cells))
    against = by_variable[by_variable["rival"] == holdout.CHOSEN].sort_values("skill")
    for title, some in (("Loses", against[against["skill"] <= 0]), ("Wins", against[against["skill"] > 0][::-1])):
        cells = ((f"`{r['variable']}`", f"{r['won']} of {r['series']}", r["skill"]) for r in some.to_dict("records"))
        parts += [f"**{title}** against the naive chosen in advance, over all origins and areas:\n"]
        parts += [table(("variable", "series won", "median skill"), cells)]
    return "\n".join(parts)


def _won(table_: pd.DataFrame, origin: int, rival: str) -> str:
    if (origin, rival) not in table_.index:
        return ""
    row = table_.loc[(origin, rival)]
    return f"{int(row['won'])} of {int(row['series'])}, {row['skill']:+.2f}"


def _recovered(truths: pd.DataFrame) -> str:
    found = summary(truths)
    n = truths["truth"].nunique()
    text = (
        f"{n} points of the prior were taken for true, what the twin reads there with errors of the figures' sds for "
        "published, and fitted from the defaults. *Shrinkage* is the sd left over the prior's; above .9 the prior "
        "decides, and nothing is claimed of such a parameter."
    )
    cells = (
        (f"`{r['name']}`", f"{r['inside_50']:.0%}", f"{r['inside_90']:.0%}", r["error"], r["shrinkage"], r["says"])
        for r in found.to_dict("records")
    )
    columns = ("parameter", "in 50 %", "in 90 %", "error, prior sds", "shrinkage", "decided by")
    return "\n".join([filled(text), table(columns, cells)])
