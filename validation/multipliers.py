"""Local multipliers: what public and manufacturing jobs bring with them."""

from __future__ import annotations

import numpy as np

from fact import Experiment, Fact, Trial
from jjj_sim.state.world import World
from lab import BEIJING, MANUFACTURING, SECTOR, SERVICES, Draw, Hook, zone
from picture import bars, lines

_JOBS = 20_000.0
_MOVED, _SEEN = "2015Q1", "2024Q4"
_YEARS = np.arange(2013, 2025) + 1.0
_PUBLIC = SECTOR["public_hq"]
_XIONGAN = zone("xiongan")
_ZONES = ("baoding", "cangzhou", "tj_urban")
_SHOCKED_UNTIL = "2019Q4"
_CUT_UNTIL = "2013Q4"
# Log by which jobs of a shocked sector must move apart from the place's for them to be its own.
_MOVES = 0.005


def public(draw: Draw) -> Trial:
    """Move a headquarters of 20,000 to Xiong'an in 2015; return other jobs there, and where it left, a job moved."""
    base = draw.run()
    event = {"quarter": _MOVED, "jobs": _JOBS, "origin": "bj_inner", "destination": "xiongan"}
    moved = draw.run(headquarters_moves={"events": {"a_test": event}})
    more = (moved["tables.jobs"] - base["tables.jobs"])[3::4, _XIONGAN]
    private = np.delete(more, _PUBLIC, axis=1).sum(axis=1) / _JOBS
    sender = np.delete((moved.at("tables.jobs", _SEEN) - base.at("tables.jobs", _SEEN))[zone("bj_inner")], _PUBLIC)
    return {
        "private": private,
        "public": more[:, _PUBLIC] / _JOBS,
        "multiplier": private[-1],
        "sender": sender.sum() / _JOBS,
    }


def manufacturing(draw: Draw) -> Trial:
    """Raise productivity of one manufacturing sector in a zone by a tenth; return service jobs a job there."""
    found = []
    for sector in MANUFACTURING:
        found.append(float(np.mean([_service_jobs(draw, zone(name), sector) for name in _ZONES])))
    both = float(np.mean(found))
    return {"low": found[0], "high": found[1], "both": both, "by kind": np.nan_to_num(np.array([*found, both]))}


def _service_jobs(draw: Draw, z: int, sector: int) -> float:
    """Return service jobs gained in a zone over manufacturing jobs gained; nan where the mix of jobs is imposed."""
    base = draw.run(_SHOCKED_UNTIL).at("tables.jobs", _SHOCKED_UNTIL)[z]
    better = shifted([z], [sector], 1.10)
    jobs = draw.run(_SHOCKED_UNTIL, hook=better).at("tables.jobs", _SHOCKED_UNTIL)[z]
    apart = np.log(jobs[sector] / base[sector]) - np.log(jobs.sum() / base.sum())
    more = jobs - base
    return float(more[SERVICES].sum() / more[MANUFACTURING].sum()) if abs(apart) >= _MOVES else float("nan")


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
    "Productivity of one manufacturing sector of a zone is 10 % higher from 2013 on, in Baoding, Cangzhou and "
    "Tianjin in turn; jobs in services gained there by the end of 2019 over jobs in manufacturing gained."
)
_IMPOSED = "The mix of jobs is imposed in this version: a sector that becomes better does not hire."
_CHAIN = "A sector that becomes more productive sells more, hires and pays; what is earned there is spent there."
_CROWDED = (
    "The labour of a zone is nearly given for years, since few people move in a quarter: a sector that hires takes "
    "workers from farming and from services. The published multipliers are of places that drew labour from the "
    "countryside."
)
_CUT = (
    "Productivity of the sector in all of Beijing is a tenth lower from 2013 on; output lost in all other sectors "
    "of Beijing at the end of that year, in jobs at their labour a unit of output, over the same in the sector "
    "itself. Later those released have found other work, which a table does not count."
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
        reason="the published range and .3 either way; theirs are decades, this is ten years",
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
        unit="service jobs a manufacturing job",
        low=0.15,
        high=0.6,
        reason="about half to twice the estimate",
        did=_SHOCKED,
        mechanism=_CHAIN,
        miss=_CROWDED,
        void=_IMPOSED,
        experiment=MADE,
        value="both",
        picture=bars(["low technology", "high technology", "both"], "by kind", "service jobs a manufacturing job"),
        digits=2,
    ),
    Fact(
        name="manufacturing_jobs_high",
        title="High technology brings service jobs",
        published="the multiplier of high technology is above zero, that of low technology about zero",
        source=_WANG,
        unit="service jobs a high-technology job",
        low=0.1,
        high=np.inf,
        reason="only the sign is published; a tenth of a job is about zero",
        did=_SHOCKED,
        mechanism=_CHAIN,
        miss=_CROWDED,
        void=_IMPOSED,
        experiment=MADE,
        value="high",
        digits=2,
    ),
    Fact(
        name="manufacturing_jobs_low",
        title="Low technology does not",
        published="the multiplier of low technology is about zero",
        source=_WANG,
        unit="service jobs a low-technology job",
        low=-0.1,
        high=0.1,
        reason="a tenth of a job is about zero",
        did=_SHOCKED,
        mechanism=_CHAIN,
        miss=_CROWDED,
        void=_IMPOSED,
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
