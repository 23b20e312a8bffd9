"""Write the page of the goals of 2030 and of the width of the bands from folders that commands have left.

    jjj-sim run baseline no_coordination everything_together --members 40 --scale 2000
    jjj-sim reach baseline worst_pm25 --levers emission_standards
    jjj-sim variance baseline no_coordination --draws 32 --members 8 --scale 5000
    python validation/outlook.py [--results results]

Writes docs/outlook.md between its marks, from the base (the first of `--scenarios`), the others, every folder
`reach-*` and the one `variance-*` of RESULTS, and docs/images/outlook_*.png. Runs nothing; a folder that is not there
leaves its part of the page as it is.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from calibration_page import table, write_page
from errors_page import filled
from images import keep
from jjj_sim import charts
from jjj_sim.comparing import variance
from jjj_sim.comparing.variance import PARTS, Variance, headline
from jjj_sim.indicators import indicators
from jjj_sim.judging.goal_conflicts import conflicts
from jjj_sim.judging.goal_thresholds import goals_thresholds
from jjj_sim.judging.goals import goals
from jjj_sim.judging.readings import Readings
from jjj_sim.reaching.backcast import KIND
from jjj_sim.region.names import names
from jjj_sim.running.result import Result, kind_of, load

ROOT = Path(__file__).resolve().parents[1]
YEAR = 2030
_PAIRS = 8


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the folders and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--results", type=Path, default=ROOT / "results")
    parser.add_argument("--scenarios", default="baseline,no_coordination,everything_together")
    args = parser.parse_args(arguments)
    asked = args.scenarios.split(",")
    parts: dict[str, str] = {}
    if all((args.results / name).is_dir() for name in asked):
        results = [load(args.results / name) for name in asked]
        parts["chances"] = chances(results)
        parts["thresholds"] = thresholds(results[0])
        parts["conflicts"] = together(results[0])
        _draw(results[0], "goals", "goals")
    reaches = [folder for folder in sorted(args.results.glob("reach-*")) if kind_of(folder) == KIND]
    if reaches:
        parts["reach"] = "\n\n".join(reached(folder) for folder in reaches)
    for folder in sorted(args.results.glob("variance-*")):
        if kind_of(folder) == variance.KIND:
            found = variance.load(folder)
            parts["variance"] = widths(found)
            for outcome in dict.fromkeys(found.table["outcome"]):
                name = f"variance-{outcome.replace(' less ', '--')}"
                _draw(found, name, "variance" if outcome == found.base.name else "variance_of_a_difference")
    write_page(ROOT / "docs" / "outlook.md", parts)
    print("docs/outlook.md:", ", ".join(parts) or "no folder was there, nothing was written")


def chances(results: Sequence[Result]) -> str:
    """Return the chance of each goal and of each mandatory indicator in every scenario, and what binds."""
    tables = [goals(Readings(result)).set_index("id") for result in results]
    said = results[0].manifest
    whole, needed = [], []
    for key, row in tables[0].iterrows():
        found = [t.loc[key] for t in tables]
        if row["goal"] == key:
            for result, r in zip(results, found, strict=True):
                first = (f"**{key}** {row['indicator']} {row['indicator_zh']}",) if result is results[0] else ("",)
                whole.append((*first, result.name, _chance(r), r["status"], *_binds(r)))
        elif row["mandatory"]:
            scale, unit = _scaled(str(row["unit"]))
            cells = (", ".join((_band(r, scale), _share(r))) for r in found)
            needed.append((row["goal"], f"`{key}`", _bounds(row, scale), unit, row["kind"], *cells))
    say = (
        f"{said['members']} members with agents, each a draw of the posterior with its own luck, "
        f"{said['residents_per_agent']} residents an agent, seed {said['seed']}. Behind ± the Monte-Carlo error, "
        "in brackets the 90 % interval of the probability (Wilson). What binds is the mandatory indicator "
        "met least often; behind it the members failing the goal in which it fails, and in which it alone does."
    )
    head = ("goal", "scenario", "probability", "status", "binding", "fails", "alone")
    each = ("goal", "indicator", "bounds", "unit", "basis", *(r.name for r in results))
    about = "Mandatory indicators in 2030: median, 90 % of the members, share that meets it."
    return "\n".join([filled(say), table(head, whole), filled(about), table(each, needed)])


def thresholds(result: Result) -> str:
    """Return what hangs on each mandatory threshold."""
    rows = goals_thresholds(Readings(result))
    keys = ("probability_lower", "probability", "probability_higher")
    cells = (
        (f"`{r['id']}`", _threshold(r), *(_percent(r[k]) for k in keys), *_at(r))
        for r in rows[rows["mandatory"]].to_dict("records")
    )
    return table(("indicator", "threshold", "5 % lower", "as it is", "5 % higher", "50 % at", "80 % at"), cells)


def together(result: Result) -> str:
    """Return which goals and indicators stand in one another's way over the members."""
    found = conflicts(Readings(result))
    if found.missing is not None:
        return str(found.missing)
    keys = list(found.correlation)
    rows = ((a, *(_signed(found.correlation.loc[a, b]) if a != b else "" for b in keys)) for a in keys)
    most = found.pairs.head(_PAIRS).to_dict("records")
    pairs = table(
        ("", "", "correlation"), ((f"`{r['first']}`", f"`{r['second']}`", _signed(r["correlation"])) for r in most)
    )
    say = (
        f"Smaller than {found.chance:.2f} a correlation may be chance. The most opposed indicators of different goals:"
    )
    return "\n".join([table(("", *keys), rows), filled(say), pairs])


