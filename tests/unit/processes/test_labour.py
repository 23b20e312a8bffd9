"""Who works where, in which sector, and for what pay."""

import numpy as np
import pytest
from economy import economy, part, settle
from hypothesis import given, settings
from hypothesis import strategies as st

from jjj_sim.processes.labour import Labour
from jjj_sim.processes.participation import join, participation
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION, ROC
from jjj_sim.regions.jingjinji.statistics.input_output import production_taxes
from jjj_sim.regions.jingjinji.statistics.output import value_added_2013

CORE, INNER, HANDAN = (REGION.index(z) for z in ("bj_core", "bj_inner", "handan"))


def test_labour_force_counts_people_by_age_and_what_their_province_adds():
    world = economy(labour={"participation": {"beijing": 0.9, "tianjin": 0.9, "hebei": 1.02}})
    world.people[...] = 0.0
    for age, people in ((10, 7.0), (20, 100.0), (30, 100.0), (50, 100.0), (70, 100.0), (80, 9.0)):
        world.people[3, 0, 0, age] = people
    assert part(world, Labour)._force(world)[3, 0] == pytest.approx(0.9 * (40 + 90 + 75 + 25))


def test_residents_join_where_unemployment_is_lower_than_usual_by_hand():
    world = economy()
    world.memory.joined[HANDAN] = 0.05
    t, force = world.tables, world.tables.labour_force
    t.employed[HANDAN] *= 0.96 / 0.95
    t.employed[CORE] *= 0.94 / 0.95
    gap = np.zeros(N_ZONES)
    gap[HANDAN], gap[CORE] = np.log(0.8), np.log(1.2)
    gap -= np.average(gap, weights=force)
    join(world, joining=0.01, custom=0.1)
    expected = -0.01 * gap
    expected[HANDAN] += 0.9 * 0.05
    np.testing.assert_allclose(world.memory.joined, expected, atol=1e-12)
    assert world.memory.usual_unemployment[[HANDAN, CORE, INNER]] == pytest.approx([0.049, 0.051, 0.05])


def test_who_joins_is_in_the_labour_force_and_nobody_is_counted_twice():
    world = economy(labour={"participation": {"beijing": 0.9, "tianjin": 0.9, "hebei": 1.1}})
    before = part(world, Labour)._force(world)
    world.memory.joined[CORE] = np.log(1.02)
    world.memory.joined[HANDAN] = np.log(1.5)
    after = part(world, Labour)._force(world)
    np.testing.assert_allclose(after[CORE], 1.02 * before[CORE])
    np.testing.assert_allclose(after[INNER], before[INNER])
    assert participation(world, np.array([0.9, 0.9, 1.1])).max() == 1.0
    assert (after[HANDAN] < 1.5 * before[HANDAN]).all()


def test_what_the_whole_region_sees_moves_nobody():
    world = economy()
    world.tables.employed *= 0.93 / 0.95
    join(world, joining=0.03, custom=0.02)
    np.testing.assert_allclose(world.memory.joined, 0.0, atol=1e-12)


def test_jobs_of_2013_equal_resident_workers_zone_by_zone():
    t = economy().tables
    np.testing.assert_allclose(t.jobs.sum(axis=1), 0.95 * t.labour_force, rtol=1e-9)
    np.testing.assert_allclose(t.unemployment, 0.05)
    np.testing.assert_allclose(t.workers.sum(axis=1), t.employed.sum(axis=0), rtol=1e-9)


def test_graduates_work_where_the_nations_do():
    t = economy().tables
    share = t.workers[:, :, 2] / t.workers.sum(axis=2)
    assert (share[:, 5] > share[:, 6]).all()
    assert (share[:, 6] > share[:, 0]).all()


def test_the_opening_is_a_steady_state():
    world = economy()
    before = {name: getattr(world.tables, name).copy() for name in ("jobs", "employed", "workers", "unemployment")}
    world.tables.national_income[...] = world.memory.income_index
    for _ in range(3):
        part(world, Labour).act(world)
    for name, array in before.items():
        np.testing.assert_allclose(getattr(world.tables, name), array, rtol=1e-7, err_msg=name)


