"""Recovery on a linear model: intervals hold the truth as often as they say."""

import numpy as np
import pytest
from lines import NAMES, Line

from jjj_sim.calibrating.figures import figures
from jjj_sim.calibrating.problem import problem
from jjj_sim.calibrating.recovery import published_as, recovery, summary
from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import space
from jjj_sim.judging.targets import targets

SLOPES = np.array([[9, 0, 0], [9, 1, 0], [9, -1, 0], [9, 0, 0], [0, 1, 0], [0, 1, 0], [0, 1, 0]], dtype=float)


def test_truths_are_held_as_often_as_intervals_say(region, series):
    here = space(region, NAMES)
    base = tuple(t.value for t in series)
    with Runs(Line(series, base, tuple(map(tuple, SLOPES)), here)) as runs:
        rows = recovery(problem(runs, here, figures(series, region)), truths=60, most=4, seed=2)
    found = summary(rows).set_index("name")
    assert len(rows) == 180
    assert found["inside_90"].tolist() == pytest.approx([0.97, 0.95, 0.9], abs=0.08)
    assert found.loc[NAMES[0], "shrinkage"] < 0.15
    assert found.loc[NAMES[2], "shrinkage"] == pytest.approx(1.0, abs=0.1)  # no figure speaks of it
    assert found["says"].tolist() == ["figures", "figures", "prior"]
    assert found.loc[NAMES[2], "error"] == pytest.approx(1.0, abs=0.2)


def test_an_interval_stays_one(region):
    floor = figures(targets(region), region).only(
        np.array([t.comparator == "ge" for t in figures(targets(region), region).targets]), ""
    )
    made = published_as(floor, floor.low + 1.0, np.random.default_rng(1))
    assert made.high - made.low == pytest.approx(floor.high - floor.low)
    assert not np.array_equal(made.low, floor.low)
