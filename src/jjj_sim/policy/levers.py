"""The levers of this version: each with its unit, decider, mechanism and default path.

A default is history, then the announced plan; what nobody announced is tagged [A]. A process reads the value
in force anew every quarter: `world.plan.levers["xiongan_investment"].at(world.t)`.
"""

from __future__ import annotations

from jjj_sim.evidence.geography import GEOGRAPHY, SECTORS
from jjj_sim.evidence.registry import REFUSED_SHARE
from jjj_sim.param import Path
from jjj_sim.policy import history, moves
from jjj_sim.policy.finance import FINANCE
from jjj_sim.policy.lever import EventKind, LeverSpec, Range, Words
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.quarters import FIRST_YEAR, parse

_ZONE = Words("zone", GEOGRAPHY.ids)
_JOBS = Range("jobs", 0.0, 200_000.0)
_SHARE = Range("share", 0.0, 1.0)
_TO_XIONGAN = {"origin": "bj_inner", "destination": "xiongan"}
_TO_SUBCENTRE = {"origin": "bj_core", "destination": "bj_subcentre"}
_OUTSIDE_BEIJING = tuple(z for z, region in enumerate(GEOGRAPHY.in_region("beijing").tolist()) if not region)


def _path(*points: tuple[str, float]) -> Path:
    return Path([parse(quarter) for quarter, _ in points], [value for _, value in points])


def _relief_manufacturing() -> LeverPlan:
    after = _path(("2025Q1", 8.0))
    quarterly = {year: count / 4.0 for year, count in history.relieved_firms().items()}
    return LeverPlan("relief_manufacturing", history.steps(quarterly, after))


def _relief_markets() -> LeverPlan:
    after = _path(("2025Q1", 0.0))
    quarterly = {year: count / 4.0 for year, count in history.relieved_sites().items()}
    return LeverPlan("relief_markets", history.steps(quarterly, after, since=parse("2014Q1")))


def _negative_list() -> LeverPlan:
    refused = dict.fromkeys((s.key for s in SECTORS), 0.0) | REFUSED_SHARE
    strictness = _path(("2013Q1", 0.0), ("2014Q2", 0.0), ("2014Q3", 1.0))
    return LeverPlan("negative_list", strictness, shares=refused)


def _headquarters_moves() -> LeverPlan:
    return LeverPlan("headquarters_moves", events=moves.headquarters())


def _university_hospital_moves() -> LeverPlan:
    return LeverPlan("university_hospital_moves", events=moves.universities_and_hospitals())


def _subcentre_move() -> LeverPlan:
    announced = _path(("2013Q1", 0.0), ("2015Q2", 0.0), ("2015Q3", 0.182))
    return LeverPlan("subcentre_move", paths={"announcement": announced}, events=moves.municipal_offices())


def _xiongan_investment() -> LeverPlan:
    after = _path(("2026Q1", 150.0), ("2030Q4", 80.0))
    path = history.steps(history.xiongan_investment(), after, since=parse("2017Q2"))
    return LeverPlan("xiongan_investment", path)


def _xiongan_services() -> LeverPlan:
    path = _path(("2013Q1", 0.0), ("2017Q1", 0.0), ("2017Q2", 0.4), ("2024Q4", 0.55), ("2030Q4", 0.9))
    return LeverPlan("xiongan_services", path)


def _xiongan_offers() -> LeverPlan:
    firms = _path(
        ("2013Q1", 0.0),
        ("2017Q1", 0.0),
        ("2019Q4", 2450.0),
        ("2022Q2", 3000.0),
        ("2024Q4", 4050.0),
        ("2030Q4", 5200.0),
    )
    central = _path(
        ("2013Q1", 0.0),
        ("2017Q1", 0.0),
        ("2022Q1", 100.0),
        ("2023Q2", 150.0),
        ("2024Q4", 305.0),
        ("2025Q4", 405.0),
        ("2030Q4", 855.0),
    )
    return LeverPlan("xiongan_offers", firms, {"central_soe": central})


def _beijing_population_cap() -> LeverPlan:
    return LeverPlan("beijing_population_cap", _path(("2013Q1", 0.0), ("2014Q4", 0.0), ("2015Q1", 0.4)))


def _hukou_openness() -> LeverPlan:
    small_cities = (("2013Q1", 0.6), ("2014Q3", 0.6), ("2014Q4", 0.7))
    paths = {
        "beijing": _path(("2013Q1", 0.05)),
        "tianjin": _path(("2013Q1", 0.3), ("2018Q1", 0.3), ("2018Q2", 0.4)),
        "hebei": _path(*small_cities),
        "xiongan": _path(*small_cities, ("2017Q1", 0.7), ("2017Q2", 0.8)),
        "rest_of_china": _path(("2013Q1", 0.7)),
        "entitlement": _path(("2013Q1", 0.5)),
    }
    return LeverPlan("hukou_openness", None, paths)


