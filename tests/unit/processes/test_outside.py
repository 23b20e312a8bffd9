"""The nation: published years come out exactly, the projection follows the assumptions."""

from dataclasses import replace

import numpy as np
import pytest
from economy import assumptions, economy, settle
from plans import JJJ

from jjj_sim.processes.national_labour import national_labour
from jjj_sim.processes.outside import Outside
from jjj_sim.regions.jingjinji.statistics import industries, national
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.posterior import moved


@pytest.fixture(scope="module")
def paths():
    nation, people = JJJ.tables().nation, national_labour(JJJ, None)
    outside = Outside(JJJ)
    return outside.paths(nation, people, outside.assumed(nation, assumed_plan(growth=4.0, prices=1.0), 92))


def assumed_plan(**rates):
    """Return a plan of today with the given rates."""
    return replace(load_scenario("baseline").plan(), assumptions=assumptions(**rates))


def year(series, y):
    return series[4 * (y - 2013) : 4 * (y - 2013) + 4]


@pytest.mark.parametrize("y", range(2014, 2026))
def test_a_year_grows_as_published(paths, y):
    published = value("national_series", "gdp_growth_real", "nation", y)
    grown = year(paths.output, y).mean() / year(paths.output, y - 1).mean()
    assert 100 * (grown - 1) == pytest.approx(published, abs=1e-6)
    sectors = year(paths.sector_output, y).mean(axis=0) / year(paths.sector_output, y - 1).mean(axis=0)
    np.testing.assert_allclose(sectors - 1, industries.growth()[y - 2013], atol=1e-9)


def test_growth_is_the_change_of_the_level(paths):
    np.testing.assert_allclose(np.diff(np.log(paths.output)), paths.growth[1:], atol=1e-12)
    np.testing.assert_allclose(np.diff(np.log(paths.sector_output), axis=0), paths.sector_growth[1:], atol=1e-12)


def test_nominal_gdp_stands_on_one_census(paths):
    assert year(paths.gdp, 2024).sum() == pytest.approx(134806.6)
    revision = 1294272.0 / 1260582.1
    assert year(paths.gdp, 2013).sum() == pytest.approx(59296.32 * revision, rel=1e-6)


def test_after_the_data_the_assumptions_rule(paths):
    assert paths.growth[60] == pytest.approx(np.log(1.04) / 4)
    np.testing.assert_allclose(np.diff(np.log(paths.deflator[60:62]), axis=0)[0], np.log(1.01) / 4)
    farms, services = paths.sector_growth[60, [0, 6]]
    assert farms < paths.growth[60] < services


def test_a_missing_deflator_is_imputed_between_its_neighbours():
    secondary = national.deflators()[1][:, 1]
    assert 100 * (secondary[14] / secondary[13] - 1) == pytest.approx(
        -0.8035 + 0.5 * ((-2.7153 + 0.7243) + (-2.8349 + 0.9601)), abs=1e-3
    )


def test_pm25_pull_and_population(paths):
    assert [year(paths.pm25, y).mean() for y in (2013, 2015, 2020, 2024)] == pytest.approx(
        [1.0, 55 / 72, 55 / 72 * 39 / 50 * 33 / 36, 55 / 72 * 39 / 50 * 29.3 / 36]
    )
    assert paths.pm25[60] / paths.pm25[56] == pytest.approx(0.97)
    assert paths.pull[[0, 4]] == pytest.approx([0.0, 0.005])
    assert paths.population[3] == pytest.approx(1.367260e9, rel=1e-3)
    assert paths.population[71] < paths.population[47]


def test_covid_is_a_shortfall_of_2020_to_2022_alone(paths):
    assert paths.covid[28] < -0.01
    assert not paths.covid[:28].any()
    assert not paths.covid[40:].any()


def test_a_longer_run_has_the_same_beginning():
    short, long = economy(end=20), economy(end=71)
    a = settle(short, 21, ["national_gdp", "national_deflator"])
    b = settle(long, 21, ["national_gdp", "national_deflator"])
    for name in a:
        np.testing.assert_array_equal(a[name], b[name])


@pytest.mark.parametrize("known", [2015, 2018, 2020])
def test_a_world_that_knows_no_more_than_a_year_reads_nothing_later(known):
    nation, people = JJJ.tables(known).nation, national_labour(JJJ, known)
    outside = Outside(JJJ)
    earlier = outside.paths(nation, people, outside.assumed(nation, assumed_plan(growth=4.0, prices=1.0), 92))
    assert year(earlier.output, known + 1).mean() / year(earlier.output, known).mean() == pytest.approx(1.04, abs=0.02)
    assert earlier.growth[4 * (known - 2012)] == pytest.approx(np.log(1.04) / 4)
    assert not earlier.covid.any()
    assert np.isfinite(earlier.population).all()


def test_as_of_an_earlier_year_growth_prices_and_air_go_on_as_then_published():
    """2014-16 on the published levels of 2013 and 2016; a path a point above its default lies a point above that."""
    nation, outside, plan = JJJ.tables(2016).nation, Outside(JJJ), load_scenario("baseline").plan(as_of=2016)
    found = outside.assumed(nation, plan, 72)
    assert found["national_growth"] == pytest.approx(100 * (1.22732424 ** (1 / 3) - 1))
    prices = (76634.30084142873 / 60881.053823499475 / 1.22732424) ** (1 / 3)
    assert found["national_deflator"] == pytest.approx(100 * (prices - 1))
    air = nation.pm25.values
    assert found["outside_pm25_decline"] == pytest.approx(100 * (1 - (air[-1] / air[-4]) ** (1 / 3)))
    above = moved(load_scenario("baseline"), {"assumptions.national_growth": 1.0}).plan(as_of=2016)
    higher = outside.assumed(nation, above, 72)["national_growth"]
    assert higher == pytest.approx(found["national_growth"] + 1.0)


@pytest.mark.parametrize("known", [None, 2025])
def test_what_is_known_today_is_as_assumed(known):
    plan = load_scenario("baseline").plan(as_of=known)
    found = Outside(JJJ).assumed(JJJ.tables(known).nation, plan, 72)
    assert found["national_growth"][-1] == pytest.approx(4.2)
