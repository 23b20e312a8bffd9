"""PM2.5: set to what was published, linear, monotone, and with weather that no policy changes."""

import numpy as np
import pytest
from plans import JJJ, flat
from stand_ins import make_world, plan_of, settle

from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.city_air import zone_means
from jjj_sim.processes.emissions import HOUSEHOLDS, Emissions, season_factors, transport_shares
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.tables import value

AIR, Z = JJJ.tables().air, JJJ.index
CITY, N_SOURCES = JJJ.groups["city"][1], JJJ.sizes["source"]


def _standards(pace=1.0, clean=0.0):
    return LeverPlan("emission_standards", flat(pace), paths={"clean_heating": flat(clean)})


def test_every_zone_has_its_published_mean_of_2013():
    world = make_world()
    published = zone_means(JJJ, AIR, 2013, world.population)
    np.testing.assert_allclose(world.tables.pm25_year, published)
    slow = {"plan": {"beijing": 0.0}, "city_targets": 0.0, "abatement_early": 0.08, "material_early": 0.03}
    still = settle(make_world(parameters={"emissions": slow}, emission_standards=_standards(clean=0.2)), 4)
    np.testing.assert_allclose(still.tables.pm25_year, published, rtol=0.003)
    assert published[Z("shijiazhuang")] == 154.0
    beijing = JJJ.inside("beijing")
    assert np.average(published[beijing], weights=world.population[beijing]) == pytest.approx(89.5)


def test_homes_that_are_all_clean_from_the_first_quarter_emit_nothing_and_leave_history_alone():
    """What a home with coal emits is set under the published heating, so that it is known where no home burns any."""
    world, clean = make_world(), make_world(emission_standards=_standards(clean=1.0))
    np.testing.assert_array_equal(clean.opening.emission_factor, world.opening.emission_factor)
    homes = settle(clean, 1).tables.emissions_by_source[HOUSEHOLDS]
    assert not homes.any()
    assert settle(world, 1).tables.emissions_by_source[HOUSEHOLDS].all()


def test_official_means_count_cities_alike():
    people = make_world().population
    means = zone_means(JJJ, AIR, 2013, people)
    by_city = np.bincount(CITY, weights=means * people) / np.bincount(CITY, weights=people)
    np.testing.assert_allclose(by_city, AIR.pm25.of(2013))
    for area in ("hebei_official", "jjj"):
        published = value("region_series", "pm25_annual_mean", area, 2013)
        assert by_city[np.unique(CITY[JJJ.inside(area)])].mean() == pytest.approx(published, rel=0.01)


def test_a_year_that_is_not_yet_published_has_the_last_ones_air():
    people = make_world().population
    known = JJJ.tables(as_of=2014).air
    assert known.pm25.last == 2014
    np.testing.assert_array_equal(zone_means(JJJ, known, 2015, people), zone_means(JJJ, AIR, 2014, people))


def test_transport_keeps_published_city_shares():
    emitted = make_world().tables.emissions
    shares = transport_shares(JJJ, AIR, emitted, 120.0, 1.3)
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert (shares > 0.0).all()
    core = Z("bj_core")
    local = shares[core, CITY == 0].sum() * (1.0 - AIR.outside[CITY[core]])
    assert local == pytest.approx(0.60, abs=0.002)  # published by city, rounded to a tenth of a percent
    assert shares[core, core] < shares[core, Z("bj_inner")]


def test_halving_all_emissions_halves_the_part_from_the_region():
    world = make_world()
    full = world.opening.transport @ world.tables.emissions
    world.opening.emission_factor *= 0.5
    settle(world)
    halved = world.tables.pm25 / world.opening.season[0] - world.opening.outside_pm25
    world.opening.emission_factor *= 2.0
    world.memory.abatement = make_world().memory.abatement
    world.memory.zone_abatement = make_world().memory.zone_abatement
    world.memory.material_saving = make_world().memory.material_saving
    world.t = 0
    settle(world)
    whole = world.tables.pm25 / world.opening.season[0] - world.opening.outside_pm25
    np.testing.assert_allclose(halved, 0.5 * whole)
    assert (full > 0.0).all()


def test_cleaner_is_nowhere_dirtier():
    base = settle(make_world(), 8)
    for lever in (_standards(pace=1.5), _standards(clean=0.0001)):
        cleaner = settle(make_world(emission_standards=lever), 8)
        assert (cleaner.tables.pm25_year <= base.tables.pm25_year * (1 + 1e-3)).all()
    for source in range(N_SOURCES):
        world = make_world()
        world.memory.abatement[source] += 0.1
        assert (settle(world).tables.pm25 <= settle(make_world()).tables.pm25).all()


def test_sources_add_up_to_the_emissions_of_every_zone():
    world = make_world()
    assert world.tables.emissions.sum() == pytest.approx(100.0)
    for _ in range(3):
        by_source = settle(world).tables.emissions_by_source
        np.testing.assert_allclose(by_source.sum(axis=0), world.tables.emissions, rtol=1e-12)
    shares = make_world().tables.emissions_by_source.sum(axis=1)
    assert shares[-2:] == pytest.approx([18.0, 8.0])


