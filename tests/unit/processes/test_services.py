"""Capital from budgets, an index that people share, and access to the best next door."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import JJJ, default, flat
from stand_ins import make_world, settle

from jjj_sim.errors import DataError
from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.processes.services import Services, access, gains
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.tables import value

BEIJING, XIONGAN, N_ZONES = JJJ.capital, JJJ.index("xiongan"), JJJ.n_zones


def services(world):
    """The process."""
    return next(p for p in world.processes if isinstance(p, Services))


def test_capital_of_a_quarter_is_what_wear_leaves_and_services_add():
    world = make_world()
    before = world.stocks.service_capital[0]
    core = world.population[0] / world.population[BEIJING].sum()
    spent = 417.366 * core * services(world)._share(world, 2013)[0] / 4
    settle(world)
    assert world.stocks.service_capital[0] == pytest.approx(0.985 * before + spent, rel=1e-9)
    assert world.flows.service_spending[0] == pytest.approx(spent)  # bought and paid in Demand


def test_index_has_mean_one_over_residents_at_the_opening():
    world = make_world()
    assert np.average(world.tables.service_index, weights=world.population) == pytest.approx(1.0)
    assert np.ptp(world.tables.service_index[BEIJING]) == pytest.approx(0.0)  # one budget, alike per resident


def test_newcomers_crowd_the_index_by_kappa():
    world = make_world()
    process = services(world)
    before = process._index(world)
    world.people *= 1.1
    np.testing.assert_allclose(process._index(world) / before, 1.1**-0.9)


def test_budgets_add_to_the_published_ones_and_stop_in_2024():
    world = make_world()
    spent = services(world)._published(world, 2019)
    for area in ("beijing", "tianjin", "hebei_official"):
        published = value("region_series", "budget_expenditure", area, 2019)
        assert spent[JJJ.inside(area)].sum() == pytest.approx(published)
    with pytest.raises(DataError, match=r"spending\.csv has no 2025"):
        services(world)._published(world, 2025)


@pytest.mark.parametrize(("year", "ratio"), [(2014, (2.84, 2.40)), (2020, (2.49, 1.60))])
def test_service_spending_per_head_has_the_published_ratio(year, ratio):
    areas = ("beijing", "tianjin", "hebei_official")
    world = make_world()
    share = services(world)._share(world, year)[[0, 4, 10]]
    per_head = np.array(
        [
            value("region_series", "budget_expenditure", a, year)
            / value("region_series", "population_resident", a, year)
            for a in areas
        ]
    )
    found = share * per_head
    np.testing.assert_allclose(found[:2] / found[2], ratio)
    assert (share > 0.25).all()
    assert (share < 0.45).all()


def test_the_capital_changes_by_what_is_built_and_worn():
    lever = LeverPlan("xiongan_services", flat(0.9))
    world = make_world(xiongan_services=lever)
    for _ in range(3):
        before = world.stocks.service_capital.copy()
        settle(world)
        flows = world.flows
        np.testing.assert_allclose(before + flows.services_built - flows.services_worn, world.stocks.service_capital)
    assert flows.services_built[XIONGAN] > float(flows.new_area_services_grant) > 0.0


def test_as_of_an_earlier_year_budgets_grow_from_there():
    world = make_world()
    world.data = JJJ.tables(as_of=2016)
    world.t = parse("2016Q4")
    settle(world)
    before = world.memory.budget.copy()
    world.tables.va_nominal = world.tables.va_nominal * 1.08
    settle(world)
    np.testing.assert_allclose(world.memory.budget / before, 1.02)


def test_after_the_last_published_year_a_budget_grows_with_nominal_output():
    world = make_world()
    world.t = parse("2024Q4")
    settle(world)
    before = world.memory.budget.copy()
    world.tables.va_nominal = world.tables.va_nominal * 1.08
    settle(world)
    np.testing.assert_allclose(world.memory.budget / before, 1.02)  # one of four quarters


def test_centre_pays_for_the_gap_of_xiongan_and_closes_part_of_it():
    lever = LeverPlan("xiongan_services", flat(0.9))
    with_target, without = (settle(make_world(**kw)) for kw in ({"xiongan_services": lever}, {}))

    def gap(world):
        index = world.tables.service_index
        return 0.9 * np.average(index[BEIJING], weights=world.population[BEIJING]) - index[XIONGAN]

    assert gap(with_target) == pytest.approx(0.5 * gap(without))
    grant = float(with_target.flows.new_area_services_grant)
    added = with_target.stocks.service_capital[XIONGAN] - without.stocks.service_capital[XIONGAN]
    assert grant == pytest.approx(added)
    assert with_target.ledger.net[3, 0] == pytest.approx(-grant)
    assert with_target.ledger.net.sum() == pytest.approx(0.0, abs=1e-9)
    assert without.flows.new_area_services_grant == 0.0
    assert with_target.tables.services_works == pytest.approx(grant)


def test_a_campus_raises_the_index_by_two_percent_per_million_residents():
    events = {
        "half": Event(1, {"jobs": 2000.0, "students": 15_000.0}, {"kind": "university"}),
        "other_half": Event(1, {"beds": 500.0}, {"kind": "hospital"}),
        "never": Event(None),
    }
    lever = LeverPlan("university_hospital_moves", events=events)
    world, base = make_world(university_hospital_moves=lever), make_world()
    settle(world)
    settle(base)
    assert world.tables.service_index[XIONGAN] == base.tables.service_index[XIONGAN]
    settle(world)
    settle(base)
    millions = world.population[XIONGAN] / 1e6
    ratio = world.tables.service_index[XIONGAN] / base.tables.service_index[XIONGAN]
    assert ratio == pytest.approx((1 + 0.02 * (0.9 + 1 / millions)) / (1 + 0.02 * 0.9))


def test_access_by_hand():
    index = np.array([1.0, 3.0, 2.0])
    minutes = np.array([[30.0, 60.0, 30.0], [60.0, 30.0, 90.0], [30.0, 90.0, 30.0]])
    found = access(index, minutes, 0.5)
    first = 1.0 + 0.5 * max(2.0 * np.exp(-1.0), np.exp(-0.5))
    np.testing.assert_allclose(found, [first, 3.0, 2.0 + 0.5 * np.exp(-1.5)])


@given(st.integers(0, 2**32), st.floats(0, 0.9), st.floats(0, 0.1))
def test_access_never_falls_with_portability_or_a_shorter_way(seed, open_now, more):
    rng = np.random.default_rng(seed)
    index, minutes = rng.lognormal(size=N_ZONES), rng.uniform(20, 300, (N_ZONES, N_ZONES))
    found = access(index, minutes, open_now)
    assert (found >= index).all()
    assert (access(index, minutes, open_now + more) >= found).all()
    assert (access(index, 0.9 * minutes, open_now) >= found).all()


def test_gains_by_hand():
    """The first zone turns from the third, which lies in its province, to the second; the third gains nothing."""
    index = np.array([1.0, 3.0, 3.0])
    minutes = np.array([[30.0, 60.0, 54.0], [60.0, 30.0, 90.0], [54.0, 90.0, 30.0]])
    portability = np.array([[0.5, 0.6, 0.5], [0.6, 0.5, 0.6], [0.5, 0.6, 0.5]])
    found = gains(index, minutes, portability, 0.5)
    more = 2.0 * (0.6 * np.exp(-1.0) - 0.5 * np.exp(-0.9))
    assert found[0, 1] == pytest.approx(more)
    assert np.count_nonzero(found) == 1
    less = gains(index, minutes, np.where(portability == 0.5, 0.5, 0.4), 0.5)
    assert not less.any()  # its best was in its province
    np.testing.assert_allclose(gains(index[:2], minutes[:2, :2], portability[:2, :2] - 0.2, 0.5)[0], [0, -0.2 / np.e])


def portable(items):
    """The lever at so many items."""
    return {"service_portability": LeverPlan("service_portability", flat(items))}


def test_portability_follows_the_count_of_services_up_to_all():
    for items, share in ((0.0, 0.0), (1053.0, 0.5), (2106.0, 1.0), (3000.0, 1.0)):
        assert settle(make_world(**portable(items))).tables.portability == pytest.approx(share)


def test_inside_a_province_services_open_as_published_whatever_the_lever():
    less, more = (make_world(**portable(items)) for items in (0.0, 2106.0))
    for world in (less, more):
        world.t = parse("2024Q4")
        settle(world)
    rise = (
        more.tables.service_access
        - more.tables.service_index
        - (less.tables.service_access - less.tables.service_index)
    )
    assert (rise[BEIJING] == 0.0).all()  # the best zones are there
    hebei = JJJ.inside("hebei")
    assert (rise[hebei] > 0.0).all()
    assert (less.tables.service_access > less.tables.service_index)[hebei].any()


def test_users_of_other_provinces_crowd_their_hosts_alike_in_all_zones_of_one_budget():
    world = make_world(**portable(1053.0))  # as published nothing is open in 2013
    settle(world)
    guests, people = world.tables.guests, world.population
    came, index = guests.sum(axis=0), world.tables.service_index
    np.testing.assert_allclose((came / people)[BEIJING], came[BEIJING].sum() / people[BEIJING].sum())
    assert came[BEIJING].sum() > 1e5
    assert not guests[np.ix_(BEIJING, BEIJING)].any()
    process = services(world)
    gained = (people * (world.tables.service_access - index))[JJJ.inside("tianjin")].sum()
    assert (guests[JJJ.inside("tianjin")] @ index).sum() == pytest.approx(gained)  # no service is made or lost
    crowded = process._index(world)
    world.tables.guests = 0.0
    np.testing.assert_allclose(crowded / process._index(world), ((people + came) / people) ** -0.9)


def test_at_the_published_items_nobody_is_a_guest():
    world = make_world(service_portability=default("service_portability"))
    for quarter in ("2013Q1", "2019Q3", "2030Q1"):
        world.t = parse(quarter) if world.data.budgets.spending.last > 2024 else min(parse(quarter), parse("2024Q4"))
        settle(world)
        assert not world.tables.guests.any()


def test_items_are_the_line_that_the_article_ends():
    lever = default("service_portability")
    assert [lever.at(parse(q)) for q in ("2013Q4", "2014Q1", "2024Q4", "2030Q4")] == [0.0, 0.0, 1053.0, 1053.0]
    assert lever.at(parse("2019Q1")) == 1053.0 / 43 * 20
