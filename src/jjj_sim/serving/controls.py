"""What the page lets one move, by question: a slider for a path, a date for an event.

A slider changes a path as a whole from a year on. "scale" multiplies what is announced and is shown in percent of it,
"shift" adds to it, "level" puts a number in its place. Neutral sliders set nothing.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

from jjj_sim import quarters
from jjj_sim.param import Path
from jjj_sim.policy.lever import Lever
from jjj_sim.policy.registry import levers
from jjj_sim.scenario import Scenario

Text = tuple[str, str]
FIRST, LAST = 2026, 2030
WORDS: tuple[tuple[float, Text], ...] = (
    (0.05, ("closed", "关闭")),
    (0.35, ("hard to enter", "门槛高")),
    (0.65, ("half open", "半开放")),
    (0.9, ("mostly open", "基本放开")),
    (1.01, ("open", "完全放开")),
)


@dataclass(frozen=True)
class Slider:
    """One path of a lever: its main one, or the one of `key`. `lo`, `hi`, `step` are in the number that is set.

    The page shows the number times `times` with `unit` behind it; `words` names what stretches of it mean.
    """

    lever: str
    key: str
    name: Text
    how: str
    lo: float
    hi: float
    step: float
    unit: Text = ("", "")
    times: float = 1.0
    words: tuple[tuple[float, Text], ...] = ()
    hint: Text = ("", "")

    @property
    def id(self) -> str:
        """How the page and a link call it."""
        return f"{self.lever}.{self.key}" if self.key else self.lever


@dataclass(frozen=True)
class Question:
    """A group of controls: sliders, and levers whose events are dated."""

    id: str
    title: Text
    sliders: tuple[Slider, ...]
    events: tuple[str, ...] = ()


_OF_PLAN: Text = ("% of what is announced", "%（已公布方案=100）")
_LAND: Text = ("% of land supplied so far", "%（以往供地=100）")


def _scale(lever: str, en: str, zh: str, hi: float = 2.0, key: str = "", hint: Text = ("", "")) -> Slider:
    return Slider(lever, key, (en, zh), "scale", 0.0, hi, 0.05, _OF_PLAN, 100.0, hint=hint)


def _open(place: str, en: str, zh: str) -> Slider:
    return Slider("hukou_openness", place, (en, zh), "level", 0.0, 1.0, 0.05, ("%", "%"), 100.0, WORDS)


def _share(lever: str, en: str, zh: str, hi: float, step: float, unit: Text, hint: Text = ("", "")) -> Slider:
    return Slider(lever, "", (en, zh), "level", 0.0, hi, step, unit, 100.0, hint=hint)


def _land(zone: str, en: str, zh: str) -> Slider:
    return Slider("housing_supply", f"land_{zone}", (en, zh), "level", 0.0, 3.0, 0.1, _LAND, 100.0)


QUESTIONS: tuple[Question, ...] = (
    Question(
        "cap",
        ("What if Beijing's cap on people ends?", "北京人口总量调控取消或加强会怎样？"),
        (
            _scale(
                "beijing_population_cap",
                "Strength of the cap",
                "人口调控力度",
                hint=(
                    "100 % weighs on people without Beijing's hukou as pay lower by 29 % would; 0 % ends the cap.",
                    "100%相当于非京籍居民的收入低29%；0%即取消调控。",
                ),
            ),
        ),
    ),
    Question(
        "hukou",
        ("What if hukou opens?", "放开落户会怎样？"),
        (
            _open("beijing", "Beijing", "北京"),
            _open("tianjin", "Tianjin", "天津"),
            _open("hebei", "Hebei", "河北"),
            _open("xiongan", "Xiong'an", "雄安"),
            Slider(
                "points_hukou",
                "",
                ("Beijing's points system", "北京积分落户"),
                "level",
                0.0,
                60000.0,
                1000.0,
                ("persons a year", "人/年"),
            ),
        ),
    ),
    Question(
        "xiongan",
        ("What if Xiong'an is built faster, or slower?", "雄安新区建设加快或放慢会怎样？"),
        (
            Slider(
                "xiongan_investment",
                "",
                ("Public investment, more or less", "公共投资增减"),
                "shift",
                -80.0,
                200.0,
                5.0,
                ("bn yuan a year", "亿元/年"),
            ),
            Slider(
                "xiongan_services",
                "",
                ("Public services, more or less", "公共服务水平增减"),
                "shift",
                -0.5,
                0.5,
                0.05,
                ("points (Beijing's index = 100)", "个点（北京=100）"),
                100.0,
            ),
            _scale("xiongan_offers", "Beijing's firms taken in", "承接北京企业", 3.0),
        ),
        ("headquarters_moves", "university_hospital_moves"),
    ),
    Question(
        "rail",
        ("What if railways open later, or never?", "铁路推迟或不再开通会怎样？"),
        (),
        ("rail_programme",),
    ),
    Question(
        "relief",
        ("What if relief of the capital starts again?", "疏解非首都功能重启会怎样？"),
        (
            Slider(
                "relief_manufacturing",
                "",
                ("Manufacturers named", "退出一般制造业企业"),
                "level",
                0.0,
                300.0,
                4.0,
                ("firms a quarter", "家/季度"),
            ),
            Slider(
                "relief_markets",
                "",
                ("Markets and logistics centres", "疏解市场和物流中心"),
                "level",
                0.0,
                80.0,
                1.0,
                ("sites a quarter", "个/季度"),
            ),
            Slider(
                "negative_list",
                "",
                ("Strictness of the list of industries refused", "新增产业禁限目录严格程度"),
                "level",
                0.0,
                1.25,
                0.05,
                ("% of the published list", "%（已公布目录=100）"),
                100.0,
            ),
            _share("land_reuse", "Freed floor used again", "腾退空间再利用", 1.0, 0.05, ("% of the floor", "%")),
        ),
        ("subcentre_move",),
    ),
    Question(
        "air",
        ("What if air and steel are held to stricter rules?", "环保与钢铁政策收紧会怎样？"),
        (
            Slider(
                "emission_standards",
                "",
                ("Speed of abatement", "减排速度"),
                "level",
                0.0,
                3.0,
                0.1,
                ("% of what is announced", "%（已公布=100）"),
                100.0,
            ),
            Slider(
                "steel_cap",
                "",
                ("Hebei's steel capacity, more or less", "河北钢铁产能上限增减"),
                "shift",
                -100.0,
                60.0,
                5.0,
                ("million tonnes a year", "百万吨/年"),
            ),
        ),
    ),
    Question(
        "subsidies",
        ("What if firms and graduates are paid to come?", "加大补贴与税收优惠会怎样？"),
        (
            _share(
                "relocation_subsidy",
                "Subsidy for firms that move (Tianjin, Hebei)",
                "企业迁移补贴（津冀）",
                0.2,
                0.01,
                ("% of value added", "%（占增加值）"),
            ),
            Slider(
                "talent_subsidy",
                "",
                ("Payment to graduates who come (Tianjin, Hebei)", "人才补贴（津冀）"),
                "level",
                0.0,
                200000.0,
                5000.0,
                ("yuan once", "元，一次性"),
            ),
            _share(
                "founding_subsidy",
                "Subsidy for new firms",
                "创业补贴",
                0.2,
                0.01,
                ("% of value added", "%（占增加值）"),
            ),
            _share(
                "technology_subsidy",
                "Subsidy on technology contracts",
                "技术合同补贴",
                0.5,
                0.01,
                ("% of the contract", "%（占合同额）"),
            ),
            Slider(
                "shared_parks",
                "",
                ("Taxes of firms that moved, left to where they came from", "迁出地分享的税收"),
                "level",
                0.0,
                100.0,
                5.0,
                ("% of three taxes", "%（占三项税收）"),
            ),
            _share(
                "tax_holiday", "Tax on profit remitted", "企业所得税减免", 1.0, 0.05, ("% of the tax", "%（占税额）")
            ),
            Slider(
                "rd_intensity",
                "hebei",
                ("Hebei's spending on research, more or less", "河北研发投入强度增减"),
                "shift",
                -1.5,
                3.0,
                0.1,
                ("percentage points of GDP", "个百分点（占地区生产总值）"),
            ),
            Slider(
                "chain_coordination",
                "",
                ("Trade across borders, more or less", "跨省市产业协同增减"),
                "shift",
                -0.1,
                0.3,
                0.01,
                ("percentage points", "个百分点"),
                100.0,
            ),
        ),
    ),
    Question(
        "services",
        ("What if services and money are shared more evenly?", "公共服务与财力更均衡会怎样？"),
        (
            _share(
                "fiscal_equalisation",
                "Shortfall of revenue that the centre covers",
                "均衡性转移支付系数",
                1.0,
                0.05,
                ("% of the shortfall", "%（占收支缺口）"),
            ),
            Slider(
                "service_portability",
                "",
                ("Services used across provinces", "跨省通办事项"),
                "level",
                0.0,
                3000.0,
                50.0,
                ("items", "项"),
            ),
            _share(
                "elder_care",
                "Gap in services closed for the elderly",
                "养老协同弥补服务差距",
                1.0,
                0.05,
                ("% of the gap", "%（占差距）"),
            ),
            _scale("ecological_compensation", "Payments for water upstream", "横向生态补偿", 5.0),
        ),
    ),
    Question(
        "homes",
        ("What if more homes and roads are built?", "增加住房用地与道路会怎样？"),
        (
            _land("bj_outer", "Land for homes, outer Beijing", "北京远郊住房用地"),
            _land("bj_subcentre", "Land for homes, Beijing sub-centre", "北京副中心住房用地"),
            _land("tj_urban", "Land for homes, Tianjin", "天津市区住房用地"),
            _land("langfang_n3", "Land for homes, northern Langfang", "廊坊北三县住房用地"),
            Slider(
                "beijing_congestion",
                "",
                ("Capacity of Beijing's roads and rail", "北京道路与轨道容量"),
                "level",
                0.5,
                2.0,
                0.05,
                ("% of history's", "%（以往=100）"),
                100.0,
            ),
        ),
    ),
)


@functools.cache
def _levers_asked() -> frozenset[str]:
    return frozenset(s.lever for q in QUESTIONS for s in q.sliders) | {name for q in QUESTIONS for name in q.events}


def questions(base: Scenario) -> tuple[Question, ...]:
    """Return the questions that a scenario's region can be asked; levers of other packages have one of their own."""
    known = levers(base.region)
    found = []
    for question in QUESTIONS:
        sliders = tuple(_fitted(s, base) for s in question.sliders if _is_there(s, known))
        events = tuple(name for name in question.events if name in known and known[name].events is not None)
        if sliders or events:
            found.append(replace(question, sliders=sliders, events=events))
    more = [spec for name, spec in known.items() if name not in _levers_asked() and spec.has_path]
    if more:
        mine = tuple(_fitted(_plain(spec), base) for spec in more)
        found.append(Question("more", ("More levers", "其他杠杆"), mine))
    return tuple(found)


