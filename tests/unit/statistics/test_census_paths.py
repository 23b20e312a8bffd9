"""Jobs, housing and net migration derived from the censuses and the provinces' published series."""

import numpy as np
import pytest

from jjj_sim.regions.jingjinji.prepare.migration import decade_net_by_group, migrant_growth, net_by_year, years
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.housing import housing
from jjj_sim.regions.jingjinji.statistics.jobs import job_shares
from jjj_sim.regions.jingjinji.statistics.tables import series, value


def test_job_shares_move_from_one_census_to_the_next_and_stay():
    for year in (2005.0, 2013.0, 2016.5, 2030.0):
        shares = job_shares(year)
        assert shares.shape == (N_ZONES, N_SECTORS)
        np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    published = value("zone_series_2", "emp_share_sector_5", "bj_core", 2020)
    assert job_shares(2020.9)[0, 5] == pytest.approx(published, rel=1e-3)
    np.testing.assert_array_equal(job_shares(2021.0), job_shares(2030.0))


def test_housing_is_people_times_floor_area_and_grows_in_logs():
    zone = REGION.index("xiongan")
    people = value("zone_series", "population_2020_borders", "xiongan", 2010)
    area = value("zone_series", "housing_area_per_capita", "xiongan", 2010)
    assert housing(2010.83)[zone] == pytest.approx(people * area)
    middle = np.sqrt(housing(2010.83) * housing(2020.83))
    np.testing.assert_allclose(housing(2015.83), middle)


def test_the_residual_account_closes_by_hand():
    beijing = series("region_series", "population_resident", "beijing")
    births, deaths = (series("region_series", f"{v}_rate", "beijing") for v in ("birth", "death"))
    natural = (births[2013] - deaths[2013]) / 1000 * (beijing[2012] + beijing[2013]) / 2
    net = net_by_year()
    assert years()[0] == 2013
    assert net.shape == (len(years()), 3)
    assert net[0, 0] == pytest.approx(beijing[2013] - beijing[2012] - natural)
    assert net[:2, 0].mean() == pytest.approx(369_000, rel=0.02)


def test_a_decade_of_adults_keeps_its_directions():
    net = decade_net_by_group()
    assert net.shape == (N_ZONES, 4)
    young, family = net[REGION.index("bj_inner"), :2]
    assert young > 0 > family
    assert np.all(net[REGION.index("langfang_n3")] > 0)
    assert np.all(net[REGION.index("handan"), :3] < 0)
    tianjin = net[REGION.inside("tianjin")]
    assert np.allclose(tianjin[0] / tianjin[1], tianjin[0, 0] / tianjin[1, 0])


def test_migrants_grew_everywhere():
    growth = migrant_growth()
    assert growth.shape == (3,)
    assert np.all(growth > 0)
    assert growth[0] == pytest.approx(np.log(8_418_418 / 8_027_000) / 7)
