"""Hand numbers for what is measured and how it is summed."""

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.indicators import area_value, areas, indicators
from jjj_sim.indicators.areas import filling, headlines, provinces, total
from jjj_sim.judging.targets import article

ALL, ROC = np.arange(JJJ.n_zones), JJJ.roc
INDICATORS, AREAS = indicators(JJJ), areas(JJJ)


def test_a_ratio_is_a_ratio_of_sums(make_world, place):
    world = make_world()
    core, outer = place("bj_core"), place("bj_outer")
    world.people[core, 0, 0, 30], world.people[outer, 0, 0, 30] = 1000.0, 3000.0
    world.tables.pm25_observed[core], world.tables.pm25_observed[outer] = 80.0, 40.0
    assert area_value(world, "pm25", np.array([core, outer])) == pytest.approx(50.0)
    assert area_value(world, "pm25", np.array([core])) == 80.0
    assert area_value(world, "pm25_breathed", np.array([core, outer])) == pytest.approx(50.0)


def test_construction_counts_as_secondary_and_real_estate_as_tertiary(make_world):
    world = make_world()
    world.tables.va_nominal[0] = [1, 2, 3, 10, 4, 5, 6, 7, 8]
    world.tables.construction_share = 0.4
    shares = [area_value(world, f"gdp_share_{b}", ALL) for b in ("primary", "secondary", "tertiary")]
    np.testing.assert_allclose(shares, np.array([1, 9, 36]) / 46 * 100)


def test_share_of_the_nation_divides_by_the_whole_nation_once(make_world):
    world = make_world()
    world.tables.va_nominal[:2, 0] = [30.0, 55.0]
    world.tables.national_gdp[...] = 1000.0
    assert area_value(world, "gdp_share_of_nation", ALL) == pytest.approx(8.5)


def test_moves_inside_an_area_do_not_cross_its_border(make_world, place):
    world = make_world()
    core, inner, baoding = place("bj_core"), place("bj_inner"), place("baoding")
    moved = world.flows.firms_relocated
    moved[core, inner, 1], moved[core, baoding, 1], moved[baoding, ROC, 4] = 5.0, 3.0, 2.0
    moved[ROC, inner, 0] = 7.0
    beijing = np.flatnonzero(JJJ.capital)
    assert area_value(world, "firms_relocated_out", beijing) == 3.0
    assert area_value(world, "firms_relocated_in", beijing) == 7.0
    assert area_value(world, "firms_relocated_in", np.array([inner])) == 12.0
    assert area_value(world, "firms_relocated_out", ALL) == 2.0


def test_migrants_have_their_hukou_in_another_province(make_world, place):
    world = make_world()
    xiongan, baoding, core = place("xiongan"), place("baoding"), place("bj_core")
    for origin, people in ((baoding, 10.0), (core, 4.0), (ROC, 3.0), (xiongan, 100.0)):
        world.people[xiongan, 1, origin, 40] = people
    assert area_value(world, "migrants", np.array([xiongan])) == 7.0
    assert area_value(world, "registered_population", np.array([baoding])) == 10.0


def test_theil_is_zero_for_equals_and_right_for_two_unequal_zones(make_world):
    world = make_world()
    world.tables.service_index = 1.0
    world.people[:2, 0, 0, 20] = [1.0, 3.0]
    assert area_value(world, "services_theil", ALL) == pytest.approx(0.0)
    world.tables.service_index[:2] = [2.0, 1.0]
    expected = 0.25 * 1.6 * np.log(1.6) + 0.75 * 0.8 * np.log(0.8)
    assert area_value(world, "services_theil", ALL) == pytest.approx(expected)


def test_unemployment_and_wages_weigh_by_the_labour_force(make_world):
    world = make_world()
    world.memory.labour_force_before[0] = [90.0, 0.0, 270.0]
    world.tables.unemployment[0] = [0.10, 0.0, 0.02]
    world.tables.wage[0] = [40_000.0, 0.0, 90_000.0]
    assert area_value(world, "unemployment_rate", ALL) == pytest.approx(4.0)
    assert area_value(world, "wage", ALL) == pytest.approx((90 * 40_000 + 294 * 90_000) / 384)


def test_travel_counts_both_ends(make_world):
    world = make_world()
    world.people[:2, 0, 0, 30] = [1.0, 3.0]
    world.tables.minutes[:2, :2] = [[20.0, 60.0], [60.0, 30.0]]
    to_core, to_inner = (20 + 3 * 60) / 4, (60 + 3 * 30) / 4
    assert area_value(world, "mean_travel_minutes", ALL) == pytest.approx((to_core + 3 * to_inner) / 4)


def test_the_pull_of_a_hub_within_90_minutes(make_world, place):
    world = make_world()
    world.tables.minutes = 300.0
    world.tables.minutes[place("langfang_rest"), place("tj_urban")] = 90.0
    assert area_value(world, "cities_within_90_minutes", ALL) == pytest.approx(100 * 4 / 13)


