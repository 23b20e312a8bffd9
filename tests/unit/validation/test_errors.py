"""The comparison with published figures: scores, indices, parts of growth and the page, by hand."""

import numpy as np
import pytest

from beside import index, row, sector_sd
from errors_page import error, number, table, worst, write_page
from growth_parts import PARTS, growth_parts
from jjj_sim.judging.targets import Discrepancy
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION
from lab import Series


def one(**changes):
    data = row(("gdp_nominal", "tianjin"), "bn yuan", {2013: 90.0, 2014: 100.0, 2015: 200.0}, MODEL, SD, "high")
    return data._replace(**changes)


MODEL = {2013: 45.0, 2014: 103.0, 2015: 192.0, 2016: 7.0}
SD = Discrepancy(0.01)


def test_the_opening_does_not_count_and_errors_are_in_sd():
    found = one()
    assert found.years == (2013, 2014, 2015)
    assert found.score == pytest.approx(np.sqrt((3.0**2 + 4.0**2) / 2))
    assert found.last == pytest.approx(-4.0)
    assert error(found) == "-4.0 %"


def test_a_rate_errs_in_points():
    rate = row(("unemployment_rate", "beijing"), "percent", {2024: 4.0}, {2024: 5.0}, Discrepancy(0.5, False), "high")
    assert (rate.score, rate.last, error(rate)) == (2.0, 1.0, "+1.0 points")


def test_without_a_common_year_there_is_no_comparison():
    assert row(("a", "b"), "", {2020: 1.0}, {2021: 1.0}, SD, "high") is None
    assert np.isnan(row(("a", "b"), "", {2013: 1.0}, {2013: 1.0}, SD, "high").score)


def test_an_index_starts_at_the_first_year_of_the_run():
    assert index({2010: 5.0, 2014: 10.0, 2024: 25.0, 2026: 9.0}) == {2014: 1.0, 2024: 2.5}


def test_a_sector_errs_as_gdp_and_its_share():
    assert sector_sd(0.5) == pytest.approx(np.hypot(0.01, 0.014))


def test_the_worst_are_told_once():
    rows = [one(variable=v) for v in ("gdp_per_head", "va_research", "va_tertiary", "gdp_nominal")]
    assert [r.variable for r in worst(rows)] == ["va_tertiary", "gdp_nominal"]


def test_the_page_separates_what_is_known_badly(tmp_path):
    rows = [one(), one(variable="va_research", confidence="low")]
    parts = {("tianjin", "all"): dict.fromkeys(PARTS, 1.4)}
    write_page(tmp_path / "errors.md", rows, parts, 8, 1000)
    text = (tmp_path / "errors.md").read_text()
    assert text.index("`va_research`") > text.index("Data of low confidence")
    assert "**Of 1 comparisons 1 miss by more than two sd.**" in text
    assert "| tianjin | all | 1 |" in text
    assert table(rows).count("\n") == 4
    assert (number(1234.6), number(0.123456)) == ("1,235", "0.1235")


def test_parts_of_growth_add_up_where_one_cell_grows():
    run, zone, a = Series(), REGION.index("xiongan"), 0.4
    for t in range(8):
        later = float(t >= 4)
        cell = np.zeros((N_ZONES, N_SECTORS))
        cell[zone, 1] = later
        nation = np.zeros(N_SECTORS)
        nation[1] = later
        growth = {
            "tables.national_output": np.exp(0.5 * nation),
            "tables.national_productivity": np.exp(0.2 * nation),
            "memory.national_capital": np.exp(0.3 * nation),
            "tables.national_skill": np.exp(0.1 * nation),
            "tables.national_deflator": np.exp(0.05 * nation),
            "tables.labour_share": np.full(N_SECTORS, 1.0 - a),
            "tables.jobs": np.exp(0.01 * cell),
            "tables.effective_labour": np.exp(0.21 * cell),
            "stocks.capital": np.exp(0.2 * cell),
            "tables.productivity_level": np.exp(0.25 * cell),
            "tables.capacity": np.exp(0.456 * cell),
            "tables.value_added": np.exp(0.446 * cell),
            "tables.va_nominal": np.exp(0.546 * cell),
        }
        for name, array in growth.items():
            run._add(name, array)
    found = growth_parts(run, "xiongan", [1], 2013, 2014)
    expected = (50.0, 0.6 * (1.0 - 20.0), 0.6 * 10.0, 0.4 * -10.0, 5.0, -1.0, 44.6, 10.0, 5.0)
    np.testing.assert_allclose([found[p] for p in PARTS], expected, atol=1e-9)
    assert sum(expected[:6]) == pytest.approx(expected[6])
