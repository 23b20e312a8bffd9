"""Naive forecasts by hand, scores of forecasts, and the page of a calibration."""

import numpy as np
import pandas as pd
import pytest

import holdout
from calibration_page import between, table
from rivals import naive, shift_share

PAST = {2014 + i: float(np.exp(x)) for i, x in enumerate((0.0, 0.1, 0.3, 0.4, 0.6, 0.7))}


def test_naive_forecasts_by_hand():
    found = naive(PAST, [2020, 2021], relative=True, least_sd=0.01)
    assert found["random walk"].middle == pytest.approx([0.7, 0.7])
    assert found["drift"].middle == pytest.approx([0.84, 0.98])
    slope = np.polyfit(range(6), [0.0, 0.1, 0.3, 0.4, 0.6, 0.7], 1)
    assert found["trend"].middle == pytest.approx(np.polyval(slope, [6, 7]))
    assert found["random walk"].sd == pytest.approx(
        np.sqrt(np.mean(np.square([0.1, 0.2, 0.1, 0.2, 0.1])) * np.array([1, 2]))
    )
    # changes .1 .2 .1 .2 .1 about .14: they alternate, so that none is carried on
    assert found["AR(1)"].middle == pytest.approx([0.84, 0.98])


def test_a_short_past_leaves_rivals_out():
    assert set(naive({2016: 7.0}, [2017], relative=False, least_sd=0.5)) == {"random walk"}
    assert set(naive({2014: 1.0, 2016: 2.0, 2017: 3.0}, [2018], relative=False, least_sd=0.5)) == {
        "random walk",
        "drift",
    }


def test_shift_share_lets_sectors_grow_as_the_nations():
    level = shift_share("gdp_nominal", "beijing", 2020, [2021, 2022])
    growth = shift_share("gdp_real_growth", "beijing", 2020, [2021, 2022])
    shares = [shift_share(f"gdp_share_{b}", "beijing", 2020, [2021]) for b in ("primary", "secondary", "tertiary")]
    assert 1.04 < level[0] < level[1] < 1.3
    assert 3 < growth[0] < 8
    assert sum(shares) == pytest.approx([100.0])
    assert shift_share("gdp_real_growth", "beijing", 2020, [2021], knowing=True) > growth[0]
    assert shift_share("employment", "beijing", 2020, [2021]) is None
    assert shift_share("gdp_nominal", "jjj", 2016, [2017]) is None  # its sectors are not published before 2019


def test_crps_of_a_normal_and_of_its_sample_agree():
    luck = np.random.default_rng(1)
    truth, middle, sd = np.array([1.0, 0.0]), np.array([0.5, 0.0]), np.array([1.0, 2.0])
    cloud = middle + sd * luck.normal(size=(20000, 2))
    assert holdout._crps_cloud(truth, cloud) == pytest.approx(holdout._crps_normal(truth, middle, sd), rel=0.02)
    assert holdout._crps_normal(np.zeros(1), np.zeros(1), np.ones(1)) == pytest.approx([0.2337], abs=1e-4)


@pytest.fixture
def rows():
    """Two origins of one variable: the model errs by .1, the random walk by .2, drift by .05."""
    errors = {"model": 0.1, holdout.ANCHORED: 0.1, "random walk": 0.2, "drift": 0.05}
    return pd.DataFrame(
        {
            "origin": origin,
            "variable": "gdp_nominal",
            "area": area,
            "year": year,
            "horizon": year - origin,
            "forecaster": name,
            "error": error,
            "scaled": error,
            "crps": error,
            "sd": 0.1,
            "inside_50": error < 0.1,
            "inside_90": True,
        }
        for origin in (2016, 2018)
        for year in range(origin + 1, 2021)
        for area in ("beijing", "tianjin")
        for name, error in errors.items()
    )


def test_wins_and_the_naive_chosen_in_advance(rows):
    found = holdout.wins(rows).set_index(["origin", "rival"])
    assert found.loc[(2016, "random walk"), "won"] == 2
    assert found.loc[(2016, "random walk"), "skill"] == pytest.approx(0.5)
    assert found.loc[(2016, "drift"), "skill"] == pytest.approx(-1.0)
    # nothing was known at the first origin; at the second drift had been the better
    assert found.loc[(2016, holdout.CHOSEN), "skill"] == pytest.approx(0.5)
    assert found.loc[(2018, holdout.CHOSEN), "skill"] == pytest.approx(-1.0)
    assert found.loc[(2018, holdout.BEST), "won"] == 0


def test_the_page_keeps_what_stands_outside_its_marks():
    page = "before\n<!-- found: fit -->\nold\n<!-- end -->\nafter <!-- found: x -->\n<!-- end -->\n"
    new = between(page, "fit", table(("a", "b"), [(1.23456, "x"), (float("nan"), 12345.0)]))
    assert new.startswith(
        "before\n<!-- found: fit -->\n| a | b |\n|---|---|\n| 1.23 | x |\n|  | 12,345 |\n<!-- end -->\nafter"
    )
    assert between(new, "fit", "old") == page