def test_a_zone_within_an_hours_ride_counts_whole(make_world, place):
    world = make_world()
    core, inner, tianjin, baoding = map(place, ("bj_core", "bj_inner", "tj_urban", "baoding"))
    for zone, people in ((core, 1.0), (inner, 2.0), (baoding, 3.0), (place("handan"), 4.0)):
        world.people[zone, 0, 0, 30] = people
    world.tables.minutes = 300.0
    world.tables.minutes[core, inner], world.tables.minutes[baoding, tianjin] = 144.0, 144.5
    near = area_value(world, "residents_within_an_hours_ride", ALL)
    assert near == pytest.approx(100 * 3 / 10)
    world.tables.minutes[baoding, tianjin] = 143.0
    assert area_value(world, "residents_within_an_hours_ride", ALL) == pytest.approx(60.0)


def test_wages_are_compared_at_equal_education(make_world):
    world = make_world()
    world.tables.unemployment = 0.0
    world.tables.wage = np.exp(2.0)
    world.memory.labour_force_before = 0.0
    world.memory.labour_force_before[:2, 0], world.memory.labour_force_before[2, 1] = [3.0, 1.0], 4.0
    world.tables.wage[:2, 0], world.tables.wage[2, 1] = np.exp([1.0, 5.0]), np.exp(9.0)
    # the first education: mean 2, squares 3 x 1 + 1 x 9; the second has one zone
    assert area_value(world, "wage_dispersion", ALL) == pytest.approx(np.sqrt(12 / 8))


def test_only_technology_that_crosses_a_provinces_border_counts(make_world, place):
    world = make_world()
    core, inner, tianjin, baoding = map(place, ("bj_core", "bj_inner", "tj_urban", "baoding"))
    sold = world.flows.technology_contracts
    sold[core, inner], sold[core, tianjin], sold[inner, baoding], sold[tianjin, core] = 9.0, 2.0, 3.0, 4.0
    beijing = np.flatnonzero(JJJ.capital)
    assert area_value(world, "tech_contract_flow_to_tianjin_hebei", beijing) == 5.0
    assert area_value(world, "tech_contracts_mutual_value", ALL) == 9.0


def test_research_over_gdp_and_knowledge_are_ratios_of_sums(make_world):
    world = make_world()
    world.tables.va_nominal[:2, 4] = [100.0, 300.0]
    world.flows.research_spending[:2] = [6.0, 2.0]
    assert area_value(world, "rd_intensity", ALL) == pytest.approx(2.0)
    world.tables.value_added[:2, 4] = [100.0, 300.0]
    world.tables.knowledge[0], world.tables.knowledge[1] = 0.04, -0.02
    assert area_value(world, "knowledge_gain", ALL) == pytest.approx(-0.5)


def test_the_articles_figures_of_contracts_are_modelled():
    asked = [t for t in article(JJJ) if t.variable.startswith("tech_contracts")]
    assert [t.id for t in asked] == ["tech_contracts_hebei_2024", "tech_contracts_hebei_growth_2024"]
    for target in asked:
        (area,) = [a for a in AREAS if a.name == target.area]
        assert INDICATORS[target.variable].covers(area)
        assert target.unit == INDICATORS[target.variable].unit


def test_growth_needs_a_record(make_world):
    with pytest.raises(ValueError, match="the year before"):
        area_value(make_world(), "gdp_real_growth", ALL)


def test_every_indicator_has_both_labels_a_unit_and_a_formula():
    for name, i in INDICATORS.items():
        assert name == i.name
        assert all((i.en, i.zh, i.unit, i.formula)), name
        assert any(i.covers(area) for area in AREAS), name


def test_official_hebei_holds_xiongan_and_regions_tile_the_whole():
    inside = {a.name: a.inside for a in AREAS if a.kind != "zone"}
    np.testing.assert_array_equal(inside["hebei_official"], inside["hebei"] | inside["xiongan"])
    regions = sum(a.inside.astype(int) for a in AREAS if a.kind == "region")
    np.testing.assert_array_equal(regions, np.ones(JJJ.n_zones))


def test_areas_are_known_by_what_they_hold():
    assert provinces(JJJ) == ("beijing", "tianjin", "hebei_official")
    assert headlines(JJJ) == ("beijing", "tianjin", "xiongan", "hebei_official", "jjj")
    assert total(JJJ) == "jjj"
    assert [filling(JJJ, role) for role in ("capital", "new_area", "sub_centre", "hinterland", "nothing")] == [
        "beijing",
        "xiongan",
        "bj_subcentre",
        "hebei_official",
        None,
    ]