def _rail_programme() -> LeverPlan:
    return LeverPlan("rail_programme", events=history.rail_openings())


def _relocation_subsidy() -> LeverPlan:
    path = _path(("2013Q1", 0.0), ("2014Q1", 0.0), ("2014Q2", 0.02))
    return LeverPlan("relocation_subsidy", path, zones=_OUTSIDE_BEIJING)


def _technology_subsidy() -> LeverPlan:
    path = _path(("2013Q1", 0.0), ("2014Q1", 0.0), ("2024Q4", 0.05))
    return LeverPlan("technology_subsidy", path, zones=_OUTSIDE_BEIJING)


def _rd_intensity() -> LeverPlan:
    paths = {}
    for province, years in history.rd_intensity().items():
        since_2013 = {year: rate for year, rate in years.items() if year >= FIRST_YEAR}
        last = max(since_2013)
        paths[province] = history.steps(since_2013, _path(("2030Q4", since_2013[last] + 0.1 * (2030 - last))))
    return LeverPlan("rd_intensity", None, paths)


def _chain_coordination() -> LeverPlan:
    return LeverPlan("chain_coordination", _path(("2013Q1", 0.0), ("2023Q2", 0.0), ("2027Q1", 0.15)))


def _emission_standards() -> LeverPlan:
    clean = _path(
        ("2013Q1", 0.2),
        ("2016Q4", 0.34),
        ("2019Q4", 0.7),
        ("2021Q4", 0.85),
        ("2030Q4", 0.95),
    )
    return LeverPlan("emission_standards", _path(("2013Q1", 1.0)), {"clean_heating": clean})


def _steel_cap() -> LeverPlan:
    return LeverPlan("steel_cap", _path(("2013Q1", 286.0), ("2017Q4", 216.0), ("2020Q4", 200.0)))


def _housing_supply() -> LeverPlan:
    paths = {f"land_{zone}": _path(("2013Q1", 1.0)) for zone in GEOGRAPHY.ids}
    paths |= {f"ceiling_{zone}": _path(("2013Q1", 0.0)) for zone in GEOGRAPHY.ids}
    paths["ceiling_xiongan"] = _path(("2013Q1", 0.0), ("2017Q1", 0.0), ("2017Q2", 12_000.0))
    return LeverPlan("housing_supply", None, paths)


