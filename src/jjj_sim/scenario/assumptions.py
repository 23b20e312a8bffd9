"""The outside world: paths that nobody in the region decides.

History comes from the evidence, not from here: national growth and deflators are published to 2025, crude
birth and death rates and the outside part of PM2.5 to 2024. An assumption governs only what follows.

How sure nobody can be of a path is told by its spread: the prior of one shift of the whole of it.
"""

from __future__ import annotations

from dataclasses import dataclass

from jjj_sim.param import Param, Path
from jjj_sim.prior import Normal
from jjj_sim.quarters import parse


@dataclass(frozen=True)
class Assumption:
    """One outside path with its unit, inclusive bounds, default, source and the year it takes over.

    `sd`, in the path's unit, is that of a shift of the whole path, normal around zero, and `sd_source` where it comes
    from.
    """

    name: str
    zh: str
    unit: str
    lo: float
    hi: float
    points: tuple[tuple[str, float], ...]
    since: int
    meaning: str
    meaning_zh: str
    source: str
    sd: float
    sd_source: str

    @property
    def shift(self) -> Param:
        """The shift as a parameter: no shift by default, within three sds."""
        reach, doc = 3.0 * self.sd, f"Shift of the path of {self.name}"
        return Param(0.0, self.unit, -reach, reach, doc, Normal(0.0, self.sd), self.sd_source)

    def default(self) -> Path:
        """Return the default path."""
        return Path([parse(quarter) for quarter, _ in self.points], [value for _, value in self.points])


_ALL = (
    Assumption(
        name="national_growth",
        zh="全国实际增长",
        unit="% a year",
        lo=-10.0,
        hi=15.0,
        points=(("2025Q4", 4.7), ("2030Q4", 4.2), ("2035Q4", 3.6)),
        since=2026,
        meaning="Real growth of China's output.",
        meaning_zh="全国产出的实际增长。",
        source="[A] model P15: 4.7 (2025), 4.2 (2030), 3.6 (2035), each +- 0.8",
        sd=0.8,
        sd_source="[A] model P15: each point +- 0.8",
    ),
    Assumption(
        name="national_deflator",
        zh="全国平减指数涨幅",
        unit="% a year",
        lo=-5.0,
        hi=10.0,
        points=(("2025Q4", -0.5), ("2028Q4", 1.0), ("2030Q4", 1.5)),
        since=2026,
        meaning="Rise of the national deflator, the same for every sector.",
        meaning_zh="全国平减指数的涨幅，各行业相同。",
        source="[A] from -1.0 (2025, published) back to 1.5 by 2030",
        sd=1.0,
        sd_source="[D] spread of the means of 2011-15, 2016-20 and 2021-25, 2.6, 2.2 and 0.7",
    ),
    Assumption(
        name="births_trend",
        zh="出生率趋势",
        unit="% a year",
        lo=-10.0,
        hi=10.0,
        points=(("2013Q1", -2.0),),
        since=2025,
        meaning="Yearly change of the crude birth rates after the last published ones.",
        meaning_zh="最后一个公布年份之后，粗出生率每年的变化。",
        source="[A] model P1: -2 +- 2",
        sd=2.0,
        sd_source="[A] model P1: -2 +- 2",
    ),
    Assumption(
        name="mortality_trend",
        zh="死亡率趋势",
        unit="% a year",
        lo=-5.0,
        hi=5.0,
        points=(("2013Q1", -1.5),),
        since=2025,
        meaning="Yearly change of mortality at given age after the last published death rates.",
        meaning_zh="最后一个公布年份之后，同一年龄死亡率每年的变化。",
        source="[R] model P1, in the manner of the UN's projections",
        sd=0.5,
        sd_source="[A]",
    ),
    Assumption(
        name="outside_pm25_decline",
        zh="区域外PM2.5下降",
        unit="% a year",
        lo=-5.0,
        hi=15.0,
        points=(("2013Q1", 3.0),),
        since=2025,
        meaning="Yearly fall of the PM2.5 that comes from outside the region, natural dust included.",
        meaning_zh="来自区域外的PM2.5（含自然扬尘）每年的降幅。",
        source="[A] model P13: 3, range 1-5; China's cities fell by 3 a year from 2020 to 2024",
        sd=1.0,
        sd_source="[A] model P13: range 1-5 as two sds either way",
    ),
    Assumption(
        name="roc_pull",
        zh="全国其他地区吸引力",
        unit="utility a year",
        lo=-0.2,
        hi=0.2,
        points=(("2013Q1", 0.005),),
        since=2013,
        meaning="Yearly rise of the rest of China's pull; 0.005 is a pool of migrants down 0.5 % a year. "
        "Net migration up to the last account is as published whatever it is.",
        meaning_zh="全国其他地区吸引力每年的上升；0.005 相当于流动人口来源每年减少 0.5%。"
        "有统计的年份净迁移始终等于公布数。",
        source="[A] model P15",
        sd=0.005,
        sd_source="[A] a pool of migrants that shrinks by 0 to 1 % a year",
    ),
)
ASSUMPTIONS = {assumption.name: assumption for assumption in _ALL}
