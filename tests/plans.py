"""Plans in which nothing is decided, for the small worlds of tests."""

from dataclasses import replace

from jjj_sim import regions
from jjj_sim.param import Path
from jjj_sim.policy.plan import LeverPlan, Plan
from jjj_sim.policy.registry import levers
from jjj_sim.quarters import parse
from jjj_sim.scenario.draft import published

JJJ = regions.default()
LEVERS = levers(JJJ)


def default(name):
    """A lever as history and announcements have it."""
    return published(JJJ)[name]


def flat(level, *points):
    """A path at `level`, then through `points` (quarter, value)."""
    points = [(0, level), *points]
    return Path([q for q, _ in points], [v for _, v in points])


def idle(lever):
    """A lever at its neutral value everywhere."""
    table = lever.idle()
    paths = {
        k: Path([parse(point[0]) for point in p], [point[1] for point in p]) for k, p in table.get("paths", {}).items()
    }
    return LeverPlan(
        lever.name,
        path=flat(lever.neutral) if lever.has_path else None,
        paths=paths,
        shares=dict.fromkeys(lever.shares, 0.0),
    )


def make_plan(*, end=71, residents_per_agent=100, assumptions=None, region=JJJ, **changed):
    """A plan of `region` whose levers are all idle, but for those `changed`."""
    nothing = {name: idle(lever) for name, lever in levers(region).items()}
    changed = {name: replace(plan, paths={**nothing[name].paths, **plan.paths}) for name, plan in changed.items()}
    return Plan(
        region=region,
        name="t",
        title="",
        title_zh="",
        end=end,
        residents_per_agent=residents_per_agent,
        levers=nothing | changed,
        assumptions=assumptions or {},
        parameters={},
        digest="",
        published=published(region),
    )
