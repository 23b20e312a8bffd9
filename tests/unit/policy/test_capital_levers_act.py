"""Portable services and roads within the capital act on the twin on what they name, and somebody pays."""

import functools

import numpy as np
import pytest
from plans import JJJ

from jjj_sim import quarters
from jjj_sim.draws import member_seed
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario

UNTIL = "2021Q4"
BEIJING, HEBEI, NORTH = JJJ.capital, JJJ.inside("hebei"), JJJ.index("langfang_n3")
CASES = {
    "": {},
    "open": {"levers.service_portability": {"path": [["2019Q1", 2106.0]]}},
    "shut": {"levers.service_portability": {"path": [["2019Q1", 0.0]]}},
    "roads": {"levers.beijing_congestion": {"path": [["2019Q1", 1.2]]}},
}


@functools.cache
def lived(case):
    """The twin at the close of `UNTIL`, and what was paid since."""
    world = clock.build(load_scenario("baseline", **CASES[case]).plan(), member_seed(1, 0), twin=True)
    total = {"services_settled": 0.0, "net_lending": 0.0, "traffic_works": 0.0}

    def add(w):
        total["services_settled"] = total["services_settled"] + w.flows.services_settled
        total["net_lending"] = total["net_lending"] + w.flows.net_lending
        total["traffic_works"] = total["traffic_works"] + w.tables.traffic_works

    clock.simulate(world, until=quarters.parse(UNTIL), on_quarter=add)
    return world, total


def gain(case, of):
    """What a case adds to a number of the world."""
    return of(lived(case)[0]) - of(lived("")[0])


@pytest.mark.parametrize(("case", "sign"), [("open", 1), ("shut", -1)])
def test_portable_services_serve_users_from_next_door_and_crowd_the_capitals_residents(case, sign):
    assert sign * gain(case, lambda w: w.tables.service_access[NORTH]) > 0.1
    assert (sign * gain(case, lambda w: w.tables.service_index[BEIJING]) < 0.0).all()
    assert sign * gain(case, lambda w: w.population[NORTH]) > 500.0
    assert sign * gain(case, lambda w: w.population[BEIJING].sum()) < -1000.0


def test_users_governments_pay_hosts_and_hosts_return_what_the_record_holds():
    paid = lived("open")[1]["services_settled"]
    assert paid[HEBEI][:, BEIJING].sum() > 1.0
    assert paid[BEIJING].sum() == 0.0
    assert (gain("open", lambda w: w.tables.budget_spending[BEIJING]) > 0.0).all()
    assert gain("open", lambda w: w.tables.budget_spending[HEBEI].sum()) < 0.0
    assert lived("shut")[1]["services_settled"][BEIJING][:, HEBEI].sum() > 0.5
    assert not np.any(lived("")[1]["services_settled"])


def test_roads_make_trips_within_the_capital_shorter_and_its_government_borrow():
    minutes = [lived(case)[0].tables.minutes[:-1, :-1] for case in ("roads", "")]
    inside = np.ix_(BEIJING, BEIJING)
    assert (minutes[0][inside] < 0.99 * minutes[1][inside]).all()
    assert (minutes[0] <= minutes[1]).all()
    (world, total), (_, base) = lived("roads"), lived("")
    built = 100.0 * 25.0 * (float(world.memory.traffic_capacity) - 1.0)
    assert total["traffic_works"].sum() == pytest.approx(built, rel=0.4)  # at the prices of those years
    borrowed = (base["net_lending"] - total["net_lending"])[BEIJING].sum()
    assert borrowed == pytest.approx(total["traffic_works"].sum(), rel=0.1)
    assert gain("roads", lambda w: w.tables.market_access[BEIJING].sum()) > 0.0
    assert gain("roads", lambda w: w.tables.budget_spending[HEBEI].sum()) == pytest.approx(0.0, abs=0.5)
