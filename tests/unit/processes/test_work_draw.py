"""Who of the agents works, where and in which sector."""

import numpy as np
import pytest

from jjj_sim.draws import Draws
from jjj_sim.processes.work_draw import cumulated, jobs_held, jobs_held_plainly
from jjj_sim.state.residents import NO_JOB, Residents

N = 160_000
BY_AGE = np.where(np.arange(101) < 15, 0.0, np.where(np.arange(101) < 60, 0.8, 0.2))
PARTICIPATION = np.array([1.0, 0.9, 1.1])[:, None] * BY_AGE  # by zone and age


def people(seed=5):
    rng = np.random.default_rng(seed)
    return Residents.of(
        zone=rng.integers(0, 3, N).astype(np.uint8),
        origin=np.zeros(N, np.uint8),
        education=rng.integers(0, 2, N).astype(np.uint8),
        work=np.full(N, NO_JOB, np.uint8),
        sector=np.full(N, NO_JOB, np.uint8),
        weight=np.full(N, 100, np.uint16),
        born=rng.integers(-360, 0, N).astype(np.int16),
        kin=np.zeros(N, np.uint32),
        id=rng.integers(1, 2**63, N).astype(np.uint64),
    )


def tables():
    at_work = np.array([[0.9, 0.95], [0.8, 0.97], [0.95, 0.99]])
    work = np.array([[[8, 1, 1], [7, 2, 1]], [[1, 6, 3], [2, 6, 2]], [[0, 1, 9], [0, 0, 10]]], dtype=float)
    sector = np.array([[[5, 3, 2], [1, 1, 8]], [[6, 4, 0], [2, 5, 3]], [[1, 1, 1], [0, 2, 3]]], dtype=float)
    return at_work, work, sector


def held(residents, at_work, work, sector, quarter=3):
    life, now = Draws(1, "labour", 0), Draws(1, "labour", quarter)
    arguments = (PARTICIPATION, at_work, cumulated(work), np.log(np.maximum(sector, 1e-9)))
    columns = (residents.id, residents.zone, residents.education, residents.born)
    fast = jobs_held(*columns, 2013, *arguments, life.key, now.key)
    plain = jobs_held_plainly(residents, 2013, *arguments, life, now)
    np.testing.assert_array_equal(fast, plain)
    return fast


def test_agents_work_as_the_tables_say():
    residents, (at_work, work, sector) = people(), tables()
    place, job = held(residents, at_work, work, sector)
    force = PARTICIPATION[residents.zone, residents.age(2013)]
    for z in range(3):
        for k in range(2):
            here = (residents.zone == z) & (residents.education == k)
            employed = here & (place != NO_JOB)
            assert employed.sum() / force[here].sum() == pytest.approx(at_work[z, k], abs=0.02)
            share = np.bincount(place[employed], minlength=3) / employed.sum()
            np.testing.assert_allclose(share, work[z, k] / work[z, k].sum(), atol=0.02)
            at_home = employed & (place == z)
            mix = np.bincount(job[at_home], minlength=3) / at_home.sum()
            np.testing.assert_allclose(mix, sector[z, k] / sector[z, k].sum(), atol=0.02)
    assert ((place == NO_JOB) == (job == NO_JOB)).all()
    assert (place[residents.age(2013) < 15] == NO_JOB).all()


def test_where_tables_move_a_little_few_change_their_job():
    residents, (at_work, work, sector) = people(), tables()
    before = held(residents, at_work, work, sector)[0]
    work[0, 0] += (0.0, 0.2, 0.0)
    after = held(residents, at_work, work, sector)[0]
    changed = before != after
    concerned = (residents.zone == 0) & (residents.education == 0) & (before != NO_JOB)
    assert 0.005 < changed[concerned].mean() < 0.05
    assert not changed[~concerned].any()


def test_a_sector_that_grows_gains_workers_and_reshuffles_nobody():
    residents, (at_work, work, sector) = people(), tables()
    before = held(residents, at_work, work, sector)[1]
    sector[0, 0, 1] *= 1.2
    after = held(residents, at_work, work, sector)[1]
    changed = before != after
    assert changed.any()
    assert (after[changed] == 1).all()
