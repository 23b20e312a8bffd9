"""Write the region's tables anew from the statistics."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from jjj_sim.region import load
from jjj_sim.region.data import TOPICS, labels
from jjj_sim.region.table import write
from jjj_sim.regions.jingjinji.prepare import (
    air,
    budgets,
    census,
    congestion,
    elder_homes,
    firms,
    homes,
    hospitals,
    nation,
    one_card,
    output,
    parks,
    people,
    ports,
    research,
    smart_factories,
    steel,
    targets,
    technology_firms,
    travel,
    trips,
    water,
    work,
)

HERE = Path(__file__).parents[1]
MODULES: Mapping[str, ModuleType] = {
    "air": air,
    "budgets": budgets,
    "congestion": congestion,
    "elder_homes": elder_homes,
    "firms": firms,
    "homes": homes,
    "hospitals": hospitals,
    "nation": nation,
    "one_card": one_card,
    "output": output,
    "parks": parks,
    "people": people,
    "ports": ports,
    "research": research,
    "smart_factories": smart_factories,
    "steel": steel,
    "technology_firms": technology_firms,
    "travel": travel,
    "trips": trips,
    "water": water,
    "work": work,
}


def prepare(folder: Path) -> None:
    """Write the tables of every topic into `folder`."""
    known = labels(load(HERE))
    for topic in TOPICS:
        module = MODULES[topic.name]
        write(folder, topic, known, module.tables(), module.ABOUT)


if __name__ == "__main__":
    prepare(HERE / "tables")
    targets.write(HERE / "targets.csv")
    census.write(HERE / "census.csv", load(HERE).ids)
