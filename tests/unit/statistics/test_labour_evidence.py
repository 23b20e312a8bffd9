"""Commuting, unemployment and wages as published: what the labour market is held against."""

import numpy as np
import pytest

from jjj_sim.errors import DataError
from jjj_sim.regions.jingjinji.statistics import commuting, unemployment, wages
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.tables import value


def test_commuters_into_beijing():
    outside, north, earlier = commuting.into_beijing()
    assert (outside.persons, outside.year) == (330_000.0, 2022)
    assert north.persons / outside.persons == pytest.approx(0.433)
    assert north.origin.sum() == 1
    assert north.origin[REGION.index("langfang_n3")]
    assert not (outside.origin & REGION.inside("beijing")).any()
    assert earlier.persons == pytest.approx(0.036 * 11.64e6, rel=1e-3)


def test_unemployment_in_towns_and_by_education():
    assert unemployment.urban_rate()[2023] == 5.2
    assert unemployment.urban_rate("beijing")[2024] == 4.1
    with pytest.raises(DataError):
        unemployment.urban_rate("hebei_official")
    junior, senior, college = unemployment.by_education()
    assert senior == pytest.approx(597_727 / 10_522_259)
    assert junior < college < senior


@pytest.mark.parametrize("area", wages.AREAS)
def test_the_average_lies_between_private_and_other_units(area):
    average, other, private = wages.average(area), wages.other_units(area), wages.private_units(area)
    assert list(average) == list(range(2013, 2025))
    for y, w in average.items():
        assert private[y] < w < other[y]


def test_wages_stand_where_they_are_published():
    assert wages.private_units("beijing")[2015] == pytest.approx(58_689)
    assert wages.private_units("hebei_official")[2023] == pytest.approx(51_281)
    assert wages.other_units("tianjin")[2013] == 67_773
    official = value("wages", "wage_urban_all_units", "beijing", 2018)
    assert wages.average("beijing")[2018] / official == pytest.approx(1.11, abs=0.01)
    assert wages.EXPONENT == pytest.approx(0.5 * sum(_power(y) for y in (2015, 2023)), abs=0.02)


def _power(year):
    other = [value("region_series", "wage_urban_nonprivate", a, year) for a in ("beijing", "nation")]
    private = [value("wages", "wage_urban_private", a, year) for a in ("beijing", "nation")]
    return np.log(private[0] / private[1]) / np.log(other[0] / other[1])
