"""Relief (疏解): what it did to its neighbours, to Beijing's banned services, and to the workers it released."""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from fact import Experiment, Fact, Results, Trial
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.state.world import World
from lab import BEIJING, MANUFACTURING, SECTOR, Array, Draw, Series, constant, percent, raised, zones
from picture import BLUE, ORANGE, bars, lines

_NEAR = zones("langfang_n3", "langfang_rest", "baoding", "zhangjiakou")
_POOR, _RICH = zones("baoding", "zhangjiakou"), zones("langfang_n3", "langfang_rest")
_FAR = [z for z in np.flatnonzero(REGION.inside("hebei")).tolist() if z not in _NEAR]
_FIRST, _LAST = "2014Q1", "2020Q4"
_YEARS = np.arange(2014, 2021)
_BANNED = [SECTOR["wholesale_logistics"], SECTOR["consumer_services"]]
_OTHER = [SECTOR["producer_services"], SECTOR["public_hq"]]
_PULSE, _TWO_YEARS_ON = "2015Q1", "2017Q1"
_PULSE_FIRMS = 800.0
_WORKERS_AN_AGENT = 4000


def neighbours(draw: Draw) -> Trial:
    """Compare history with a world without relief and without the negative list: neighbours less the rest of Hebei."""
    base = draw.run()
    off = draw.run(relief_manufacturing=constant(0.0), relief_markets=constant(0.0), negative_list=constant(0.0))
    ends = [f"{year}Q4" for year in _YEARS]
    firms = [_contrast(_new_firms(base, q), _new_firms(off, q)) for q in ends]
    people = [_contrast(base.at("population", q), off.at("population", q)) for q in ends]
    last = base.at("population", _LAST), off.at("population", _LAST)
    level = _productivity(base, off)
    weight = base.at("tables.value_added", _LAST)
    banned, other = (np.average(level[BEIJING][:, of], weights=weight[BEIJING][:, of]) for of in (_BANNED, _OTHER))
    near, far = (float(np.average(level[of], weights=weight[of])) for of in (_NEAR, _FAR))
    return {
        "firms by year": np.array(firms),
        "people by year": np.array(people),
        "people by zone": percent(*last)[_NEAR],
        "firms": firms[-1],
        "people": people[-1],
        "people, poor less rich": _contrast(*last, _POOR, _RICH),
        "people, alone": _gain(*last, _NEAR),
        "productivity": near - far,
        "productivity, alone": near,
        "banned": float(banned - other),
        "by list": np.array([banned, other]),
    }


def _new_firms(series: Series, quarter: str) -> Array:
    """Return firms new in each zone's register since 2014: founded, moved in, or opened by a firm from elsewhere."""
    n = len(BEIJING)
    new = series.total("flows.firm_entries", _FIRST, quarter).sum(axis=1)
    for name in ("firms_relocated", "firms_branched", "offers_taken"):
        new += series.total(f"flows.{name}", _FIRST, quarter)[:n, :n].sum(axis=0)
    return new


def _gain(new: Array, old: Array, of: list[int]) -> float:
    return float(percent(new[of].sum(), old[of].sum()))


def _contrast(new: Array, old: Array, treated: list[int] = _NEAR, others: list[int] = _FAR) -> float:
    """Return by how many percent more `new` lies above `old` in the treated zones than in the others."""
    return _gain(new, old, treated) - _gain(new, old, others)


def _productivity(base: Series, off: Series) -> Array:
    """Return by how many percent productivity by zone and sector is higher with the policy."""
    name = "tables.productivity_level"
    return 100.0 * np.log(np.maximum(base.at(name, _LAST), 1e-12) / np.maximum(off.at(name, _LAST), 1e-12))


def workers(draw: Draw) -> Trial:
    """Follow Beijing's manufacturing workers for two years, and add what a pulse of relief makes leave."""
    base = draw.run(_TWO_YEARS_ON)
    pulse = draw.run(_TWO_YEARS_ON, relief_manufacturing=raised("relief_manufacturing", _PULSE, _PULSE, _PULSE_FIRMS))

    def released(series: Series) -> float:
        closed = series.total("flows.jobs_closed_by_relief", _PULSE, _TWO_YEARS_ON)[BEIJING]
        moved = series.total("flows.jobs_moved_by_relief", _PULSE, _TWO_YEARS_ON)[: len(BEIJING)][BEIJING]
        # Of all sectors: the market sites among them move alike in both runs.
        return float(closed[:, MANUFACTURING].sum() + moved[:, np.append(~BEIJING, True)].sum())

    def force(series: Series) -> Array:
        # At unchanged participation: who stops looking for work has not left Beijing.
        there = series["tables.labour_force"] * np.exp(-series["memory.joined"])
        return np.asarray(there[:, BEIJING].sum(axis=1))

    jobs = released(pulse) - released(base)
    left = 100.0 * (force(base) - force(pulse))[8:] / jobs
    ordinary = _ordinary(draw)
    return {
        "share": ordinary + left[-1],
        "ordinary": ordinary,
        "caused": left,
        "caused at last": left[-1],
        "total": ordinary * _ramp(left) + left,
    }


