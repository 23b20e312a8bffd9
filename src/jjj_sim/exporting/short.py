"""Tables short enough for a page: few columns, numbers with their unit in words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from jjj_sim.exporting import aims, levels, pairs
from jjj_sim.exporting.heads import head
from jjj_sim.exporting.table import Cell, Table, number_format
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang

_YEARS = ("2013", "2020", "2024", "2030")


def tables(subject: Subject) -> dict[str, Callable[[Subject, Lang], Table]]:
    """Return the tables there are of a result or of a comparison by name, the usual one first."""
    if subject.variants:
        return {"differences": differences, "winners": winners, "goals": goals_beside}
    return {"goals": goals, "headline": headline}


def headline(subject: Subject, lang: Lang) -> Table:
    """Return the headline in a few years, medians over members."""
    whole = levels.headline(subject, lang)
    keep = [n for n, name in enumerate(whole.heads) if not name[0].isdigit() or name in _YEARS]
    rows = [[row[n] for n in keep] for row in whole.rows]
    return Table("headline", whole.title, [whole.heads[n] for n in keep], rows, row_formats=whole.row_formats)


def goals(subject: Subject, lang: Lang) -> Table:
    """Return the goals: bounds, the median of 2030 with its interval, the chance."""
    whole = aims.goals(subject, lang)
    at = {key: whole.heads.index(head(key, lang)) for key in ("goal", "indicator", "bounds", "median", "low", "high")}
    unit, chance = whole.heads.index(head("unit", lang)), whole.heads.index(head("probability", lang))
    rows: list[list[Cell]] = []
    for n, row in enumerate(whole.rows):
        name = str(row[unit])
        ends = _interval(row[at["low"]], row[at["high"]], whole.row_formats[n])
        middle = _plain(row[at["median"]], whole.row_formats[n])
        bounds = f"{row[at['bounds']]} {name}".strip() if row[at["bounds"]] else ""
        rows.append([row[at["goal"]], row[at["indicator"]], bounds, middle, ends, _plain(row[chance], "0")])
    heads = [head(k, lang) for k in ("goal", "indicator", "bounds", "median", "interval", "probability")]
    return Table("goals", whole.title, heads, rows)


def differences(subject: Subject, lang: Lang) -> Table:
    """Return what each variant changes: the base, the difference with its interval, the verdict."""
    whole = pairs.differences(subject, lang)
    rows: list[list[Cell]] = []
    last = ""
    for n, row in enumerate(whole.rows):
        scenario, what, area, _, base, unit, middle, low, high, unit_of_it, _, _, verdict = row[:13]
        form = whole.row_formats[n]
        name = f"{area}{what}" if lang == "zh" else f"{what}, {area}"
        level = f"{_plain(base, number_format(abs(float(base or 0.0))))} {unit}"
        size = f"{_plain(middle, form, sign=True)} {unit_of_it}"
        rows.append([scenario if scenario != last else "", name, level, size, _interval(low, high, form), verdict])
        last = str(scenario)
    heads = [head(k, lang) for k in ("scenario", "indicator", "base", "difference", "interval", "verdict")]
    return Table("differences", _of_year(whole, subject, lang), heads, rows)


def winners(subject: Subject, lang: Lang) -> Table:
    """Return who gains and who loses, those whom it matters to."""
    whole = pairs.winners(subject, lang)
    rows: list[list[Cell]] = []
    last = ""
    for row in whole.rows:
        scenario, _, who, measure, outcome, relative, low, high, *_ = row
        if outcome:
            name = f"{who}：{measure}" if lang == "zh" else f"{who}: {measure}"
            size = f"{_plain(relative, '0.00', sign=True)} %"
            rows.append([scenario if scenario != last else "", name, outcome, size, _interval(low, high, "0.00")])
            last = str(scenario)
    heads = [head(k, lang) for k in ("scenario", "who", "outcome", "relative", "interval")]
    return Table("winners", _of_year(whole, subject, lang), heads, rows)


def goals_beside(subject: Subject, lang: Lang) -> Table:
    """Return how often each goal is met, a column a scenario."""
    whole = pairs.goals(subject, lang)
    titles = list(dict.fromkeys(str(row[2]) for row in whole.rows))
    found: dict[str, dict[str, Any]] = {}
    for goal, name, scenario, chance, *_ in whole.rows:
        found.setdefault(f"{goal} {name}", {})[str(scenario)] = chance
    rows: list[list[Cell]] = [[name, *(_plain(by.get(t), "0") for t in titles)] for name, by in found.items()]
    title = f"{whole.title}（%）" if lang == "zh" else f"{whole.title}, %"
    return Table("goals", title, [head("goal", lang), *titles], rows)


def _of_year(table: Table, subject: Subject, lang: Lang) -> str:
    return f"{table.title}（{subject.year}年）" if lang == "zh" else f"{table.title}, {subject.year}"


def _plain(value: Cell, form: str, *, sign: bool = False) -> str:
    """Return a number as a spreadsheet would show it in the format."""
    if value is None or isinstance(value, str):
        return value or ""
    decimals = len(form.partition(".")[2].rstrip("#"))
    told = f"{round(value, decimals):,.{decimals}f}"
    return ("+" if sign and value > 0 else "") + told.replace("-", "−")


def _interval(low: Cell, high: Cell, form: str) -> str:
    return "" if low is None or high is None else f"[{_plain(low, form)}, {_plain(high, form)}]"
