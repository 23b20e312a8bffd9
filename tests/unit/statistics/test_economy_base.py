"""The economy of 2013 and its yardsticks, from published tables."""

import numpy as np
import pytest

from jjj_sim.regions.jingjinji.statistics import national, output
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.job_path import jobs_path
from jjj_sim.regions.jingjinji.statistics.rail import (
    opening_quarter,
    rail_gains,
    rail_line_id,
    rail_lines,
    travel_components,
)
from jjj_sim.regions.jingjinji.statistics.tables import value


def test_three_sectors_close_on_the_articles_shares_and_the_provinces_on_their_gdp():
    table = output.broad_value_added_2013()
    np.testing.assert_allclose(100 * table.sum(axis=0) / table.sum(), [6.2, 35.7, 58.1], atol=1e-6)
    for p, area in enumerate(output.AREAS):
        assert table[p].sum() == pytest.approx(value("region_series", "gdp_nominal", area, 2013))


def test_sectors_keep_the_three_sector_split():
    broad, sectors = output.broad_value_added_2013(), output.province_value_added_2013()
    for p, zone in enumerate(("bj_core", "tj_urban", "handan")):
        building = output.construction_share(2013.0)[REGION.index(zone)] * sectors[p, 3]
        assert sectors[p, 0] == pytest.approx(broad[p, 0])
        assert sectors[p, 1:3].sum() + building == pytest.approx(broad[p, 1])
        assert sectors[p].sum() == pytest.approx(broad[p].sum())


def test_zones_keep_their_totals_and_sectors_theirs():
    found = output.value_added_2013()
    for z, zone in enumerate(REGION.ids):
        assert found[z].sum() == pytest.approx(value("zone_series_2", "gdp_5ec_consistent", zone, 2013))
    beijing = found[REGION.inside("beijing")].sum(axis=0)
    np.testing.assert_allclose(beijing, output.province_value_added_2013()[0], rtol=1e-4)
    assert (found > 0).all()


def test_construction_share_is_published_from_2013_to_2024_and_held():
    hebei = REGION.index("handan")
    shares = [output.construction_share(y)[hebei] for y in (2013, 2019, 2024, 2030)]
    assert shares[:2] == pytest.approx([0.5100, 0.4612], abs=1e-3)
    assert shares[2] == shares[3] == pytest.approx(0.509, abs=1e-3)


def test_real_growth_of_2014_15_leaves_the_published_mean():
    growth = output.real_growth("tianjin")
    whole = np.prod([1 + growth[y] / 100 for y in range(2014, 2022)])
    assert whole == pytest.approx(1.05**8)
    assert growth[2014] < 10.0  # the first estimate stood on a larger GDP
    assert output.real_growth("beijing")[2024] == 5.1


def test_deflators_turn_real_growth_into_published_gdp():
    price = output.province_levels()[:, 2]
    growth = output.real_growth("hebei_official")
    nominal = price[7] / price[6] * (1 + growth[2020] / 100)
    published = [value("region_series", "gdp_nominal", "hebei_official", y) for y in (2019, 2020)]
    assert nominal == pytest.approx(published[1] / published[0])


def test_farm_shares_are_those_of_2020_at_the_nations_pace():
    then, now = jobs_path(2013.5), jobs_path(2020.84)
    z = REGION.index("handan")
    assert now[z, 0] == pytest.approx(value("zone_series_2", "emp_share_sector_0", "handan", 2020), abs=0.01)
    pace = national.farm_share(2013.5) / national.farm_share(2020.84)
    assert then[z, 0] / now[z, 0] == pytest.approx(pace)
    np.testing.assert_allclose(jobs_path(2027.3).sum(axis=1), 1.0)
    assert (jobs_path(2030.0) >= 0).all()


def test_labour_of_the_nation_adds_up():
    assert national.labour(2013.0).sum() == pytest.approx(0.537 * national.population(2013.0))
    assert national.farm_share(2024.0) == pytest.approx(16298 / 73439, rel=1e-3)


@pytest.mark.parametrize(
    ("name", "id_"),
    [
        ("Qinhuangdao-Shenyang PDL (Hebei part)", "qinhuangdao_shenyang_pdl"),
        ("Beijing-Harbin HSR, Beijing-Chengde", "beijing_harbin_hsr_beijing_chengde"),
        ("Beijing metro line 22", "beijing_metro_line_22"),
    ],
)
def test_ids_of_lines(name, id_):
    assert rail_line_id(name) == id_


@pytest.mark.parametrize(
    ("text", "quarter"),
    [
        ("2012-12-26", -1),
        ("2019-09-26 (to Daxing Airport); 2020-12-27 (full)", 31),
        ("planned 2026-09", 54),
        ("planned 2026-27", 59),
        ("planned end 2026 / 2027", 59),
        ("planned", None),
    ],
)
def test_opening_dates(text, quarter):
    assert opening_quarter(text) == quarter


def test_every_gain_is_attached_once_and_to_a_known_line():
    rail_2013, _ = travel_components(2013)
    rail_2024, _ = travel_components(2024)
    gained = np.zeros_like(rail_2013)
    for gain in rail_gains():
        if gain.until == 2024 and np.isfinite(gain.minutes):
            gained[gain.a, gain.b] += gain.minutes
    upper = np.triu(np.ones_like(gained), 1) > 0
    both = upper & np.isfinite(rail_2013)
    np.testing.assert_allclose(gained[both], (rail_2013 - rail_2024)[both], atol=0.05)
    assert len({line.id for line in rail_lines()}) == len(rail_lines())