def test_everybody_employed_at_home_is_employed_at_work():
    world = economy()
    world.people[CORE] *= 0.7
    world.people[HANDAN] *= 1.2
    part(world, Labour).act(world)
    t = world.tables
    np.testing.assert_allclose(t.employed.sum(axis=0), t.workers.sum(axis=1), rtol=1e-12)
    np.testing.assert_allclose(t.workers.sum(axis=2), t.jobs, rtol=1e-12)
    held = t.employed.sum(axis=(1, 2))
    assert t.labour_income.sum() == pytest.approx(t.wages_paid.sum(), rel=1e-12)
    assert (held < t.labour_force).all()


def test_people_who_leave_leave_their_jobs_and_newcomers_search():
    world = economy()
    before = world.tables.employed.sum(axis=(1, 2))
    world.people[CORE] *= 0.9
    world.people[HANDAN] *= 1.1
    part(world, Labour).act(world)
    after = world.tables.employed.sum(axis=(1, 2))
    assert after[CORE] < 0.93 * before[CORE]
    assert before[HANDAN] < after[HANDAN] < 1.05 * before[HANDAN]
    assert (world.tables.unemployment[HANDAN] > 0.1).all()


def test_jobs_that_leave_end_at_once_and_come_as_vacancies():
    world = economy()
    t = world.tables
    before = t.jobs.copy()
    world.flows.jobs_between[CORE, INNER, 4] = 6_000.0
    world.flows.jobs_between[CORE, ROC, 4] = 4_000.0
    world.flows.jobs_closed_by_relief[HANDAN, 1] = 5_000.0
    part(world, Labour).act(world)
    assert t.jobs[CORE, 4] < before[CORE, 4] - 7_000.0  # a few are hired again while demand is where it was
    assert before[INNER, 4] + 3_000.0 < t.jobs[INNER, 4] < before[INNER, 4] + 6_500.0
    assert t.jobs[HANDAN, 1] < before[HANDAN, 1] - 3_000.0
    assert t.left_share[CORE, 4] == pytest.approx(10_000.0 / before[CORE, 4])
    assert t.arrival_split[CORE, INNER, 4] == pytest.approx(0.6)


def test_an_establishment_brings_its_pay():
    world = economy()
    pay = world.prices.premium * world.prices.work_wage[:, None, :]
    xiongan = REGION.index("xiongan")
    jobs = world.tables.jobs[xiongan, 8]
    world.flows.jobs_between[INNER, xiongan, 8] = jobs
    world.flows.jobs_between[CORE, HANDAN, 8] = jobs  # others who leave another cell bring nothing here
    process = part(world, Labour)
    process._moved(world)
    process._bring_pay(world)
    brought = world.prices.premium[xiongan, 8] * world.prices.work_wage[xiongan]
    np.testing.assert_allclose(brought, (pay[xiongan, 8] + pay[INNER, 8]) / 2)


def test_earnings_are_labours_share():
    t = economy().tables
    bill = (t.labour_share * (1 - production_taxes()) * t.national_output * value_added_2013()).sum() / 4.0
    assert t.labour_income.sum() == pytest.approx(bill, rel=1e-6)
    assert t.labour_share.tolist() == [0.55, 0.45, 0.55, 0.55, 0.65, 0.65, 0.65, 0.65, 0.65]


def test_wages_move_by_hand():
    """A fifth more in the core's bill: a fifth of its weight there, and in the other zones by workers and weight."""
    world = economy(labour={"outside_option": 0.8})
    before, workers = world.prices.work_wage.copy(), world.tables.workers.sum(axis=1)
    world.tables.labour_bill[CORE] *= 1.2
    world.tables.unemployment[HANDAN] = 0.10
    world.tables.national_income[...] = 1.01 * world.memory.income_index
    part(world, Labour)._set_wages(world)
    ratio = world.prices.work_wage / before
    np.testing.assert_allclose(ratio[CORE], 1.01 * 1.2 ** (0.25 * 0.2))
    np.testing.assert_allclose(ratio[HANDAN], 1.01 * np.exp(-0.25 * 0.10 * np.log(2.0)))
    others = np.flatnonzero(REGION.inside("beijing") & (np.arange(REGION.n_zones) != INNER))
    share = workers[CORE] / workers[others].sum(axis=0)
    np.testing.assert_allclose(ratio[INNER], 1.01 * 1.2 ** (0.25 * 0.8 * share))


