"""Local multipliers: what public and manufacturing jobs bring with them."""

from __future__ import annotations

from typing import Any

import numpy as np

from fact import Experiment, Fact, Trial
from jjj_sim.state.world import World
from lab import BEIJING, MANUFACTURING, SECTOR, SERVICES, Array, Draw, Hook, zone
from picture import bars, lines

_JOBS = 20_000.0
_MOVED, _SEEN, _LATER = "2015Q1", "2024Q4", "2034Q4"
_YEARS = np.arange(2013, 2035) + 1.0
_TEN = 2024 - 2013
_PUBLIC = SECTOR["public_hq"]
_XIONGAN = zone("xiongan")
_BAODING = zone("baoding")
_ZONES = ("shijiazhuang", "baoding", "cangzhou")
# What is sold where it is made: not farming and manufacturing, nor producer services and research.
_NON_TRADED = [SECTOR[s] for s in ("construction_real_estate", "wholesale_logistics", "consumer_services", "public_hq")]
_SHOCKED_UNTIL = "2019Q4"
_CUT_UNTIL = "2013Q4"


def public(draw: Draw) -> Trial:
    """Move a headquarters of 20,000 to Xiong'an in 2015; return other jobs there, and where it left, a job moved."""
    horizon: dict[str, Any] = {"horizon.end": _LATER}
    base = draw.run(_LATER, **horizon)["tables.jobs"]
    jobs = {name: draw.run(_LATER, **horizon, **_move(name))["tables.jobs"] for name in ("xiongan", "baoding")}
    more = {name: (moved - base)[3::4] / _JOBS for name, moved in jobs.items()}
    private = _private(more["xiongan"][:, _XIONGAN])
    return {
        "private": private,
        "public": more["xiongan"][:, _XIONGAN, _PUBLIC],
        "multiplier": private[_TEN],
        "twenty years": private[-1],
        "elsewhere": _private(more["baoding"][:, _BAODING])[_TEN],
        "sender": _private(more["xiongan"][:, zone("bj_inner")])[_TEN],
    }


def _move(destination: str) -> dict[str, Any]:
    """Return the lever of the move in the form of a file."""
    event = {"quarter": _MOVED, "jobs": _JOBS, "origin": "bj_inner", "destination": destination}
    return {"headquarters_moves": {"events": {"a_test": event}}}


def _private(jobs: Array) -> Array:
    """Return jobs of all sectors but the public one, by year."""
    return np.delete(jobs, _PUBLIC, axis=1).sum(axis=1)


def manufacturing(draw: Draw) -> Trial:
    """Raise productivity of one manufacturing sector in a zone by a tenth; return non-traded jobs a job there."""
    found, services = [], []
    for sector in MANUFACTURING:
        pairs = [_brought(draw, zone(name), sector) for name in _ZONES]
        found.append(float(np.mean([pair[0] for pair in pairs])))
        services.append(float(np.mean([pair[1] for pair in pairs])))
    both = float(np.mean(found))
    return {
        "low": found[0],
        "high": found[1],
        "both": both,
        "all services": float(np.mean(services)),
        "by kind": np.array([*found, both]),
    }


def _brought(draw: Draw, z: int, sector: int) -> tuple[float, float]:
    """Return jobs gained in a zone in what is not traded, and in all services, over manufacturing jobs gained."""
    base = draw.run(_SHOCKED_UNTIL).at("tables.jobs", _SHOCKED_UNTIL)[z]
    more = draw.run(_SHOCKED_UNTIL, hook=shifted([z], [sector], 1.10)).at("tables.jobs", _SHOCKED_UNTIL)[z] - base
    made = more[MANUFACTURING].sum()
    return float(more[_NON_TRADED].sum() / made), float(more[SERVICES].sum() / made)


def shifted(zones: list[int], sectors: list[int], factor: float) -> Hook:
    """Return a hook that makes productivity of `sectors` in `zones` `factor` times as high after the first quarter."""

    def shift(world: World) -> None:
        if world.t == 0:
            world.memory.base_productivity[np.ix_(zones, sectors)] *= factor

    return shift


