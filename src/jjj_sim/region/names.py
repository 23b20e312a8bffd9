"""What places are called, in English and Chinese: the region's names.csv, and the zones' own names.

An empty cell of a short name is the full one, of a full name that of zones.csv. A place without a row is called by
its zone's name, or by its id.
"""

from __future__ import annotations

import csv
import functools
from collections.abc import Mapping
from typing import NamedTuple

from jjj_sim.region.region import Region

FILE = "names.csv"


class Name(NamedTuple):
    """A place's full and short names, (English, Chinese) each."""

    full: tuple[str, str]
    short: tuple[str, str]


@functools.cache
def names(region: Region) -> Mapping[str, Name]:
    """Return the names of every zone, area and province of a region, and of the world outside."""
    found = {name: _plain(name) for name in (*region.provinces, *region.areas, *region.wholes)}
    for zone, en, zh in zip(region.ids, region.name_en, region.name_zh, strict=True):
        found[zone] = Name((en, zh), (en, zh))
    path = region.folder / FILE
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                known = found.get(row["id"], _plain(row["id"])).full
                full = (row["en"] or known[0], row["zh"] or known[1])
                found[row["id"]] = Name(full, (row["short_en"] or full[0], row["short_zh"] or full[1]))
    return found


def _plain(name: str) -> Name:
    words = name.replace("_", " ").capitalize()
    return Name((words, words), (words, words))
