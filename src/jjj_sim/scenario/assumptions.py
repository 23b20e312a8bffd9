"""The outside world as assumptions: paths that no government of the region decides."""

from __future__ import annotations

from dataclasses import dataclass

from jjj_sim.param import Path
from jjj_sim.policy.levers import Points, path


@dataclass(frozen=True)
class AssumptionSpec:
    """An assumption: unit, inclusive bounds, default path and source.

    Published years are data: a path on national growth or prices governs only after the last of them.
    """

    name: str
    zh: str
    unit: str
    lo: float
    hi: float
    doc: str
    source: str
    points: tuple[tuple[str, float], ...]

    @property
    def default(self) -> Path:
        """The path in force when a scenario sets none."""
        points: Points = list(self.points)
        return path(points)


ASSUMPTIONS: dict[str, AssumptionSpec] = {
    spec.name: spec
    for spec in (
        AssumptionSpec(
            "national_growth",
            "全国实际增速",
            "percent/year",
            -10,
            15,
            "Real growth of the nation after the last published year",
            "[A] 4.7 in 2025 falling to 4.2 in 2030",
            (("2025Q1", 4.7), ("2030Q4", 4.2)),
        ),
        AssumptionSpec(
            "national_deflator",
            "全国价格涨幅",
            "percent/year",
            -10,
            20,
            "Growth of the national deflator after the last published year",
            "[A] from slightly negative back to 1.5",
            (("2025Q1", -0.8), ("2026Q4", 0.5), ("2030Q4", 1.5)),
        ),
        AssumptionSpec(
            "births_trend",
            "出生率趋势",
            "percent/year",
            -10,
            10,
            "Yearly change of crude birth rates after the last published year",
            "[A] -2, +-2",
            (("2013Q1", -2.0),),
        ),
        AssumptionSpec(
            "mortality_trend",
            "死亡率趋势",
            "percent/year",
            -5,
            5,
            "Yearly change of mortality at given age after the last published year",
            "[R] -1.5, as the UN projects",
            (("2013Q1", -1.5),),
        ),
        AssumptionSpec(
            "outside_pm25_decline",
            "区外污染降幅",
            "percent/year",
            -5,
            10,
            "Yearly fall of PM2.5 that comes from outside the region",
            "[A] 3, between 1 and 5",
            (("2013Q1", 3.0),),
        ),
        AssumptionSpec(
            "roc_pull",
            "全国其他地区吸引力",
            "utility",
            -3,
            3,
            "Pull of the rest of China on migrants beside its wages and prices",
            "[A] zero; the pool itself shrinks by 0.5 percent a year",
            (("2013Q1", 0.0),),
        ),
    )
}
