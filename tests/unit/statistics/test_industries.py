"""The nation by sector: broad sectors close every year, and the parts are as published."""

import numpy as np
import pytest

from jjj_sim.regions.jingjinji.statistics import industries, national
from jjj_sim.regions.jingjinji.statistics.tables import value

YEARS = range(2014, 2026)


@pytest.mark.parametrize(("names", "broad"), [(industries.SECONDARY, 1), (industries.TERTIARY, 2)])
@pytest.mark.parametrize("year", YEARS)
def test_industries_weighted_by_value_added_grow_as_their_broad_sector(names, broad, year):
    nominal, real = industries.by_industry()
    t = year - industries.START
    before = np.array([nominal[n][t - 1] for n in names])
    grown = sum(b * real[n][t] for b, n in zip(before, names, strict=True)) / before.sum()
    published = value("national_series", f"va_growth_real_{national.BROAD[broad]}", "nation", year)
    assert 100 * grown == pytest.approx(published, abs=1e-9)


@pytest.mark.parametrize("year", YEARS)
def test_sectors_weighted_by_value_added_grow_as_the_three_broad_sectors(year):
    t = year - industries.START
    before, rates = industries.value_added()[t - 1], industries.growth()[t]
    growth, level = industries._broad()
    assert before @ rates == pytest.approx(level[t - 1] @ growth[t], rel=1e-12)


def test_the_rest_of_the_secondary_sector_is_industry_as_published():
    """Recalled growth of industry in the yearbooks; nothing here is fitted to it."""
    found = 100 * industries.by_industry()[1]["industry"][1:11]
    published = [6.7, 5.7, 5.7, 6.2, 6.1, 4.8, 2.4, 10.4, 2.7, 4.2]
    np.testing.assert_allclose(found, published, atol=0.25)


@pytest.mark.parametrize("year", range(2013, 2024))
def test_the_rest_of_the_secondary_sector_is_industry_in_money_too(year):
    share = value("industry_series", "va_industry", "nation", year) / value(
        "industry_series", "va_secondary", "nation", year
    )
    nominal = industries.by_industry()[0]
    t = year - industries.START
    found = nominal["industry"][t] / (nominal["industry"][t] + nominal["construction"][t])
    assert found == pytest.approx(share, abs=0.01)


def test_published_rates_enter_as_they_are_and_the_unpublished_share_the_rest():
    real = industries.by_industry()[1]
    assert 100 * real["finance"][2015 - 2013] == pytest.approx(16.0)
    assert 100 * real["construction"][2025 - 2013] == pytest.approx(-1.1)
    assert real["information"][1] == pytest.approx(real["rest"][1])
    assert real["trade"][-1] == pytest.approx(real["rest"][-1])


def test_advanced_manufacturing_outgrows_the_rest_and_gets_cheaper():
    real, price = industries.real_output(), industries.deflators()
    assert (real[4:, 2] > real[4:, 1]).all()
    assert price[-1, 2] < price[-1, 1]
    lead = 1.077 / 1.058
    assert 1 + industries.growth()[11, 2] == pytest.approx((1 + industries.by_industry()[1]["industry"][11]) * lead)


def test_building_gets_dearer_less_than_what_real_estate_earns():
    price, mixed = industries.construction_deflator(), industries.deflators()[:, 3]
    assert price[3] == 1.0
    assert 1.0 < price[14] < mixed[14]
    nominal = industries.by_industry()[0]["construction"]
    assert nominal[5] / nominal[4] / 1.048 == pytest.approx(price[8] / price[7])


def test_before_2013_a_sector_shares_its_broad_sector():
    broad = national.by_sector(national.real_output()[1])
    np.testing.assert_allclose(industries.real_output()[:4], broad[:4])
    np.testing.assert_allclose(industries.deflators()[3], 1.0)


def test_nominal_value_added_is_real_times_price_and_sums_to_the_broad_sectors():
    real, price = industries.real_output()[3:], industries.deflators()[3:]
    np.testing.assert_allclose(industries.value_added()[0] * real * price, industries.value_added())
    np.testing.assert_allclose(industries.value_added().sum(axis=1), industries._broad()[1].sum(axis=1))
