"""Who moved, and what a difference is made of: flows between areas, causes, shares of levers."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from jjj_sim.attributing import Attribution
from jjj_sim.comparing.causes import ALL, MOVES
from jjj_sim.comparing.movers import NOWHERE, Movers
from jjj_sim.comparing.verdict import MOST
from jjj_sim.reporting import amounts, pictures
from jjj_sim.reporting.asked import label
from jjj_sim.reporting.picture import Picture
from jjj_sim.reporting.prose import tell
from jjj_sim.reporting.subject import Subject
from jjj_sim.running.result import Result
from jjj_sim.wording.words import Lang

# Flows that are told, by the kind of the table.
KINDS = {"residents": "persons", "firms_relocated": "units"}
_MOST = 8


def moved(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return the largest net ways of people and firms between areas, all years: the base's, then each difference."""
    told = []
    for kind, unit in KINDS.items():
        base = net(subject.base, kind)
        if base.empty:
            continue
        title = tell(f"moved_{kind}", lang, first=subject.years[0], last=subject.years[-1])
        shown = [_ways(base, subject, unit, lang, title)]
        for variant in subject.variants:
            change = net(variant, kind).sub(base, fill_value=0.0)
            change = change[_clear(change)]
            if len(change):
                title = tell("moved_more", lang, title=subject.title(variant.name, lang))
                shown.append(_ways(change, subject, unit, lang, title))
        told.append({"kind": kind, "pictures": shown})
    return told


def _clear(table: pd.DataFrame) -> Any:
    """Return which ways go one way in nine of ten members."""
    values = table.to_numpy(dtype=float)
    same = np.maximum((values > 0.0).mean(axis=1), (values < 0.0).mean(axis=1))
    return same >= MOST


def net(result: Result, kind: str) -> pd.DataFrame:
    """Return net moves of all years between two areas, a row a pair (origin, destination), a column a member."""
    flows = result.flows
    rows = flows[(flows["kind"] == kind) & (flows["area_kind"] == "region")]
    rows = rows[rows["origin"].astype(str) != rows["destination"].astype(str)]
    return _netted(rows) if len(rows) else pd.DataFrame()


def _netted(rows: pd.DataFrame) -> pd.DataFrame:
    """Return one way less the other of each pair, a row a pair, a column a member."""
    keys = ["origin", "destination", "member"]
    gross = rows.groupby(keys, observed=True)["value"].sum().unstack("member").fillna(0.0)
    both = gross.sub(gross.swaplevel().rename_axis(keys[:2]), fill_value=0.0)
    return both[[str(one) < str(two) for one, two in both.index]]


def _ways(table: pd.DataFrame, subject: Subject, unit: str, lang: Lang, title: str) -> Picture:
    """Return a picture of the largest ways, each told in the direction in which it goes."""
    low, middle, high = np.quantile(table.to_numpy(dtype=float), [0.05, 0.5, 0.95], axis=1)
    rows = []
    for k in np.argsort(-np.abs(middle), kind="stable")[:_MOST]:
        one, two = (_place(subject, str(area), lang) for area in table.index[k])
        forward = middle[k] >= 0
        ends = (low[k], high[k]) if forward else (-high[k], -low[k])
        way = f"{one} → {two}" if forward else f"{two} → {one}"
        rows.append({"way": way, "value": abs(middle[k]), "low": ends[0], "high": ends[1]})
    return pictures.flows(pd.DataFrame(rows), unit=unit, lang=lang, title=title)


def _place(subject: Subject, area: str, lang: Lang) -> str:
    return tell("elsewhere", lang) if area == NOWHERE else amounts.place(subject.region, area, lang)


def matched(subject: Subject, lang: Lang) -> list[Picture]:
    """Return who lives elsewhere because of a variant, where its movers were run: the largest net ways."""
    return [_matched(one, subject, lang) for one in subject.movers]


def _matched(found: Movers, subject: Subject, lang: Lang) -> Picture:
    rows = found.table[(found.table["kind"] == "residents") & (found.table["origin"] != found.table["destination"])]
    both = _netted(rows)
    title = tell("matched", lang, title=subject.title(found.variant.name, lang))
    return _ways(both, subject, "persons", lang, title)


