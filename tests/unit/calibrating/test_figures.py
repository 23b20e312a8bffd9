"""Which figures enter the loss, how much each weighs, and what a run is charged for missing them."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jjj_sim.calibrating import loss
from jjj_sim.calibrating.figures import LAST_YEAR, figures, year_of
from jjj_sim.calibrating.twin import published
from jjj_sim.indicators.areas import provinces
from jjj_sim.judging.targets import targets


@pytest.fixture(scope="module")
def every(region):
    return targets(region)


def one(every, region, name, **changed):
    """The figures of one target alone, changed."""
    found = next(t for t in every if t.id == name)
    return figures([replace(found, role="calibrate", **changed)], region)


def test_more_than_a_floor_is_an_interval_that_rewards_no_overshoot(every, region):
    found = one(every, region, "relocated_manufacturing", discrepancy=None)
    at = np.array([[2696.0], [3000.0], [3200.0], [3500.0], [3804.0], [9000.0]])
    sd = 500 / 3.29
    assert loss.loss(found, at)[1:4].tolist() == [0.0, 0.0, 0.0]
    assert loss.loss(found, at)[0] == pytest.approx((304 / sd) ** 2)
    assert loss.loss(found, at)[4] == pytest.approx((304 / sd) ** 2 / 4)
    assert loss.loss(found, at)[5] > loss.loss(found, at)[4]


@given(x=st.floats(0, 1e5), more=st.floats(0, 1e5))
def test_reading_more_above_a_floor_never_pays(every, region, x, more):
    found = one(every, region, "relocated_manufacturing")
    low, high = loss.loss(found, np.array([[3000.0 + x], [3000.0 + x + more]]))
    assert high >= low


def test_an_article_figure_has_its_accepted_range_as_ninety_percent(every, region):
    found = one(every, region, "gdp_jjj_2024")
    z = loss.standardised(found, np.array([[11200.0], [11500.0], [11800.0]]))[:, 0]
    assert z == pytest.approx([-1.645, 0.0, 1.645])


def test_a_series_has_its_discrepancy_and_measurement_error(every, region):
    found = one(every, region, "gdp_nominal_beijing_2016")
    target = found.targets[0]
    z = loss.standardised(found, np.array([target.value * 1.01]))
    assert z == pytest.approx([1 / np.hypot(1, 0.3)])


def test_a_series_counts_at_most_three_figures(series, region):
    found = figures(series, region)
    assert found.weight == pytest.approx(np.full(7, 3 / 7))
    assert figures(series[:2], region).weight.tolist() == [1.0, 1.0]
    assert figures(series, region, as_of=2016).weight.tolist() == [1.0, 1.0, 1.0]


@pytest.mark.parametrize("year", [2016, 2018, 2020, 2022])
def test_as_of_a_year_nothing_later_is_fitted(every, region, year):
    found = figures(every, region, as_of=year)
    assert max(year_of(t) for t in found.targets) == year
    assert min(year_of(t) for t in found.targets) == 2014


def test_current_prices_are_fitted_where_they_were_known(every, region):
    before, after = figures(every, region, as_of=2020), figures(every, region, as_of=2022)
    assert not {"gdp_nominal", "budget_revenue"} & {t.variable for t in before.targets}
    assert {"gdp_nominal", "budget_revenue"} <= {t.variable for t in after.targets}
    assert {a.target.variable for a in before.apart if "prices" in a.why} >= {"gdp_nominal", "gdp_share_of_nation"}


def test_without_a_year_the_roles_divide(every, region):
    found = figures(every, region)
    assert {t.role for t in found.targets} == {"calibrate"}
    assert {t.confidence for t in found.targets} == {"high", "medium"}


def test_what_is_input_is_told_apart(every, region):
    for year in (None, 2022):
        found = figures(every, region, as_of=year)
        inside = {(t.variable, t.area) for t in found.targets}
        assert not {("population", p) for p in provinces(region)} & inside
        assert not {v for v, _ in inside} & {"budget_spending", "rd_intensity", "firms", "gdp_per_head"}
        told = {a.target.variable for a in found.apart}
        assert {"population", "budget_spending", "rd_intensity"} <= told
        assert all(a.why for a in found.apart)
    assert "xiongan_population_2024" in {t.id for t in figures(every, region).targets}


def test_the_whole_stands_aside_where_its_provinces_enter(every, region):
    found = figures(every, region)
    assert ("gdp_nominal", "jjj", "2020") not in {(t.variable, t.area, t.period) for t in found.targets}
    assert "gdp_jjj_2024" in {t.id for t in found.targets}


def test_nothing_after_the_last_year_is_looked_at(every):
    years = {year_of(t) for t in published(every)}
    assert max(years) == LAST_YEAR == 2024
    assert not any("2025" in t.period for t in published(every))


def test_blocks_that_cannot_be_fitted_are_believed_less(series, region):
    found = figures(series, region)
    right = np.array([50.0 + i for i in range(7)])
    sd = found.below[0]
    assert loss.inflations(found, right) == pytest.approx(np.ones(7))
    assert loss.inflations(found, right + 2 * sd) == pytest.approx(np.full(7, 2.0))
    table = loss.by_block(found, {"run": right + 2 * sd})
    assert table["run"].tolist() == pytest.approx([12.0, 12.0])
    assert table["weight"].tolist() == pytest.approx([3.0, 3.0])
