"""What the page is told in one language: a table of the headline, pictures, goals, and how to get the same again."""

from __future__ import annotations

from typing import Any

from jjj_sim.comparing.headline import figures
from jjj_sim.judging.goals import TARGET
from jjj_sim.region import Region
from jjj_sim.reporting import amounts, charted, sides
from jjj_sim.reporting.answer import amounts_of, base_level
from jjj_sim.reporting.picture import Picture
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang


def reply(subject: Subject, figure: str, mapped: str, lang: Lang) -> dict[str, Any]:
    """Return what is shown of a subject: `figure` over time (variable.area) and the map of a variable."""
    variable, area = figure.split(".", 1)
    pair = charted.pair_of(subject, variable, area, lang)
    assert pair.difference is not None
    maps = charted.maps_of(subject, mapped, lang, [variant.name for variant in subject.variants])
    return {
        "headline": headline(subject, lang),
        "level": _drawn(pair.level),
        "difference": _drawn(pair.difference),
        "map": _drawn(maps[-1]["picture"]) if maps else None,
        "goals": goals(subject, lang),
    }


def headline(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return a row for each figure of the headline in the year that is told."""
    (variant,) = subject.variants
    table, told = subject.headline, []
    for row in amounts_of(table[table["variant"] == variant.name]):
        shown = amounts.shown_in(row, lang)
        levels = [base_level(subject, row["variable"], row["area"], lang, r.name) for r in subject.results]
        several = subject.members > 1
        told.append(
            {
                "id": f"{row['variable']}.{row['area']}",
                "what": amounts.subject(subject.region, row, lang),
                "base": f"{levels[0]['number']} {levels[0]['unit']}".strip(),
                "mine": f"{levels[1]['number']} {levels[1]['unit']}".strip(),
                "difference": f"{amounts.signed(row['median'] / shown.divisor)} {shown.name}".strip(),
                "interval": (
                    amounts.interval(row["low"] / shown.divisor, row["high"] / shown.divisor, lang, sign=True)
                    if several
                    else ""
                ),
                "sure": amounts.certainty(row, subject.members, lang) if several else "",
                "vague": amounts.unclear(row),
            }
        )
    return told


def choices(region: Region, lang: Lang) -> list[tuple[str, str]]:
    """Return the figures that may be shown over time: id, and what it is."""
    return [
        (f"{variable}.{area}", amounts.subject(region, {"variable": variable, "area": area}, lang))
        for variable, area in figures(region)
    ]


def goals(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return a row for each goal, and below it one for each of its indicators: bounds, base and variant beside them.

    `turned` tells that the variant's status is another than the base's.
    """
    if TARGET not in subject.years:
        return []
    rows, own = [], list[dict[str, Any]]()
    both = [sides.indicators(result.goals, lang) for result in subject.results]
    for base, mine in zip(*both, strict=True):
        row = {key: base[key] for key in ("goal", "name", "bounds", "unit")}
        row |= {"base": _stand(base), "mine": _stand(mine), "turned": base["status"] != mine["status"]}
        if base["goal"]:
            rows += [row, *own]
            own = []
        elif base["median"]:
            own.append(row)
    return rows


def _stand(row: dict[str, Any]) -> str:
    """Return how a row stands: of a goal the share of members that meet it, of one run whether; else the median."""
    if not row["goal"]:
        return str(row["median"])
    return str(row["chance"] or row["status"])


def _drawn(picture: Picture) -> dict[str, Any]:
    return {"spec": picture.whole(), "alt": picture.alt}
