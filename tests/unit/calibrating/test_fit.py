"""The search on a small linear problem whose answer is known, at walls, and taken up again."""

from dataclasses import replace

import numpy as np
import pytest
from lines import NAMES, Echo, Line

from jjj_sim.calibrating.figures import figures
from jjj_sim.calibrating.fit import fit, jacobian
from jjj_sim.calibrating.influence import influence
from jjj_sim.calibrating.posterior import laplace, posterior, systematic
from jjj_sim.calibrating.problem import problem
from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import space
from jjj_sim.calibrating.wave import implausibility, starts, wave
from jjj_sim.errors import DataError, OpeningError

SLOPES = np.array([[3, 0, 0], [0, 2, 0], [0, 0, 1], [1, 1, 0], [0, 1, -2], [1, 0, 1], [0, 0, 0]], dtype=float)
GAP = np.array([4.0, -2.0, 1.0, 1.5, -3.0, 2.0, 0.5])


@pytest.fixture
def line(region, series):
    """A model that misses the figures by GAP where all scores are zero."""

    def make(**how):
        here = space(region, NAMES)
        base = tuple(np.array([t.value for t in series]) - GAP)
        return Line(series, base, tuple(map(tuple, SLOPES)), here, **how)

    return make


def answer(found):
    """Mode and covariance of the linear problem: (A'A + 1)^-1 A'b, by its normal equations."""
    scale = np.sqrt(found.weight) / found.below
    a, b = SLOPES * scale[:, None], GAP * scale
    information = a.T @ a + np.eye(3)
    return np.linalg.solve(information, a.T @ b), np.linalg.inv(information)


def whole(found, here):
    """Mean and covariance of the posterior of two uniform priors and a normal, all cut: by many points of the prior."""
    luck, (low, high) = np.random.default_rng(9), here.bounds
    points = np.column_stack([luck.uniform(low[:2], high[:2], size=(400_000, 2)), luck.normal(size=400_000)])
    points = points[here.inside(points)]
    scale = np.sqrt(found.weight) / found.below
    weight = np.exp(-0.5 * (((GAP - points @ SLOPES.T) * scale) ** 2).sum(axis=1))
    return np.average(points, axis=0, weights=weight), np.cov(points.T, aweights=weight)


def test_a_linear_problem_is_recovered(line, region, series):
    with Runs(line()) as runs:
        asked = problem(runs, space(region, NAMES), figures(series, region))
        found = fit(asked, np.zeros(3), 8)
        mean, covariance = laplace(asked, found)
    mode, spread = answer(asked.figures)
    assert mean == pytest.approx(mode, abs=2e-3)
    assert covariance == pytest.approx(spread, abs=1e-6)
    assert found.path["cost"].iloc[-1] < found.path["cost"].iloc[0]
    assert found.gradient < 0.05


def test_importance_corrects_the_normal(line, region, series):
    with Runs(line()) as runs:
        asked = problem(runs, space(region, NAMES), figures(series, region))
        found = fit(asked, np.zeros(3), 8)
        drawn = posterior(asked, found, 400, 256, 2, seed=3)
    right, spread = whole(asked.figures, space(region, NAMES))
    mean, covariance = drawn.moments()
    assert mean == pytest.approx(right, abs=0.05)
    assert covariance == pytest.approx(spread, abs=0.05)
    assert drawn.effective > 0.5 * len(drawn.candidates)
    assert drawn.scores.mean(axis=0) == pytest.approx(right, abs=0.05)
    assert drawn.scores.std(axis=0) == pytest.approx(np.sqrt(np.diag(spread)), abs=0.05)
    assert space(region, NAMES).inside(drawn.candidates).all()


def test_a_wall_is_stepped_back_from_and_no_crash(line, region, series):
    mode, _ = answer(figures(series, region))
    with Runs(line(wall=mode[0] / 2)) as runs:
        asked = problem(runs, space(region, NAMES), figures(series, region))
        found = fit(asked, np.zeros(3), 12)
        assert 0.0 < found.scores[0] <= mode[0] / 2
        assert runs.walls
        drawn = posterior(asked, found, 50, 64, 1, seed=3)
    assert np.isfinite(found.jacobian).all()
    assert drawn.walls > 0
    assert drawn.scores[:, 0].max() <= mode[0] / 2 + 1e-6


def test_no_search_begins_at_a_wall(line, region, series):
    with Runs(line(wall=1.0)) as runs:
        asked = problem(runs, space(region, NAMES), figures(series, region))
        assert fit(asked, np.array([2.0, 0.0, 0.0]), 3) is None
    with Runs(line(wall=-1.0)) as runs, pytest.raises(OpeningError, match="too far"):
        problem(runs, space(region, NAMES), figures(series, region))


