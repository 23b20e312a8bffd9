"""Railways: what fast lines do to the zones that they connect, pass by, link with Beijing or join to the nation.

Four new lines a draw, each between two zones at half the minutes of 2013 or from a zone to the rest of China, in random
years of 2014-2018: who is connected is luck, so that a comparison of means needs no controls. The programme of history
is switched off.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from matplotlib.axes import Axes
from numpy.typing import NDArray

from fact import Experiment, Fact, Results, Trial
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from lab import MANUFACTURING, Array, Draw, Series, never, percent, zone, zones
from picture import BLUE, GREY, ORANGE, bars

_LINES = 4
_END = "2024Q4"
_DETOUR = 1.3
_NEARER = 0.15
# Minutes by which a zone comes nearer to the rest of China, as Hengshui did by its line of 2017.
_JOINS = 34.0
CONTRACTS = "flows.technology_contracts"
_CENTRE = zones("bj_core", "bj_inner")
_RADIAL = ("bj_outer", "langfang_n3", "baoding", "tj_urban")


def trial(draw: Draw) -> Trial:
    """Open lines between random pairs and compare with the same world without any."""
    none = draw.run(rail_programme=never("rail_programme"))
    minutes = none.at("tables.minutes", 0)[:N_ZONES, :N_ZONES]
    pairs = _pairs(draw, minutes)
    opened = draw.run(rail_programme=_programme(draw, pairs, minutes))
    connected = np.zeros(N_ZONES, dtype=bool)
    connected[np.ravel(pairs)] = True
    passed = _on_the_way(pairs, minutes) & ~connected
    others = ~connected & ~passed
    output = _gain(opened, none, "tables.value_added")
    return {
        "groups": np.array([_mean(output, group) for group in (connected, passed, others)]),
        "passed": _mean(output, passed) - _mean(output, others),
    }


def joined(draw: Draw) -> Trial:
    """Open lines from random zones to the rest of China and compare with the same world without any."""
    none = draw.run(rail_programme=never("rail_programme"))
    luck = draw.luck("nation")
    connected = np.zeros(N_ZONES, dtype=bool)
    connected[luck.permutation(N_ZONES)[:_LINES]] = True
    lines: dict[str, Any] = dict(never("rail_programme")["openings"])
    for z in np.flatnonzero(connected):
        minutes = float(none.at("tables.minutes_outside", 0)[z]) - _JOINS
        ends = {"from": REGION.ids[z], "to": REGION.outside}
        quarter = f"{luck.integers(2014, 2019)}Q{luck.integers(1, 5)}"
        lines[f"from_{REGION.ids[z]}"] = {"quarter": quarter, "minutes": minutes, "km": 100.0, **ends}
    opened = draw.run(rail_programme={"openings": lines})
    jobs = _gain(opened, none, "tables.jobs")
    access = percent(*(series.at("tables.market_access", _END) for series in (opened, none)))
    return {
        "jobs": jobs[connected].mean() - jobs[~connected].mean(),
        "elasticity": np.polyfit(np.log1p(access / 100.0), np.log1p(jobs / 100.0), 1)[0],
        "gained": access[connected].mean(),
        "access": access,
        "jobs by zone": jobs,
    }


def _mean(gain: Array, group: NDArray[np.bool_]) -> float:
    """Return the mean over a group of zones, nan where there is none."""
    return float(gain[group].mean()) if group.any() else float("nan")


def _pairs(draw: Draw, minutes: Array) -> list[tuple[int, int]]:
    """Return disjoint random pairs one to four hours apart."""
    luck = draw.luck("railways")
    left = list(luck.permutation(N_ZONES))
    found: list[tuple[int, int]] = []
    while left and len(found) < _LINES:
        a = left.pop()
        far = [b for b in left if 60.0 <= minutes[a, b] <= 240.0]
        if far:
            left.remove(far[0])
            found.append((int(a), int(far[0])))
    return found


def _programme(draw: Draw, pairs: list[tuple[int, int]], minutes: Array) -> dict[str, Any]:
    """Return the lever with these lines alone, opened in random quarters."""
    luck = draw.luck("openings")
    lines: dict[str, Any] = dict(never("rail_programme")["openings"])
    for k, (a, b) in enumerate(pairs):
        lines[f"line_{k}"] = line(a, b, f"{luck.integers(2014, 2019)}Q{luck.integers(1, 5)}", minutes)
    return {"openings": lines}


def line(a: int, b: int, quarter: str, minutes: Array) -> dict[str, Any]:
    """Return a line between two zones at half of `minutes`."""
    ends = {"from": REGION.ids[a], "to": REGION.ids[b]}
    return {"quarter": quarter, "minutes": max(float(minutes[a, b]) / 2.0, 1.0), "km": 100.0, **ends}


def _on_the_way(pairs: list[tuple[int, int]], minutes: Array) -> NDArray[np.bool_]:
    """Return the zones over which the way between the ends of a line is at most `_DETOUR` as long."""
    via = [minutes[a] + minutes[:, b] <= _DETOUR * minutes[a, b] for a, b in pairs]
    return np.asarray(np.any(via, axis=0))


def _gain(opened: Series, none: Series, name: str) -> Array:
    """Return by how many percent a zone's sum over sectors is higher with the lines."""
    return percent(opened.at(name, _END).sum(axis=1), none.at(name, _END).sum(axis=1))


