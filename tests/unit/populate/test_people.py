"""The opening population: published totals exactly, census margins, and plausible people inside them."""

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.populate.people import opening_people, sample_residents, whole_totals
from jjj_sim.regions.jingjinji.prepare import margins
from jjj_sim.regions.jingjinji.statistics.geography import REGION, ROC
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.state.census import count_people

PROVINCE = REGION.province
OFFICIAL = ("beijing", "tianjin", "hebei_official")
BANDS = list(zip(margins.BAND_EDGES[:-1], margins.BAND_EDGES[1:], strict=True))


def _completed(people, low, high):
    """Persons by completed age at the end of 2012, which is one less than the age of 2013."""
    return people[..., low + 1 : high + 1]


def _away(zone):
    return PROVINCE != PROVINCE[zone]


@pytest.fixture(scope="module")
def people():
    return opening_people(JJJ)


@pytest.fixture(scope="module")
def residents(people):
    return sample_residents(people, 1000, 1, JJJ)


def test_provinces_have_their_published_population(people):
    zones = people.sum(axis=(1, 2, 3))
    for p, area in enumerate(OFFICIAL):
        published = value("region_series", "population_resident", area, 2012)
        assert zones[PROVINCE[:ROC] == p].sum() == pytest.approx(published, abs=1e-3)
    assert zones.sum() == pytest.approx(107.18e6)


def test_margins_are_those_of_the_census(people):
    totals = people.sum(axis=(1, 2, 3))
    age = np.stack([_completed(people, *b).sum(axis=(1, 2, 3)) for b in BANDS], axis=1)
    np.testing.assert_allclose(age / totals[:, None], margins.age_bands(), rtol=0.01)
    college = _completed(people[:, 2], 15, 100).sum(axis=(1, 2)) / totals
    np.testing.assert_allclose(college, margins.share("pop_college_plus"), rtol=0.01)
    np.testing.assert_allclose(
        people.sum(axis=(1, 3)) / totals[:, None], margins.origins() / totals[:, None], rtol=0.01, atol=1e-9
    )


def test_shares_lie_between_the_two_censuses():
    for variable in ("pop_age_60plus", "pop_college_plus", "migrants_other_province"):
        counted = [
            [value("zone_series", variable, z, y) / value("zone_series", "population", z, y) for z in REGION.ids]
            for y in (2010, 2020)
        ]
        outside_tianjin = PROVINCE[:ROC] != 1
        low, high = np.min(counted, axis=0), np.max(counted, axis=0)
        share = margins.share(variable)
        assert np.all((low <= share) & (share <= high) | ~outside_tianjin)


def test_beijing_has_its_published_migrants_and_a_fifth_of_its_old_are_graduates(people):
    here = people[REGION.inside("beijing")]
    migrants = here[:, :, _away(0)]
    assert migrants.sum() == pytest.approx(8_027_000)
    old = _completed(here, 60, 100)
    assert 0.17 < old[:, 2].sum() / old.sum() < 0.22
    assert 0.20 < migrants[:, 2].sum() / migrants.sum() < 0.33
    young = _completed(migrants, 15, 45).sum() / migrants.sum()
    assert 0.65 < young < 0.80


def test_education_falls_with_age_and_is_never_absurd(people):
    for zone in range(ROC):
        shares = []
        for low, high in ((25, 45), (45, 60), (60, 100)):
            cell = _completed(people[zone], low, high)
            shares.append(cell[2].sum() / cell.sum())
        assert shares == sorted(shares, reverse=True), REGION.ids[zone]
        assert shares[0] < 0.75
        assert shares[2] < 0.35


def test_single_ages_are_smooth_and_keep_the_cohorts(people):
    ages = people.sum(axis=(0, 1, 2))
    assert ages[0] == 0
    assert np.all(ages[1:] > 0)
    steps = np.abs(np.diff(np.log(ages[4:80])))
    assert steps.max() < 0.16
    assert ages[54] < ages[50]  # born 1959-61
    assert np.all(np.diff(ages[80:]) < 0)


