"""Sizes: do zones grow by chance or by size, and how heavy is the tail of firms?"""

from __future__ import annotations

import functools

import numpy as np
from matplotlib.axes import Axes

from fact import Experiment, Fact, Results, Trial
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.state.world import World
from lab import BEIJING, Array, Draw
from picture import BLUE, GREY, ORANGE

_FROM, _TO = "2020Q4", "2030Q4"
_TOP = 3937
_SEEN = "2020Q4"
_TAIL_FROM = 100.0


@functools.cache
def census() -> tuple[Array, Array]:
    """Return people by zone of the censuses of 2010 and 2020."""
    first, last = (np.array([value("zone_series", "population", z, year) for z in REGION.ids]) for year in (2010, 2020))
    return first, last


def slope(before: Array, after: Array) -> tuple[float, float]:
    """Return the slope of growth over a decade on log size, and its standard error, percent."""
    x, y = np.log(before), 100.0 * np.log(after / before)
    x = x - x.mean()
    b = float(x @ y / (x @ x))
    rest = y - y.mean() - b * x
    return b, float(np.sqrt(rest @ rest / (len(x) - 2) / (x @ x)))


def zones(draw: Draw) -> Trial:
    """Return the slope of the zones' growth of 2020-30 on log size."""
    base = draw.run(_TO)
    before, after = base.at("population", _FROM), base.at("population", _TO)
    return {"slope": slope(before, after)[0], "size": before, "growth": 100.0 * np.log(after / before)}


def firms(draw: Draw) -> Trial:
    """Return the share of Beijing's jobs in its largest legal units and the exponent of the tail."""
    world = draw.agents(_SEEN, lambda w: None)
    size, weight = _jobs(world)
    order = np.argsort(-size)
    size, weight = size[order], weight[order]
    rank = np.cumsum(weight)
    top = np.minimum(weight, np.maximum(_TOP - (rank - weight), 0.0))
    tail = size >= _TAIL_FROM
    x, y = np.log(size[tail]), np.log(rank[tail] - weight[tail] / 2.0)
    exponent = -np.polyfit(x, y, 1, w=np.sqrt(weight[tail]))[0]
    grid = np.geomspace(2, 2e4, 30)
    above = np.array([weight[size >= g].sum() for g in grid])
    return {"top": 100.0 * (size * top).sum() / (size * weight).sum(), "exponent": exponent, "above": above}


def _jobs(world: World) -> tuple[Array, Array]:
    """Return jobs and weight of Beijing's legal units."""
    f = world.firms
    mine = BEIJING[f.zone] & (f.flags == 0)
    jobs = np.exp(world.tables.firm_offset[f.zone[mine], f.sector[mine]] + f.x[mine])
    return jobs, f.weight[mine].astype(np.float64)


def _growth(ax: Axes, results: Results) -> None:
    before, after = census()
    ax.plot(before / 1e6, 100.0 * np.log(after / before), "o", color=GREY, ms=4, label="census 2010-20")
    ax.plot(results.band("size")[1] / 1e6, results.band("growth")[1], "o", color=BLUE, ms=4, label="model 2020-30")
    ax.set(xscale="log", xlabel="residents at the beginning, million", ylabel="growth in ten years, log %")


def _tail(ax: Axes, results: Results) -> None:
    grid = np.geomspace(2, 2e4, 30)
    above = np.maximum(results.band("above")[1], 1.0)
    ax.loglog(grid, above, color=BLUE, label="model, 2020")
    at = np.searchsorted(grid, _TAIL_FROM)
    ax.loglog(grid[at:], above[at] * grid[at] / grid[at:], "--", color=ORANGE, label="Zipf")
    ax.set(xlabel="jobs of a legal unit in Beijing", ylabel="units at least as large", ylim=(1, None))


ZONES = Experiment("zone_sizes", zones)
FIRMS = Experiment("firm_sizes", firms, by_seed=True)
_B, _SE = slope(*census())
FACTS = (
    Fact(
        name="zone_growth",
        title="Growth of places hardly depends on their size",
        published=(
            f"growth on log size of the region's own zones 2010-20: {_B:.1f} % a log unit (s.e. {_SE:.1f}); Chinese "
            "cities depart from Gibrat and Zipf"
        ),
        source="[D] censuses of 2010 and 2020; [L] Chauvin et al. 2017 JUE",
        unit="% in ten years a log unit of size",
        low=round(_B - 2.0 * _SE, 1),
        high=round(_B + 2.0 * _SE, 1),
        reason="the censuses' slope and two standard errors",
        did=(
            "The growth of the nineteen zones in the projection, 2020-2030, on the log of their size of 2020, "
            "beside the last decade."
        ),
        mechanism=(
            "After 2020 nothing but housing, wages, services, air and policy moves people: the drift between the "
            "censuses ends. The small zones are Xiong'an, the North Three Counties and the core, each with a policy "
            "of its own."
        ),
        miss="Nineteen zones give a wide interval; missing it is a strong statement about the projection.",
        experiment=ZONES,
        value="slope",
        picture=_growth,
    ),
    Fact(
        name="firm_top_share",
        title="A few thousand units hold a quarter of Beijing's jobs",
        published=f"27.9 % of jobs in legal units at {_TOP:,} headquarters and their branches, 2013",
        source="[D] 3.098 of 11.1 million employed",
        unit="% of jobs in legal units, 2020",
        low=24.0,
        high=np.inf,
        reason=(
            "the published units are a list of headquarters, not the largest by jobs, so that their share is a lower "
            "bound of what the largest hold; a sixth less for eight years of growth and entry [A]"
        ),
        study="[L] a list of headquarters of the city's statistics, not the largest units by jobs",
        asked_before="24 to 33 %, as if the list were of the largest; the design says so before the model is asked",
        did="Agents at 1,000 residents an agent live to 2020; the share of the largest units of Beijing by jobs.",
        mechanism=(
            "Sizes open with a spread of 2, which the tail sets. Gibrat's growth widens sizes, entry of small and "
            "exit of small units narrow them, reversion is weak."
        ),
        miss="Sizes spread faster than entry, exit and reversion hold them together.",
        experiment=FIRMS,
        value="top",
        picture=_tail,
    ),
    Fact(
        name="firm_tail",
        title="The tail of firm sizes is Zipf's",
        published="exponent of the tail about 1 (1.06 in the United States)",
        source="[R] Axtell 2001 Science; Chinese samples lie near [R]",
        unit="exponent, units of 100 jobs and more, 2020",
        low=0.85,
        high=1.3,
        reason="the usual range of samples [A]",
        did=(
            "Log rank on log size of Beijing's legal units of at least 100 jobs, each agent at the middle of its ranks."
        ),
        mechanism=(
            "Sizes open log-normal in each cell, which Gibrat keeps; mixing cells of different means lengthens the "
            "tail."
        ),
        miss=(
            "A log-normal tail bends down where a Pareto tail is straight, so that the slope depends on where it is "
            "cut."
        ),
        experiment=FIRMS,
        value="exponent",
        picture=_tail,
        digits=2,
    ),
)
