"""The search on made-up margins, whose smallest strengths are known by hand."""

import numpy as np
import pytest

from jjj_sim.reaching import search

# The effects of ten draws: 1, 2 .. 10.
EFFECT = np.arange(1.0, 11.0)


def asked(function):
    """Margins (points, draws, indicators) from what a function gives at strengths (n,): (draws,) or more columns."""

    def margins(points):
        found = [np.asarray(function(s), dtype=float) for s in points]
        return np.stack([f[:, None] if f.ndim == 1 else f for f in found])

    return margins


def test_one_lever_is_moved_until_so_many_draws_meet_it():
    # Margins 3 s - 1/effect .. need s >= 1 / (effect): eight of ten draws are those with an effect of 3 and more.
    found = search.search(asked(lambda s: EFFECT * s[0] - 1.0), [1.0], 0.8)
    assert found.outcome == "found"
    assert found.point.strengths[0] == pytest.approx(0.334)  # 1/3 told up to a thousandth
    assert found.point.probability == 0.8
    assert found.point.quantile(0.8) == pytest.approx(3 * 0.334 - 1.0)
    assert found.monotone


def test_the_share_asked_for_decides_which_draw_binds():
    # All ten draws: the one with an effect of 1 binds, s = 1. Half of them: that with an effect of 6.
    everyone = search.search(asked(lambda s: EFFECT * s[0] - 0.5), [1.0], 1.0)
    half = search.search(asked(lambda s: EFFECT * s[0] - 0.5), [1.0], 0.5)
    assert everyone.point.strengths[0] == pytest.approx(0.5)
    assert half.point.strengths[0] == pytest.approx(0.084)  # 1/12 = .0833


def test_a_lever_goes_towards_the_end_that_helps():
    found = search.search(asked(lambda s: np.full(4, -2.0 * s[0] - 1.0)), [1.0], 0.8)
    assert found.side.tolist() == [-1.0]
    assert found.point.strengths[0] == pytest.approx(-0.5)


def test_two_levers_are_mixed_as_the_norm_has_it():
    # min |s| s.t. 3 a + 4 b >= 2.5: s = 2.5 (3, 4) / 25 = (.3, .4), of size .5.
    found = search.search(asked(lambda s: np.full(3, 3 * s[0] + 4 * s[1] - 2.5)), [1.0, 1.0], 0.8)
    assert found.point.strengths == pytest.approx([0.3, 0.4], abs=0.012)
    assert search.size(found.point.strengths, np.ones(2)) == pytest.approx(0.5, abs=2e-3)
    assert found.point.quantile(0.8) >= 0.0


def test_a_dearer_lever_is_moved_less():
    # min a^2 + 4 b^2 s.t. a + b >= 1: a = 4 b, so (.8, .2).
    found = search.search(asked(lambda s: np.full(3, s[0] + s[1] - 1.0)), [1.0, 2.0], 0.8)
    assert found.point.strengths == pytest.approx([0.8, 0.2], abs=0.012)


def test_a_lever_that_helps_beside_another_alone_is_used():
    # min a^2 + b^2 s.t. (a + .1) b >= .4 sqrt(.12): b^2 = a (a + .1), so (.3, sqrt .12). At b = 0 a does nothing.
    limit = 0.4 * np.sqrt(0.12)
    found = search.search(asked(lambda s: np.full(3, (s[0] + 0.1) * s[1] - limit)), [1.0, 1.0], 0.8)
    assert found.side.tolist() == [1.0, 1.0]
    assert found.point.strengths == pytest.approx([0.3, np.sqrt(0.12)], abs=0.012)


def test_each_of_two_indicators_gets_its_own_lever():
    # a >= .2 and b <= -.6; at no strength either lever alone changes the smaller margin of both.
    def two(s):
        return np.tile([s[0] - 0.2, -s[1] - 0.6], (5, 1))

    found = search.search(asked(two), [1.0, 1.0], 0.8)
    assert found.point.strengths == pytest.approx([0.2, -0.6], abs=0.003)


def test_a_lever_without_effect_stays_where_it_is():
    found = search.search(asked(lambda s: np.full(3, 2.0 * s[1] - 1.0)), [1.0, 1.0], 0.8)
    assert found.side.tolist() == [0.0, 1.0]
    assert found.point.strengths == pytest.approx([0.0, 0.5])


def test_nothing_is_needed_where_enough_draws_meet_it_already():
    found = search.search(asked(lambda s: EFFECT - 2.5 + s[0]), [1.0], 0.8)
    assert found.outcome == "already"
    assert found.point.strengths.tolist() == [0.0]
    assert len(found.tried) == 1
    # Seven of ten are not eight of ten.
    assert search.search(asked(lambda s: EFFECT - 3.5 + s[0]), [1.0], 0.8).outcome == "found"


def test_what_full_strength_does_not_reach_is_refused_with_the_best():
    found = search.search(asked(lambda s: EFFECT * s[0] - 5.0), [1.0], 0.8)
    assert found.outcome == "refused"
    assert found.point.strengths.tolist() == [1.0]
    assert found.point.probability == 0.6  # those with an effect of 5 and more
    assert found.point.quantile(0.8) == pytest.approx(-2.0)
    assert found.full is not None
    assert found.full.probability == 0.6


def test_no_lever_that_helps_is_refused_at_the_start():
    found = search.search(asked(lambda s: -EFFECT), [1.0, 1.0], 0.8)
    assert found.outcome == "refused"
    assert found.full is None
    assert not found.point.strengths.any()


def test_a_hump_is_found_and_told():
    # Met between .2 and .6 alone: .16 - (s - .4)^2 >= .12 there.
    found = search.search(asked(lambda s: np.full(3, 0.04 - (s[0] - 0.4) ** 2)), [1.0], 0.8)
    assert found.outcome == "found"
    assert not found.monotone
    assert found.point.strengths[0] == pytest.approx(0.2, abs=1.5e-3)


def test_a_wall_at_the_end_does_not_hide_what_lies_before_it():
    def walled(s):
        return np.full(3, np.nan if s[0] > 0.9 else s[0] - 0.3)

    found = search.search(asked(walled), [1.0], 0.8)
    assert found.point.strengths[0] == pytest.approx(0.3, abs=1e-3)
    assert not found.monotone


def test_a_draw_that_meets_nothing_counts_as_one_that_does_not():
    margins = np.array([np.inf, -np.inf, 1.0, 1.0, 1.0])
    point = search.Point(np.zeros(1), margins[:, None])
    assert point.probability == 0.8
    assert point.quantile(0.8) == 1.0
    assert point.quantile(1.0) == -np.inf
    assert [search.needed(20, 0.8), search.needed(3, 0.8), search.needed(10, 0.01)] == [16, 3, 1]
