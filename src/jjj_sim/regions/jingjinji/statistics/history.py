"""What policy did until now, read from the evidence tables by stated rules."""

from __future__ import annotations

import csv
import io

from jjj_sim.errors import DataError
from jjj_sim.regions.jingjinji.statistics.research import AREAS, intensity
from jjj_sim.regions.jingjinji.statistics.tables import text

_ANNUAL_FIRMS = ("manufacturing firms withdrawn", "polluting firms closed", "manufacturing firms relieved")


def _events() -> list[dict[str, str]]:
    """Return the rows of relief_events."""
    return list(csv.DictReader(io.StringIO(text("relief_events"))))


def relieved_firms() -> dict[int, float]:
    """Return manufacturing firms that left or closed in Beijing, by year (annual counts, relief_events).

    A count over two years is halved.
    """
    found: dict[int, float] = {}
    for row in _events():
        if not row["event"].startswith(_ANNUAL_FIRMS) or row["from"] != "beijing":
            continue
        if row["unit"] == "firms (annual)":
            found[int(row["date"])] = float(row["value"])
        elif row["unit"] == "firms (two years)":
            found |= dict.fromkeys(map(int, row["date"].split("-")), float(row["value"]) / 2.0)
    missing = set(range(2013, 2025)) - set(found)
    if missing:
        raise DataError(f"relief_events has no annual count of manufacturing firms for {sorted(missing)}")
    return found


def _cumulative(event: str, date: str) -> float:
    """Return a cumulative figure of relief_events."""
    for row in _events():
        if row["event"] == event and row["date"] == date:
            return float(row["value"])
    raise DataError(f"relief_events has no {event!r} of {date}")


def relieved_sites() -> dict[int, float]:
    """Return markets and logistics centres relieved or upgraded, by year.

    Annual counts where published; 2014 is what they leave of the total to 2017, 2020 of that to 2020. To
    2024 the article says more than 1,000: taken as 1,004 [A], spread evenly over 2021-24.
    """
    found: dict[int, float] = {}
    for row in _events():
        counts = row["unit"] in ("markets (annual)", "sites (annual)")
        if counts and row["from"] == "beijing" and row["sector_id"] == "4":
            found[int(row["date"])] = found.get(int(row["date"]), 0.0) + float(row["value"])
    total = "markets and logistics centres, cumulative"
    by_2017, by_2020 = _cumulative(total, "2017-12-31"), _cumulative(total, "2020-12-31")
    found[2014] = by_2017 - sum(found[y] for y in (2015, 2016, 2017))
    found[2020] = by_2020 - by_2017 - found[2018] - found[2019]
    return found | dict.fromkeys(range(2021, 2025), (1004.0 - by_2020) / 4.0)


def xiongan_investment() -> dict[int, float]:
    """Return investment in Xiong'an in billion yuan, by year, from the published totals (relief_events).

    2019 is published; 2017 (from its second quarter) and 2018 lie on the line from nothing to it; 2020 and
    2021 share equally what the total to 2022 leaves. 2022-24 follow the published growth of 2023 (16 %) and
    2024 (13 %) and the published rise of the total over 2023-24; 2025 is the rise to mid-November at an
    annual rate. All [D].
    """
    growth = {y: _cumulative("Xiongan investment growth", str(y)) / 100.0 for y in (2023, 2024)}
    to_2022, to_2024 = (_cumulative("Xiongan investment, cumulative", date) / 10.0 for date in ("2022-12", "2024-12"))
    to_2025 = _cumulative("Xiongan investment, 2021-25 cumulative", "2025-11-14") / 10.0
    y2019 = _cumulative("Xiongan fixed investment", "2019") / 10.0
    y2017, y2018 = 0.2 * y2019, 0.6 * y2019
    factor = (1.0 + growth[2023], (1.0 + growth[2023]) * (1.0 + growth[2024]))
    y2022 = (to_2024 - to_2022) / sum(factor)
    shared = (to_2022 - y2022 - y2019 - y2018 - 0.75 * y2017) / 2.0
    return {
        2017: y2017,
        2018: y2018,
        2019: y2019,
        2020: shared,
        2021: shared,
        2022: y2022,
        2023: y2022 * factor[0],
        2024: y2022 * factor[1],
        2025: (to_2025 - to_2024) / (10.5 / 12.0),
    }


def rd_intensity() -> dict[str, dict[int, float]]:
    """Return R&D expenditure over GDP by province and year, percent; Hebei with Xiong'an."""
    return {area.removesuffix("_official"): intensity(area) for area in AREAS}
