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
    elder_homes,
    firms,
    homes,
    hospitals,
    nation,
    one_card,
    output,
    people,
    ports,
    research,
    targets,
    travel,
    trips,
    work,
)

HERE = Path(__file__).parents[1]
MODULES: Mapping[str, ModuleType] = {
    "air": air,
    "homes": homes,
    "travel": travel,
    "budgets": budgets,
    "firms": firms,
    "research": research,
    "nation": nation,
    "work": work,
    "output": output,
    "people": people,
    "ports": ports,
    "trips": trips,
    "elder_homes": elder_homes,
    "one_card": one_card,
    "hospitals": hospitals,
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