def reached(folder: Path) -> str:
    """Return what a back-cast found, in sentences."""
    told = json.loads((folder / "manifest.json").read_text("utf-8"))
    twin, n = told["twin"], told["twin"]["start"]["draws"]
    lines = [
        f"**{told['aim']['en']} {told['aim']['zh']}**, probability {told['probability']:g}, by "
        f"{', '.join(f'`{name}`' for name in told['levers'])} from {told['since']} on. The scenario itself: "
        f"{twin['start']['met']} of {n} draws.",
    ]
    if told["outcome"] == "found":
        moved = (
            f"`{m['lever']}` from {m['before']:.4g} to {m['after']:.4g} {m['unit']} (strength {m['strength']:.3g})"
            for m in told["levers_found"]
            if m["strength"]
        )
        lines.append(f"**Found**: {'; '.join(moved)}. Twin: {twin['point']['met']} of {n} draws.")
    elif told["outcome"] == "refused":
        full = twin["full"] or twin["point"]
        lines.append(
            f"**Refused**: with every lever at its end {full['met']} of {n} draws meet it, at best "
            f"{twin['point']['met']}; binding: {twin['point']['binding']}."
        )
    else:
        lines.append("It is met already.")
    if twin["no_help"]:
        lines.append(f"No help in either direction: {', '.join(f'`{name}`' for name in twin['no_help'])}.")
    if told["agents"]:
        agents = told["agents"]
        lines.append(
            f"Agents: {agents['met']} of {agents['members']} members ({agents['met_before']} before), "
            f"90 % interval {agents['low']:.0%} to {agents['high']:.0%}: **{agents['says']}**."
        )
    return filled(" ".join(lines))


def widths(found: Variance) -> str:
    """Return the split of six levels and of six differences."""
    told, region = found.manifest, found.base.region
    rows = found.table[found.table["period"] == YEAR].set_index(["outcome", "variable", "area"])
    cells: list[tuple[str, ...]] = []
    for outcome in dict.fromkeys(found.table["outcome"]):
        first = f"`{outcome}`"
        for variable, area in headline(region):
            row, one, place = rows.loc[outcome, variable, area], indicators(region)[variable], names(region)[area].short
            sd = sum(row[f"sd_{name}"] ** 2 for name in PARTS) ** 0.5
            said = f"{one.en}, {place[0]} {one.zh}，{place[1]}"
            shares = (f"{row[f'share_{name}']:.0%}" for name in PARTS)
            scale, unit = _scaled(str(row["unit"]))
            cells.append((first, said, f"{row['middle'] / scale:.4g}", f"{sd / scale:.3g} {unit}", *shares))
            first = ""
    say = (
        f"{told['twin_draws']} draws of the twin and {told['members']} pairs of agents' runs, "
        f"{told['residents_per_agent']} residents an agent; {YEAR}."
    )
    head = ("outcome", "figure", "middle", "sd", *PARTS)
    return "\n".join([filled(say), table(head, cells)])


def _draw(found: charts.Drawable, chart: str, name: str) -> None:
    """Draw one chart in both languages into the page's pictures."""
    with tempfile.TemporaryDirectory() as folder:
        for path in charts.draw(found, folder, ("png",), ("en", "zh")):
            stem, _, lang = path.stem.rpartition(".")
            if stem == chart:
                keep(path, ROOT / "docs" / "images" / f"outlook_{name}{'' if lang == 'en' else '_zh'}.png")


def _scaled(unit: str) -> tuple[float, str]:
    """Return what values are divided by, and the unit they are shown in."""
    return (1e6, "million persons") if unit == "persons" else (1.0, unit)


def _band(row: pd.Series, scale: float) -> str:
    middle, low, high = (f"{row[f'{key}_2030'] / scale:.4g}" for key in ("median", "low", "high"))
    return f"{middle} [{low}, {high}]"


def _bounds(row: pd.Series, scale: float) -> str:
    low, high = row["bound_low"] / scale, row["bound_high"] / scale
    if pd.isna(low) or pd.isna(high):
        return f"<= {high:.4g}" if pd.isna(low) else f">= {low:.4g}"
    return f"{low:.4g} to {high:.4g}"


def _chance(row: pd.Series) -> str:
    chance, error, *ends = (f"{row[f'probability{end}']:.0%}" for end in ("", "_error", "_low", "_high"))
    return f"{chance} ± {error} [{', '.join(ends)}]"


def _share(row: pd.Series) -> str:
    return "" if pd.isna(row["probability"]) else f"{row['probability']:.0%}"


def _binds(row: pd.Series) -> tuple[str, str, str]:
    if pd.isna(row.get("binding")):
        return "", "", ""
    return f"`{row['binding']}`", _percent(row["binding_share"]), _percent(row["binding_alone"])


def _threshold(row: dict[Any, Any]) -> str:
    scale, unit = _scaled(str(row["unit"]))
    return f"{'>=' if row['sense'] == 'band' else row['sense']} {row['threshold'] / scale:.4g} {unit}"


def _at(row: dict[Any, Any]) -> tuple[str, str]:
    scale, _ = _scaled(str(row["unit"]))
    values = (row[key] / scale for key in ("threshold_at_50", "threshold_at_80"))
    first, second = ("-" if pd.isna(value) else f"{value:.4g}" for value in values)
    return first, second


def _percent(value: float) -> str:
    return "-" if pd.isna(value) else f"{value:.0%}"


def _signed(value: float) -> str:
    return "-" if pd.isna(value) else f"{value:+.2f}"


if __name__ == "__main__":
    main()
