"""Every lever's step on the twin and with agents: the outcome that theory signs, and the three that move most.

    python validation/lever_agents.py [--members 4] [--scale 2000] [--out docs/levers_agents.md]

Steps are those of docs/levers.md, taken in 2026 at the default parameters and read in 2030 (in 2026 where the step is
of that year alone); agents are compared with the same luck. What theory expects was written down before the run.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from errors_page import filled
from jjj_sim.comparing.comparison import Comparison, pair
from jjj_sim.comparing.verdict import SAME, SMALL, UNCLEAR
from jjj_sim.indicators import indicators
from jjj_sim.policy.registry import levers as declared
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.running import ensemble
from jjj_sim.running.result import Result
from jjj_sim.scenario import Scenario, load_scenario
from lab import Draw
from lever_steps import BEGIN, STEPS, Step
from page import table

ROOT = Path(__file__).resolve().parents[1]
YEAR, FIRST, END = 2030, 2026, "2030Q4"
_MOST = 3


class Expected(NamedTuple):
    """The sign of a step on a variable of an area, and why."""

    variable: str
    area: str
    sign: int
    why: str


EXPECTED: dict[str, Expected] = {
    "relief_manufacturing": Expected("va_general_manufacturing", "beijing", -1, "listed firms close or leave"),
    "relief_markets": Expected("va_wholesale_logistics", "beijing", -1, "markets close or leave"),
    "land_reuse": Expected("firms", "beijing", 1, "room for units of research and producer services"),
    "negative_list": Expected("firms", "beijing", 1, "nobody is refused"),
    "headquarters_moves": Expected("employment", "xiongan", 1, "jobs arrive"),
    "university_hospital_moves": Expected("service_index", "xiongan", 1, "a campus counts as quality"),
    "subcentre_move": Expected("employment", "bj_subcentre", 1, "offices arrive"),
    "xiongan_investment": Expected("population", "xiongan", 1, "builders, then homes and schools"),
    "xiongan_services": Expected("service_index", "xiongan", 1, "schools and hospitals are built"),
    "xiongan_offers": Expected("employment", "xiongan", 1, "a part of the firms comes to work there"),
    "beijing_population_cap": Expected("population", "beijing", -1, "living there costs more"),
    "hukou_openness": Expected("population", "tianjin", 1, "newcomers expect the register"),
    "points_hukou": Expected("registrations", "beijing", 1, "more are admitted"),
    "rail_programme": Expected("mean_travel_minutes", "xiongan", -1, "a faster line"),
    "relocation_subsidy": Expected("firms", "hebei_official", 1, "movers and founders are drawn"),
    "talent_subsidy": Expected("population", "tianjin", 1, "graduates are drawn"),
    "elder_care": Expected("population", "beijing", -1, "the old can take services along"),
    "founding_subsidy": Expected("firm_entries", "xiongan", 1, "founders choose the zone"),
    "tax_holiday": Expected("employment", "xiongan", 1, "firms that come bring posts"),
    "technology_subsidy": Expected("tech_contract_flow_to_tianjin_hebei", "beijing", 1, "contracts are cheaper"),
    "rd_intensity": Expected("rd_stock", "hebei_official", 1, "more is spent on research"),
    "chain_coordination": Expected("gdp_nominal", "hebei_official", 1, "sales to richer neighbours"),
    "housing_supply": Expected("house_price", "bj_outer", -1, "more homes"),
    "emission_standards": Expected("pm25", "hebei_official", -1, "less is emitted"),
    "steel_cap": Expected("pm25", "hebei_official", -1, "less steel"),
    "shared_parks": Expected("tax_shared", "beijing", 1, "the origin keeps more"),
    "ecological_compensation": Expected("budget_spending", "zhangjiakou", 1, "the payee spends it"),
    "fiscal_equalisation": Expected("budget_spending", "hebei_official", 1, "the centre pays"),
    "service_portability": Expected("service_index", "beijing", -1, "users from next door crowd it"),
    "beijing_congestion": Expected("mean_travel_minutes", "beijing", -1, "faster ways"),
}
# Whose largest changes are told; what a lever sets itself, and counts of it, are not outcomes.
OUTCOMES = (
    "population",
    "employment",
    "gdp_nominal",
    "wage",
    "income_per_head",
    "house_price",
    "rent",
    "firms",
    "capital",
    "service_index",
    "pm25",
    "unemployment_rate",
    "gdp_share_tertiary",
    "mean_travel_minutes",
    "rd_stock",
    "budget_spending",
)
# Why a lever goes the other way, by hand.
AGAINST: dict[str, str] = {
    "university_hospital_moves": (
        "by arithmetic, not by an experiment: a campus adds .02 per million residents, 1.2 % of the index at 1.7 "
        "million; the 29,000 who follow in five years crowd it by 1.6 %"
    ),
    "chain_coordination": "see [Demand](processes/demand.md): orders come first, then prices and hands answer",
}
_HEAD = """# Levers on the twin and with agents