def sliders(base: Scenario) -> Mapping[str, Slider]:
    """Return every slider by its id."""
    return {slider.id: slider for question in questions(base) for slider in question.sliders}


def path_of(slider: Slider, scenario: Scenario) -> Path:
    """Return the path that a slider moves."""
    lever = scenario.levers[slider.lever]
    path = lever.paths[slider.key] if slider.key else lever.path
    assert path is not None
    return path


def neutral(slider: Slider, scenario: Scenario, year: int) -> float:
    """Return where a slider changes nothing: the level in force at the start of the year, or no change."""
    if slider.how == "level":
        return path_of(slider, scenario).at(quarters.parse(f"{year}Q1"))
    return 1.0 if slider.how == "scale" else 0.0


def _is_there(slider: Slider, known: Mapping[str, Lever]) -> bool:
    spec = known.get(slider.lever)
    return spec is not None and (slider.key in spec.paths if slider.key else spec.has_path)


def _fitted(slider: Slider, base: Scenario) -> Slider:
    """Return a slider whose ends keep the path within the lever's bounds to the end of the horizon."""
    spec = levers(base.region)[slider.lever]
    lo, hi = (spec.paths[slider.key].lo, spec.paths[slider.key].hi) if slider.key else (spec.lo, spec.hi)
    span = range(quarters.parse(f"{FIRST}Q1"), base.end + 1)
    values = [path_of(slider, base).at(t) for t in span] or [lo]
    least, most = slider.lo, slider.hi
    if slider.how == "scale":
        most = min(most, hi / max(values)) if max(values) > 0.0 else most
    elif slider.how == "shift":
        least, most = max(least, lo - min(values)), min(most, hi - max(values))
    else:
        least, most = max(least, lo), max(min(most, hi), *values)
    step = slider.step
    return replace(
        slider, lo=_tidy(math.ceil(least / step - 1e-9) * step), hi=_tidy(math.floor(most / step + 1e-9) * step)
    )


def _plain(spec: Lever) -> Slider:
    name = (spec.name.replace("_", " ").capitalize(), spec.zh or spec.name)
    return Slider(spec.name, "", name, "level", spec.lo, spec.hi, (spec.hi - spec.lo) / 100, (spec.unit, spec.unit))


def _tidy(value: float) -> float:
    return float(f"{value:.10g}") + 0.0
