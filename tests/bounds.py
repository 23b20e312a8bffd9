"""Lives at the bounds: every parameter and lever at its least and most, alone and in corners of many."""

import functools
from typing import NamedTuple

import numpy as np
from plans import JJJ, LEVERS

from jjj_sim.draws import member_seed
from jjj_sim.errors import JjjError
from jjj_sim.indicators import areas, indicators
from jjj_sim.quarters import parse
from jjj_sim.running import clock
from jjj_sim.running.recorder import Recorder
from jjj_sim.satellites import QUARTER
from jjj_sim.scenario import load_scenario

# Ratios over nothing, where a place has no such system or before it begins.
OVER_NOTHING = ("points_odds", "pupils_of_relocated_staff_growth", "steel_firms_grade_a", "steel_grade_a_part")
PARAMETERS = {f"{kind.name}.{name}": p for kind in QUARTER for name, p in kind.parameters().items()}
WITH_PRIOR = [name for name, p in PARAMETERS.items() if p.prior is not None]
_ROUNDING = 1e-6


class Lived(NamedTuple):
    """How a run ended: `problem`, empty where it lived; whether it is `told` as an error of the user's; its
    `record`; `money`, what each zone's sectors of the accounts received net over the run; the world's last `state`.
    """

    problem: str
    told: bool
    record: dict
    money: object = None
    state: dict | None = None


def at(name, value):
    """The setting of a parameter at `value`, in all its places where it differs by place."""
    if not PARAMETERS[name].by:
        return {name: value}
    return {name: dict.fromkeys(JJJ.keyed[name], value)}


def parameter_cases():
    """Settings by label: each parameter at each bound, one by place also in each of its places."""
    found = {}
    for name, p in PARAMETERS.items():
        for bound, value in (("lo", p.lo), ("hi", p.hi)):
            found[f"{name} {bound}"] = at(name, value)
            for place in JJJ.keyed[name] if p.by else ():
                found[f"{name}.{place} {bound}"] = {f"{name}.{place}": value}
    return found


def lever_cases():
    """Settings by label: each path and share of each lever at each bound over the whole run, and extreme events."""
    found = {}
    for name, lever in LEVERS.items():
        ranges = {f"levers.{name}.path": lever} if lever.has_path else {}
        ranges |= {f"levers.{name}.paths.{key}": r for key, r in lever.paths.items()}
        for key, r in ranges.items():
            found |= {f"{key} {b}": {key: [["2013Q1", v]]} for b, v in (("lo", r.lo), ("hi", r.hi))}
        for key, r in lever.shares.items():
            found |= {f"{name}.{key} {b}": {f"levers.{name}.shares.{key}": v} for b, v in (("lo", r.lo), ("hi", r.hi))}
        found |= _event_cases(name, lever.events)
    return found


def _event_cases(name, kind):
    """Everything at once or never, and a new event with every number at a bound, in and out of the smallest zone."""
    if kind is None:
        return {}
    table = f"levers.{name}.{kind.table}"
    known = load_scenario("baseline").levers[name].events
    found = {f"{table} {q}": {f"{table}.{e}": {"quarter": q} for e in known} for q in ("2013Q1", "never") if known}
    ends = (JJJ.ids[0], JJJ.ids[int(np.flatnonzero(JJJ.new_area)[0])])
    places = [word for word, legal in kind.words.items() if legal.noun == "zone"]
    for bound in ("lo", "hi"):
        for way in (ends, ends[::-1]):
            event = {"quarter": "2014Q1", **{key: getattr(r, bound) for key, r in kind.numbers.items()}}
            event |= {word: legal.legal[0] for word, legal in kind.words.items()}
            event |= dict(zip(places, way, strict=True))
            found[f"{table} new {bound} {way[0]} to {way[1]}"] = {f"{table}.extreme": event}
    return found


def corner(names, seed):
    """Each of the parameters `names` at one of its bounds, by place each on its own."""
    rng = np.random.default_rng(seed)
    return _each(names, lambda p: p.hi if rng.random() < 0.5 else p.lo)


def tails(names, seed, share=0.01):
    """Each of the parameters `names` at the `share` of its prior in one of the two tails."""
    rng = np.random.default_rng(seed)
    return _each(names, lambda p: p.draw(1.0 - share if rng.random() < 0.5 else share))


def _each(names, value):
    found = {}
    for name in names:
        places = JJJ.keyed[name] if PARAMETERS[name].by else None
        found[name] = value(PARAMETERS[name]) if places is None else {k: value(PARAMETERS[name]) for k in places}
    return found


def live(settings, *, until="2030Q4", per_agent=None, seed=1):
    """How a run under `settings` ends: the twin's, or that of agents of `per_agent` residents."""
    size = {"population.residents_per_agent": per_agent or 2000, "horizon.end": until}
    money = []

    def on_quarter(world):
        recorder.record(world)
        money.append(world.ledger.net.copy())
        _holds(world)

    try:
        plan = load_scenario("baseline", **size, **settings).plan()
        recorder = Recorder(plan)
        with np.errstate(all="ignore"):
            world = clock.build(plan, member_seed(seed, 0), twin=per_agent is None)
            clock.simulate(world, until=parse(until), on_quarter=on_quarter)
            _finite(recorder)
    except JjjError as error:
        return Lived(f"{type(error).__name__}: {error}", True, {})
    except Exception as error:
        return Lived(f"{type(error).__name__}: {error}", False, {})
    return Lived("", True, recorder.state(), np.sum(money, axis=0), dict(world.state()))


def _holds(world):
    """No stock, nor anybody, is less than nothing, but for rounding."""
    for name, array in (*world.stocks.arrays().items(), ("people", world.people)):
        if np.min(array, initial=0.0) < -_ROUNDING * max(1.0, float(np.max(array, initial=0.0))):
            raise AssertionError(f"{name} is {np.min(array):g} in quarter {world.t}")


def _finite(recorder):
    """Every figure of a year that is reported is a number."""
    for name, array in recorder.state().items():
        assert np.isfinite(array).all(), f"the record of {name} is not finite"
    for indicator in indicators(JJJ).values():
        covered = np.array([indicator.covers(area) for area in areas(JJJ)])
        values = recorder.yearly(indicator)[int(indicator.on_year) :, covered]
        if indicator.name in OVER_NOTHING:
            values = values[~np.isnan(values)]
        assert np.isfinite(values).all(), f"{indicator.name} is not finite"


@functools.cache
def default(until="2030Q4"):
    """The record of the run in which nothing is set."""
    return live({}, until=until).record


def moves(record, other):
    """Whether two records differ in any number."""
    return set(record) != set(other) or any(not np.array_equal(record[n], other[n]) for n in record)