def indirect(draw: Draw) -> Trial:
    """Cut a sector of Beijing by a tenth; return what others lose by it within a year, at the jobs their output takes.

    As an input-output table counts: output lost, in jobs at the intensities without the cut.
    """
    beijing = np.flatnonzero(BEIJING).tolist()
    base = draw.run(_CUT_UNTIL)
    answer: dict[str, object] = {}
    for name, cut in (("manufacturing", MANUFACTURING), ("wholesale", [SECTOR["wholesale_logistics"]])):
        less = draw.run(_CUT_UNTIL, hook=shifted(beijing, cut, 0.90))
        made, before = (s.at("tables.value_added", _CUT_UNTIL) for s in (less, base))
        jobs = base.at("tables.jobs", _CUT_UNTIL) * (made / before - 1.0)
        own = jobs[np.ix_(beijing, cut)].sum()
        answer[name] = (jobs[beijing].sum() - own) / own
        answer[f"{name}, region"] = (jobs.sum() - own) / own
        answer[f"{name}, direct"] = own / 1e3
    return answer | {"by kind": np.array([answer["manufacturing"], answer["wholesale"]])}


PUBLIC = Experiment("public_jobs", public)
MADE = Experiment("manufacturing_jobs", manufacturing)
INDIRECT = Experiment("indirect_jobs", indirect)
_SHOCKED = (
    "Productivity of one manufacturing sector of a zone is 10 % higher from 2013 on, in Shijiazhuang, Baoding and "
    "Cangzhou in turn; jobs gained there by the end of 2019 in construction, trade, consumer and public services over "
    "jobs in manufacturing gained."
)
_CHAIN = "A sector that becomes more productive sells more, hires and pays; what is earned there is spent there."
_CROWDED = (
    "What a sector hires comes from other sectors of the zone as long as few people move in and wages of all sectors "
    "rise together. The published multipliers are of places that drew labour from the countryside."
)
_PLACES = (
    "Chinese prefectures between the censuses of 2000 and 2010: jobs in what is not traded on jobs in manufacturing, "
    "these by the industries that a prefecture began with [R]. A decade of change, between places, when the "
    "countryside had labour to give."
)
_WIDER = (
    "in services, business services and research among them, and of Tianjin too. The study counts what is not traded, "
    "in prefectures: so do sectors 3, 4, 6 and 8 in three prefectures of Hebei."
)
_CUT = (
    "Productivity of the sector in all of Beijing is a tenth lower from 2013 on; output lost in all other sectors "
    "of Beijing at the end of that year, in jobs at their labour a unit of output, over the same in the sector "
    "itself. Later those released have found other work, which a table does not count."
)
_TABLE = (
    "An account on Beijing's input-output table of 2012, with jobs a unit of output: no contrast and no time, all "
    "buyers' orders cut at once and nobody finding other work [L]."
)
_LEAKS = (
    "Most of what Beijing's firms buy comes from the rest of the region and the country, stocks cushion a quarter's "
    "orders, and those who are released keep part of their spending; the table's multiplier lets none of that in."
)
_BUYS = (
    "A sector that makes less buys less from others, in the proportions of the national table, and pays less to spend."
)
_WANG = "[L] Wang, Chanda"
FACTS = (
    Fact(
        name="public_jobs",
        title="Public jobs bring private ones",
        published="0.8 to 1.1 private jobs net a public job (Bonn; Bavaria, with no harm to the senders)",
        source="[L] Becker, Heblich, Sturm 2021 JUE; Freitas 2025",
        unit="jobs of other sectors a public job",
        low=0.5,
        high=1.4,
        reason="the published range and .3 either way",
        study=(
            "Bonn as it became the capital against cities like it, over decades; places in Bavaria that offices moved "
            "to from 2015 on against others and against those they left, over some ten years [R: comparisons]. "
            "Ten years are asked; twenty years, and an old city as destination, stand beside."
        ),
        did=(
            f"A headquarters of {_JOBS:,.0f} jobs moves from inner Beijing to Xiong'an in the first quarter of "
            "2015; jobs of all other sectors there at the end of 2024 over the jobs moved, against the same world "
            "without it."
        ),
        mechanism=(
            "Posts draw households by `new_area.pull` and wages by value added; those who come work in all sectors "
            "of the place and spend there as far as the version of the model knows spending."
        ),
        miss=(
            "Only households that follow live and spend at the destination; those who commute spend at home, and "
            "the jobs moved fade where new posts are not filled."
        ),
        experiment=PUBLIC,
        value="multiplier",
        beside=(("after twenty years", "twenty years"), ("moved to Baoding instead", "elsewhere")),
        picture=lines(_YEARS, "jobs gained in Xiong'an a job moved", private="private", public="public"),
        digits=2,
    ),
    Fact(
        name="public_jobs_sender",
        title="Those who lose public jobs are not harmed",
        published="no harm to the places that send (Bavaria's relocations)",
        source="[L] Freitas 2025 (abstract)",
        unit="private jobs in inner Beijing a job moved away",
        low=-0.25,
        high=1.0,
        reason="a loss of less than a quarter of a job is no harm; more than one gained a job lost would be odd",
        study="Places in Bavaria that lost offices against places that did not, over some ten years [L: no harm; R].",
        did="The same move: jobs of all other sectors in inner Beijing at the end of 2024.",
        mechanism=(
            "Those who do not follow look for work near the old site, where wages give way and other sectors hire."
        ),
        miss="What the headquarters bought and its staff spent goes with it.",
        experiment=PUBLIC,
        value="sender",
        digits=2,
    ),
    Fact(
        name="manufacturing_jobs",
        title="Manufacturing jobs bring service jobs",
        published="0.34 jobs in non-tradables a job in manufacturing",
        source=_WANG,
        unit="non-traded jobs a manufacturing job",
        low=0.05,
        high=0.5,
        reason="up to one and a half times the estimate, for an ageing Hebei with less labour to draw on",
        study=_PLACES,
        asked_before=(
            f"0.15 to 0.6 service jobs, about half to twice the estimate, {_WIDER} The range is as wide as it was and "
            "lies lower, because Hebei of 2013-19 ages and loses people where prefectures of 2000-10 drew them in; "
            "both ends were set down before the model was asked."
        ),
        did=_SHOCKED,
        mechanism=_CHAIN,
        miss=_CROWDED,
        experiment=MADE,
        value="both",
        beside=(("jobs in all services", "all services"),),
        picture=bars(["low technology", "high technology", "both"], "by kind", "non-traded jobs a manufacturing job"),
        digits=2,
    ),
    Fact(
        name="manufacturing_jobs_high",
        title="High technology brings service jobs",
        published="the multiplier of high technology is above zero, that of low technology about zero",
        source=_WANG,
        unit="non-traded jobs a high-technology job",
        low=0.1,
        high=np.inf,
        reason="only the sign is published; a tenth of a job is about zero",
        study=_PLACES,
        asked_before=f"the same range, {_WIDER}",
        did=_SHOCKED,
        mechanism=_CHAIN,
        miss=_CROWDED,
        experiment=MADE,
        value="high",
        digits=2,
    ),
    Fact(
        name="manufacturing_jobs_low",
        title="Low technology does not",
        published="the multiplier of low technology is about zero",
        source=_WANG,
        unit="non-traded jobs a low-technology job",
        low=-0.1,
        high=0.1,
        reason="a tenth of a job is about zero",
        study=_PLACES,
        asked_before=f"the same range, {_WIDER}",
        did=_SHOCKED,
        mechanism=_CHAIN,
        miss=_CROWDED,
        experiment=MADE,
        value="low",
        digits=2,
    ),
    Fact(
        name="indirect_manufacturing",
        title="What manufacturing in Beijing takes with it",
        published=(
            "-10 % output of Beijing's manufacturing, -140 thousand jobs there and -82 thousand indirectly (.59 a job)"
        ),
        source="[L] input-output table of 2012, in the study of relief",
        unit="jobs in other sectors of Beijing a job lost",
        low=0.3,
        high=1.2,
        reason="half to twice the table's ratio, which has no wages, prices or moves",
        study=_TABLE,
        did=_CUT,
        mechanism=_BUYS,
        miss=_LEAKS,
        experiment=INDIRECT,
        value="manufacturing",
        beside=(
            ("jobs lost in the sector, thousand", "manufacturing, direct"),
            ("with the rest of the region", "manufacturing, region"),
        ),
        picture=bars(["manufacturing", "wholesale"], "by kind", "jobs lost in other sectors of Beijing a job lost"),
        digits=2,
    ),
    Fact(
        name="indirect_wholesale",
        title="What wholesale in Beijing takes with it",
        published=(
            "-10 % output of wholesale and retail, -198 thousand jobs there and -41 thousand indirectly (.21 a job)"
        ),
        source="[L] input-output table of 2012, in the study of relief",
        unit="jobs in other sectors of Beijing a job lost",
        low=0.1,
        high=0.4,
        reason="half to twice the table's ratio, which has no wages, prices or moves",
        study=_TABLE,
        did=_CUT,
        mechanism=_BUYS,
        miss=_LEAKS,
        experiment=INDIRECT,
        value="wholesale",
        beside=(
            ("jobs lost in the sector, thousand", "wholesale, direct"),
            ("with the rest of the region", "wholesale, region"),
        ),
        picture=bars(["manufacturing", "wholesale"], "by kind", "jobs lost in other sectors of Beijing a job lost"),
        digits=2,
    ),
)