def contracts(draw: Draw) -> Trial:
    """Compare contracts with history's railways and without, on pairs that they brought closer and on others.

    Each pair counts once, with effects of seller and of buyer, as in a gravity equation of the change.
    """
    base, none = draw.run(), draw.run(rail_programme=never("rail_programme"))
    before, after = (s.at("tables.minutes", _END)[:N_ZONES, :N_ZONES] for s in (none, base))
    pair = ~np.eye(N_ZONES, dtype=bool)
    nearer = (after <= (1.0 - _NEARER) * before) & pair
    without, with_ = (s.total(CONTRACTS, "2023Q1", _END) for s in (none, base))
    pair &= (without > 0.0) & (with_ > 0.0)
    seller, buyer = np.nonzero(pair)
    change = np.log(with_[pair] / without[pair])
    columns = [nearer[pair], *(seller == z for z in range(N_ZONES)), *(buyer == z for z in range(1, N_ZONES))]
    effect = np.linalg.lstsq(np.stack(columns, axis=1).astype(np.float64), change, rcond=None)[0][0]
    groups = [100.0 * np.expm1(change[nearer[pair] == near].mean()) for near in (True, False)]
    summed = [float(percent(with_[p].sum(), without[p].sum())) for p in (nearer, pair & ~nearer)]
    return {
        "contracts": 100.0 * np.expm1(effect),
        "summed": summed[0] - summed[1],
        "saved": float(-percent(after, before)[nearer].mean()),
        "groups": groups,
    }


def radial(draw: Draw) -> Trial:
    """Open four radial lines from Beijing's centre in 2014 and see what a line does to the centre."""
    none = draw.run(rail_programme=never("rail_programme"))
    minutes = none.at("tables.minutes", 0)
    lines: dict[str, Any] = dict(never("rail_programme")["openings"])
    for name in _RADIAL:
        for centre in _CENTRE:
            lines[f"from_{centre}_to_{name}"] = line(centre, zone(name), "2014Q1", minutes)
    opened = draw.run(rail_programme={"openings": lines})
    people = percent(opened["population"][-1, _CENTRE].sum(), none["population"][-1, _CENTRE].sum())
    share = percent(_industry(opened), _industry(none))
    found = np.array([people, share]) / len(_RADIAL)
    return {"people": found[0], "industry": found[1], "both": found}


def _industry(series: Series) -> float:
    """Return the centre's share of the region's manufacturing at the end."""
    made = series.at("tables.value_added", _END)[:, MANUFACTURING].sum(axis=1)
    return float(made[_CENTRE].sum() / made.sum())


def _scatter(ax: Axes, results: Results) -> None:
    ax.plot(results.stack("access").ravel(), results.stack("jobs by zone").ravel(), ".", color=BLUE, alpha=0.5, ms=4)
    ax.axhline(0.0, color=GREY, lw=0.7)
    ax.set(xlabel="market access, % gained by 2024 (a dot a zone and draw)", ylabel="jobs, % gained")
    x = np.linspace(0.0, float(results.stack("access").max()), 2)
    ax.plot(x, 2.25 * x, "--", color=ORANGE, label="published elasticity, 2.25")
    ax.set_ylim(*np.array([-1.5, 1.5]) * max(1.0, float(np.abs(results.stack("jobs by zone")).max())))