def _ramp(path: Array) -> Array:
    """Return a straight rise from 0 to 1 as long as `path`."""
    return np.linspace(0.0, 1.0, len(path))


def _ordinary(draw: Draw) -> float:
    """Return the share of Beijing's manufacturing workers under 55 gone within two years in ordinary times, percent."""
    seen: dict[str, NDArray[Any]] = {}

    def watch(world: World) -> None:
        people = world.residents
        if world.t == 8:
            mine = np.isin(people.sector, MANUFACTURING) & BEIJING[people.zone] & (people.age(world.year) < 55)
            seen["id"], seen["weight"] = people.id[mine], people.weight[mine].astype(np.float64)

    world = draw.agents(_TWO_YEARS_ON, watch, _WORKERS_AN_AGENT)
    still = world.residents.id[BEIJING[world.residents.zone]]
    gone = ~np.isin(seen["id"], still)
    return float(100.0 * np.average(gone, weights=seen["weight"]))


def _released(ax: Axes, results: Results) -> None:
    quarters = np.arange(results.stack("caused").shape[1])
    for key, label, colour in (("total", "ordinary moves and those caused", BLUE), ("caused", "caused", ORANGE)):
        low, median, high = results.band(key)
        ax.fill_between(quarters, low, high, color=colour, alpha=0.2, lw=0)
        ax.plot(quarters, median, color=colour, label=label)
    ax.set(xlabel="quarters after release", ylabel="left Beijing, % of those released")