def test_children_have_their_mothers_education(people):
    mothers, children = _completed(people, 25, 45).sum(axis=3), _completed(people, 0, 15).sum(axis=3)
    for zone in range(ROC):
        np.testing.assert_allclose(
            children[zone, 2].sum() / children[zone].sum(),
            mothers[zone, 2].sum() / mothers[zone].sum(),
            atol=0.08,
        )


def test_home_zones_within_a_province_close(people):
    """Those who left a zone for another county are about those found elsewhere in the province."""
    for p in range(3):
        inside = PROVINCE[:ROC] == p
        moved = margins.movers()[np.ix_(inside, inside)]
        arrived = (margins.share("migrants_other_county_same_province") * margins.zone_totals())[inside]
        np.testing.assert_allclose(moved.sum(axis=1), arrived, rtol=1e-6)
    assert people[REGION.index("bj_inner")].sum(axis=(0, 2))[REGION.index("bj_core")] > 400_000


def test_agents_sum_to_whole_totals_and_meet_the_margins(people, residents):
    counted = count_people(residents, 2013, JJJ.sizes)
    totals = whole_totals(people, JJJ)
    np.testing.assert_array_equal(counted.sum(axis=(1, 2, 3)), totals)
    for p, area in enumerate(OFFICIAL):
        published = round(value("region_series", "population_resident", area, 2012))
        assert totals[PROVINCE[:ROC] == p].sum() == published
    for zone in range(ROC):
        age = np.array([_completed(counted[zone], *b).sum() for b in BANDS])
        expected = np.array([_completed(people[zone], *b).sum() for b in BANDS])
        np.testing.assert_allclose(age, expected, atol=0.01 * totals[zone])
        np.testing.assert_allclose(counted[zone].sum(axis=(1, 2)), people[zone].sum(axis=(1, 2)), atol=1100)
    assert len(residents) == pytest.approx(107_180, abs=19)


def test_uneven_numbers_of_persons_still_add_up(people):
    few = sample_residents(people, 7919, 3, JJJ)
    np.testing.assert_array_equal(count_people(few, 2013, JJJ.sizes).sum(axis=(1, 2, 3)), whole_totals(people, JJJ))
    with pytest.raises(ValueError, match="exceeds what a weight can hold"):
        sample_residents(people, 70_000, 1, JJJ)


def test_one_agent_a_person(people):
    small = people / 2000
    one_to_one = sample_residents(small, 1, 1, JJJ)
    assert set(one_to_one.weight) == {1}
    assert len(one_to_one) == whole_totals(small, JJJ).sum()


def test_agents_do_not_depend_on_chunks_and_depend_on_the_seed(people, residents, monkeypatch):
    monkeypatch.setattr("jjj_sim.populate.people._CHUNK", 1000)
    again = sample_residents(people, 1000, 1, JJJ)
    for name, column in residents.arrays().items():
        np.testing.assert_array_equal(column, again.arrays()[name], err_msg=name)
    other = sample_residents(people, 1000, 2, JJJ)
    assert not np.any(np.isin(other.id, residents.id))


def test_everybody_is_born_and_has_an_id_of_their_own(residents):
    assert residents.born.max() < 0
    assert residents.age(2013).min() == 1
    assert len(np.unique(residents.id)) == len(residents)
    quarters = np.bincount(residents.born % 4) / len(residents)
    np.testing.assert_allclose(quarters, 0.25, atol=0.01)


def test_children_are_tied_to_a_mother_of_their_kind(residents):
    age = residents.age(2013)
    own = residents.id.astype(np.uint32)
    np.testing.assert_array_equal(residents.kin[age >= 15], own[age >= 15])
    order = np.argsort(own)
    children = np.flatnonzero((age < 15) & (residents.kin != own))
    assert len(children) > 0.98 * np.count_nonzero(age < 15)
    mother = order[np.searchsorted(own, residents.kin[children], sorter=order)]
    gap = age[mother] - age[children]
    for column in (residents.zone, residents.education, residents.origin):
        alike = column[mother] == column[children]
        assert alike.mean() > 0.999  # 32-bit keys of two agents may coincide
    assert np.mean((gap >= 20) & (gap <= 44)) > 0.999
