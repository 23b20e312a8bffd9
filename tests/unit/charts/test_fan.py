"""The fan of parameters: distances in sds of the prior, the most moved first, and what only the prior decides."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from jjj_sim import charts
from jjj_sim.calibrating.space import space
from jjj_sim.charts.fan import _chance, _strips
from jjj_sim.charts.reader import MissingVariable, Reader
from jjj_sim.scenario.posterior import draws_of


def test_the_shift_is_that_of_the_medians_and_the_most_moved_come_first(result):
    strips = _strips(Reader(result))
    table = draws_of(result.region).table
    assert len(strips) == len(draws_of(result.region).manifest["names"])
    trend = next(s for s in strips if s.one.name == "production.offset_secondary")  # prior N(0, 2)
    assert np.isclose(trend.shift, table[trend.one.dotted].median() / 2.0, rtol=0.03)
    assert np.isclose(trend.left, table[trend.one.dotted].std(ddof=0) / 2.0, rtol=0.03)
    spoken = [s.moved for s in strips if s.spoken]
    assert spoken == sorted(spoken, reverse=True)
    assert [s.spoken for s in strips] == sorted((s.spoken for s in strips), reverse=True)


def test_the_chance_of_a_prior_runs_from_nought_to_one_within_its_bounds(result):
    for one in space(result.region).coordinates:
        assert np.isclose(_chance(one, one.score(one.param.hi)), 1.0)
        assert np.isclose(_chance(one, one.quantile(0.3)), 0.3, atol=1e-6)


def test_what_only_the_prior_decides_is_counted(result):
    words = " ".join(ax.get_title(loc="left") for ax in charts.figure(result, "parameters").axes)
    fitted = set(space(result.region).dotted)
    others = [name for name in result.draws.columns if name not in fitted | {"member"}]
    assert f"Only the prior decides {len(others)} others" in words


def test_members_at_default_parameters_have_no_fan(result):
    with pytest.raises(MissingVariable, match=r"no draws\.csv"):
        charts.figure(dataclasses.replace(result, draws=pd.DataFrame()), "parameters")
