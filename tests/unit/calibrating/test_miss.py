"""How far a model may miss by year of lead: hand numbers, and coverage of misses that are known to walk."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from scipy.stats import t as student

from jjj_sim.calibrating import loss
from jjj_sim.calibrating.figures import figures, spread_of
from jjj_sim.calibrating.miss import LEVEL, RATE, Group, estimated, kind
from jjj_sim.judging.targets import targets


def table(rows):
    """Figures in the loss from (block, variable, area, year, z), all of weight one half."""
    names = ("block", "variable", "area", "period", "z_mode")
    return pd.DataFrame([dict(zip(names, row, strict=True)) for row in rows]).assign(weight=0.5)


def walk(z, variable="pm25", block="air"):
    """Figures of series `z` (n_series, n_years) from the first year after the opening."""
    n, years = z.shape
    return table([(block, variable, f"a{i}", str(2014 + t), z[i, t]) for i in range(n) for t in range(years)])


def test_hand_numbers(region):
    found = estimated(
        table([("air", "pm25", "beijing", "2014", 1.0), ("air", "pm25", "tianjin", "2017", -4.0)]), region
    )
    # v = (1 + 16) / (1 + 4), M = 2.5
    assert found.group("pm25") == pytest.approx(Group(np.sqrt(3.4 * 2.5), 2.5, 3.0))
    factor, df = found.factor("pm25", [2015, 2023])
    assert factor == pytest.approx(np.sqrt(3.4 * np.array([2.0, 10.0])))
    assert df == 3.0


def test_at_the_mean_lead_it_is_the_root_mean_square_of_the_block(region, series):
    fitted = figures(series, region)
    read = np.array([t.value for t in fitted.targets]) + np.array([1.0, -2.0, 3.0, -3.0, 4.0, -4.0, 5.0])
    rows = [
        ("air", "pm25", "beijing", t.period, z)
        for t, z in zip(fitted.targets, loss.standardised(fitted, read), strict=True)
    ]
    found = estimated(table(rows).assign(weight=fitted.weight), region)
    assert found.group("pm25").lead == pytest.approx(4.0)
    factor, _ = found.factor("pm25", [2017, 2021])
    assert factor[0] == pytest.approx(loss.inflations(fitted, read)[0])
    assert factor[1] == pytest.approx(factor[0] * np.sqrt(2.0))


def test_it_is_no_less_than_the_discrepancy_at_the_mean_lead(region):
    found = estimated(walk(np.full((2, 3), 0.1)), region)
    assert found.factor("pm25", [2015])[0] == pytest.approx([1.0])
    assert found.factor("pm25", [2021])[0] == pytest.approx([2.0])


def test_rates_do_not_accumulate_and_stand_apart_from_levels_of_their_block(region):
    rows = [("output", "gdp_real_growth", "beijing", y, 3.0) for y in ("2016", "2018")]
    rows += [("output", "gdp_nominal", "beijing", y, z) for y, z in (("2014", 1.0), ("2022", 3.0))]
    found = estimated(table(rows), region)
    assert (kind("gdp_real_growth"), kind("gdp_nominal")) == (RATE, LEVEL)
    assert found.factor("gdp_real_growth", [2020, 2024])[0] == pytest.approx([3.0, 3.0])
    assert found.factor("gdp_nominal", [2022])[0] == pytest.approx([3.0])


def test_of_a_block_without_figures_the_others_speak(region):
    found = estimated(
        pd.concat([walk(np.full((4, 1), 2.0)), walk(np.full((3, 1), 1.0), "budget_revenue", "budgets")]), region
    )
    assert found.group("gdp_share_tertiary") == pytest.approx(Group(np.sqrt(19 / 7), 1.0, 3.0))


def test_the_lead_begins_where_the_run_was_last_on_the_data(region):
    of = {year: estimated(walk(np.ones((2, 3))), region, year) for year in (2018, 2020, 2022)}
    assert [of[y].since("pm25") for y in of] == [2013, 2013, 2013]
    assert [of[y].since("employment") for y in of] == [2013, 2020, 2020]
    assert [of[y].since("population") for y in of] == [2018, 2019, 2022]
    anchored, _ = of[2020].factor("pm25", [2021, 2024], anchored=2020)
    assert anchored == pytest.approx(of[2020].group("pm25").s / np.sqrt(2.0) * np.array([1.0, 2.0]))


def test_a_band_of_years_that_are_not_published(region):
    found = estimated(walk(np.full((2, 3), 2.0)), region)
    air = [t for t in targets(region) if t.variable == "pm25" and t.area == "beijing" and not t.article]
    spread = found.spread(air, [2025, 2030])
    last = max((t for t in air if t.discrepancy), key=lambda t: t.year)
    assert spread.relative
    assert spread.sd == pytest.approx(spread_of(last) / last.value * np.sqrt(2.0 * np.array([12.0, 17.0])))
    assert spread.df == 3.0
    assert found.spread(air[:0], [2025]) is None


@pytest.mark.parametrize(("n", "few"), [(1, True), (2, True), (8, False)])
def test_intervals_hold_misses_that_walk_as_often_as_they_say(region, n, few):
    luck = np.random.default_rng(n)
    held, same, flat, normal = [], [], [], []
    for _ in range(400):
        z, other = (np.cumsum(3.0 * luck.normal(size=(n, 10)), axis=1) for _ in range(2))
        found = estimated(walk(z[:, :4]), region)
        factor, df = found.factor("pm25", range(2018, 2024))
        ahead = np.abs(other[:, 4:])
        held.append(np.mean(ahead <= student.ppf(0.95, df) * factor))
        same.append(np.mean(np.abs(z[:, 4:]) <= student.ppf(0.95, df) * factor))
        normal.append(np.mean(ahead <= norm.ppf(0.95) * factor))
        flat.append(np.mean(ahead <= norm.ppf(0.95) * found.group("pm25").s))
    assert np.mean(held) == pytest.approx(0.9, abs=0.03)
    assert 0.9 < np.mean(same) < 0.98  # a walk that went far so far is far ahead too, and the estimate knows
    assert np.mean(flat) < 0.72
    assert (np.mean(normal) < 0.85) == few
