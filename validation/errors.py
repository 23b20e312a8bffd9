"""Put the baseline beside everything published for 2013-2024, and write the page and figure that say where it misses.

    python validation/errors.py [--members 8] [--residents-per-agent 1000]

Writes docs/errors.md and docs/images/errors.png. Nothing is set here; the reasons of the worst are in reasons.py.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

import jjj_sim
from beside import Beside, beside
from errors_page import write_page
from errors_picture import draw_picture
from growth_parts import growth_parts
from jjj_sim.judging.readings import Readings
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.geography import REGION, SECTORS
from jjj_sim.regions.jingjinji.statistics.output import AREAS
from jjj_sim.state.world import World
from lab import BEIJING, SEED, SERVICES, Draw, Series, zone

ROOT = Path(__file__).resolve().parents[1]
_ENTRY = 18  # completed age from which the census counts students at college
_GOODS = [s for s, sector in enumerate(SECTORS) if sector.broad in ("primary", "secondary")]
_PARTS_OF = {"farming, industry": _GOODS, "services": SERVICES, "all": range(len(SECTORS))}


def college_shares() -> dict[str, float]:
    """Return the share of residents with college by province at the end of 2020, percent.

    As the census counts: from the age of entry on. In the model those of 15 to 18 already have what they will reach.
    """
    found: dict[str, float] = {}

    def take(world: World) -> None:
        if world.t == parse("2020Q4"):
            for area in AREAS:
                people = world.people[REGION.inside(area)].sum(axis=(0, 2))
                found[area] = float(100.0 * people[-1, _ENTRY:].sum() / people.sum())

    Draw(0, {}).run("2020Q4", hook=take)
    return found


def neighbours(run: Series) -> float:
    """Return the people of the North Three Counties who worked in Beijing in 2022."""
    flow = run.total("flows.commuters", "2022Q1", "2022Q4")
    return float(flow[zone("langfang_n3"), : len(BEIJING)][BEIJING].sum())


def compare(members: int, residents_per_agent: int) -> tuple[list[Beside], Series, Readings]:
    """Return the comparisons, worst first, the run of the twin behind their parts, and the readings."""
    settings: dict[str, Any] = {"population.residents_per_agent": residents_per_agent, "horizon.end": "2024Q4"}
    scenario = jjj_sim.load_scenario("baseline", **settings)
    result = jjj_sim.run(scenario, members, seed=SEED, fixed_parameters=True)
    readings, twin = Readings(result), Draw(0, {}).run()
    return beside(readings, college_shares(), neighbours(twin)), twin, readings


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, rank, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=8)
    parser.add_argument("--residents-per-agent", type=int, default=1000)
    args = parser.parse_args(arguments)
    rows, twin, readings = compare(args.members, args.residents_per_agent)
    parts = {
        (area, name): growth_parts(twin, area, sectors, 2013, 2024)
        for area in AREAS
        for name, sectors in _PARTS_OF.items()
    }
    draw_picture(rows, readings, ROOT / "docs" / "images" / "errors.png")
    write_page(ROOT / "docs" / "errors.md", rows, parts, args.members, args.residents_per_agent)
    for row in rows[:12]:
        print(f"{row.score:6.1f} sd  {row.last:+7.1f}  {row.variable}, {row.area}, median {np.round(row.model[-1], 3)}")


if __name__ == "__main__":
    main()