EXPERIMENT = Experiment("railways", trial)
JOINED = Experiment("joined", joined)
RADIAL = Experiment("radial", radial)
LINKED = Experiment("contracts", contracts)
_DID = (
    "Four lines between random disjoint pairs of zones one to four hours apart open in random quarters of 2014-2018, "
    "each at half the minutes of 2013, and nothing else opens after 2013; 2024 is compared with the same world "
    "without them."
)
_JOIN = (
    "Four random zones join the nation's network: each comes 34 minutes nearer to the rest of China by a line of its "
    "own, as Hengshui did in 2017, in a random quarter of 2014-2018, and nothing else opens after 2013; 2024 is "
    "compared with the same world without them."
)
_LIN = (
    "81 cities as they joined the national fast network one after another, against those not yet joined; urban "
    "employment; access counts all cities of the nation by rail [L: cities, effects; R: the comparison over "
    "time and the access]."
)
_BAUM = (
    "Chinese prefectures from 1990 to 2010, the central city's part of its prefecture by lines that leave it, with "
    "routes of 1962 as instrument [R]: decades, in which factories left centres."
)
_RADIALS = (
    "Four lines from Beijing's core and inner districts to the outer districts, the North Three Counties, Baoding and "
    "Tianjin open in 2014 at half the minutes; the change by 2024 is divided by four."
)
FACTS = (
    Fact(
        name="hsr_employment",
        title="A fast line brings jobs to the cities it connects",
        published="+7 % employment in connected cities (81 cities)",
        source="[L] Lin 2017 JUE",
        unit="% of jobs, connected less not connected, 2024",
        low=3.5,
        high=10.5,
        reason="half to one and a half times the estimate",
        study=_LIN,
        asked_before=(
            "3.5 to 10.5 % for zones that a line connects with one another, then the same without a verdict: joining "
            "the nation's network is a gain of another size, and the minutes to the rest of China were the same for "
            "every zone, whatever opened. They are not now, and zones join the nation."
        ),
        did=_JOIN,
        mechanism=(
            "A line to the rest of China acts through market access in productivity, with elasticity "
            "`production.access_gain`, trade with it, and the pull of markets on firms and founders; one inside the "
            "region through where people live and commute as well."
        ),
        cannot=(
            "How much nearer to the nation the cities of the study came is not in what was read of it, and the number "
            "goes with that: by its own elasticity 7 % are 3 % of access. The elasticity below asks the same by unit "
            "of access."
        ),
        experiment=JOINED,
        beside=(("market access gained, %", "gained"),),
        value="jobs",
        picture=_scatter,
        digits=2,
    ),
    Fact(
        name="hsr_market_access",
        title="Employment answers to market access",
        published="elasticity of employment to rail market access 2 to 2.5",
        source="[L] Lin 2017 JUE",
        unit="elasticity of jobs",
        low=1.0,
        high=3.5,
        reason="the estimates and half as much either way",
        study=_LIN,
        asked_before=(
            "the same range, of lines between zones of the region: by access to the region's output alone, then with "
            "the rest of China at a distance that no line changed, and its output in a wrong unit. The study is of "
            "joining the nation, in access to the nation: a zone joins it now, and the access of the model holds it."
        ),
        did=(
            f"{_JOIN} The slope of log jobs gained on log market access gained, over zones; access is the nation's "
            "output by minutes, the region's zone by zone and the rest of China's as one place."
        ),
        mechanism=(
            "Access falls with minutes by `production.access_decay` and raises productivity by "
            "`production.access_gain`; firms go by it, people follow pay and posts."
        ),
        miss=(
            "Access raises productivity with a small elasticity, by its sources, and jobs follow productivity where "
            "people can follow; a zone is a prefecture with its countryside, where a station serves a part."
        ),
        experiment=JOINED,
        value="elasticity",
        beside=(("market access gained, %", "gained"),),
        picture=_scatter,
        digits=2,
    ),
    Fact(
        name="hsr_bypass",
        title="Those passed by a fast line lose",
        published="GDP of by-passed counties 3 to 5 % lower",
        source="[L] Qin 2017 JEG; size partly [R]",
        unit="% of GDP, passed less others not connected, 2024",
        low=-7.5,
        high=-1.5,
        reason="half of the lower to one and a half times the higher estimate",
        study=(
            "Counties on lines that were made faster in 2004 and 2007, whose stops the fast trains dropped, against "
            "counties off the lines [R]."
        ),
        asked_before="-7.5 to -1.5 % for zones on a line's way. The study is of counties that lost trains.",
        did=(
            f"{_DID} Passed by are the unconnected zones over which the way between a line's ends is at most 1.3 "
            "times as long."
        ),
        mechanism=(
            "A passed zone keeps its old trains and gains a little through its neighbours; it loses only by what "
            "its better connected neighbours draw away."
        ),
        cannot="No line takes a train away here, and the counties that lost them lie inside zones.",
        experiment=EXPERIMENT,
        value="passed",
        picture=bars(["connected", "passed by", "others"], "groups", "GDP in 2024, % above without the lines"),
        digits=2,
    ),
    Fact(
        name="radial_industry",
        title="Radial rail takes industry out of the centre",
        published="each radial railway, industrial GDP of the central city down 20 %",
        source="[L] Baum-Snow, Brandt, Henderson, Turner, Zhang 2017 REStat",
        unit="% of the centre's share of the region's manufacturing a line, 2024",
        low=-30.0,
        high=-10.0,
        reason="half to one and a half times the estimate, which is of two decades from 1990",
        study=_BAUM,
        asked_before=(
            "-30 to -10 % of the centre's industrial output within ten years. The estimate is of two decades in which "
            "factories left; shown now is the centre's share of industry, which is what moves."
        ),
        did=_RADIALS,
        mechanism=(
            "Firms may leave the centre for a place that is nearer now, since distance is a cost of moving; the "
            "centre's own market access rises, which keeps firms and raises productivity. No freight, and no land "
            "rents of factories."
        ),
        cannot=(
            "The estimate is of twenty years from 1990, of freight, and of an industry that had not left yet: "
            "Beijing's centre held little in 2013, and its fast lines carry people."
        ),
        experiment=RADIAL,
        value="industry",
        picture=bars(["residents", "share of manufacturing"], "both", "change of Beijing's centre a line, %"),
        digits=2,
    ),
    Fact(
        name="radial_population",
        title="Radial lines take people out of the centre",
        published="each radial highway, 4 % of the central city's population; of railways, industry alone moved",
        source="[L] Baum-Snow, Brandt, Henderson, Turner, Zhang 2017 REStat",
        unit="% of the centre's residents a line, 2024",
        low=-6.0,
        high=-2.0,
        reason="half to one and a half times the estimate for highways",
        study=_BAUM,
        did="The same four lines.",
        mechanism=(
            "A faster line lets people work in the centre and live outside, where minutes are over 80; and it "
            "brings the centre nearer to those from outside."
        ),
        cannot=(
            "The model opens rail lines alone; highways are in the road minutes and no lever. The number is what a "
            "rail line does."
        ),
        experiment=RADIAL,
        value="people",
        picture=bars(["residents", "share of manufacturing"], "both", "change of Beijing's centre a line, %"),
        digits=2,
    ),
    Fact(
        name="hsr_contracts",
        title="Fast trains bring researchers and buyers together",
        published="at least +32.65 % collaboration between connected cities",
        source="[L] Ma, Huang 2024 Scientometrics; † sets `innovation.decay`",
        unit="% of contracts of a pair, connected against others, 2023-24",
        low=16.0,
        high=65.0,
        reason="half to twice the estimate, which is of joint papers, a bound from below",
        study="Pairs of cities that a fast line connects against pairs that it does not [L].",
        asked_before=(
            "the same range, for the sum of contracts on the pairs that came closer, which is that of a few pairs with "
            "Beijing. The study counts pairs: each counts once now, with effects of seller and buyer. Asked so the "
            "model said 69 %, by a decay of .6 an hour that was assumed; the decay is now what the estimate and the "
            "hours saved here give, so that the answer tests nothing."
        ),
        did=(
            "History is compared with a world in which no line opens after 2013: the log of technology contracts of "
            "2023-24 by pair of zones, with over without, on whether the lines brought the pair at least 15 % closer "
            "and on effects of the seller and of the buyer."
        ),
        mechanism=(
            "Contracts decay with minutes between seller and buyer; what one pair gains is not all new in total."
        ),
        miss="Joint papers of researchers are not contracts of firms.",
        beside=(("minutes saved on those pairs, %", "saved"), ("by the sum of contracts, %", "summed")),
        experiment=LINKED,
        value="contracts",
        picture=bars(["connected", "others"], "groups", "contracts of a pair in 2023-24, % above without the lines"),
    ),
    Fact(
        name="hsr_passengers",
        title="A fast line brings passengers",
        published="passengers +10 % in connected cities",
        source="[L] Lin 2017 JUE",
        unit="",
        low=-np.inf,
        high=np.inf,
        reason="",
        did="",
        mechanism="",
        study=_LIN,
        cannot="Trips are not modelled: minutes act on where people live, work and buy, not on how often they travel.",
    ),
)
