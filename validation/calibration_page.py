"""The page of the calibration: what came of the fit, and how a page is written between its marks."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from errors_page import filled
from jjj_sim.calibrating import Calibration

_FAR = 0.5
_MARKS = "<!-- found: {name} -->\n{text}<!-- end -->"


def write_page(file: Path, parts: Mapping[str, str]) -> None:
    """Write parts by name between their marks of `file`; what is not named stays."""
    text = file.read_text("utf-8")
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


def fit(found: Calibration) -> str:
    """Return what came of a fit."""
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
