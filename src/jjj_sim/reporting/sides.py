"""Goals and how often each scenario meets them; who gains and who loses by a variant."""

from __future__ import annotations

from typing import Any

import pandas as pd

from jjj_sim.comparing.winners import GAIN, LOSS, leading
from jjj_sim.judging.goals import TARGET
from jjj_sim.reporting import amounts, pictures
from jjj_sim.reporting.prose import tell
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.units import unit_for
from jjj_sim.wording.words import Lang, say, typeset

_STATUS = {
    "met": ("met", "达到"),
    "likely": ("likely", "很可能达到"),
    "at risk": ("at risk", "有风险"),
    "not modelled": ("not modelled", "未建模"),
    "beyond the horizon": ("beyond the horizon", "超出模拟期"),
    "not in this result": ("not in this result", "本结果未含"),
    "met in this run": ("met in this run", "本次达到"),
    "not met in this run": ("not met in this run", "本次未达到"),
}


def goals(subject: Subject, lang: Lang) -> dict[str, Any] | None:
    """Return the goals: shares of members by scenario, a picture of them, and the indicators of the base."""
    table = subject.base.goals
    if table.empty or TARGET not in subject.years:
        return None
    rows = _shares(subject, lang)
    picture = None
    if subject.members > 1 and len(rows):
        picture = pictures.goal_bars(rows, subject.looks, lang=lang, title=tell("goals_picture", lang))
    names = [result.name for result in subject.results]
    told = [
        {"goal": goal, "shares": [_chance(part.set_index("scenario")["share"].get(n), subject, lang) for n in names]}
        for goal, part in rows.groupby("goal", sort=False)
    ]
    return {"picture": picture, "rows": told, "indicators": indicators(table, lang)}


def indicators(table: pd.DataFrame, lang: Lang) -> list[dict[str, Any]]:
    """Return the rows of a result's table of goals: name, bounds and median in one unit, chance and status."""
    return [_indicator(row, lang) for row in _records(table)]


def _shares(subject: Subject, lang: Lang) -> pd.DataFrame:
    """Return goal, scenario, name and share, in the order of the goals."""
    said = "indicator_zh" if lang == "zh" else "indicator"
    if subject.comparison is not None:
        found = subject.goals_beside
        found = found[found["id"] == found["goal"]].rename(columns={said: "said"})
    else:
        found = subject.base.goals
        found = found[found["id"] == found["goal"]].rename(columns={said: "said"})
        share = found["met"] / found["members"]
        found = found.assign(scenario=subject.base.name, share=share)
    found = found[found["share"].notna()]
    name = [subject.title(str(scenario), lang) for scenario in found["scenario"]]
    return found.assign(goal=found["said"], name=name)[["goal", "scenario", "name", "share"]]


def _chance(share: float | None, subject: Subject, lang: Lang) -> str:
    if share is None or pd.isna(share):
        return "–"
    if subject.members == 1:
        return say(_STATUS["met in this run" if share else "not met in this run"], lang)
    return f"{share:.0%}"


def _indicator(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    """Return a row of the table of goals: bounds and the median in one unit, chance and status."""
    zh = lang == "zh"
    is_goal = row["id"] == row["goal"]
    values = [row[k] for k in ("bound_low", "bound_high", "median_2030") if not pd.isna(row[k])]
    shown = unit_for(str(row["unit"]), lang, max(map(abs, values), default=0.0))
    ends = [None if pd.isna(row[k]) else amounts.plain(row[k] / shown.divisor, 4) for k in ("bound_low", "bound_high")]
    kind = "from_to" if all(ends) else "at_least" if ends[0] else "at_most" if ends[1] else "nothing"
    middle = "" if pd.isna(row["median_2030"]) else amounts.plain(row["median_2030"] / shown.divisor, 4)
    low, high = row["low_2030"], row["high_2030"]
    if middle and not pd.isna(low) and low != high:
        middle += f" [{amounts.plain(low / shown.divisor, 4)}, {amounts.plain(high / shown.divisor, 4)}]"
    basis = row.get("basis_zh" if zh else "basis")
    return {
        "goal": is_goal,
        "name": str(row["indicator_zh" if zh else "indicator"]),
        "mandatory": bool(row["mandatory"]) if not pd.isna(row["mandatory"]) else False,
        "bounds": "" if is_goal else tell(kind, lang, low=ends[0], high=ends[1]),
        "median": middle,
        "unit": "" if is_goal else shown.name,
        "chance": "" if pd.isna(row["probability"]) else f"{row['probability']:.0%}",
        "status": say(_STATUS.get(row["status"], (row["status"],) * 2), lang),
        "basis": "" if pd.isna(basis) else typeset(str(basis)) if zh else str(basis),
    }


def sides(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return for each variant who gains and who loses most, in percent of the base, as pictures and rows."""
    if subject.comparison is None:
        return []
    table, told = subject.winners, []
    for variant in subject.variants:
        mine = table[table["variant"] == variant.name]
        rows = pd.concat([leading(mine, GAIN, most=8), leading(mine, LOSS, most=8)])
        shown = [_side(row, lang) for row in _records(rows)]
        title = subject.title(variant.name, lang)
        picture = None
        if shown:
            frame = pd.DataFrame(shown).drop_duplicates("what")
            picture = pictures.forest(frame, unit="percent", lang=lang, colour=subject.looks[variant.name].colour)
        told.append({"title": title, "look": subject.looks[variant.name], "picture": picture, "rows": shown})
    return told


def _side(row: dict[str, Any], lang: Lang) -> dict[str, Any]:
    zh = lang == "zh"
    who, measure = (row["who_zh"], row["measure_zh"]) if zh else (row["who"], row["measure"])
    shown = amounts.shown_in(row, lang)
    return {
        "what": typeset(f"{who}:{measure}") if zh else f"{who}: {measure}",
        "median": row["relative"],
        "low": row["relative_low"],
        "high": row["relative_high"],
        "verdict": say((row["verdict"], row["verdict_zh"]), lang),
        "clear": True,
        "gain": row["outcome"] == GAIN,
        "amount": f"{amounts.signed(row['median'] / shown.divisor)} {shown.name}",
    }


def _records(table: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in table.to_dict("records")]
