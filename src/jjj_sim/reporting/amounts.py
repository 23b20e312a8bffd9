"""Amounts in sentences: a number with its unit, an interval, a difference told as more or fewer."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from jjj_sim.comparing.verdict import SAME, SMALL, UNCLEAR
from jjj_sim.region import Region
from jjj_sim.region.names import names
from jjj_sim.reporting.prose import tell
from jjj_sim.wording.units import Unit, unit_for
from jjj_sim.wording.words import Lang, say, short

Row = Mapping[str, Any]
# Variables with a sentence of their own in the prose; of any other its label is the subject.
_OWN = ("population", "gdp_nominal")


def plain(value: float, digits: int = 3) -> str:
    """Return a number with three digits at most, thousands apart, true minus sign."""
    if not math.isfinite(value):
        return "-"
    return f"{float(f'{value:.{digits}g}'):,.10g}".replace("-", "−")


def signed(value: float) -> str:
    """Return a number with its sign, plain zero without."""
    told = plain(value)
    return f"+{told}" if value > 0 and told != "0" else told


def shown_in(row: Row, lang: Lang) -> Unit:
    """Return the unit of a difference: points of what is in percent, percent of the base of what is an index."""
    if row["unit"] == "1":
        return Unit(abs(float(row["base_median"])) / 100.0 or 1.0, "%")
    unit = "percentage points" if row["unit"] == "percent" else str(row["unit"])
    return unit_for(unit, lang, max(abs(float(row[k])) for k in ("median", "low", "high")))


def place(region: Region, area: str, lang: Lang) -> str:
    """Return the short name of an area."""
    return say(names(region)[area].short, lang)


def subject(region: Region, row: Row, lang: Lang) -> str:
    """Return what a row is about: the label and the place."""
    return tell("of_place", lang, what=short(region, row["variable"], lang), place=place(region, row["area"], lang))


def level(value: float, unit: str, lang: Lang) -> str:
    """Return a value with its unit."""
    shown = unit_for(unit, lang, abs(value))
    return _joined(plain(value / shown.divisor, 4), shown.name, lang)


def interval(low: float, high: float, lang: Lang, sign: bool = False) -> str:
    """Return the ends of an interval, both as fine as three digits of the larger are."""
    size = max(abs(low), abs(high))
    places = 2 - math.floor(math.log10(size)) if size > 0.0 and math.isfinite(size) else 0
    form = signed if sign else plain
    return tell("from_to", lang, low=form(round(low, places)), high=form(round(high, places)))


def unclear(row: Row) -> bool:
    """Return whether a difference is none that one may speak of."""
    return row["verdict"] in (SAME[0], SMALL[0], UNCLEAR[0])


def sentence(region: Region, row: Row, members: int, lang: Lang) -> str:
    """Return a difference from the base in a sentence: how much, the interval of members, how sure."""
    shown, value = shown_in(row, lang), float(row["median"])
    kind = row["variable"] if row["variable"] in _OWN else "other"
    more = "more" if value > 0 else "less"
    size = _joined(plain(abs(value) / shown.divisor), shown.name, lang)
    size = size.removesuffix(" persons") if kind == "population" else size
    told = {"place": place(region, row["area"], lang), "what": short(region, row["variable"], lang), "size": size}
    clause = tell(f"{kind}_{more}", lang, year=int(row["year"]), **told)
    if members == 1:
        return tell("one_run", lang, clause=clause)
    ends = interval(row["low"] / shown.divisor, row["high"] / shown.divisor, lang, sign=True)
    return tell("with_members", lang, clause=clause, ends=ends, sure=certainty(row, members, lang))


def certainty(row: Row, members: int, lang: Lang) -> str:
    """Return how sure a difference is, in words."""
    way = "higher" if float(row["median"]) > 0 else "lower"
    if row["verdict"] in (SAME[0], SMALL[0], UNCLEAR[0]):
        return say((row["verdict"], row["verdict_zh"]), lang)
    share = float(row["same_sign_share"])
    kind = "all" if share == 1.0 else "most" if share >= 0.9 else "average"
    return tell(f"sure_{kind}_{way}", lang, members=members, share=round(share * members))


def _joined(number: str, unit: str, lang: Lang) -> str:
    return f"{number}{unit}" if lang == "zh" or unit == "%" else f"{number} {unit}".rstrip()
