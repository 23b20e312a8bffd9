"""The answer in words: a sentence for each figure of the headline, composed from its verdict; four numbers."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jjj_sim.comparing.headline import figures
from jjj_sim.comparing.verdict import SAME, SMALL, UNCLEAR
from jjj_sim.indicators.areas import filling, total
from jjj_sim.reporting import amounts
from jjj_sim.reporting.prose import tell
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, short


def answers(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return for each variant the sentences of what differs, the largest share of the base first, and what does not."""
    if subject.comparison is None:
        return []
    table, told = subject.headline, []
    for variant in subject.variants:
        rows = amounts_of(table[table["variant"] == variant.name])
        clear = [row for row in rows if not amounts.unclear(row)]
        clear.sort(key=_weight, reverse=True)
        told.append(
            {
                "name": variant.name,
                "title": subject.title(variant.name, lang),
                "look": subject.looks[variant.name],
                "sentences": [amounts.sentence(subject.region, row, subject.members, lang) for row in clear],
                **{
                    kind: tell("comma", lang).join(
                        amounts.subject(subject.region, row, lang) for row in rows if row["verdict"] == verdict
                    )
                    for kind, verdict in (("small", SMALL[0]), ("unclear", UNCLEAR[0]), ("same", SAME[0]))
                },
            }
        )
    return told


def _weight(row: dict[str, Any]) -> tuple[bool, float]:
    """Return what a sentence is put in order by: people and output first, then the share of the base."""
    base = float(row["base_median"])
    return row["variable"] in ("population", "gdp_nominal"), abs(row["median"] / base) if base else 0.0


def levels(subject: Subject, lang: Lang) -> list[str]:
    """Return what the base says of each figure of the headline, in sentences with the 90 % of members."""
    told = []
    for variable, area in figures(subject.region):
        reader = subject.readers[subject.base.name]
        if not reader.has(variable, area) or subject.year not in reader.members(variable, area).years:
            continue
        what = amounts.subject(subject.region, {"variable": variable, "area": area}, lang)
        ends = base_level(subject, variable, area, lang)
        kind = "level" if ends["low"] else "level_alone"
        told.append(tell(kind, lang, what=what, year=subject.year, **ends))
    return told


def base_level(subject: Subject, variable: str, area: str, lang: Lang, scenario: str = "") -> dict[str, str]:
    """Return median with its unit, and both ends of the 90 % of members in that unit, empty with one member."""
    reader = subject.readers[scenario or subject.base.name]
    band = reader.members(variable, area).band
    at = list(band.years).index(subject.year)
    low, middle, high = float(band.low[at]), float(band.median[at]), float(band.high[at])
    shown = unit_for(reader.unit(variable), lang, max(abs(low), abs(high)))
    several = subject.members > 1
    return {
        "number": amounts.plain(middle / shown.divisor, 4),
        "unit": shown.name,
        "low": amounts.plain(low / shown.divisor, 4) if several else "",
        "high": amounts.plain(high / shown.divisor, 4) if several else "",
    }


def four(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return the four numbers: people of the capital and of the new area, output and air of the whole."""
    whole = total(subject.region)
    asked = [("population", filling(subject.region, role)) for role in ("capital", "new_area")]
    asked += [("gdp_nominal", whole), ("pm25", whole)]
    reader, cards = subject.readers[subject.base.name], []
    for variable, area in asked:
        if area is None or not reader.has(variable, area):
            continue
        cards.append(
            {
                "label": amounts.place(subject.region, area, lang),
                "what": short(subject.region, variable, lang),
                **base_level(subject, variable, area, lang),
                "variants": [_beside(subject, variant.name, variable, area, lang) for variant in subject.variants],
            }
        )
    return cards


def _beside(subject: Subject, variant: str, variable: str, area: str, lang: Lang) -> dict[str, Any]:
    """Return the difference of a variant for a card: a signed number, or that there is none to speak of."""
    table = subject.verdicts(variant)
    rows = table[(table["variable"] == variable) & (table["area"] == area) & (table["period"] == subject.year)]
    found: dict[str, Any] = {"title": subject.title(variant, lang), "look": subject.looks[variant], "clear": False}
    if rows.empty:
        return {**found, "text": tell("nothing", lang)}
    row = amounts_of(rows)[0]
    if amounts.unclear(row):
        return {**found, "text": amounts.certainty(row, subject.members, lang)}
    shown = amounts.shown_in(row, lang)
    return {**found, "clear": True, "text": f"{amounts.signed(row['median'] / shown.divisor)} {shown.name}"}


def amounts_of(table: pd.DataFrame) -> list[dict[str, Any]]:
    """Return rows of verdicts as records, with the year under its name."""
    rows: list[dict[str, Any]] = table.rename(columns={"period": "year"}).to_dict("records")  # type: ignore[assignment]
    return rows
