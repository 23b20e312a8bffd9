"""The whole model on four zones: the region is a value, so every process runs on another one and the accounts close."""

import copy
import json
from dataclasses import replace

import numpy as np
import pytest
from plans import flat

from jjj_sim import balance
from jjj_sim.draws import member_seed
from jjj_sim.policy.lever import Lever
from jjj_sim.running import clock, ensemble
from jjj_sim.running.result import load
from jjj_sim.satellites import QUARTER
from jjj_sim.scenario import load_scenario

QUARTERS = 72
# What nothing happens to on four zones, and why.
IDLE = {
    "prices.announced": "nobody announces offices that move inside one zone",
    "memory.announced_growth": "nobody announces offices that move inside one zone",
}
# What nothing happens to in the shipped region either.
IDLE_ANYWHERE = {
    "memory.learned": "contracts and the frontier teach nothing unless a parameter says so",
    "satellites.groundwater_spilled": "the ground of the capital's plain does not fill up to its springs by 2030",
}
OF_AGENTS = ("residents", "firms")


class Lived:
    """A world after a run, the largest residuals, and the arrays of which something was ever other than zero."""

    def __init__(self, plan, *, twin, seed=1):
        self.world = clock.build(plan, member_seed(seed, 0), twin=twin)
        residuals, self.acted, self.announced = balance.Residuals(), set(), set()
        for _ in range(QUARTERS):
            clock.step(self.world, residuals)
            self.acted |= {name for name, array in self.world.state().items() if np.any(array)}
            self.announced |= {name for name, array in self.world.policy.arrays().items() if np.any(array)}
            self.world.t += 1
        self.residuals = residuals.largest


@pytest.fixture(scope="module", params=["twin", "agents"])
def lived(request, four):
    """The baseline of four zones, lived to 2030Q4; taxes are shared from 2 m yuan on, since few movers pay 20.

    One province spends more on research than was published, more services are portable, the capital builds roads,
    graduates are paid for coming, the capital's old keep a part of its services elsewhere, the new area offers what
    nobody offers by default, and floor is reused.
    """
    lower = {"levers.shared_parks.paths.threshold": [["2013Q1", 2.0]], "population.residents_per_agent": 60_000}
    keen = {f"levers.rd_intensity.paths.{four.provinces[0]}": [["2013Q1", 3.0]]}
    keen |= {"levers.talent_subsidy.path": [["2013Q1", 5_000.0]], "levers.elder_care.path": [["2013Q1", 0.2]]}
    offers = {f"levers.{name}.path": [["2013Q1", 0.02]] for name in ("founding_subsidy", "tax_holiday", "land_reuse")}
    wide = {
        "levers.service_portability.path": [["2020Q1", 1500.0]],
        "levers.beijing_congestion.path": [["2020Q1", 1.1]],
    }
    plan = load_scenario("baseline", region=four, **lower, **keen, **offers, **wide).plan()
    return Lived(plan, twin=request.param == "twin")


def test_all_identities_hold_to_2030(lived):
    asserted = {i.name for i in balance.IDENTITIES if i.active(lived.world)}
    assert set(lived.residuals) == asserted
    assert len(asserted) == len(balance.IDENTITIES) - lived.world.twin
    assert max(lived.residuals.values()) < 1e-12


def test_every_process_acts_on_all_that_it_writes(lived):
    assert set(IDLE).isdisjoint(lived.acted)
    for process in lived.world.processes:
        still = set(process.writes) - lived.acted - set(IDLE) - set(IDLE_ANYWHERE)
        assert not still, f"{process.name} never did anything to {', '.join(sorted(still))}"
    assert {p.name for p in lived.world.processes} == {kind.name for kind in QUARTER}


def test_what_is_idle_on_four_zones_acts_on_nineteen(twin):
    """Only arrays that are idle for a reason: on the shipped region the announcement of 2015 moves prices."""
    for _ in range(12):
        clock.step(twin, balance.Residuals())
        twin.t += 1
    state = twin.state()
    assert all(np.any(state[name]) for name in IDLE)
    assert not any(np.any(state[name]) for name in IDLE_ANYWHERE)


def test_every_lever_announces_all_that_it_writes_but_what_nobody_published(lived):
    """Offices that move inside one zone gain nothing, and of care that follows the old nothing was published."""
    for lever in lived.world.levers:
        assert isinstance(lever, Lever)
        assert set(lever.announces) - lived.announced <= {"announced_gain", "elder_care_as_published"}, lever.name
    assert {line.name for line in lived.world.policy.lines} == {t.id for t in lived.world.data.travel.lines}
    assert {move.lever for move in lived.world.policy.moves} == {"headquarters_moves", "university_hospital_moves"}


def test_people_firms_and_money_are_sane_in_2030(lived):
    w = lived.world
    assert np.all(w.people >= 0)
    assert 95e6 < w.population.sum() < 115e6
    assert 1.2e6 < w.population[2] < 3e6
    assert np.all(w.tables.unemployment >= 0.0)
    assert 0.03 < 1.0 - w.tables.employed.sum() / w.tables.labour_force.sum() < 0.1
    assert np.all(w.tables.house_price > 4_000)


TOTALS = {
    "people": lambda w: w.population.sum(),
    "people by age": lambda w: w.people.sum(axis=(0, 1, 2)),
    "people with hukou elsewhere in the nation": lambda w: w.people[:, :, -1].sum(),
    "jobs": lambda w: w.tables.jobs.sum(),
    "value added": lambda w: w.data.output.value_added_2013.sum(axis=0),
    "homes": lambda w: w.stocks.housing.sum(),
    "firms": lambda w: w.firm_counts.units.sum(),
    "market sites": lambda w: w.firm_counts.sites.sum(),
}