def made_of(subject: Subject, lang: Lang) -> list[dict[str, Any]]:
    """Return for each variant what its clearest differences of people and of output are made of."""
    if subject.comparison is None:
        return []
    table, told = subject.causes, []
    for variant in subject.variants:
        mine = table[(table["variant"] == variant.name) & (table["year"] == subject.year)]
        shown = []
        for variable in ("population", "gdp_nominal"):
            area = _clearest(subject, mine, variant.name, variable)
            if area is not None:
                rows = mine[(mine["variable"] == variable) & (mine["area"] == area) & mine["part_of"].fillna("").eq("")]
                shown.append(_steps(rows, subject, variable, area, lang))
        told.append(
            {"title": subject.title(variant.name, lang), "look": subject.looks[variant.name], "pictures": shown}
        )
    return told


def _clearest(subject: Subject, mine: pd.DataFrame, variant: str, variable: str) -> str | None:
    """Return the area with causes whose difference, clear and large enough to matter, is the largest of its base."""
    areas = set(mine.loc[mine["variable"] == variable, "area"])
    table = subject.verdicts(variant)
    rows = table[(table["variable"] == variable) & (table["period"] == subject.year) & table["area"].isin(areas)]
    rows = rows[[not amounts.unclear(row) for row in rows.to_dict("records")]]  # type: ignore[arg-type]
    if rows.empty:
        return None
    size = (rows["median"] / rows["base_median"]).abs().to_numpy()
    return str(rows["area"].iloc[int(np.nanargmax(size))])


def _steps(rows: pd.DataFrame, subject: Subject, variable: str, area: str, lang: Lang) -> Picture:
    told = []
    for row in rows.to_dict("records"):
        with_whom = {"partner": _place(subject, str(row["partner"]), lang)} if row["cause"] == MOVES else {}
        cause = tell(f"cause_{row['cause']}", lang, **with_whom)
        told.append(
            {"what": cause, "value": row["mean"], "low": row["low"], "high": row["high"], "last": row["cause"] == ALL}
        )
    told.sort(key=lambda row: row["last"])
    what = amounts.subject(subject.region, {"variable": variable, "area": area}, lang)
    frame = pd.DataFrame(told)
    return pictures.steps(
        frame, unit=str(rows["unit"].iloc[0]), lang=lang, title=tell("made_of", lang, what=what, year=subject.year)
    )


def attributed(subject: Subject, lang: Lang) -> list[Picture]:
    """Return each lever's share in the headline figures that differ most, where an attribution was run."""
    return [picture for one in subject.attributions for picture in _attributed(one, subject, lang)]


def _attributed(found: Attribution, subject: Subject, lang: Lang) -> list[Picture]:
    year = min(subject.year, int(found.totals["year"].max()))
    totals = found.totals[found.totals["year"] == year]
    order = sorted(totals.to_dict("records"), key=lambda total: -_part_of_base(subject, total))
    shown = []
    for total in order[:2]:
        cell = {key: str(total[key]) for key in ("variable", "area")}
        at = (found.shares["year"] == year) & (found.shares["variable"] == cell["variable"])
        shares = found.shares[at & (found.shares["area"] == cell["area"])]
        shares = shares.reindex(shares["share"].abs().sort_values(ascending=False, kind="stable").index)
        rows = pd.DataFrame(
            {
                "what": [_lever(subject, str(player), lang) for player in shares["player"]] + [tell("cause_all", lang)],
                "value": [*shares["share"], total["twin"]],
                "low": [*shares["low"], total["low"]],
                "high": [*shares["high"], total["high"]],
            }
        )
        told = {"title": subject.title(found.variant.name, lang), "what": amounts.subject(subject.region, cell, lang)}
        unit = subject.readers[subject.base.name].unit(cell["variable"])
        unit = "percentage points" if unit == "percent" else unit
        shown.append(pictures.steps(rows, unit=unit, lang=lang, title=tell("attributed", lang, year=year, **told)))
    return shown


def _lever(subject: Subject, player: str, lang: Lang) -> str:
    section, _, name = player.partition(".")
    return label(subject.region, section, name, lang)


def _part_of_base(subject: Subject, total: Any) -> float:
    """Return how large a difference of the twin is beside the base's last value."""
    reader = subject.readers[subject.base.name]
    if not reader.has(str(total["variable"]), str(total["area"])):
        return -1.0
    level = abs(float(reader.members(str(total["variable"]), str(total["area"])).band.median[-1]))
    return abs(float(total["twin"])) / level if level else 0.0
