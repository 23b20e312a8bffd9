"""The nation's labour by sector and education, as its tables tell it and as they were known earlier."""

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.processes.national_labour import NationalLabour, continued, job_shares, national_labour, people_known
from jjj_sim.region.table import Series


@pytest.fixture(scope="module")
def nation():
    return national_labour(JJJ, None)


@pytest.mark.parametrize("time", [2010.83, 2013.1, 2019.0, 2030.0])
def test_sectors_keep_the_nations_total_and_farms(nation, time):
    broad, found = nation.broad(time), nation.by_sector(time)
    assert found[0] == pytest.approx(broad[0])
    assert found.sum() == pytest.approx(broad.sum())


def test_labour_by_hand(nation):
    assert nation.broad(2013.0).sum() == pytest.approx(0.537 * nation.population(2013.0))
    middle = nation.broad(2016.5)
    np.testing.assert_allclose(middle / middle.sum(), [0.2734, 0.2845, 0.4421], atol=1e-4)
    later = nation.broad(2027.0)
    np.testing.assert_allclose(later / later.sum(), [0.2060, 0.2873, 0.5067], atol=1e-4)


def test_the_mix_beside_farming_is_the_census_and_moves_to_services(nation):
    mix = nation.by_sector(2010.83)[1:]
    assert mix[4] / mix.sum() == pytest.approx(1.512 / 36.964, rel=1e-2)
    later = nation.by_sector(2020.84)[1:]
    secondary = later[0] + later[1] + 0.89 * later[2]
    assert secondary / later.sum() == pytest.approx(0.287 / 0.764, abs=0.015)


def test_education_keeps_the_nations_mix(nation):
    for time in (2013.125, 2024.0, 2045.0):
        labour, mix = nation.by_sector(time), nation.education_mix(time)
        np.testing.assert_allclose(mix.sum(axis=1), 1.0)
        np.testing.assert_allclose(labour @ mix / labour.sum(), nation.education(time), rtol=1e-9)
    assert nation.education(2010.83)[2] == pytest.approx(1.25 * 0.0893)
    assert nation.education(2020.83)[2] == pytest.approx(1.25 * 0.15467)
    assert nation.education(2200.0)[2] == 0.7


def test_job_shares_are_linear_between_the_censuses_and_held_outside():
    work = JJJ.tables().work
    early, late = work.jobs.values
    np.testing.assert_array_equal(job_shares(work, 2000.0), early)
    np.testing.assert_array_equal(job_shares(work, 2031.0), late)
    np.testing.assert_allclose(job_shares(work, 2015.83), (early + late) / 2)


def test_people_are_published_and_then_grow_as_projected():
    nation = JJJ.tables().nation
    people, un = people_known(nation), nation.projection
    assert people.of(2024) == nation.population.of(2024)
    assert people.of(2030) / people.of(2024) == pytest.approx(float(un.of(2030) / un.of(2024)))
    assert people.last == un.last


def test_before_the_projection_was_made_people_go_on_as_in_the_last_year_known():
    nation = JJJ.tables(2018).nation
    people = people_known(nation)
    assert people.of(2018) == nation.population.of(2018)
    pace = float(nation.population.of(2018) / nation.population.of(2017))
    assert people.of(2020) / people.of(2018) == pytest.approx(pace**2)


def test_an_earlier_year_of_knowledge_tells_the_same_past_and_ends_where_it_was_assumed():
    past, now = national_labour(JJJ, 2020), national_labour(JJJ, None)
    np.testing.assert_allclose(past.by_sector(2012.5), now.by_sector(2012.5))
    assert not np.allclose(past.broad(2022.0), now.broad(2022.0), rtol=1e-3)
    shares = past.broad(2030.0) / past.broad(2030.0).sum()
    np.testing.assert_allclose(shares, JJJ.tables().nation.labour_shares_assumed.of(2030))


def test_before_the_second_census_the_mix_stands_still_and_schooling_has_the_pace_before():
    past = national_labour(JJJ, 2018)
    then, later = (past.by_sector(time)[1:] for time in (2010.83, 2018.0))
    np.testing.assert_allclose(later / later.sum(), then / then.sum())
    assert past.education(2020.83)[2] == pytest.approx(1.25 * (2 * 0.0893 - 0.03611))


def test_known_years_are_continued_by_later_assumed_ones_alone():
    known = Series("known", np.array([2010.0, 2020.0]), np.array([1.0, 2.0]))
    assumed = Series("assumed", np.array([2015.0, 2020.0, 2030.0]), np.array([9.0, 9.0, 4.0]))
    found = continued(known, assumed)
    assert found.years == [2010, 2020, 2030]
    assert found.at(2025) == 3.0


def test_where_no_zone_stands_for_the_nation_its_mix_stays(monkeypatch):
    nation = NationalLabour(JJJ.tables())
    monkeypatch.setitem(nation._work._tables, "mix_weights", np.zeros(JJJ.n_zones))
    then, later = (nation.by_sector(time)[1:] for time in (2010.83, 2024.0))
    np.testing.assert_allclose(later / later.sum(), then / then.sum())
