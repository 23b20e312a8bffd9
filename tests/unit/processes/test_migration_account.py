"""History lived once: people follow the published account by province and year, and the census by zone."""

import numpy as np
import pytest
from plans import JJJ

from jjj_sim.processes.migration import Migration
from jjj_sim.processes.migration_account import Account
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.regions.jingjinji.statistics.tables import series, value
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

AREAS = ("beijing", "tianjin", "hebei_official")
LAST = JJJ.tables().people.net_migration.last
COUNTED = np.flatnonzero(JJJ.tables().people.next_census)


@pytest.fixture(scope="module")
def lived():
    """Residents by zone at the close of each year of the account, and the run's pulls."""
    world, people = clock.build(load_scenario("baseline").plan(), 1, twin=True), {}

    def take(w):
        if w.t % 4 == 3:
            people[w.year] = w.population

    clock.simulate(world, until=4 * (LAST - FIRST_YEAR) + 3, on_quarter=take)
    return people, world.opening.zone_pull


def account(world):
    """An account of `world`, whose history has not begun."""
    (migration,) = (process for process in world.processes if isinstance(process, Migration))
    return Account(migration, world)


@pytest.mark.parametrize("area", AREAS)
def test_people_of_a_province_follow_the_published_count(lived, area):
    people, published = lived[0], series("region_series", "population_resident", area)
    for year in range(FIRST_YEAR, LAST + 1):
        assert people[year][JJJ.inside(area)].sum() == pytest.approx(published[year], rel=0.004), year


def test_people_of_a_zone_reach_the_census(lived):
    for z in COUNTED:
        counted = value("zone_series", "population", JJJ.ids[z], 2020)
        assert lived[0][2020][z] == pytest.approx(counted, rel=0.02), JJJ.ids[z]


def test_zones_on_other_borders_have_their_provinces_pull(lived):
    tianjin = np.flatnonzero(JJJ.inside("tianjin"))
    assert not np.isin(tianjin, COUNTED).any()
    np.testing.assert_allclose(lived[0][2020][tianjin] / lived[0][2013][tianjin], 0.98, atol=0.03)


def test_no_scenario_moves_what_history_has_revealed(lived):
    other = clock.build(load_scenario("no_relief").plan(), 2, twin=True)
    np.testing.assert_array_equal(other.opening.zone_pull, lived[1])


def test_a_year_asks_what_the_census_lacks_over_the_years_left(twin):
    """In January 2013 eight years are left; what the zones lack beyond their province is spread by people."""
    found, people = account(twin), twin.population
    net = np.array([1e5, -2e4, 3e4])
    asked, member = found._to_census(twin, net), JJJ.inner_province[:, None] == np.arange(3)
    np.testing.assert_allclose(asked @ member, net)
    natural = found._crude(twin)
    wanted = (JJJ.tables().people.next_census - people) / 8.0 - natural
    hebei = np.flatnonzero(JJJ.inside("hebei_official"))
    more = (asked - wanted)[hebei] / people[hebei]
    np.testing.assert_allclose(more, more[0])


def test_what_drew_people_before_the_census_fades_to_the_rest(twin):
    found = account(twin)
    found._rest, found._beyond = np.full(JJJ.n_zones, 0.1), np.full(JJJ.n_zones, -0.3)
    early, late = found._apart(2022), found._apart(2023)
    tau, census = found._migration.fading, float(twin.data.people.census_time)
    np.testing.assert_allclose(early, 0.1 - 0.4 * np.exp(-(2022.5 - census) / tau))
    np.testing.assert_allclose((late - 0.1) / (early - 0.1), np.exp(-1.0 / tau))


def test_years_that_nobody_has_counted_have_the_provinces_mean_of_the_last(twin):
    found = account(twin)
    found._by_province[:] = np.arange(len(found._by_province))[:, None] * np.array([1.0, 2.0, 3.0])
    pulls = found.finish()
    mean = found._by_province[-6:].mean(axis=0)
    np.testing.assert_allclose(pulls[LAST + 1 - FIRST_YEAR], mean[JJJ.inner_province])
    assert len(pulls) == JJJ.sizes["year"]