def test_without_a_figure_there_is_nothing_to_fit(line, region, series):
    with Runs(line()) as runs, pytest.raises(DataError, match="no published figure"):
        problem(runs, space(region, NAMES), figures([], region))


def test_a_derivative_is_taken_on_the_other_side_of_a_wall(line, region, series):
    with Runs(line(wall=0.1)) as runs:
        asked = problem(runs, space(region, NAMES), figures(series, region))
        slopes, flat = jacobian(asked, np.zeros(3))
    scale = np.sqrt(asked.figures.weight) / asked.figures.below
    assert slopes == pytest.approx(SLOPES * scale[:, None])
    assert flat == []


def test_a_search_that_ends_at_its_bound_stays_inside(line, region, series):
    far = Line(series, tuple(np.array([t.value for t in series]) - 100 * SLOPES[:, 0]), line().slopes, line().space)
    with Runs(far) as runs:
        found = fit(problem(runs, space(region, NAMES), figures(series, region)), np.zeros(3), 12)
    (low, high) = (edge[0] for edge in far.space.bounds)
    assert high - 0.1 < found.scores[0] <= high
    assert low < high


def test_other_starts_end_at_the_same_mode(line, region, series):
    with Runs(line()) as runs:
        asked = problem(runs, space(region, NAMES), figures(series, region))
        found = fit(asked, np.zeros(3), 8)
        ended = starts(asked, found, laplace(asked, found)[1], 3, 8, seed=5)
    assert len(ended) == 3
    assert (ended["distance"] < 0.05).all()


def test_a_wave_rules_out_by_the_second_worst_figure(line, region, series):
    with Runs(line()) as runs:
        asked = problem(runs, space(region, NAMES), figures(series, region))
        found = fit(asked, np.zeros(3), 8)
        one = wave(asked, found, *laplace(asked, found), n=64, seed=5)
        there = asked.figures.low.copy()
        there[:2] += np.array([9.0, 2.5]) * asked.figures.above[:2]
        assert implausibility(asked, there[None]) == pytest.approx([2.5])
    assert 0 < one.kept.sum() < 64
    assert one.told()["points"] == 64


def test_the_influence_of_a_block_is_the_fit_without_it(line, region, series):
    two = tuple(replace(t, variable="age_share_60plus") if i < 3 else t for i, t in enumerate(series))
    model = replace(line(), figures=two)
    with Runs(model) as runs:
        asked = problem(runs, space(region, NAMES), figures(two, region))
        found = influence(asked, fit(asked, np.zeros(3), 8)).set_index(["without", "name"])
        mode = fit(asked, np.zeros(3), 8).scores
        rest = problem(
            runs, space(region, NAMES), figures(two, region).only(asked.figures.blocks != "people", "left out")
        )
        without = fit(rest, np.zeros(3), 8)
    shift = found.loc["people"].loc[[f"parameters.{n}" for n in NAMES]]
    assert shift["shift"].to_numpy() == pytest.approx(without.scores - mode, abs=5e-3)
    assert shift["sd"].to_numpy() ** 2 == pytest.approx(np.diag(laplace(rest, without)[1]))


def test_draws_are_in_proportion_to_weights():
    weight = np.array([0.5, 0.25, 0.25, 0.0])
    found = systematic(weight, 200, np.random.default_rng(1))
    assert np.bincount(found, minlength=4).tolist() == [100, 50, 50, 0]


def test_runs_that_are_kept_are_not_lived_again(line, region, series, tmp_path):
    def search(model):
        with Runs(model, 1, tmp_path / "points") as runs:
            asked = problem(runs, space(region, NAMES), figures(series, region))
            found = fit(asked, np.zeros(3), 8)
            drawn = posterior(asked, found, 50, 64, 1, seed=3)
            return drawn, runs.lived

    first, lived = search(line())
    for path in sorted((tmp_path / "points").iterdir())[::3]:
        path.unlink()
    second, again = search(line())
    assert 0 < again < lived
    assert np.array_equal(first.draws, second.draws)
    assert np.array_equal(first.candidates, second.candidates)
    assert np.array_equal(first.weight, second.weight)
    other = Line(series, line().base[::-1], line().slopes, line().space)
    with pytest.raises(DataError, match="is not of this run"):
        search(other)


def test_several_workers_give_the_bits_of_one(region, series):
    here = space(region, NAMES)
    points = [here.settings(u) for u in np.random.default_rng(2).normal(size=(4, 3))]
    model = Echo(series)
    with Runs(model, 1) as one, Runs(model, 2) as two:
        assert np.array_equal(one.read(points), two.read(points))