@pytest.mark.parametrize("total", TOTALS)
def test_totals_of_the_opening_are_those_of_the_nineteen_zones(total, twin, twin_four):
    np.testing.assert_allclose(TOTALS[total](twin_four), TOTALS[total](twin), rtol=1e-9)


def test_adults_open_with_the_education_of_the_nineteen_zones(twin, twin_four):
    """Nearly: the fit of the opening people ends with their ages and meets education to a part in a thousand."""
    old, new = (w.people[..., 16:].sum(axis=(0, 2, 3)) for w in (twin, twin_four))
    np.testing.assert_allclose(new, old, rtol=1e-3)


@pytest.mark.parametrize("total", ["people", "homes"])
def test_areas_open_as_the_zones_they_are_made_of(total, twin, twin_four):
    old = {"people": twin.population, "homes": twin.stocks.housing}[total]
    new = {"people": twin_four.population, "homes": twin_four.stocks.housing}[total]
    np.testing.assert_allclose(new, np.bincount(twin.region.area, weights=old), rtol=1e-9)


@pytest.mark.parametrize("as_of", [2014, 2019])
def test_a_run_as_of_an_earlier_year_lives(as_of, four):
    plan = load_scenario("baseline", region=four, **{"population.residents_per_agent": 20_000}).plan(as_of)
    world, residuals = clock.build(plan, member_seed(1, 0), twin=True), balance.Residuals()
    for _ in range(36):
        clock.step(world, residuals)
        world.t += 1
    assert max(residuals.largest.values()) < 1e-12


def after(four, quarters, *, twin=True, seed=1, scale=2000, **settings):
    """The world after some quarters."""
    over = {"population.residents_per_agent": scale, "emissions.weather": 0, **settings}
    world = clock.build(load_scenario("baseline", region=four, **over).plan(), member_seed(seed, 0), twin=twin)
    for _ in range(quarters):
        clock.step(world, balance.Residuals())
        world.t += 1
    return world


def gap(four, scale, expected):
    """Root mean square gaps: of people by education in the root of those expected, of legal units relative to them.

    Of units those cells whose agents' weight shrinks with the scale, as in tests/twin: no listed ones, none small.
    """
    squares = []
    large = expected.tables.firm_units > 3000
    large[:, 0] = large[0, 1] = False
    for seed in range(8):
        world = after(four, 4, twin=False, seed=seed, scale=scale)
        people, units = expected.people.sum(axis=(2, 3)), expected.tables.firm_units
        squares.append(
            [
                np.mean((world.people.sum(axis=(2, 3)) - people) ** 2 / people),
                np.mean((world.tables.firm_units / np.maximum(units, 1.0) - 1.0)[large] ** 2),
            ]
        )
    return np.sqrt(np.mean(squares, axis=0))


def test_sixteen_times_the_agents_a_quarter_of_the_gap(four):
    """All processes together, a year: what agents differ by from the twin is the luck of a finite number."""
    expected = after(four, 4)
    coarse, fine = gap(four, 48_000, expected), gap(four, 3_000, expected)
    assert np.all(coarse / fine > 3.0)
    assert np.all(coarse / fine < 5.3)


def test_levers_by_role_and_by_zone_work(four, twin_four):
    """Each against the same opening: by role without investment in the new area, by zone with a subsidy in one."""
    still = [["2013Q1", 0.0]]
    settings = {
        "none": {},
        "no investment": {"levers.xiongan_investment.path": still},
        "no list": {"levers.negative_list.path": still},
        "subsidy": {
            "levers.relocation_subsidy.path": [["2013Q1", 0.2]],
            "levers.relocation_subsidy.zones": ["tianjin"],
        },
    }
    worlds = {name: after(four, 40, **setting) for name, setting in settings.items()}
    base = worlds["none"]
    new_area, capital = four.new_area, four.capital
    assert worlds["no investment"].population[new_area] < 0.98 * base.population[new_area]
    assert worlds["no list"].tables.firm_units[capital, 1] > 1.05 * base.tables.firm_units[capital, 1]
    assert worlds["subsidy"].tables.firm_units[1].sum() > 1.001 * base.tables.firm_units[1].sum()


def test_a_lever_of_one_zone_raises_that_zone_alone(twin_four):
    """One quarter, everything else held: openness in the second city draws people there."""
    worlds = [copy.deepcopy(twin_four) for _ in range(2)]
    lever = worlds[1].plan.levers["hukou_openness"]
    opened = lever.paths | {"tianjin": flat(1.0)}
    worlds[1].plan = replace(worlds[1].plan, levers={**worlds[1].plan.levers, lever.name: replace(lever, paths=opened)})
    for world in worlds:
        clock.step(world, balance.Residuals())
    closed, opener = (world.flows.moves for world in worlds)
    np.testing.assert_array_less(closed[[0, 2, 3, 4], 1].sum(), opener[[0, 2, 3, 4], 1].sum())
    assert np.all(opener[:, [0, 2, 3]].sum(axis=0) <= closed[:, [0, 2, 3]].sum(axis=0))


def test_a_run_is_recorded_judged_and_found_again(four, tmp_path):
    short = load_scenario(
        "baseline", region=four, **{"horizon.end": "2014Q4", "population.residents_per_agent": 20_000}
    )
    result = ensemble.run(short, members=1, seed=3)
    assert set(result.annual.area[result.annual.area_kind == "zone"]) == set(four.ids)
    folder = result.save(tmp_path / "result")
    assert json.loads((folder / "manifest.json").read_text("utf-8"))["region"] == "jingjinji_4"
    assert load(folder).region is four