_SPECS = (
    LeverSpec(
        name="relief_manufacturing",
        zh="一般制造业疏解",
        unit="firms a quarter",
        lo=0.0,
        hi=1000.0,
        decider="B",
        mechanism="Beijing names this many manufacturing firms a quarter, each of which closes or moves.",
        build=_relief_manufacturing,
        sources=(
            "[L][R] annual counts 2013-2024: relief_events.csv (1,992 by end-2017)",
            "[A] 8 a quarter from 2025, inside 0-15",
        ),
    ),
    LeverSpec(
        name="relief_markets",
        zh="区域性市场和物流中心疏解",
        unit="sites a quarter",
        lo=0.0,
        hi=200.0,
        decider="B",
        mechanism="Beijing closes, upgrades or moves this many markets and logistics centres a quarter.",
        build=_relief_markets,
        sources=(
            "[L] 594 by end-2017, about 980 by 2020, over 1,000 by 2024: relief_events.csv",
            "[D] 2014 and 2020 as what the totals leave",
            "[A] 1,004 by 2024, none later",
        ),
    ),
    LeverSpec(
        name="negative_list",
        zh="新增产业禁止和限制目录",
        unit="strictness, 1 as published",
        lo=0.0,
        hi=1.25,
        decider="B",
        mechanism="Beijing refuses the share strictness x shares[sector] of new firms, at most all of them.",
        build=_negative_list,
        sources=(
            "[L] first list July 2014",
            "[D] shares refused by sector: 23,400 refusals by 2020, over 25,000 by 2024",
        ),
        shares={s.key: _SHARE for s in SECTORS},
    ),
    LeverSpec(
        name="headquarters_moves",
        zh="央企总部迁移",
        unit="events, jobs",
        lo=0.0,
        hi=200_000.0,
        decider="C",
        mechanism="A headquarters and its jobs leave their zone for their destination in that quarter.",
        build=_headquarters_moves,
        sources=(
            "[L] dates and the 1,000 staff of Huaneng and Sinochem: People's Daily 2025-10-11, 2025-12-30",
            "[R] offices left",
            "[A] other staff; 2026Q3 and 2028Q2",
        ),
        has_path=False,
        events=EventKind("move", {"jobs": _JOBS}, {"origin": _ZONE, "destination": _ZONE}, ("jobs",), _TO_XIONGAN),
    ),
    LeverSpec(
        name="university_hospital_moves",
        zh="高校和医院疏解",
        unit="events, jobs, students, beds",
        lo=0.0,
        hi=200_000.0,
        decider="C",
        mechanism="A campus or hospital opens at its destination with its staff and raises services there.",
        build=_university_hospital_moves,
        sources=(
            "[L] institutions, first use 2026Q3-2027Q3, final students",
            "[R] Xuanwu 2023Q4",
            "[A] later dates, staff, beds",
        ),
        has_path=False,
        events=EventKind(
            "move",
            {
                "jobs": _JOBS,
                "students": Range("students", 0.0, 200_000.0),
                "beds": Range("beds", 0.0, 20_000.0),
            },
            {"kind": Words("kind", ("university", "hospital")), "origin": _ZONE, "destination": _ZONE},
            ("kind", "jobs"),
            _TO_XIONGAN,
        ),
    ),
    LeverSpec(
        name="subcentre_move",
        zh="市级机关搬迁副中心",
        unit="events, jobs",
        lo=0.0,
        hi=200_000.0,
        decider="B",
        mechanism="Municipal offices leave the core with their jobs; homes where they go gain what was announced.",
        build=_subcentre_move,
        sources=(
            "[R] 12,000 in January 2019, a second wave 2023-24; announced in July 2015",
            "[L] homes gained about 20 % in two years: Li, Xia 2023 JRS",
            "[A] its staff, as the first",
        ),
        has_path=False,
        paths={"announcement": Range("log gain of house prices expected there", 0.0, 0.7)},
        events=EventKind("move", {"jobs": _JOBS}, {"origin": _ZONE, "destination": _ZONE}, ("jobs",), _TO_SUBCENTRE),
    ),
    LeverSpec(
        name="xiongan_investment",
        zh="雄安新区投资",
        unit="bn yuan a year",
        lo=0.0,
        hi=1000.0,
        decider="C, X",
        mechanism="Public investment builds Xiong'an: building jobs, then service capital and housing.",
        build=_xiongan_investment,
        sources=(
            "[L] 835.4 by end-2024, over 1,000 by 2025-11; [R] 510 by 2022: relief_events.csv",
            "[D] years between, see policy/history.py",
            "[A] 150 in 2026 to 80 in 2030",
        ),
    ),
    LeverSpec(
        name="xiongan_services",
        zh="雄安公共服务水平",
        unit="target index, share of Beijing's; 0 is no target",
        lo=0.0,
        hi=1.5,
        decider="X",
        mechanism="Xiong'an's service capital is built up towards this share of Beijing's service index.",
        build=_xiongan_services,
        sources=("[A] Hebei's 0.4 when founded, 0.55 by 2024, 0.9 by 2030",),
    ),
    LeverSpec(
        name="xiongan_offers",
        zh="雄安承接北京企业",
        unit="firms, cumulative",
        lo=0.0,
        hi=20_000.0,
        decider="X, B",
        mechanism="This many registrations and branches in Xiong'an are offered to Beijing's firms.",
        build=_xiongan_offers,
        sources=(
            "[L] about 2,450 by 2019, 3,000 by mid-2022, over 4,000 by 2024; central units 100 to 400",
            "[A] 4,050, 305 and 405 for those 'over'; 5,200 firms and 90 central units a year to 2030",
        ),
        paths={"central_soe": Range("central-firm units, cumulative", 0.0, 5000.0)},
    ),
    LeverSpec(
        name="beijing_population_cap",
        zh="北京人口调控",
        unit="utility",
        lo=0.0,
        hi=1.0,
        decider="B",
        mechanism="Living in Beijing costs people without its hukou or college this much utility.",
        build=_beijing_population_cap,
        sources=("[A] 0.4 from 2015 on, so that 23 million hold; estimated",),
    ),
    LeverSpec(
        name="hukou_openness",
        zh="户籍开放度",
        unit="0 closed, 1 open",
        lo=0.0,
        hi=1.0,
        decider="B, T, H, X",
        mechanism="Openness lowers the cost of living without local hukou; entitlement opens services.",
        build=_hukou_openness,
        sources=("[L] reforms of 2014 and of Tianjin in 2018", "[R] levels", "[A] sizes of the steps"),
        has_path=False,
        paths={
            "beijing": _SHARE,
            "tianjin": _SHARE,
            "hebei": _SHARE,
            "xiongan": _SHARE,
            "rest_of_china": _SHARE,
            "entitlement": Range("share", 0.01, 1.0),
        },
    ),
    LeverSpec(
        name="rail_programme",
        zh="轨道建设",
        unit="opening quarter a line",
        lo=0.0,
        hi=0.0,
        decider="C",
        mechanism="A line opens: its kilometres count and the journeys it governs become faster.",
        build=_rail_programme,
        sources=(
            "[L][R] openings: rail_lines.csv",
            "[A] the last quarter of a planned year or span; R1 taken as 2027Q4",
        ),
        has_path=False,
        events=EventKind(
            "line",
            {"minutes": Range("minutes", 1.0, 600.0), "km": Range("km", 0.0, 2000.0)},
            {"from": _ZONE, "to": _ZONE},
            ("from", "to", "minutes", "km"),
            table="openings",
        ),
    ),
    LeverSpec(
        name="relocation_subsidy",
        zh="企业迁移补贴",
        unit="yuan per yuan of value added",
        lo=0.0,
        hi=1.0,
        decider="T, H, X",
        mechanism="The zones named pay this to firms that move in, and draw more of them.",
        build=_relocation_subsidy,
        sources=("[A] 0.02 from 2014Q2 in Tianjin, Hebei and Xiong'an",),
        zones=True,
    ),
    LeverSpec(
        name="technology_subsidy",
        zh="技术转移补贴",
        unit="share of the contract",
        lo=0.0,
        hi=0.5,
        decider="B, T, H",
        mechanism="The zones named pay this share of what their firms buy of technology from another province.",
        build=_technology_subsidy,
        sources=("[A] from nothing in 2014 to 0.05 by 2024 in Tianjin, Hebei and Xiong'an",),
        zones=True,
    ),
    LeverSpec(
        name="rd_intensity",
        zh="研发投入强度",
        unit="percent of GDP",
        lo=0.1,
        hi=15.0,
        decider="B, T, H",
        mechanism="Each province spends this part of its GDP on research, which becomes its zones' research stock.",
        build=_rd_intensity,
        sources=(
            "[L] expenditure on R&D 2013-24 over GDP of the fifth economic census: region_series.csv",
            "[A] 0.1 points a year to 2030",
        ),
        has_path=False,
        paths=dict.fromkeys(("beijing", "tianjin", "hebei"), Range("percent of GDP", 0.1, 15.0)),
    ),
    LeverSpec(
        name="chain_coordination",
        zh="六链五群产业协同",
        unit="rise of trade across borders, share",
        lo=0.0,
        hi=0.5,
        decider="B, T, H",
        mechanism="Coordinated chains raise what is sold across the provinces' borders by this share.",
        build=_chain_coordination,
        sources=("[L] chains since July 2023", "[A] 0.01 a quarter to 0.15"),
    ),
    LeverSpec(
        name="housing_supply",
        zh="住房用地与限价",
        unit="land and ceiling by zone",
        lo=0.0,
        hi=0.0,
        decider="B, T, H, X",
        mechanism="Land multiplies what may be built; under a ceiling newcomers queue for homes.",
        build=_housing_supply,
        sources=(
            "[D] land as in history, whose trend of 2010-20 fades: 1",
            "[A] no ceiling but Xiong'an's, 12,000 yuan/m2 since its foundation, above its price in the baseline",
        ),
        has_path=False,
        paths={
            **{f"land_{zone}": Range("multiple of history's land, from 2021", 0.0, 5.0) for zone in GEOGRAPHY.ids},
            **{f"ceiling_{zone}": Range("yuan/m2; 0 is none", 0.0, 500_000.0) for zone in GEOGRAPHY.ids},
        },
    ),
    LeverSpec(
        name="emission_standards",
        zh="排放标准与清洁取暖",
        unit="multiple of the announced abatement rate",
        lo=0.0,
        hi=3.0,
        decider="C, H",
        mechanism="Standards scale how fast emission intensity falls; clean heating ends coal smoke.",
        build=_emission_standards,
        sources=(
            "[L] action plans of 2013, 2018, 2023 as 1",
            "[R] clean heating in the north .34 (2016)",
            "[L] .7 of farm households in Hebei's plain by spring 2020, 7.29 m: Hebei Daily 2020-04-26",
            "[A] .2 in 2013, .85 in 2021, .95 in 2030",
        ),
        paths={"clean_heating": Range("share of households", 0.0, 1.0)},
    ),
    LeverSpec(
        name="steel_cap",
        zh="钢铁产能上限",
        unit="million tonnes a year",
        lo=0.0,
        hi=1000.0,
        decider="H, C",
        mechanism="Hebei's steel, and what it emits in Tangshan and Handan, never exceeds this capacity.",
        build=_steel_cap,
        sources=("[R] 286 in 2013", "[L] 69.9 less by 2017, at most 200 by 2020"),
    ),
)
LEVERS = {spec.name: spec for spec in (*_SPECS, *FINANCE)}
