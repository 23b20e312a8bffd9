"""Periods as the article writes them, the scorecard's judgement."""

import numpy as np
import pandas as pd
import pytest
from plans import JJJ

from jjj_sim.indicators import indicators
from jjj_sim.judging.readings import Readings
from jjj_sim.judging.scorecard import COLUMNS, scorecard
from jjj_sim.judging.targets import article
from jjj_sim.running.result import Result

# What readings make of two years.
DERIVED = (
    "gdp_nominal_ratio",
    "gdp_share_tertiary_change",
    "gdp_share_tertiary_change_rank",
    "pm25_change",
    "population_trend",
)


def _frame(rows):
    columns = ["member", "period", "area", "area_kind", "variable", "value"]
    return pd.DataFrame(rows, columns=columns)


def _readings(annual, series=None):
    """Readings of a result that has these rows alone."""
    return Readings(Result("hand", annual, _frame([]) if series is None else series, pd.DataFrame(), {}, ""))


def _annual(**values):
    """Rows of jjj, one member, from variable={year: value}."""
    rows = [(0, y, "jjj", "total", v, x) for v, by_year in values.items() for y, x in by_year.items()]
    return _frame(rows)


@pytest.fixture
def quarterly():
    gdp = [(0, f"2025Q{q}", "jjj", "total", "gdp_nominal", 2800.0 + q) for q in (1, 2, 3, 4)]
    growth = [(0, f"2025Q{q}", "jjj", "total", "gdp_real_growth", float(q)) for q in (1, 2, 3, 4)]
    return _frame(gdp + growth)


def test_half_years_sum_flows_and_average_rates(quarterly):
    readings = _readings(_annual(), quarterly)
    assert readings.at("gdp_nominal", "jjj", "2025H1").tolist() == [5603.0]
    assert readings.at("gdp_real_growth", "jjj", "2025H1").tolist() == [1.5]
    assert readings.at("gdp_real_growth", "jjj", "2025-01/2025-08").tolist() == [(3 * 1 + 3 * 2 + 2 * 3) / 8]
    assert readings.at("gdp_nominal", "jjj", "2026H1") is None


def test_a_month_of_a_stock_is_the_close_of_its_quarter_and_of_a_flow_its_part():
    rows = [(0, f"2025Q{q}", "tianjin", "region", "hightech_firms", 100.0 * q) for q in (1, 2, 3, 4)]
    rows += [(0, f"2025Q{q}", "tianjin", "region", "gdp_nominal", 300.0 * q) for q in (1, 2, 3, 4)]
    readings = _readings(_annual(), _frame(rows))
    assert readings.at("hightech_firms", "tianjin", "2025-07").tolist() == [300.0]
    assert readings.at("gdp_nominal", "tianjin", "2025-07").tolist() == [300.0]


def test_between_two_years(quarterly):
    annual = _annual(
        gdp_nominal={2013: 5000.0, 2024: 10500.0},
        gdp_share_tertiary={2013: 58.0, 2024: 69.0},
        population={2014: 100.0, 2024: 110.0},
        relocated_general_manufacturing_firms={2013: 288.0, 2024: 3600.0},
    )
    readings = _readings(annual, quarterly)
    assert readings.at("gdp_nominal_ratio", "jjj", "2013/2024").item() == pytest.approx(2.1)
    assert readings.at("gdp_share_tertiary_change", "jjj", "2013-2024").item() == 11.0
    assert readings.at("population_trend", "jjj", "2014-2024").item() == pytest.approx(0.9577, abs=1e-4)
    firms = "relocated_general_manufacturing_firms"
    assert readings.at(firms, "jjj", "2014-2024").item() == 3312.0
    assert readings.at(firms, "jjj", "2013-2024").item() == 3600.0
    assert readings.at("gdp_nominal", "jjj", "2013-2024") is None


def test_rank_of_hebei_counts_larger_rises():
    rows = []
    for area, rise in (("beijing", 6.0), ("tianjin", 13.0), ("hebei_official", 12.7)):
        rows += [(0, 2013, area, "region", "gdp_share_tertiary", 40.0)]
        rows += [(0, 2024, area, "region", "gdp_share_tertiary", 40.0 + rise)]
    readings = _readings(_frame(rows))
    assert readings.at("gdp_share_tertiary_change_rank", "jjj", "2013-2024").item() == 2.0


def test_the_scorecard_judges_the_median_and_shows_the_interval():
    values = np.linspace(11_150.0, 11_450.0, 21)
    annual = _frame([(m, 2024, "jjj", "total", "gdp_nominal", x) for m, x in enumerate(values)])
    table = scorecard(_readings(annual)).set_index("id")
    assert tuple(table.reset_index().columns) == COLUMNS
    row = table.loc["gdp_jjj_2024"]
    assert (row.published, row.accept_low, row.accept_high) == (11_500.0, 11_200.0, 11_800.0)
    assert (row.model_median, row.status) == (11_300.0, "inside")
    assert (row.model_low, row.model_high) == pytest.approx((11_165.0, 11_435.0))
    assert table.loc["gdp_nominal_jjj_2024"].status == "outside"
    assert table.loc["xiongan_population_2024"].status == "not modelled"
    assert table.loc["tianjin_port_2024"].status == "context"
    assert table.index[0] == "gdp_jjj_2024"
    assert set(table.status) <= {"inside", "as input", "outside", "not modelled", "context"}


def test_driven_figures_without_bounds_get_the_named_discrepancy():
    annual = _annual(gdp_share_primary={2013: 6.21}, pm25={2013: 106.0, 2024: 38.0})
    table = scorecard(_readings(annual)).set_index("id")
    row = table.loc["share_primary_jjj_2013"]
    assert (row.accept_low, row.accept_high) == pytest.approx((6.2 - 1.645 * 0.7, 6.2 + 1.645 * 0.7))
    assert row.status == "as input"
    lost = table.loc["pm25_2024_vs_2013"]
    assert lost.status == "context"
    assert lost.model_median == pytest.approx(100 * (38 / 106 - 1))


def test_what_enters_as_input_is_no_skill_and_a_floor_bounds_itself():
    rows = [(0, y, "xiongan", "region", "soe_headquarters_moved", float(y == 2025) * 3.0) for y in (2020, 2025)]
    rows += [(0, 2025, "bj_subcentre", "zone", "municipal_offices_moved", 100.0)]
    rows += [(0, 2024, "jjj", "total", "cross_province_services", 1052.0)]
    table = scorecard(_readings(_frame(rows))).set_index("id")
    moves = table.loc["soe_hq_moves"]
    assert (moves.model_median, moves.accept_low, moves.status) == (3.0, 3.0, "as input")
    assert table.loc["beijing_municipal_move"].status == "as input"
    assert table.loc["cross_province_services_2024"].status == "outside"


def test_a_figure_without_a_counterpart_says_why():
    table = scorecard(_readings(_annual())).set_index("id")
    why_not = {t.variable for t in article(JJJ) if t.why_not}
    named = set(indicators(JJJ)) | why_not | set(DERIVED)
    for target in article(JJJ):
        if target.role != "context" and not target.variable.startswith("tech_contracts"):
            assert target.variable in named, target.id
    assert "weights" in table.loc["beijing_emerging_industry_2025"].note
    assert not why_not & set(indicators(JJJ))


def test_low_confidence_is_context():
    annual = _annual(pm25={2018: 55.0})
    table = scorecard(_readings(annual)).set_index("id")
    assert table.loc["pm25_jjj_2018"].status == "context"
