"""The levers: what governments decide, each with unit, bounds, decider, history and announced path."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from jjj_sim import quarters
from jjj_sim.evidence.geography import GEOGRAPHY, SECTORS
from jjj_sim.evidence.rail import rail_lines
from jjj_sim.evidence.tables import frame
from jjj_sim.param import Path
from jjj_sim.policy.plan import Event, LeverPlan

Points = list[tuple[str, float]]


@dataclass(frozen=True)
class LeverSpec:
    """What may be set on a lever, and its default.

    `path` is True when the lever has a main path; `paths` names its keyed paths with their bounds; `events`
    names the list key in scenario files ("events", "openings") and `numbers`, `words` what an event may
    carry; `shares` and `zones` say whether those tables may be set. Bounds `lo`, `hi` are inclusive.
    """

    name: str
    zh: str
    unit: str
    lo: float
    hi: float
    decider: str
    mechanism: str
    source: str
    default: Callable[[], LeverPlan]
    path: bool = True
    paths: Mapping[str, tuple[float, float]] = field(default_factory=dict)
    events: str | None = None
    numbers: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    shares: bool = False
    zones: bool = False


def path(points: Points) -> Path:
    """Return a path from (quarter label, value) points."""
    return Path([quarters.parse(q) for q, _ in points], [v for _, v in points])


def steps(by_year: Mapping[int, float], last: Points) -> Path:
    """Return a path that spreads yearly totals evenly over their quarters, then follows `last`."""
    points = {
        4 * (year - quarters.FIRST_YEAR) + q: total / 4 for year, total in by_year.items() for q in range(4)
    }
    for label, number in last:
        points[quarters.parse(label)] = number
    return Path(sorted(points), [points[t] for t in sorted(points)])


def _relief_manufacturing() -> LeverPlan:
    found: dict[int, float] = {}
    rows = frame("relief_events")
    for row in rows[rows["sector_id"].astype(str).str.startswith("1")].to_dict("records"):
        if row["unit"] == "firms (annual)" and str(row["date"]).isdigit() and row["from"] == "beijing":
            found.setdefault(int(row["date"]), float(row["value"]))
    two_years = float(rows.loc[rows["unit"] == "firms (two years)", "value"].iloc[0])
    found[2021], found[2022] = two_years / 2, two_years / 2
    return LeverPlan("relief_manufacturing", path=steps(found, [("2025Q1", 8.0)]))


def _relief_markets() -> LeverPlan:
    # 594 by end-2017 and about 980 by end-2020 as published; single years from relief_events.csv, 2014 and
    # 2020 the remainder; six a year in 2021-24 so that the published "over 1,000" is met [D].
    found = {2014: 124.0, 2015: 57.0, 2016: 117.0, 2017: 296.0, 2018: 204.0, 2019: 66.0, 2020: 116.0}
    found |= dict.fromkeys(range(2021, 2025), 6.0)
    return LeverPlan("relief_markets", path=steps({2013: 0.0} | found, [("2025Q1", 0.0)]))


def _negative_list() -> LeverPlan:
    shares = {"general_manufacturing": 0.8, "hightech_manufacturing": 0.64}
    shares |= dict.fromkeys(
        ("construction_real_estate", "wholesale_logistics", "consumer_services", "public_hq"), 0.5
    )
    shares |= dict.fromkeys(("producer_services", "research"), 0.2)
    return LeverPlan("negative_list", path=path([("2014Q2", 0.0), ("2014Q3", 1.0)]), shares=shares)


def _moves(name: str, listed: Mapping[str, tuple[str, dict[str, float], dict[str, str]]]) -> LeverPlan:
    events = {key: Event(quarters.parse(q), numbers, words) for key, (q, numbers, words) in listed.items()}
    return LeverPlan(name, events=events)


def _headquarters() -> LeverPlan:
    # Dates of Appendix B; jobs 1,000 each as reported of Huaneng and Sinochem, the others assumed alike.
    listed = {
        "china_satellite_network": ("2024Q4", 500.0),
        "huaneng": ("2025Q4", 1000.0),
        "sinochem": ("2025Q4", 1000.0),
        "china_mineral_resources": ("2026Q3", 500.0),
        "datang": ("2028Q2", 1000.0),
        "huadian": ("2028Q2", 1000.0),
        "chengtong": ("2028Q2", 1000.0),
        "cnadc": ("2028Q2", 1000.0),
    }
    words = {"origin": "bj_inner", "destination": "xiongan"}
    return _moves("headquarters_moves", {k: (q, {"jobs": jobs}, words) for k, (q, jobs) in listed.items()})


def _universities_hospitals() -> LeverPlan:
    university = {"kind": "university", "origin": "bj_inner", "destination": "xiongan"}
    hospital = {"kind": "hospital", "origin": "bj_core", "destination": "xiongan"}
    campus = {"jobs": 2500.0, "students": 32000.0}
    ward = {"jobs": 1800.0, "beds": 1000.0}
    return _moves(
        "university_hospital_moves",
        {
            "beijing_jiaotong": ("2026Q3", campus | {"students": 36000.0}, university),
            "ustb": ("2026Q3", campus | {"students": 36000.0}, university),
            "beijing_forestry": ("2027Q3", campus, university),
            "geosciences": ("2027Q3", campus, university),
            "bit": ("2029Q3", campus, university),
            "beihang": ("2029Q3", campus, university),
            "ncepu": ("2029Q3", campus, university),
            "blcu": ("2030Q3", campus, university),
            "cuc": ("2030Q3", campus, university),
            "xuanwu_xiongan": ("2023Q4", {"jobs": 900.0, "beds": 600.0}, hospital),
            "peoples_hospital": ("2027Q4", ward, hospital),
            "pumch": ("2029Q4", ward, hospital),
        },
    )


def _subcentre() -> LeverPlan:
    words = {"origin": "bj_core", "destination": "bj_subcentre"}
    return _moves(
        "subcentre_move",
        {
            "first_wave": ("2019Q1", {"jobs": 12000.0}, words),
            "second_wave": ("2023Q4", {"jobs": 8000.0}, words),
        },
    )


def _xiongan_investment() -> LeverPlan:
    # Billion yuan a year. Cumulative 510 by end-2022, 835.4 by end-2024, over 1,000 in 2021-25 (published);
    # 32.5 in 2019, growth of 660 % in 2020 (recalled); single years between fitted to the sums [D].
    listed = [("2017Q1", 0.0), ("2017Q2", 2.0), ("2018Q4", 5.0), ("2019Q1", 32.5), ("2019Q4", 32.5)]
    listed += [("2020Q1", 95.0), ("2020Q4", 95.0), ("2021Q1", 180.0), ("2022Q4", 195.0), ("2023Q1", 150.0)]
    listed += [("2023Q4", 155.0), ("2024Q1", 172.0), ("2024Q4", 172.0), ("2025Q1", 180.0), ("2025Q4", 180.0)]
    listed += [("2026Q1", 150.0), ("2030Q4", 80.0)]
    return LeverPlan("xiongan_investment", path=path(listed))


def _xiongan_services() -> LeverPlan:
    return LeverPlan("xiongan_services", path=path([("2017Q1", 0.0), ("2024Q4", 0.55), ("2030Q4", 0.9)]))


def _xiongan_offers() -> LeverPlan:
    firms = [("2017Q1", 0.0), ("2019Q4", 2450.0), ("2022Q2", 3000.0), ("2024Q4", 4050.0), ("2030Q4", 5200.0)]
    central = [("2018Q1", 0.0), ("2022Q1", 100.0), ("2023Q2", 150.0), ("2024Q4", 305.0), ("2025Q4", 400.0)]
    central += [("2030Q4", 850.0)]
    return LeverPlan("xiongan_offers", path=path(firms), paths={"central_soe": path(central)})


def _cap() -> LeverPlan:
    return LeverPlan("beijing_population_cap", path=path([("2014Q4", 0.0), ("2015Q1", 0.4)]))


def _hukou() -> LeverPlan:
    return LeverPlan(
        "hukou_openness",
        paths={
            "beijing": path([("2013Q1", 0.05)]),
            "tianjin": path([("2018Q1", 0.3), ("2018Q2", 0.4)]),
            "hebei": path([("2014Q2", 0.6), ("2014Q3", 0.7)]),
            "xiongan": path([("2017Q1", 0.7), ("2017Q2", 0.8)]),
            "rest_of_china": path([("2013Q1", 0.7)]),
            "entitlement": path([("2013Q1", 0.5)]),
        },
    )


def _rail() -> LeverPlan:
    return LeverPlan("rail_programme", events={line.id: Event(line.quarter) for line in rail_lines()})


def _subsidy() -> LeverPlan:
    zones = tuple(z for z in range(GEOGRAPHY.n_zones) if GEOGRAPHY.province[z] != 0)
    return LeverPlan("relocation_subsidy", path=path([("2014Q1", 0.0), ("2014Q2", 0.02)]), zones=zones)


def _emissions() -> LeverPlan:
    # Share of households with clean heating: the 2017-21 plan and its continuation [A].
    heating = [("2013Q1", 0.3), ("2017Q1", 0.4), ("2021Q4", 0.75), ("2030Q4", 0.9)]
    return LeverPlan(
        "emission_standards", path=path([("2013Q1", 1.0)]), paths={"clean_heating": path(heating)}
    )


_MOVE_WORDS = ("origin", "destination", "kind")
LEVERS: dict[str, LeverSpec] = {
    spec.name: spec
    for spec in (
        LeverSpec(
            "relief_manufacturing",
            "一般制造业疏解",
            "firms/quarter",
            0,
            2000,
            "Beijing",
            "Listed manufacturing firms of Beijing to close or move out",
            "relief_events.csv, annual counts; 8 a quarter from 2025 [A]",
            _relief_manufacturing,
        ),
        LeverSpec(
            "relief_markets",
            "区域性市场与物流疏解",
            "sites/quarter",
            0,
            1000,
            "Beijing",
            "Wholesale markets and logistics centres of Beijing to close or be re-sited",
            "relief_events.csv; 594 by 2017, about 980 by 2020, over 1,000 by 2024",
            _relief_markets,
        ),
        LeverSpec(
            "negative_list",
            "新增产业禁限目录",
            "strictness, 1 as published",
            0,
            1.25,
            "Beijing",
            "Share of new firms in Beijing refused, by sector, times this strictness",
            "[A] shares; refusals of 25,000 and ban shares published are checks",
            _negative_list,
            shares=True,
        ),
        LeverSpec(
            "headquarters_moves",
            "央企总部搬迁",
            "events",
            0,
            1e6,
            "centre",
            "A named headquarters moves with its jobs",
            "[L] People's Daily 2025; jobs partly [A]",
            _headquarters,
            path=False,
            events="events",
            numbers=("jobs",),
            words=_MOVE_WORDS,
        ),
        LeverSpec(
            "university_hospital_moves",
            "高校医院疏解",
            "events",
            0,
            1e6,
            "centre",
            "A named campus or hospital opens: jobs, quality of services",
            "[L] sites and dates to 2027; later dates and sizes [A]",
            _universities_hospitals,
            path=False,
            events="events",
            numbers=("jobs", "students", "beds"),
            words=_MOVE_WORDS,
        ),
        LeverSpec(
            "subcentre_move",
            "市级机关迁入副中心",
            "events",
            0,
            1e6,
            "Beijing",
            "Municipal offices move to the sub-centre with their jobs",
            "[R] 12 thousand in 2019; second wave [A]",
            _subcentre,
            path=False,
            events="events",
            numbers=("jobs",),
            words=_MOVE_WORDS,
        ),
        LeverSpec(
            "xiongan_investment",
            "雄安新区投资",
            "bn yuan/year",
            0,
            1000,
            "centre, Xiong'an",
            "Public investment in Xiong'an: builders first, then housing and public capital",
            "published sums to 2025; 150 falling to 80 by 2030 [A]",
            _xiongan_investment,
        ),
        LeverSpec(
            "xiongan_services",
            "雄安公共服务水平",
            "share of Beijing's index",
            0,
            1.5,
            "Xiong'an",
            "Target of Xiong'an's public-service index",
            "[A] 0.9 of Beijing by 2030",
            _xiongan_services,
        ),
        LeverSpec(
            "xiongan_offers",
            "雄安承接机会",
            "firms, cumulative",
            0,
            50_000,
            "Xiong'an, Beijing",
            "Registrations and branches offered to Beijing's firms; units of central enterprises",
            "[L] about 2,450 by 2019, 3,000 by mid-2022, over 4,000 by 2024; 5,200 by 2030 [A]",
            _xiongan_offers,
            paths={"central_soe": (0, 5000)},
        ),
        LeverSpec(
            "beijing_population_cap",
            "北京人口调控",
            "utility",
            0,
            1,
            "Beijing",
            "Administrative price on people without college and local hukou",
            "[A] 0.4 from 2015, N(0.4, 0.2)",
            _cap,
        ),
        LeverSpec(
            "hukou_openness",
            "户籍开放度",
            "index 0-1",
            0,
            1,
            "provinces",
            "Openness to people without local hukou, and the services they are entitled to",
            "[R] reforms of 2014 and 2018; sizes [A]",
            _hukou,
            path=False,
            paths=dict.fromkeys(
                ("beijing", "tianjin", "hebei", "xiongan", "rest_of_china", "entitlement"), (0.0, 1.0)
            ),
        ),
        LeverSpec(
            "rail_programme",
            "高铁建设",
            "opening quarter",
            0,
            1e4,
            "centre",
            "Lines open and shorten the way between zones",
            "rail_lines.csv; planned windows read as a quarter [A]",
            _rail,
            path=False,
            events="openings",
            numbers=("minutes", "km"),
            words=("from", "to"),
        ),
        LeverSpec(
            "relocation_subsidy",
            "产业转移补贴",
            "yuan per yuan of value added",
            0,
            0.5,
            "Tianjin, Hebei, Xiong'an",
            "Paid by the zone to firms that move in, for the first year's value added",
            "[A] 0.02 from 2014",
            _subsidy,
            zones=True,
        ),
        LeverSpec(
            "emission_standards",
            "排放标准",
            "times the announced abatement",
            0,
            3,
            "centre, Hebei",
            "Speed of the fall of emission intensity; share of households with clean heating",
            "action plans of 2013, 2018, 2023; clean heating [A]",
            _emissions,
            paths={"clean_heating": (0, 1)},
        ),
    )
}

SECTOR_KEYS = tuple(s.key for s in SECTORS)
