"""Jobs, unemployment and earnings."""

import numpy as np
import pytest
from economy import economy, part, settle

from jjj_sim.evidence.geography import GEOGRAPHY, N_SECTORS
from jjj_sim.evidence.output import value_added_2013
from jjj_sim.processes.labour import Labour

CORE, INNER = GEOGRAPHY.index("bj_core"), GEOGRAPHY.index("bj_inner")


def test_labour_force_counts_people_by_age():
    world = economy()
    world.people[...] = 0.0
    for age, people in ((10, 7.0), (20, 100.0), (30, 100.0), (50, 100.0), (70, 100.0), (80, 9.0)):
        world.people[3, 0, 0, age] = people
    part(world, Labour)._jobs(world)
    assert world.tables.labour_force[3] == pytest.approx(40 + 90 + 75 + 25)


def test_jobs_of_2013_equal_resident_workers_zone_by_zone():
    t = economy().tables
    np.testing.assert_allclose(t.jobs.sum(axis=1), 0.95 * t.labour_force, rtol=1e-9)
    np.testing.assert_allclose(t.unemployment, 0.05)


def test_everybody_employed_at_home_is_employed_at_work():
    world = economy()
    world.people[CORE] *= 0.7
    workers = part(world, Labour)._jobs(world)
    t = world.tables
    np.testing.assert_allclose(workers.sum(axis=0), t.jobs.sum(axis=1))
    np.testing.assert_allclose(workers.sum(axis=1), t.labour_force * (1 - t.unemployment[:, 0]))


def test_jobs_follow_the_residents_of_the_commuting_area():
    world = economy()
    before = world.tables.jobs.sum(axis=1).copy()
    world.people[CORE] *= 0.5
    part(world, Labour)._jobs(world)
    lost = 1 - world.tables.jobs.sum(axis=1) / before
    assert 0.03 < lost[CORE] < 0.2  # half its people, far from half its jobs
    assert 0.03 < lost[INNER]
    assert abs(lost[GEOGRAPHY.index("handan")]) < 1e-4


def test_carried_jobs_arrive_once_and_fade():
    world = economy()
    path = world.tables.jobs.copy()
    world.flows.jobs_carried[CORE, 4] = -1000.0
    world.flows.jobs_carried[INNER, 4] = 600.0
    part(world, Labour).settle(world)
    assert world.stocks.carried_jobs[CORE, 4] == -1000.0
    assert world.tables.jobs[INNER, 4] == pytest.approx(path[INNER, 4] + 600.0)
    world.flows.clear()
    part(world, Labour).settle(world)
    assert world.stocks.carried_jobs[[CORE, INNER], 4] == pytest.approx([-950.0, 570.0])


def test_jobs_never_fall_below_a_twentieth_of_their_path():
    world = economy()
    path = world.tables.jobs.copy()
    world.flows.jobs_carried[...] = -1e8
    part(world, Labour).settle(world)
    np.testing.assert_allclose(world.tables.jobs, 0.05 * path)
    np.testing.assert_array_equal(world.tables.unemployment, 0.30)


def test_earnings_add_to_labours_share():
    world = economy()
    t = world.tables
    employed = t.labour_force * (1 - t.unemployment[:, 0])
    paid = (world.stocks.income_per_worker[0] * employed).sum()
    assert paid == pytest.approx(0.5 * value_added_2013().sum() * 1e9)


def test_premia_are_around_the_mean_of_the_zone():
    world = economy()
    wage = world.tables.wage
    np.testing.assert_allclose(wage[:, 2] / wage[:, 0], 1.7)
    np.testing.assert_allclose(wage[:, 1] / wage[:, 0], 1.2)
    assert (wage[:, 0] < world.stocks.income_per_worker[0]).all()
    assert (wage[:, 2] > world.stocks.income_per_worker[0]).all()


def test_wages_are_a_mean_over_four_quarters():
    world = economy()
    before = world.tables.wage.copy()
    world.tables.va_nominal[...] = value_added_2013() / 4.0 * 1.4
    part(world, Labour).settle(world)
    np.testing.assert_allclose(world.tables.wage / before, 1.1, rtol=1e-6)


def test_farm_work_falls_and_beijings_does_not_rise():
    jobs = settle(economy(), 48, ["jobs"])["jobs"]
    share = jobs[:, :, 0].sum(axis=1) / jobs.sum(axis=(1, 2))
    assert share[0] == pytest.approx(0.24, abs=0.04)
    assert share[47] < 0.75 * share[0]
    assert jobs.shape[2] == N_SECTORS
