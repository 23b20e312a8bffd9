"""One unit of each lever of the new area acts on what it names: people, jobs, homes, money; no silent counter."""

import functools

import numpy as np
import pytest
from plans import JJJ, default

from jjj_sim import quarters
from jjj_sim.draws import member_seed
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

XIONGAN, BEIJING = JJJ.index("xiongan"), JJJ.capital
UNTIL = "2022Q4"


def raised(lever, since, by, key=None):
    """A lever's path, or that named `key`, raised by `by` from a quarter on."""
    plan = default(lever)
    path = plan.path if key is None else plan.paths[key]
    first, last = quarters.parse(since), quarters.parse(UNTIL)
    points = [[quarters.label(t), path.at(t) + by * (t >= first)] for t in range(last + 1)]
    return {f"levers.{lever}": {"path": points} if key is None else {"paths": {key: points}}}


def named(lever, **event):
    """A new event of a lever in 2019."""
    return {f"levers.{lever}": {"events": {"new": {"quarter": "2019Q1", **event}}}}


@functools.cache
def lived(case=""):
    """The twin at the close of `UNTIL`, posts moved by offers and the centre's grant summed over the quarters."""
    plan = load_scenario("baseline", **CASES.get(case, {})).plan()
    world, total = clock.build(plan, member_seed(1, 0), twin=True), {"posts": 0.0, "grant": 0.0}

    def add(w):
        total["posts"] += w.flows.jobs_moved_by_offer[:, XIONGAN].sum()
        total["grant"] += float(w.flows.new_area_services_grant)

    clock.simulate(world, until=quarters.parse(UNTIL), on_quarter=add)
    return world, total


CASES = {
    "offers": raised("xiongan_offers", "2019Q1", 5000.0),
    "central units": raised("xiongan_offers", "2019Q1", 1000.0, "central_soe"),
    "services": raised("xiongan_services", "2019Q1", 0.2),
    "investment": raised("xiongan_investment", "2019Q1", 50.0),
    "land": raised("housing_supply", "2021Q1", 1.0, "land_xiongan"),
    "headquarters": named("headquarters_moves", jobs=10_000.0),
    "campus": named("university_hospital_moves", jobs=3000.0, students=30_000.0, kind="university"),
}


def gain(case, of):
    """What a case adds to a number of the world."""
    return float(of(lived(case)[0]) - of(lived()[0]))


def jobs(world):
    """Jobs in the new area."""
    return world.tables.jobs[XIONGAN].sum()


def output(world):
    """Value added of the new area at current prices, bn yuan a year."""
    return 4.0 * world.tables.va_nominal[XIONGAN].sum()


@pytest.mark.parametrize("case", CASES)
def test_people_come(case):
    assert gain(case, lambda w: w.population[XIONGAN]) > 300.0


@pytest.mark.parametrize("case", ["offers", "central units", "investment", "headquarters", "campus"])
def test_jobs_and_output_come(case):
    assert gain(case, jobs) > 500.0
    assert gain(case, output) > 0.05


@pytest.mark.parametrize(("case", "posts"), [("offers", 18.0), ("central units", 33.0)])
def test_offers_bring_posts_and_take_them_from_the_capital(case, posts):
    (world, more), (base, without) = lived(case), lived()
    at_work = np.rint(world.memory.offers_at_work).sum() - np.rint(base.memory.offers_at_work).sum()
    came = more["posts"] - without["posts"]
    assert came / at_work == pytest.approx(posts, rel=0.2)
    assert 0.25 * came < gain(case, jobs) < 2.0 * came
    assert gain(case, lambda w: w.tables.jobs[BEIJING].sum()) < -0.2 * came
    assert gain(case, lambda w: w.tables.budget_spending[XIONGAN]) >= 0.0


def test_services_cost_the_centre_what_is_built():
    paid = lived("services")[1]["grant"] - lived()[1]["grant"]
    assert 5.0 < paid < 60.0
    assert gain("services", lambda w: w.tables.service_index[XIONGAN]) > 0.3
    assert abs(gain("services", lambda w: w.tables.budget_spending.sum())) < 0.1


def test_investment_makes_sites_homes_and_schools():
    assert gain("investment", lambda w: w.tables.new_area_construction_jobs) == pytest.approx(50 * 800, rel=0.15)
    assert gain("investment", lambda w: w.stocks.housing[XIONGAN]) > 1e6  # .7 m a year since the census
    spared = lived()[1]["grant"] - lived("investment")[1]["grant"]  # below the target schools spare the centre a grant
    assert gain("investment", lambda w: w.stocks.service_capital[XIONGAN]) + spared > 2.0


def test_land_makes_homes_and_lowers_their_price():
    assert gain("land", lambda w: w.stocks.housing[XIONGAN]) > 500_000.0
    assert gain("land", lambda w: w.tables.house_price[XIONGAN]) < 0.0
