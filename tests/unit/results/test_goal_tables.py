"""Goals by year, by threshold, and against one another, by hand."""

import numpy as np
import pandas as pd
import pytest

from jjj_sim.judging.goal_conflicts import conflicts
from jjj_sim.judging.goal_indicators import in_force
from jjj_sim.judging.goal_paths import goals_path
from jjj_sim.judging.goal_thresholds import goals_thresholds, strictest
from jjj_sim.judging.readings import Readings
from jjj_sim.running.result import Result


def _readings(rows):
    """Readings of a result that has these rows alone."""
    columns = ["member", "period", "area", "area_kind", "variable", "value"]
    series = pd.DataFrame([], columns=columns).assign(period=pd.Series(dtype=str))
    return Readings(Result("hand", pd.DataFrame(rows, columns=columns), series, pd.DataFrame(), {}, ""))


def _share(values, year=2030):
    """Rows of the region's share of the nation, a member each, and of 2024, from which it is to rise."""
    rows = [(m, 2024, "jjj", "total", "gdp_share_of_nation", 8.4) for m in range(len(values))]
    return rows + [(m, year, "jjj", "total", "gdp_share_of_nation", x) for m, x in enumerate(values)]


def _air(values):
    """Rows of PM2.5 by which the fourth goal is judged, Beijing's well inside, a member each."""
    rows = [(m, 2030, "jjj", "total", "pm25", x) for m, x in enumerate(values)]
    return rows + [(m, 2030, "beijing", "region", "pm25", x - 10.0) for m, x in enumerate(values)]


def test_the_path_says_what_the_threshold_would_say_in_each_year():
    rows = _share([8.6, 8.7, 8.3]) + [(m, 2025, "jjj", "total", "gdp_share_of_nation", 8.5) for m in range(3)]
    rows += [(m, 2031, "jjj", "total", "gdp_share_of_nation", 9.9) for m in range(3)]
    table = goals_path(_readings(rows)).set_index(["id", "year"])
    assert table.loc[("gdp_share", 2024), "probability"] == 0.0
    assert table.loc[("gdp_share", 2025), "probability"] == 1.0
    last = table.loc[("gdp_share", 2030)]
    assert (last["median"], last.met) == (8.6, 2)
    assert last.probability == pytest.approx(2 / 3)
    assert (last.low, last.high) == pytest.approx((8.33, 8.69))
    assert table.loc[("G6", 2025), "met"] == 3
    assert table.loc[("G6", 2030), "met"] == 2
    assert np.isnan(table.loc[("G6", 2030), "median"])
    assert max(year for _, year in table.index) == 2030


def test_one_member_has_a_path_without_probabilities():
    table = goals_path(_readings(_share([8.6]))).set_index(["id", "year"])
    assert table.loc[("gdp_share", 2030), "status"] == "met in this run"
    assert table["probability"].isna().all()


def test_what_hangs_on_the_threshold():
    values = [8.0, 8.2, 8.4, 8.6, 8.8, 9.0, 9.2, 9.4, 9.6, 9.8]
    row = goals_thresholds(_readings(_share(values))).set_index("id").loc["gdp_share"]
    # 8.075, 8.5 and 8.925
    assert (row.probability_lower, row.probability, row.probability_higher) == (0.9, 0.7, 0.5)
    assert (row.threshold_at_50, row.threshold_at_80) == (9.0, 8.4)
    rising = goals_thresholds(_readings(_share(values))).set_index("id").loc["gdp_share_rising"]
    assert np.isnan(rising.probability_lower)
    assert rising.threshold_at_80 == pytest.approx(0.0)
    assert goals_thresholds(_readings(_share([8.6]))).empty


def test_a_bound_on_the_other_side_stays_and_may_leave_no_threshold():
    core = in_force(_readings(_share([8.6]))).by_id()["core_population"]
    values = np.array([1.5e6, 1.6e6, 1.65e6, 1.7e6, 1.75e6])
    assert strictest(core, values, 0.5) == 1.7e6
    assert strictest(core, values, 0.8) == 1.75e6
    assert np.isnan(strictest(core, values, 0.9))
    tertiary = in_force(_readings(_share([8.6]))).by_id()["tertiary_share"]
    assert strictest(tertiary, np.array([68.0, 70.0, 72.0, 74.0]), 0.5) == 70.0


def test_goals_that_pull_apart_are_told():
    # the share rises with the air's dirt: who does better in one does worse in the other
    shares, dirt = np.linspace(8.3, 9.25, 20), np.linspace(28.0, 31.8, 20)
    found = conflicts(_readings(_share(shares) + _air(dirt)))
    assert found.missing is None
    assert found.correlation.loc["G4", "G6"] == pytest.approx(-1.0)
    met_share, met_air = shares >= 8.5, dirt <= 29.7
    assert found.together.loc["G6", "G6"] == met_share.mean()
    assert found.together.loc["G4", "G6"] == (met_share & met_air).mean()
    assert set(found.pairs.iloc[0][["first", "second"]]) <= {"pm25", "beijing_pm25", "gdp_share", "gdp_share_rising"}
    assert found.pairs.correlation.iloc[0] == pytest.approx(-1.0)


def test_too_few_members_or_goals_say_why_nothing_is_told():
    found = conflicts(_readings(_share([8.6] * 19) + _air([28.0] * 19)))
    assert (found.correlation.empty, found.together.empty) == (True, True)
    assert "takes 20 members; here there are 19" in str(found.missing)
    assert "19 次" in found.missing.zh
    assert "fewer than two goals" in str(conflicts(_readings(_share([8.6] * 20))).missing)


def test_a_goal_that_does_not_differ_between_members_has_no_correlation():
    found = conflicts(_readings(_share(np.linspace(8.0, 9.0, 20)) + _air([28.0] * 20)))
    assert np.isnan(found.correlation.loc["G4", "G6"])
    assert found.pairs.empty
