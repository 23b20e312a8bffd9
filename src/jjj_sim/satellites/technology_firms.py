"""TechnologyFirms (高新技术企业与人工智能): certificates spread among who does research; AI firms follow AI's revenue.

    pool        K_z = kappa G_z R_z / Y_z          G: graduates at work in the eligible sectors, R: research stock,
                                                   Y: their value added a year; the two conditions of a certificate
    awarded     a_z = r / 4 N_z max(1 - N_z / K_z, 0)       a quarter, since 2017; before, N is the table's
    lapsed      l_z = (1 - rho) / 12 N_z                    a certificate stands for three years, then is renewed or not
    certified   N'  = N + a - l

    share       s   = S / (1 + exp(-g (year - m)))          AI's core revenue over the capital's information services,
    revenue     C   = s V,   V = sum of va_nominal          other services to producers and research
    AI firms    M   = M_100 (4 C / 100 bn yuan)^epsilon     registered AI-related firms of the capital
    where       by zone as G_z R_z of those sectors

A certificate asks for staff in science and technology and for research in sales, both as shares. Legal units are not
the pool: those of the capital's eligible sectors rise by 18 % in 2019-23, its certificates by 3.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.book import Field
from jjj_sim.param import param
from jjj_sim.prior import Triangular, Uniform
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
_YEAR = 4
_CERTIFICATE = 12  # quarters that one stands


class TechnologyFirms(Satellite):
    """High-technology enterprises by zone; AI firms and AI's core revenue of the capital."""

    name = "technology_firms"
    zh = "高新技术企业与人工智能"
    topic = "technology_firms"
    stocks: ClassVar[Mapping[str, tuple[str, str]]] = {"hightech_firms": ("hightech_awarded", "hightech_lapsed")}
    keeps: ClassVar[Mapping[str, Field]] = {
        "hightech_firms": Field(("zone",), "firms", "national high-technology enterprises with a valid certificate"),
        "hightech_awarded": Field(("zone",), "firms", "certificates given for the first time in the quarter"),
        "hightech_lapsed": Field(("zone",), "firms", "certificates that ran out in the quarter and were not renewed"),
        "ai_core_revenue": Field(("zone",), "bn yuan", "revenue of AI's core industry in the quarter"),
        "ai_firms": Field(("zone",), "firms", "AI-related firms"),
    }

    pool: float = param(
        0.026,
        unit="firms/person/year",
        lo=0.005,
        hi=0.1,
        doc="kappa: firms that could hold a certificate, per graduate and year of output in the research stock",
        prior=Uniform(0.022, 0.032),
        source="[D] certificates of the three provinces 2017-20; set by looking",
    )
    spread: float = param(
        0.77,
        unit="1/year",
        lo=0.1,
        hi=2.0,
        doc="r: pace at which certificates spread since provinces and counties have targets",
        prior=Uniform(0.6, 0.95),
        source="[D] the same; set by looking",
    )
    renewed: float = param(
        0.8,
        unit="share",
        lo=0.0,
        hi=1.0,
        doc="rho: certificates that are renewed after three years",
        prior=Triangular(0.65, 0.8, 0.95),
        source="[A]; pool and pace are set beside it",
        decides_alone=True,
    )
    ai_ceiling: float = param(
        0.3,
        unit="share",
        lo=0.16,
        hi=1.0,
        doc="S: AI's core revenue over the output of services to producers and research in the end",
        prior=Triangular(0.25, 0.3, 0.5),
        source="[A]",
        decides_alone=True,
    )
    ai_pace: float = param(
        0.26,
        unit="1/year",
        lo=0.05,
        hi=1.0,
        doc="g: pace of the share",
        prior=Uniform(0.2, 0.32),
        source="[D] core revenue 2022-24 over that output, at S; set by looking",
    )
    ai_middle: float = param(
        2024.9,
        unit="year",
        lo=2015.0,
        hi=2045.0,
        doc="m: when the share is half the ceiling",
        prior=Uniform(2024.4, 2025.4),
        source="[D] the same",
    )
    ai_firms_at: float = param(
        1326.0,
        unit="firms",
        lo=300.0,
        hi=5000.0,
        doc="M_100: AI-related firms at a core revenue of 100 bn yuan a year",
        prior=Uniform(1200.0, 1450.0),
        source="[D] firms of May 2018 and of 2020; set by looking",
    )
    ai_firms_elasticity: float = param(
        0.465,
        unit="1",
        lo=0.0,
        hi=1.5,
        doc="epsilon: AI-related firms per core revenue",
        prior=Uniform(0.35, 0.58),
        source="[D] the same; set by looking",
    )

    def open(self, world: World) -> None:
        """Take over who is certified when 2013 begins."""
        if self.knows(world):
            world.satellites["hightech_firms"] = self._recorded(world, world.data.technology_firms.certified.times[0])

    def act(self, world: World, table: Any = None) -> None:
        """Award and let lapse certificates; count AI firms."""
        if not self.knows(world):
            return
        kept, certified = world.satellites, world.data.technology_firms.certified
        before = kept["hightech_firms"].copy()
        lapsed = (1.0 - self.renewed) / _CERTIFICATE * before
        closed = quarters.year(world.t) - 1 + (world.t % _YEAR + 1) / _YEAR  # an end of year is told by its year
        if closed <= certified.last:
            awarded = self._recorded(world, closed) - before + lapsed
        else:
            pool = self.pool * self._pool(world)
            room = 1.0 - np.divide(before, pool, out=np.ones_like(before), where=pool > 0.0)
            awarded = self.spread / _YEAR * before * np.maximum(room, 0.0)
        kept["hightech_firms"] = before + awarded - lapsed
        kept["hightech_awarded"], kept["hightech_lapsed"] = awarded, lapsed
        self._artificial(world)

    def _artificial(self, world: World) -> None:
        """Set AI's core revenue and firms of the capital, by zone as graduates and research are."""
        kept, sectors, capital = world.satellites, self._services(), self.region.capital
        middle = quarters.middle(world.t)
        share = self.ai_ceiling / (1.0 + np.exp(-self.ai_pace * (middle - self.ai_middle)))
        revenue = share * float(world.tables.va_nominal[:, sectors].sum(axis=1) @ capital)
        weight = np.where(capital, self._graduates(world, sectors) * world.stocks.rd_stock, 0.0)
        where = weight / weight.sum() if weight.sum() > 0.0 else np.zeros_like(weight)
        kept["ai_core_revenue"] = revenue * where
        kept["ai_firms"] = self.ai_firms_at * (_YEAR * revenue / 100.0) ** self.ai_firms_elasticity * where

    def _services(self) -> list[int]:
        """Return the sectors that AI's core industry belongs to: those that take graduates and make no goods."""
        return sorted({*self.region.in_role("absorbing")} - {*self.region.in_role("industry")})

    def _graduates(self, world: World, sectors: list[int]) -> F64:
        """Return graduates at work in some sectors by zone of work."""
        return np.asarray(world.tables.workers[:, sectors, -1].sum(axis=1))

    def _pool(self, world: World) -> F64:
        """Return graduates times years of output in the research stock by zone, shape (n_zones,)."""
        sectors = self.region.in_role("absorbing")
        output = _YEAR * world.tables.value_added[:, sectors].sum(axis=1)
        graduates, research = self._graduates(world, sectors), world.stocks.rd_stock
        return np.asarray(graduates * np.divide(research, output, out=np.zeros_like(output), where=output > 0.0))

    def _recorded(self, world: World, time: float) -> F64:
        """Return who was certified at the end of a year in the record, by zone in proportion to the pool."""
        region, pool = self.region, self._pool(world)
        province = region.inner_province
        whole = np.bincount(province, pool, minlength=region.n_provinces)[province]
        alike = 1.0 / np.bincount(province, minlength=region.n_provinces)[province]
        share = np.divide(pool, whole, out=alike, where=whole > 0.0)
        return world.data.technology_firms.certified.along(time)[province] * share