def test_industry_saves_materials_and_farming_does_not():
    world = make_world(emission_standards=_standards(pace=0.0), parameters={"emissions": {"city_targets": 0.0}})
    before = world.tables.emissions_by_source.copy()
    after = settle(world, 5).tables.emissions_by_source
    handan = Z("handan")
    assert after[1, handan] / before[1, handan] == pytest.approx(np.exp(0.12 * 0.375 - 0.045 * (4 / 4 - 0.375)))
    assert after[0, handan] / before[0, handan] == pytest.approx(np.exp(0.5 * 0.12 * 0.375))
    world.t = parse("2021Q1")
    saved = float(world.memory.material_saving)
    settle(world)
    assert float(world.memory.material_saving) - saved == pytest.approx(0.03 / 4)


def test_industry_is_charged_with_what_it_cleans_beyond_the_nation():
    """Its plan and stricter targets to 2017, and whatever standards ask beyond the announced pace, .12 a year."""
    plain, strict = make_world(), make_world(emission_standards=_standards(pace=1.5))
    for world in (plain, strict):
        settle(world, 4)
    target, core = Z("tangshan"), Z("bj_core")
    asked = np.log(0.8 / 0.67) / 4
    assert plain.memory.stricter[target] == pytest.approx(asked)
    assert plain.memory.stricter[core] == pytest.approx(0.03)
    assert strict.memory.stricter[target] == pytest.approx(1.5 * asked + 0.5 * 0.12)


def test_dirtier_cities_had_stricter_targets_until_2017():
    world = make_world()
    rate = world.processes[2]._beyond(world)
    assert rate[Z("shijiazhuang")] == pytest.approx(np.log(0.80 / 0.67) / 4)
    assert rate[Z("xingtai")] == pytest.approx(np.log(0.80 / 0.70) / 4)
    assert rate[Z("chengde")] == 0.0
    assert rate[Z("bj_outer")] == pytest.approx(0.03)
    world.t = parse("2018Q1")
    assert not world.processes[2]._beyond(world).any()


def test_the_nations_air_is_chained_over_its_breaks():
    air = JJJ.tables().nation.pm25.values
    assert len(air) == 12
    assert air[5] == pytest.approx(55 / 72 * 39 / 50)
    assert air[6] == air[5]  # 2019 as 2018 in the same state, though 36 stands beside 39


def test_clean_heating_cleans_the_winter_more_than_the_summer():
    later = LeverPlan("emission_standards", flat(1.0), paths={"clean_heating": flat(0.0, (3, 0.0), (4, 0.5))})
    base, clean = (settle(make_world(**kw), 4) for kw in ({}, {"emission_standards": later}))
    fall = []
    for _ in range(4):
        settle(base)
        settle(clean)
        fall.append((1 - clean.tables.pm25 / base.tables.pm25).mean())
    assert fall[0] > 5 * fall[1] > 0.0
    assert fall[3] > 5 * fall[2] > 0.0
    assert AIR.heating.mean() == pytest.approx(1.0)
    np.testing.assert_allclose(season_factors(JJJ, AIR).mean(axis=0), 1.0)


@pytest.mark.parametrize(
    ("quarter", "rate"),
    [("2013Q1", 0.12), ("2020Q4", 0.12), ("2021Q1", 0.09), ("2027Q1", 0.07), ("2033Q1", 0.05)],
)
def test_abatement_of_industry_by_year(quarter, rate):
    world = make_world(emission_standards=_standards(pace=2.0))
    world.t = parse(quarter)
    before = world.memory.abatement[1]
    settle(world)
    assert world.memory.abatement[1] - before == pytest.approx(2.0 * rate / 4)


def test_weather_is_the_same_for_every_policy_and_absent_in_the_twin():
    base = settle(make_world(twin=False), 6)
    variant = settle(make_world(twin=False, emission_standards=_standards(pace=0.0)), 6)
    calm = settle(make_world(), 6), settle(make_world(emission_standards=_standards(pace=0.0)), 6)
    luck = base.tables.pm25 / calm[0].tables.pm25
    np.testing.assert_allclose(luck, variant.tables.pm25 / calm[1].tables.pm25)
    assert not np.allclose(luck, 1.0, atol=0.01)
    off = settle(make_world(twin=False, parameters={"emissions": {"weather": 0.0}}), 6)
    np.testing.assert_allclose(off.tables.pm25, calm[0].tables.pm25)


def test_weather_has_mean_one_and_the_stated_spread():
    process = Emissions(JJJ)
    world = make_world(twin=False)
    factors = []
    for world.t in range(4000):
        factors.append(process._weather(world))
    logs = np.log(factors)
    assert np.mean(factors) == pytest.approx(1.0, abs=0.01)
    assert logs.std(axis=0).mean() == pytest.approx(0.13, abs=0.01)
    common = logs.mean(axis=1)
    assert np.corrcoef(common[1:], common[:-1])[0, 1] == pytest.approx(0.3, abs=0.05)


def test_the_change_of_measuring_state_is_a_step_of_the_reading_only():
    world = make_world()
    world.t = parse("2018Q3")
    settle(world)
    np.testing.assert_array_equal(world.tables.pm25_observed, world.tables.pm25)
    settle(world)
    np.testing.assert_allclose(world.tables.pm25_observed, 0.935 * world.tables.pm25)


def test_fewer_people_and_less_output_emit_less():
    world, smaller = make_world(), make_world()
    smaller.people[Z("handan")] *= 0.8
    smaller.tables.value_added[Z("handan")] *= 0.8
    fewer = settle(smaller).tables.emissions / settle(world).tables.emissions
    assert fewer[Z("handan")] == pytest.approx(0.8)
    assert np.count_nonzero(fewer != 1.0) == 1
    assert plan_of().levers["emission_standards"].at(0) == 1.0
    assert len(fewer) == JJJ.n_zones