Written by `python validation/lever_agents.py`; run it again after any change of the model. The steps are those of
[levers](levers.md), from 2026 on at the default parameters, read in {year} ({first} where a step is of that year
alone). Agents: {members} members of {scale} residents an agent with the same luck in base and step; median and 90 % of
them. *Expected* is what economics says of the first effect. It was written before this run, but not blind: earlier
figures of the twin were known for most levers. *Agrees* means that the twin has that sign and agents do not clearly
have the other; where so few agents stand for so much, their median may be nil. A difference that does not matter is
below .1 % of the base (see
[results](results.md#a-comparison)): small steps may well be.
"""


def year_of(step: Step) -> int:
    """Return the year in which a step is read."""
    return FIRST if "in 2026" in step.done else YEAR


def runs(base: Result, scenario: Scenario, members: int, twin: bool) -> Comparison:
    """Return the pairs of a step's scenario with `base`, the same luck and the default parameters."""
    return pair(base, [ensemble.run(scenario, members, twin=twin, fixed_parameters=True)])


def row_of(found: Comparison, variable: str, area: str, year: int) -> Any:
    """Return the verdict of one figure, a reporting area before a zone of that name."""
    rows = found.table
    rows = rows[(rows["variable"] == variable) & (rows["area"] == area) & (rows["period"] == year)]
    return None if rows.empty else rows.iloc[-1 if len(rows) > 1 else 0]


def largest(found: Comparison, year: int) -> pd.DataFrame:
    """Return the outcomes of most moved variables, each in the area where it moves most, by how much it matters."""
    rows = found.table[(found.table["period"] == year) & (found.table["area_kind"] != "zone")]
    rows = rows[rows["variable"].isin(OUTCOMES) & (rows["matters"] > 0)]
    rows = rows.assign(size=(rows["median"] / rows["matters"]).abs()).sort_values(
        "size", ascending=False, kind="stable"
    )
    return rows.drop_duplicates("variable").head(_MOST)


def agrees(twin: Any, agents: Any, sign: int) -> str:
    """Return whether a step goes the way that theory expects."""
    if twin["median"] == 0.0 and agents["median"] == 0.0:
        return "no effect"
    clear = agents["verdict"] not in (SAME[0], SMALL[0], UNCLEAR[0])
    against = clear and agents["median"] * sign < 0.0
    return "agrees" if twin["median"] * sign > 0.0 and not against else "against"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--members", type=int, default=4)
    parser.add_argument("--scale", type=int, default=2000)
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "levers_agents.md")
    args = parser.parse_args(arguments)
    settings: dict[str, Any] = {"horizon.end": END, "population.residents_per_agent": args.scale}
    base = load_scenario("baseline", **settings)
    minutes = Draw(0, {}).run(END, **{"horizon.end": END}).at("tables.minutes", BEGIN)[:N_ZONES, :N_ZONES]
    bases = {t: ensemble.run(base, 1 if t else args.members, twin=t, fixed_parameters=True) for t in (True, False)}
    first, most = [], []
    for step in STEPS:
        scenario = replace(load_scenario(base, **{f"levers.{step.lever}": step.setting(minutes)}), name=step.lever)
        twin, agents = (runs(bases[t], scenario, 1 if t else args.members, t) for t in (True, False))
        first.append(_expected(step, twin, agents))
        most += _moved(step, twin, agents)
        print(*first[-1], flush=True)
    args.out.write_text(_page(args, first, most), "utf-8")


def _expected(step: Step, twin: Comparison, agents: Comparison) -> tuple[str, ...]:
    one, year = EXPECTED[step.lever], year_of(step)
    rows = [row_of(found, one.variable, one.area, year) for found in (twin, agents)]
    name = f"{indicators(REGION)[one.variable].en}, {one.area}"
    sign = "+" if one.sign > 0 else "-"
    return (f"`{step.lever}`", name, sign, one.why, _said(rows[0]), _band(rows[1]), agrees(*rows, one.sign))


def _moved(step: Step, twin: Comparison, agents: Comparison) -> list[tuple[str, ...]]:
    lever, year, lines = f"`{step.lever}` {declared(REGION)[step.lever].zh}", year_of(step), []
    for _, row in largest(twin, year).iterrows():
        other = row_of(agents, row["variable"], row["area"], year)
        name = f"{indicators(REGION)[row['variable']].en}, {row['area']}"
        lines.append((lever, name, _said(row), _band(other), str(other["verdict"])))
        lever = ""
    return lines


def _said(row: Any) -> str:
    return f"{row['median']:+.3g} {row['unit']}" if row["median"] else "0"


def _band(row: Any) -> str:
    return f"{row['median']:+.3g} [{row['low']:+.3g}, {row['high']:+.3g}]"


def _page(args: argparse.Namespace, first: list[tuple[str, ...]], most: list[tuple[str, ...]]) -> str:
    n = sum(row[-1] == "agrees" for row in first)
    head = filled(_HEAD.format(year=YEAR, first=FIRST, members=args.members, scale=f"{args.scale:,}"))
    nil = sum(row[-1] == "agrees" and row[-2].startswith("+0 [") for row in first)
    said = f"{n} of {len(first)} levers go the way expected on the twin; agents show nothing in {nil} of these"
    text = [head, f"\n**{said}.**\n\n## What theory signs\n\n"]
    text.append(table(("lever", "outcome", "expected", "because", "twin", "agents", "verdict"), first))
    told = [
        f"`{lever}`: {why}."
        for lever, why in AGAINST.items()
        if any(lever in r[0] and r[-1] == "against" for r in first)
    ]
    if told:
        text.append("\n" + filled("**Why the others do not.** " + " ".join(told)))
    text.append("\n## What moves most\n\nThe three variables that move furthest beyond what matters, on the twin.\n\n")
    text.append(table(("lever", "outcome", "twin", "agents", "agents say"), most))
    return "".join(text)


if __name__ == "__main__":
    main()
