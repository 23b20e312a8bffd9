"""Water: use and supply by province, the ground of Beijing's plain, and the sections of rivers."""

from __future__ import annotations

from typing import Any

import numpy as np

from jjj_sim.region.table import Series
from jjj_sim.regions.jingjinji.statistics import water
from jjj_sim.regions.jingjinji.statistics.tables import value

_OPENING = "the state of the opening"
_TWO = "[R] yearbook of 2014, 2013; [R] yearbook of 2021 in notes to `water_use`, 2020; on a line between, held after"
_LATEST = "[L] Hebei 2021, farms [D] the rest of its total; held after"
# A year is known with the cumulative figure after it, of the province that published last.
_KNOWN = {
    **dict.fromkeys(("2014", "2015", "2016"), 2017),
    "2017": 2018,
    "2018": 2023,
    **dict.fromkeys(map(str, range(2019, 2024)), 2024),
}
ABOUT: dict[str, dict[str, Any]] = {
    "a_resident": {"source": _TWO + "; over residents [L]"},
    "industry_2013": {"source": "[R] yearbook of 2014; [L] of 2012 beside it", "uncut": _OPENING},
    "farms": {"source": _TWO.replace("held after", _LATEST)},
    "ecology": {"source": _TWO.replace("on a line", "growing evenly").replace("held after", _LATEST)},
    "transferred": {
        "source": "[D] cumulative figures by month, even in between, the last pace held; Beijing's less what is stored",
        "known": _KNOWN,
        "opening": "none came before the route opened",
    },
    "stored": {
        "source": "[L] 1.1 of 4.5 bn m3 to April 2019, Beijing's water authority; elsewhere none",
        "known": _KNOWN,
        "opening": "none came before the route opened",
    },
    "other": {
        "source": "[R] what was pumped in 2013 and 2020; [D] the rest of use less the middle route; on a line between, "
        "less what the route replaced in 2015: 350 m m3 from Hebei's reservoirs to Beijing [R], in Tianjin as much of "
        "the Luanhe as came instead [A]",
        "known": {"2015": 2020},
    },
    "runoff": {"source": "[R] surface water of 2013, yearbook of 2014", "uncut": _OPENING},
    "ground": {
        "source": "[L] 4.97 bn m3 for 9.71 m, 2015-22: a property of the ground",
        "uncut": "a property of the ground",
    },
    "depth_2012": {"source": "[R] Beijing's water authority", "uncut": _OPENING},
    "springs": {"source": "[L] depth of 1980, in the note to that of 2015", "uncut": "what the ground was like"},
    "sections": {"source": "[L] notes to `water_good_share`; Beijing's [R]"},
    "redefined": {
        "source": "[L] Tianjin 2020 on both sets, 55 and 44.4 %; no other province published one year on both: 0",
        "opening": "no step before it",
    },
    "good_2013": {
        "source": "[D] Tianjin 25 % of 2014 and Hebei 39.2 % of 2015, each brought back as it rose to 2020; Beijing "
        "49.8 % of river length",
        "uncut": _OPENING,
    },
    "inferior_2013": {
        "source": "[R] Tianjin 65 % of 2014; [L] Hebei 43.2 % of 2015; [D] brought back by what good ones lost; "
        "[R] Beijing 44.1 % of river length, 2013",
        "uncut": _OPENING,
    },
}
_BOTH = (2013, 2020)
_YEARS = range(2014, 2025)
# Sections by province before and since 2021.
_SECTIONS = {**dict.fromkeys(range(2013, 2021), (25.0, 20.0, 74.0)), 2021: (37.0, 36.0, 127.0)}
# Surface water of 2013, 100 m m3, in the order of the provinces.
_RUNOFF = (9.4, 10.8, 76.9)
# Of Tianjin's sections since 2021 44.4 % were good in 2020: in the note to 2023.
_GOOD_AT_THE_START = 44.4
_DEPTH_2012, _DEPTH_1980 = 24.27, 7.24


def tables() -> dict[str, Any]:
    """Return the tables by name."""
    before = np.zeros(len(water.PROVINCES))
    step = water.odds(_GOOD_AT_THE_START) - water.odds(value(water.TABLE, "water_good_share", "tianjin", 2020))
    inferior = value(water.TABLE, "water_inferior_share", "hebei_official", 2015)
    return {
        "a_resident": _over(_BOTH, water.a_resident),
        "industry_2013": water.used("industry", 2013),
        "farms": _over((*_BOTH, 2021), lambda year: water.allotted("farms", year)),
        "ecology": _over((*_BOTH, 2021), lambda year: water.allotted("ecology", year)),
        "transferred": _over((2013, *_YEARS), lambda year: water.transferred(year) if year in _YEARS else before),
        "stored": _over((2013, *_YEARS), lambda year: water.stored(year) if year in _YEARS else before),
        "other": _over((2013, 2014, 2015, 2020), water.other),
        "runoff": 1e8 * np.array(_RUNOFF),
        "ground": np.array([water.metre(), 0.0, 0.0]),
        "depth_2012": np.array([_DEPTH_2012, 0.0, 0.0]),
        "springs": np.array([_DEPTH_1980, 0.0, 0.0]),
        "sections": _over(_SECTIONS, lambda year: np.array(_SECTIONS[year])),
        "redefined": _over(_SECTIONS, lambda year: np.array([0.0, step if year == 2021 else 0.0, 0.0])),
        "good_2013": water.good_2013(),
        "inferior_2013": water.inferior_2013(np.array([44.1, 65.0, inferior])),
    }


def _over(years: Any, of: Any) -> Series:
    """Return the series of a function of the year."""
    return Series("", np.array(list(years), dtype=float), np.array([of(year) for year in years]))