_RELIEF = (
    "History is compared with a world in which Beijing relieves no manufacturer and no market and has no negative "
    "list, 2014-2020."
)
_PLACES = "Neighbours are both parts of Langfang, Baoding and Zhangjiakou; the others are the rest of Hebei's zones."
_STUDY = (
    "Relief raises the growth of the surroundings by new firms and population, more in poor areas, with no effect on "
    "productivity [L, the abstract alone was seen]. An effect on the surroundings is read as theirs beyond places "
    "further off, over the years that relief ran."
)
_ALONE = (
    "the neighbours against themselves without relief. An effect on the surroundings is found against places further "
    "off, which relief reaches too: those are taken off now. The range is the same."
)
_YUAN = "[L] Yuan, Jing, Liu 2024 JRS"
NEIGHBOURS = Experiment("relief", neighbours)
WORKERS = Experiment("relief_workers", workers)
FACTS = (
    Fact(
        name="relief_people",
        title="Workers released by relief seldom leave Beijing",
        published="manufacturing workers tend to stay near the old site",
        source="[L] study of phone locations; the bound of 35 % within two years is [A]",
        unit="% of those released, in 2 years",
        low=0.0,
        high=35.0,
        reason="'tend to stay' is read as about two in three or more",
        study="Where the phones of those who worked at closed sites went [L]: a share of people, no contrast.",
        did=(
            f"Relief takes {_PULSE_FIRMS:.0f} manufacturers more in the first quarter of 2015 than history's path. "
            "What Beijing's labour force, at unchanged participation, loses in two years against the same world "
            "without them, by jobs released, is added to the share of manufacturing workers under 55 who leave in "
            "ordinary times, counted on agents by id."
        ),
        mechanism=(
            "Nobody is matched with a firm: relief acts on people through jobs, unemployment and wages of the zone, "
            "and few reconsider where they live in a quarter. So most who go would have gone anyway."
        ),
        experiment=WORKERS,
        value="share",
        picture=_released,
        beside=(("leaving in ordinary times, %", "ordinary"), ("caused by release, %", "caused at last")),
    ),
    Fact(
        name="relief_neighbours_firms",
        title="Relief brings firms to Beijing's neighbours",
        published="growth of the surroundings rises through new firms",
        source=f"{_YUAN} (abstract: the sign)",
        unit="% of the firms new in 2014-20, neighbours less others",
        low=0.05,
        high=np.inf,
        reason="only the sign is published; below a twentieth of a percent is none",
        study=_STUDY,
        asked_before=(
            f"at least 0.05 % of the stock of legal units of 2020, {_ALONE} And it speaks of new firms: those founded, "
            "moved in or opened from elsewhere are counted now, as a register does, in place of the stock, which is of "
            "the same size."
        ),
        did=f"{_RELIEF} {_PLACES}",
        mechanism="Neighbours gain the firms that move and what these draw by profit.",
        miss=(
            "Those whom the list refuses are not founded elsewhere: the model has no pool of refused founders who "
            "try next door, and of the firms moved by relief a few thousand go to zones that hold hundreds of "
            "thousands."
        ),
        experiment=NEIGHBOURS,
        value="firms",
        picture=lines(_YEARS, "with relief, % above without", firms="firms by year", residents="people by year"),
        digits=2,
    ),
    Fact(
        name="relief_neighbours_people",
        title="Relief brings people to Beijing's neighbours",
        published="growth of the surroundings rises through population, more in poor areas",
        source=f"{_YUAN} (abstract: the sign)",
        unit="% of residents, 2020, neighbours less others",
        low=0.05,
        high=np.inf,
        reason="only the sign is published; below a twentieth of a percent is none",
        study=_STUDY,
        asked_before=f"at least 0.05 %, {_ALONE}",
        did=f"{_RELIEF} {_PLACES}",
        mechanism=(
            "Jobs that arrive with firms lower unemployment and raise wages where they go, and raise unemployment "
            "in Beijing; residents follow slowly."
        ),
        miss=(
            "The firms that relief moved there are too few to show among the people of four zones with twenty million."
        ),
        experiment=NEIGHBOURS,
        value="people",
        beside=(
            ("against themselves", "people, alone"),
            ("Baoding and Zhangjiakou less Langfang", "people, poor less rich"),
        ),
        picture=bars(
            [REGION.name_en[z].split(" (")[0] for z in _NEAR], "people by zone", "residents in 2020, % above without"
        ),
        digits=3,
    ),
    Fact(
        name="relief_neighbours_productivity",
        title="Relief does not raise the neighbours' productivity",
        published="no effect on productivity of the surroundings",
        source=f"{_YUAN} (abstract)",
        unit="% of productivity, 2020, neighbours less others",
        low=-0.25,
        high=0.25,
        reason="a quarter of a percent in six years would not be told from none",
        study=_STUDY,
        asked_before=f"-0.25 to 0.25 %, {_ALONE}",
        did=f"{_RELIEF} {_PLACES}",
        mechanism=(
            "Productivity answers to the density of jobs and to market access, with elasticities near .05, to "
            "knowledge, and to the firms that move in, of which those told to go bring a part of their technique."
        ),
        miss=(
            "Firms that are told to go bring a part of the productivity of where they worked, and the density of jobs "
            "rises with them: the cells that receive them gain."
        ),
        experiment=NEIGHBOURS,
        value="productivity",
        beside=(("against themselves", "productivity, alone"),),
        digits=3,
    ),
    Fact(
        name="relief_banned_services",
        title="Productivity of Beijing's banned services falls",
        published="TFP of banned service industries falls, more under prohibition (39 industries, 2012-18)",
        source="[L] difference-in-differences on 39 industries (abstract: the sign)",
        unit="% of productivity, banned less other services, 2020",
        low=-np.inf,
        high=-0.05,
        reason="only the sign is published; below a twentieth of a percent is none",
        study="Beijing's 39 service industries, those on the list against those not on it, 2012-18 [L].",
        did=f"{_RELIEF} Banned: wholesale and consumer services of Beijing; others: producer and public services.",
        mechanism=(
            "Productivity of a sector answers to the zone's density of jobs, market access and knowledge, not to "
            "who may be founded: the list lowers the number of firms, and the model knows no gain from entry, "
            "selection or the mix of young firms."
        ),
        cannot=(
            "The list names sub-industries, 39 in the study; here are four sectors of services, each of which holds "
            "banned and free ones, so that the contrast lies inside them."
        ),
        asked_before=(
            "at most -0.05, of two sectors against two others. What varies in the study varies inside a sector here."
        ),
        experiment=NEIGHBOURS,
        value="banned",
        picture=bars(["banned", "others"], "by list", "productivity in 2020, % above without"),
        digits=2,
    ),
)