def test_what_is_reported_where():
    where = {i.name: [a.name for a in AREAS if i.covers(a)] for i in INDICATORS.values()}
    assert where["xiongan_investment"] == ["xiongan", "xiongan"]
    assert where["municipal_offices_moved"] == ["bj_subcentre"]
    assert where["tech_contracts_from_beijing_tianjin"] == ["xiongan", "xiongan", "hebei", "hebei_official"]
    assert where["services_theil"] == ["beijing", "tianjin", "hebei", "hebei_official", "jjj"]
    assert where["gdp_nominal"] == [a.name for a in AREAS]


def test_as_many_periods_as_zones_are_no_zones(make_world):
    """The nation's output, one number per quarter, is not summed over zones."""
    share = INDICATORS["gdp_share_of_nation"]
    n = JJJ.n_zones
    parts = [np.ones((n, n)), np.full(n, 100.0)]
    np.testing.assert_allclose(share.over(parts, np.ones(n, dtype=bool), leading=1), 100 * n / 100)


def test_wages_and_unemployment_by_education(make_world):
    world = make_world()
    world.memory.labour_force_before[:2, 2] = [100.0, 300.0]
    world.memory.labour_force_before[:2, 0] = [900.0, 50.0]
    world.tables.unemployment[:2, 2] = [0.10, 0.02]
    world.tables.wage[:2, 2] = [120_000.0, 80_000.0]
    assert area_value(world, "unemployment_college", ALL) == pytest.approx(100 * 16 / 400)
    assert area_value(world, "wage_college", ALL) == pytest.approx((90 * 120_000 + 294 * 80_000) / 384)
    assert area_value(world, "unemployment_junior", ALL) == 0.0


def test_locals_and_non_locals_are_told_apart_by_their_home(make_world, place):
    world = make_world()
    core, inner, baoding = place("bj_core"), place("bj_inner"), place("baoding")
    # of the working age in the core a quarter are non-local; a hukou elsewhere in the province is a local's
    for origin, people in ((core, 2.0), (inner, 1.0), (baoding, 0.5), (ROC, 0.5)):
        world.people[core, 1, origin, 30] = people
    world.people[baoding, 1, baoding, 30] = 4.0
    world.people[core, 1, ROC, 5] = 8.0  # a child takes no part in work
    world.memory.labour_force_before[core, 1], world.memory.labour_force_before[baoding, 1] = 400.0, 600.0
    world.tables.unemployment[core, 1], world.tables.unemployment[baoding, 1] = 0.10, 0.05
    world.tables.wage[core, 1], world.tables.wage[baoding, 1] = 90_000.0, 50_000.0
    assert area_value(world, "non_local_share", ALL) == pytest.approx(100 * 9 / 16)
    assert area_value(world, "unemployment_non_locals", ALL) == pytest.approx(10.0)
    assert area_value(world, "unemployment_locals", ALL) == pytest.approx(100 * (30 + 30) / 900)
    assert area_value(world, "wage_non_locals", ALL) == pytest.approx(90_000)
    assert area_value(world, "wage_locals", ALL) == pytest.approx((270 * 90_000 + 570 * 50_000) / 840)


def test_homes_have_a_value_and_a_rent(make_world):
    world = make_world()
    world.stocks.housing[:2] = [1e9, 2e9]
    world.tables.house_price[:2], world.tables.rent[:2] = [10_000.0, 5_000.0], [200.0, 100.0]
    world.flows.dwelling_sales[:2] = [3.0, 4.0]
    assert area_value(world, "housing_value", ALL) == pytest.approx(20_000.0)
    assert area_value(world, "rents", ALL) == pytest.approx(100.0)  # of a quarter
    assert area_value(world, "dwelling_sales", ALL) == 7.0


def test_what_the_centre_pays_and_what_it_takes(make_world, place):
    world = make_world()
    new, baoding = place("xiongan"), place("baoding")
    world.tables.central_transfers[[new, baoding]] = [1.0, 10.0]
    world.tables.new_area_investment, world.flows.new_area_services_grant = 30.0, 2.0
    world.flows.tax_remitted_by_centre[baoding] = 0.5
    assert area_value(world, "centre_payments", np.array([new])) == 33.0
    assert area_value(world, "centre_payments", ALL) == 43.5
    world.ledger.pay("central taxes", payer="firms", payee="centre", amount=np.full(JJJ.n_zones, 3.0))
    world.ledger.pay("grants", payer="centre", payee="local_gov", amount=np.full(JJJ.n_zones, 1.0))
    assert area_value(world, "centre_net_payments", ALL) == pytest.approx(-2.0 * JJJ.n_zones)


def test_the_share_of_capital_weighs_sectors_by_value_added(make_world):
    world = make_world()
    world.tables.va_nominal[:2, :2] = [[1.0, 2.0], [0.0, 1.0]]
    world.tables.labour_share[:2] = [0.8, 0.4]
    assert area_value(world, "capital_share", ALL) == pytest.approx(100 * (0.2 + 3 * 0.6) / 4)
