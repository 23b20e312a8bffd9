"""Forecasts and scores by hand: PIT, CRPS, who is nearer, and whether intervals hold."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm
from scipy.stats import t as student

from jjj_sim.validating import scores
from jjj_sim.validating.forecast import Forecast, certain
from jjj_sim.validating.holdout import ANCHORED


def test_pit_of_a_mixture_by_hand():
    found = Forecast(np.array([[0.0, 5.0], [2.0, 5.0]]), np.array([1.0, 2.0]), 3.0)
    assert found.middle == pytest.approx([1.0, 5.0])
    assert found.pit(np.array([1.0, 7.0])) == pytest.approx([0.5, student.cdf(1.0, 3.0)])
    assert found.pit(np.array([0.0, 5.0])) == pytest.approx([(0.5 + student.cdf(-2.0, 3.0)) / 2, 0.5])


def test_an_interval_holds_what_its_share_says():
    low, high = certain(np.array([3.0]), np.array([2.0])).interval(0.9)
    assert (low[0], high[0]) == pytest.approx((3 - 2 * 1.645, 3 + 2 * 1.645), abs=0.02)
    low, high = Forecast(np.array([[3.0]]), np.array([2.0]), 2.0).interval(0.9)
    assert high[0] == pytest.approx(3 + 2 * 2.92, abs=0.05)


def test_crps_of_a_normal():
    truth, middle, sd = np.array([1.0, 0.0, -3.0]), np.array([0.5, 0.0, 1.0]), np.array([1.0, 1.0, 2.0])
    z = (truth - middle) / sd
    exact = sd * (z * (2 * norm.cdf(z) - 1) + 2 * norm.pdf(z) - 1 / np.sqrt(np.pi))  # Gneiting, Raftery 2007
    assert exact[1] == pytest.approx(0.2337, abs=1e-4)
    assert certain(middle, sd).crps(truth) == pytest.approx(exact, rel=5e-3)
    twice = Forecast(np.repeat(middle[None], 64, axis=0), sd)
    assert twice.crps(truth) == pytest.approx(exact, rel=2e-2)


@pytest.fixture
def rows():
    """Two origins of one variable: the model errs by .1, the random walk by .2, drift by .05."""
    errors = {"model": 0.1, ANCHORED: 0.1, "random walk": 0.2, "drift": 0.05}
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
            "low": -0.1,
            "high": 0.1,
            "pit": 0.99 if area == "beijing" else 0.4,
            "inside_50": error < 0.1,
            "inside_90": area != "beijing",
        }
        for origin in (2016, 2018)
        for year in range(origin + 1, 2021)
        for area in ("beijing", "tianjin")
        for name, error in errors.items()
    )


def test_wins_and_the_naive_chosen_in_advance(rows):
    found = scores.wins(rows).set_index(["value", "rival"])
    assert found.loc[("2016", "random walk"), "won"] == 2
    assert found.loc[("2016", "random walk"), "skill"] == pytest.approx(0.5)
    assert found.loc[("2016", "drift"), "skill"] == pytest.approx(-1.0)
    # nothing was known at the first origin; at the second drift had been the better
    assert found.loc[("2016", scores.CHOSEN), "skill"] == pytest.approx(0.5)
    assert found.loc[("2018", scores.CHOSEN), "skill"] == pytest.approx(-1.0)
    assert found.loc[("2018", scores.BEST), "won"] == 0


def test_wins_by_horizon_keep_the_choice_made_at_the_origin(rows):
    found = scores.wins(rows, by="horizon").set_index(["value", "rival"])
    assert found.loc[("1", scores.CHOSEN), "series"] == 4
    assert found.loc[("1", scores.CHOSEN), "won"] == 2
    assert found.loc[("4", scores.CHOSEN), "series"] == 2  # from 2016 alone
    assert found.loc[("4", scores.CHOSEN), "won"] == 2


def test_a_choice_rests_on_what_could_be_judged_at_the_origin(rows):
    late = rows.copy()
    seen = (late["origin"] == 2016) & (late["year"] <= 2018) & (late["forecaster"] == "drift")
    late.loc[seen, "error"] = 0.5  # drift was bad as far as could be seen, good later
    assert set(scores.choices(late)[2018]) == {"random walk"}


def test_scores_by_area_tell_on_which_side_figures_fell(rows):
    found = scores.scores(rows, "area").set_index(["value", "forecaster"])
    assert found.loc[("beijing", "model"), ["figures", "inside_90", "above", "below"]].tolist() == [6, 0.0, 1.0, 0.0]
    assert found.loc[("tianjin", "model"), ["inside_90", "above"]].tolist() == [1.0, 0.0]
    assert found.loc[("tianjin", "drift"), ["mase", "crps", "width_90"]].tolist() == pytest.approx([0.05, 0.5, 2.0])
    assert set(scores.all_scores(rows)["by"]) == set(scores.BY)


def test_coverage_keeps_kinds_of_intervals_apart(rows):
    kinds = pd.concat([rows.assign(intervals="as before"), rows.assign(intervals="lead", inside_90=True)])
    found = scores.coverage(kinds)
    share = found[(found["by"] == "all") & (found["forecaster"] == "model")].set_index("intervals")["inside_90"]
    assert share.to_dict() == {"as before": 0.5, "lead": 1.0}
