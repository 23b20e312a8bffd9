"""Forecasts of one series by hand: as it is, anchored, at the defaults, and what intervals are made of."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from jjj_sim import regions
from jjj_sim.calibrating import Calibration
from jjj_sim.judging.targets import Discrepancy, targets
from jjj_sim.validating.checks import predictive
from jjj_sim.validating.holdout import BEFORE, FEW, INTERVALS, LEAD, OUTSIDE, Read, forecasts

SD = np.hypot(1.0, 0.3)
ORIGIN = 2017


@pytest.fixture(scope="module")
def found():
    """A calibration as of 2017 of PM2.5 in the capital: 50 to 56 in 2014 to 2020, missed by 2 sds in every year."""
    region = regions.default()
    one = next(t for t in targets(region) if t.id == "pm25_beijing_2019")
    known = tuple(
        replace(one, id=f"x{i}", period=str(2014 + i), value=50.0 + i, discrepancy=Discrepancy(1.0, False))
        for i in range(7)
    )
    fitted = pd.DataFrame(
        {
            "id": [t.id for t in known[:4]],
            "block": "air",
            "variable": "pm25",
            "area": "beijing",
            "period": [t.period for t in known[:4]],
            "weight": 0.75,
            "z_mode": 2.0,
        }
    )
    read = np.array([[t.value + 2.0 * SD + shift for t in known] for shift in (-1.0, 0.0, 1.0)])
    readings = pd.DataFrame(
        {"draw": np.tile(range(3), 7), "id": np.repeat([t.id for t in known], 3), "value": read.T.ravel()}
    )
    empty = pd.DataFrame()
    return Calibration(
        region, known, empty, empty, fitted, empty, empty, empty, empty, empty, readings,
        {"as_of": ORIGIN, "inflation": {"air": 2.0}}, "",
    )  # fmt: skip


@pytest.fixture(scope="module")
def read(found):
    """What the draws read; with the outside known they would read 10 less."""
    draws = found.readings["value"].to_numpy().reshape(7, 3).T
    return Read(draws, draws - 10.0, draws[1] + 5.0)


def test_errors_by_hand(found, read):
    rows, _ = forecasts(found, ORIGIN, read)
    error = rows.set_index(["forecaster", "year"])["error"]
    for year in (2018, 2019, 2020):
        assert error["model", year] == pytest.approx(2 * SD)
        assert error["model, anchored", year] == pytest.approx(0.0)
        assert error["model, defaults", year] == pytest.approx(2 * SD + 5.0)
        assert error["random walk", year] == pytest.approx(ORIGIN - year)
    assert rows["scaled"].tolist() == pytest.approx(rows["error"].abs().tolist())  # it rose by one a year
    assert set(rows["horizon"]) == {1, 2, 3}
    assert not set(rows["forecaster"]) & {"shift-share", "gravity and shift-share"}


def test_intervals_grow_with_the_lead_and_with_what_is_unknown(found, read):
    rows, kinds = forecasts(found, ORIGIN, read)
    model = kinds[kinds["forecaster"] == "model"].set_index(["intervals", "year"])
    width = (model["high"] - model["low"]) / 2
    _, known = forecasts(found, ORIGIN, replace(read, fixed=None))
    assert set(known["intervals"]) == set(INTERVALS) - {OUTSIDE}
    # the same at any lead before; then by the root of the lead, which is 2.5 years in the mean of 2014 to 2017
    assert width[BEFORE, 2020] == pytest.approx(width[BEFORE, 2018], rel=1e-6)
    alone = forecasts(found, ORIGIN, Read(read.draws[1:2].repeat(3, axis=0), None, read.default))[1]
    sure = alone[alone["forecaster"] == "model"].set_index(["intervals", "year"])
    half = (sure["high"] - sure["low"]) / 2
    assert half[BEFORE, 2020] == pytest.approx(1.645 * 2 * SD, rel=0.01)
    assert half[LEAD, 2020] == pytest.approx(1.645 * 2 * SD * np.sqrt(7 / 2.5), rel=0.01)
    assert half[FEW, 2020] == pytest.approx(2.92 * 2 * SD * np.sqrt(7 / 2.5), rel=0.01)
    anchored = alone[alone["forecaster"] == "model, anchored"].set_index(["intervals", "year"])
    assert (anchored["high"] - anchored["low"])[LEAD, 2020] / 2 == pytest.approx(
        1.645 * 2 * SD * np.sqrt(3 / 2.5), rel=0.01
    )
    # the middle with the outside known is told apart; the rows that stand have it drawn
    assert model.loc[(FEW, 2018), "error"] == pytest.approx(2 * SD - 10.0)
    assert model.loc[(OUTSIDE, 2018), "error"] == pytest.approx(2 * SD)
    whole = rows[rows["forecaster"] == "model"].set_index("year")
    assert whole.loc[2018, "pit"] == model.loc[(OUTSIDE, 2018), "pit"]


def test_fitted_figures_in_the_bands(found):
    table = predictive(found).set_index("block")
    assert table.loc["all", ["figures", "median_z"]].tolist() == [4, 2.0]
    # draws reach one beyond the middle and the figures lie two sds off it; a miss of two sds is what is expected
    assert table.loc["air", ["draws_90", "inside_50", "inside_90"]].tolist() == [0.0, 0.25, 1.0]
