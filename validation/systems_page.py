"""Write the page of the article's other systems from a result's folder: published beside modelled, errors, 2030.

    jjj-sim run baseline --members 40
    python validation/systems_page.py [--result results/baseline]

Writes docs/systems.md between its marks and docs/images/systems.png, systems_zh.png. Runs nothing.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from calibration_page import table, write_page
from images import keep
from jjj_sim import charts
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.targets import Target, targets
from jjj_sim.running.result import Result, load
from jjj_sim.satellites import SATELLITES
from jjj_sim.wording.units import unit_for

ROOT = Path(__file__).resolve().parents[1]
YEAR = "2030"
# Roles of figures: what set a number of the law, what judges it, what is input.
ROLES = ("calibrate", "validate", "drive", "context")
# Where an indicator is not called as what a satellite keeps.
_OF = {
    "trips": ("passenger_flow", "rail_", "intercity_trips", "cities_within_hour", "beijing_tianjin_xiongan_ride"),
    "pupils": ("pupils_", "relocated_staff"),
    "campuses": ("universities_moved", "students_on", "hospital_beds_moved"),
    "hospitals": ("hospital_beds",),
    "elder_homes": ("elder_", "beijing_elders"),
    "one_card": (
        "one_card",
        "ftz_",
        "settling_",
        "recognising_",
        "medical_alliances",
        "schools_together",
        "services_open",
    ),
    "technology_firms": ("hightech_firms", "new_national", "ai_"),
    "parks": ("zgc_", "park_"),
    "smart_factories": ("smart_",),
    "ports": ("port_",),
    "water": ("water_", "groundwater_", "inferior_"),
    "steel": ("steel_", "crude_steel"),
    "points": ("points_",),
    "congestion": ("congestion_",),
}


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the folder and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--result", type=Path, default=ROOT / "results" / "baseline")
    result = load(parser.parse_args(arguments).result)
    write_page(ROOT / "docs" / "systems.md", {"series": series(result), "sizes": sizes(result)})
    with tempfile.TemporaryDirectory() as folder:
        for lang, end in (("en", ""), ("zh", "_zh")):
            drawn = Path(folder) / f"systems{end}.png"
            charts.figure(result, "systems", lang).savefig(drawn, dpi=100)
            keep(drawn, ROOT / "docs" / "images" / drawn.name)
    print("docs/systems.md, docs/images/systems.png, docs/images/systems_zh.png")


def system_of(variable: str) -> str:
    """Return the satellite that makes an indicator, "" where none does."""
    found = [(len(start), name) for name, starts in _OF.items() for start in starts if variable.startswith(start)]
    return max(found, default=(0, ""))[1]


def _judged(result: Result) -> Iterator[tuple[str, str, list[Target]]]:
    """Yield (variable, area, its published figures of years, low confidence left out) of satellites."""
    order = [kind.name for kind in SATELLITES]
    found: dict[tuple[str, str], list[Target]] = {}
    for target in targets(result.region):
        if target.year is not None and target.value and system_of(target.variable) and target.confidence != "low":
            found.setdefault((target.variable, target.area), []).append(target)
    for (variable, area), rows in sorted(found.items(), key=lambda item: order.index(system_of(item[0][0]))):
        yield variable, area, rows


def series(result: Result) -> str:
    """Return the table of series: years, mean error of the median by role of the figures, 2030 with its interval."""
    readings, rows = Readings(result), []
    for variable, area, found in _judged(result):
        errors = {role: [] for role in ROLES}  # type: dict[str, list[float]]
        for target in found:
            modelled = readings.at(variable, area, target.period)
            if modelled is not None and target.value:
                errors[target.role].append(100.0 * abs(float(np.median(modelled)) / target.value - 1.0))
        years = sorted(str(target.period)[:4] for target in found)
        end = readings.at(variable, area, YEAR)
        shown = unit_for(readings.unit(variable) or "", "en", 0.0 if end is None else float(np.median(end)))
        name = system_of(variable)
        rows.append(
            (
                f"[{name}](processes/{name}.md)",
                f"`{variable}`",
                area,
                years[0] if len(years) == 1 else f"{len(years)}, {years[0]}-{years[-1][2:]}",
                *(_mean(errors[role]) for role in ("drive", "calibrate", "validate")),
                "" if end is None else _interval(end / shown.divisor),
                shown.name,
            )
        )
    return table(
        ("system", "variable", "area", "published", "input", "set by looking", "judged", f"{YEAR} [90 %]", "unit"), rows
    )


def sizes(result: Result) -> str:
    """Return the table of satellites: parameters, those that only the prior decides, and the arrays kept."""
    rows = []
    for kind in SATELLITES:
        own = kind.parameters().values()
        alone = sum(parameter.decides_alone for parameter in own)
        looked = sum("set by looking" in result.region.source(f"{kind.name}.{p.name}", p) for p in own)
        rows.append((f"[{kind.name}](processes/{kind.name}.md)", kind.zh, str(len(own)), str(looked), str(alone)))
    return table(("system", "", "parameters", "set by looking", "the prior alone decides"), rows)


def _mean(errors: Sequence[float]) -> str:
    return f"{np.mean(errors):.1f} % ({len(errors)})" if errors else ""


def _interval(values: np.ndarray) -> str:
    low, middle, high = (_number(float(v)) for v in np.quantile(values, [0.05, 0.5, 0.95]))
    return middle if low == high else f"{middle} [{low}, {high}]"


def _number(value: float) -> str:
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.3g}"


if __name__ == "__main__":
    main()
