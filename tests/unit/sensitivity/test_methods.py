"""Morris and Sobol' against functions whose answers are known by hand, through the store of runs."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from lines import Surface

from jjj_sim import regions
from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import space
from jjj_sim.sensitivity import morris, sobol, tables
from jjj_sim.sensitivity.outcomes import Outcome, told

NAMES = ("labour.wage_speed", "labour.common_bias", "production.offset_secondary")


@pytest.fixture(scope="module")
def here():
    """Three parameters: two uniform, one normal."""
    return space(regions.default(), NAMES)


def surface(here, law, **more):
    """A surface of one outcome of one scenario."""
    return Surface((SimpleNamespace(name="base"),), (Outcome("y", "a"),), here, law, **more)


def read(model, here, chances):
    """What the model reads at chances, through the store."""
    scores = [[c.quantile(float(p)) for c, p in zip(here.coordinates, u, strict=True)] for u in chances]
    with Runs(model) as runs:
        return runs.read([here.settings(np.array(u)) for u in scores])


def ishigami(chances):
    """sin x1 + 7 sin^2 x2 + .1 x3^4 sin x1, x uniform in (-pi, pi)."""
    x = -np.pi + 2.0 * np.pi * chances
    return [np.sin(x[0]) + 7.0 * np.sin(x[1]) ** 2 + 0.1 * x[2] ** 4 * np.sin(x[0])]


def test_ishigamis_indices_are_found(here):
    """V = 49/8 + .1 pi^4/5 + .01 pi^8/18 + 1/2 = 13.8446; S1 = .3139, .4424, 0; ST = .5576, .4424, .2437."""
    chances = sobol.points(3, 1024, seed=1)
    found = sobol.indices(3, read(surface(here, ishigami), here, chances)[:, 0], seed=1)
    assert found.first == pytest.approx([0.3139, 0.4424, 0.0], abs=0.02)
    assert found.total == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.03)
    assert (found.total_conf > 0.0).all()


def test_on_a_plane_an_effect_is_slope_times_the_way_from_5_to_95_percent(here):
    slopes = np.array([2.0, -3.0, 0.0])
    chances = morris.points(3, 4, seed=1)
    values = read(surface(here, lambda u: [10.0 + slopes @ u]), here, chances)[:, 0]
    found = morris.effects(chances, values, seed=1)
    assert found.mu == pytest.approx(0.9 * slopes, abs=1e-9)
    assert found.mu_star == pytest.approx(0.9 * np.abs(slopes), abs=1e-9)
    assert found.sigma == pytest.approx(0.0, abs=1e-9)
    assert found.conf == pytest.approx(0.0, abs=1e-9)


def test_a_point_moves_one_parameter_by_two_of_three_steps_of_its_prior(here):
    chances = morris.points(3, 4, seed=1)
    assert chances.shape == (16, 3)
    assert set(np.round(chances.ravel(), 9)) <= {0.05, 0.35, 0.65, 0.95}
    steps = np.diff(chances.reshape(4, 4, 3), axis=1)
    assert ((np.abs(steps) > 1e-9).sum(axis=2) == 1).all()
    assert np.abs(steps).max(axis=2) == pytest.approx(0.6)


def test_a_product_has_effects_that_depend_on_where_they_are_asked(here):
    """y = u1 u2: the effect of u1 is .9 u2, so that its sd is .9 that of u2 over its levels."""
    chances = morris.points(3, 6, seed=1)
    values = read(surface(here, lambda u: [u[0] * u[1]]), here, chances)[:, 0]
    found = morris.effects(chances, values, seed=1)
    before = chances.reshape(6, 4, 3)
    at = [t[np.flatnonzero(np.abs(np.diff(t[:, 0])) > 1e-9)[0], 1] for t in before]
    assert found.sigma[0] == pytest.approx(0.9 * np.std(at, ddof=1))
    assert found.mu[0] == pytest.approx(0.9 * np.mean(at))


def test_trajectories_with_a_wall_are_known(here):
    chances = morris.points(3, 6, seed=1)
    values = read(surface(here, lambda u: [u.sum()], wall=0.9), here, chances)
    expected = [(t[:, 0] <= 0.9).all() for t in chances.reshape(6, 4, 3)]
    assert morris.whole(3, values).tolist() == expected
    assert 0 < sum(expected) < 6


def test_a_wall_takes_the_mean_of_the_others():
    values = np.array([[1.0, 10.0], [np.nan, np.nan], [3.0, 30.0]])
    assert sobol.filled(values).tolist() == [[1.0, 10.0], [2.0, 20.0], [3.0, 30.0]]


def test_the_two_samples_are_told_from_what_is_mixed_of_them():
    assert np.flatnonzero(sobol.independent(2, 2)).tolist() == [0, 3, 4, 7]
    chances = sobol.points(2, 2, seed=1)
    assert chances[1].tolist() == [chances[3, 0], chances[0, 1]]


def test_points_repeat_with_their_seed():
    for points in (lambda s: morris.points(5, 3, s), lambda s: sobol.points(5, 8, s)):
        assert np.array_equal(points(1), points(1))
        assert not np.array_equal(points(1), points(2))


def test_a_difference_is_variant_less_base():
    found = told(["a", "b"], np.array([[1.0, 2.0, 4.0, 8.0]]))
    assert found["a", "level"].tolist() == [[1.0, 2.0]]
    assert found["b", "difference"].tolist() == [[3.0, 6.0]]


def test_leading_parameters_are_scaled_by_the_outcome():
    """In x: p 10, q 9, r 0; in y: q 3, r 2. Largest: p 1, q 1, r 2/3; of p and q the sum says q, .9 + 1."""
    rows = [("x", "p", 10.0), ("x", "q", 9.0), ("x", "r", 0.0), ("y", "p", 0.0), ("y", "q", 3.0), ("y", "r", 2.0)]
    rows += [("z", name, 0.0) for name in "pqr"]
    table = pd.DataFrame(rows, columns=["outcome", "parameter", "mu_star"]).assign(scenario="s", kind="level")
    assert tables.leading(table, "level", 2) == ["q", "p"]
    assert tables.leading(table, "level", 9) == ["q", "p", "r"]


def test_rounding_is_no_variation():
    level = np.full(3, 1e3)
    assert not tables.varies(np.array([0.0, 1e-7, 0.0]), level)
    assert tables.varies(np.array([0.0, 1e-5, 0.0]), level)