def test_a_difference_that_lasts_becomes_the_zones_own():
    world = economy(labour={"outside_option": 0.8, "settling": 0.1})
    process = part(world, Labour)
    world.prices.work_wage[HANDAN] *= np.exp(0.2)
    process._set_wages(world)
    np.testing.assert_allclose(world.memory.outside_gap[HANDAN], 0.02)
    np.testing.assert_allclose(world.memory.outside_gap[CORE], 0.0, atol=1e-12)


def test_a_zone_alone_in_its_province_has_its_own_bill_alone(twin_four):
    world = twin_four
    called = np.log(world.prices.work_wage) + 0.1
    option = part(world, Labour)._outside_option(world, called)
    alone = np.flatnonzero(world.region.capital)
    np.testing.assert_allclose(option[alone], called[alone])


def test_vacancies_a_searcher_are_those_of_the_opening_while_nothing_moves():
    world = economy()
    world.tables.national_income[...] = world.memory.income_index
    part(world, Labour).act(world)
    np.testing.assert_allclose(world.tables.tightness, 0.0, atol=1e-6)
    world.tables.expected_bill[HANDAN] *= 1.1
    part(world, Labour).act(world)
    assert (world.tables.tightness[HANDAN] > 0.05).all()


def test_the_wage_curve_has_its_slope():
    world = economy()
    process = part(world, Labour)
    levels = {}
    for u in (0.04, 0.08):
        world = economy()
        process = part(world, Labour)
        for _ in range(2000):  # until what lasts is the zones' own
            world.tables.unemployment[...] = u
            process._set_wages(world)
        levels[u] = np.log(world.prices.work_wage)
    slope = (levels[0.08] - levels[0.04]) / np.log(2.0)
    np.testing.assert_allclose(slope[HANDAN], -0.10, rtol=1e-6)
    np.testing.assert_allclose(slope[CORE], -0.07, rtol=1e-6)


@settings(max_examples=25, deadline=None, derandomize=True)
@given(
    st.floats(0.05, 0.5), st.floats(0.1, 0.5), st.floats(0.02, 0.08), st.floats(0.03, 0.15), st.sampled_from([0.9, 1.1])
)
def test_a_shock_of_a_tenth_to_labour_demand_dies_out(speed, wage_speed, separations, curve, shock):
    """With the bill held at its shocked level, jobs and wages settle and do not swing about their level."""
    world = economy(
        labour={
            "speed": speed,
            "wage_speed": wage_speed,
            "separations": separations,
            "wage_curve": dict.fromkeys(("beijing", "tianjin", "hebei"), curve),
        }
    )
    process = part(world, Labour)
    world.tables.national_income[...] = world.memory.income_index
    world.tables.labour_bill[HANDAN] *= shock
    world.tables.expected_bill[HANDAN] *= shock
    wages = []
    for _ in range(160):
        process.act(world)
        wages.append(float(np.log(world.prices.work_wage[HANDAN, 0])))
    steps = np.diff(wages)
    late = steps[80:][np.abs(steps[80:]) > 1e-7]
    assert np.ptp(wages) < 0.25
    assert len(late) == 0 or np.ptp(np.sign(late)) == 0.0  # it creeps to its level as the difference becomes the zone's
    assert np.abs(steps[-20:]).max() < 0.1 * np.abs(steps).max() + 1e-6


def test_farm_work_falls():
    jobs = settle(economy(), 48, ["jobs"])["jobs"]
    share = jobs[:, :, 0].sum(axis=1) / jobs.sum(axis=(1, 2))
    assert share[0] == pytest.approx(0.24, abs=0.04)
    assert share[47] < 0.97 * share[0]  # with people and their schooling held; with both on the move, far more
    assert jobs.shape[2] == N_SECTORS
