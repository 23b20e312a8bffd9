"""Expected migration: the kernel against plain NumPy, on unequal classes."""

import numpy as np

from jjj_sim.processes.migration_flow import flow_people


def test_kernel_and_numpy_move_the_same_people():
    rng = np.random.default_rng(1)
    people = rng.random((3, 2, 4, 7))
    choice = rng.random((2, 2, 4, 4, 4))
    choice /= choice.sum(axis=-1, keepdims=True)
    leaving, row = rng.random((3, 2)) / 2, np.array([1, 0, 1])
    band, starts, of_age = np.array([0, 1, 1]), np.array([0, 3]), np.array([0, 0, 0, 1, 1, 1, 1])
    step = np.zeros((2, 2, 4, 3, 4))
    np.add.at(step, band, leaving[:, :, None, None, None] * choice[row][:, :, :, :3])
    step[..., np.arange(3), np.arange(3)] = 0.0
    by_age = step[of_age]
    flow = np.einsum("ikoa,akoij->koaij", people, by_age)
    after = people - flow.sum(axis=4).transpose(3, 0, 1, 2) + flow[..., :3].sum(axis=3).transpose(3, 0, 1, 2)
    moved = flow_people(people, choice, leaving, row, band, starts)
    np.testing.assert_allclose(people, after, rtol=1e-12)
    np.testing.assert_allclose(moved, flow.sum(axis=(1, 2)), rtol=1e-12)
