"""Minutes between the tables' states, and kilometres that add to the published ones."""

import csv
import io
from types import SimpleNamespace

import numpy as np
import pytest
from economy import economy, settle
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st
from plans import JJJ, LEVERS, flat, make_plan

from jjj_sim.errors import DataError
from jjj_sim.policy.arrays import Policy
from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.processes.transport import closed, network, quickest, residual, slower, trains_out, way_out
from jjj_sim.regions.jingjinji.statistics.tables import text

Z, TRAVEL = JJJ.index, JJJ.tables().travel
LINES = [line.id for line in TRAVEL.lines]


def network_of(events, travel=TRAVEL):
    """The network under events of the rail programme, as the lever announces them."""
    lever = LeverPlan("rail_programme", events=events)
    return network(JJJ, travel, published_lines(make_plan(rail_programme=lever)))


def published_lines(plan):
    """The lines that the rail programme of `plan` lists."""
    world = SimpleNamespace(plan=plan, t=0, policy=Policy(plan.region.sizes))
    LEVERS["rail_programme"].announce(world)
    return world.policy.lines


def published(year):
    rows = csv.DictReader(io.StringIO(text(f"travel_time_{year}")))
    return np.array([[float(row[z]) for z in JJJ.ids] for row in rows])


def minutes(t, **events):
    return closed(quickest(network_of(events), t), 0.0)


@pytest.mark.parametrize(("year", "t"), [(2013, 3), (2024, 47)])
def test_the_published_best_minutes_come_out(year, t):
    np.testing.assert_allclose(minutes(t), published(year), atol=1.0)


def test_2030_comes_out_but_for_the_express_without_a_date():
    found = minutes(71, xiongan_daxing_airport_express=Event(60))
    np.testing.assert_allclose(found, published(2030), atol=1.0)


def test_kilometres_are_exact_at_both_ends():
    world = economy()
    km = settle(world, 48, ["high_speed_km"])["high_speed_km"]
    assert km[3] == pytest.approx(1284.0, abs=1e-9)
    assert km[47] == pytest.approx(2669.0, abs=1e-9)
    assert km[2] == pytest.approx(1268.0 - 287.0 + residual(TRAVEL, 3))  # Tianjin-Qinhuangdao opened in December
    assert residual(TRAVEL, 3) == pytest.approx(16.0)
    assert residual(TRAVEL, 80) == pytest.approx(2669.0 - 2666.83)


def test_a_pair_gets_faster_when_its_line_opens_and_not_before():
    pair = Z("bj_core"), Z("zhangjiakou")
    assert minutes(26)[pair] > 190  # by road
    assert minutes(27)[pair] == pytest.approx(129.0)
    never = minutes(47, beijing_zhangjiakou_hsr=Event(None))
    assert never[pair] == pytest.approx(191.0)
    assert minutes(10, beijing_zhangjiakou_hsr=Event(10))[pair] == pytest.approx(129.0)


def test_no_train_to_the_north_three_before_their_line():
    pair = Z("langfang_n3"), Z("shijiazhuang")
    early = quickest(network_of({}), 38)[pair]
    late = quickest(network_of({}), 39)[pair]
    assert early > 280 > late  # the road, then the train


def test_a_line_of_a_scenario_gives_its_ends_and_minutes():
    event = Event(8, {"minutes": 70.0, "km": 100.0}, {"from": "hengshui", "to": "cangzhou"})
    before, after = minutes(7, new_line=event), minutes(8, new_line=event)
    assert before[Z("hengshui"), Z("cangzhou")] > 130
    assert after[Z("hengshui"), Z("cangzhou")] == 70.0
    assert after[Z("hengshui"), Z("tj_urban")] == pytest.approx(70.0 + minutes(8)[Z("cangzhou"), Z("tj_urban")])
    net = network_of({"new_line": event})
    assert net.km @ (net.opens <= 8) - net.km @ (net.opens <= 7) == pytest.approx(100.0)


def test_as_known_in_2020_lines_open_and_the_rest_stands_still():
    known = JJJ.tables(as_of=2020).travel
    assert known.road.years == known.high_speed_km.years == [2013]
    now, then = (closed(quickest(network_of({}, known), t), 0.0) for t in (80, 3))
    np.testing.assert_allclose(then, published(2013), atol=1.0)
    assert now[Z("bj_core"), Z("zhangjiakou")] == pytest.approx(129.0)
    assert now[Z("bj_core"), Z("langfang_n3")] < then[Z("bj_core"), Z("langfang_n3")]
    assert residual(known, 80) == residual(known, 0) == pytest.approx(16.0)


def test_an_unknown_line_without_ends_says_so():
    with pytest.raises(DataError, match="hyperloop is no line of the region's tables"):
        network_of({"hyperloop": Event(8, {"minutes": 20.0})})


def test_the_metro_is_no_high_speed_line():
    net = network_of({})
    later = [line for line in TRAVEL.lines if line.id == "beijing_metro_line_22"]
    assert later[0].km == 0.0
    assert net.road.sum() == pytest.approx(2 * (20 + 25 + 15))


def out(t, **events):
    net = network_of(events)
    return way_out(closed(quickest(net, t), 0.0), trains_out(net, t, 42.0, 0.0), 0.0)


def test_movers_meet_the_rest_of_china_five_hours_away():
    tables = economy().tables
    assert (tables.minutes[JJJ.roc] == 300).all()
    assert (tables.minutes[:, JJJ.roc] == 300).all()


def test_the_way_out_is_a_train_over_the_border_or_a_trip_to_one():
    assert out(3)[Z("cangzhou")] == 42 + 19
    assert out(3)[Z("bj_core")] == pytest.approx(143 - 42 + 19)  # rides on beyond Cangzhou
    via = [minutes(3)[Z("chengde"), Z(z)] + out(3)[Z(z)] for z in ("bj_core", "tj_urban", "langfang_rest")]
    assert out(3)[Z("chengde")] == pytest.approx(min(via))
    assert out(19)[Z("hengshui")] == 42 + 16
    assert out(19, shijiazhuang_jinan_hsr=Event(None))[Z("hengshui")] == 42 + 50
    assert out(3, shijiazhuang_wuhan_hsr=Event(None))[Z("handan")] == 42 + 10  # what ran at the opening stays


def test_the_rest_of_china_gets_nearer_by_what_the_way_out_gains():
    kept = settle(economy(), 30, ["minutes_outside"])["minutes_outside"]
    residents = JJJ.tables().people.residents
    assert np.average(kept[0], weights=residents) == pytest.approx(300, abs=0.1)
    np.testing.assert_allclose(kept - kept[0], [out(t) - out(0) for t in range(len(kept))], atol=1e-9)
    assert kept[18, Z("hengshui")] - kept[19, Z("hengshui")] == pytest.approx(50 - 16)
    assert kept[26, Z("zhangjiakou")] - kept[27, Z("zhangjiakou")] > 60  # by Beijing


def test_a_line_of_a_scenario_leads_to_the_rest_of_china():
    event = Event(2, {"minutes": 150.0, "km": 100.0}, {"from": "xiongan", "to": "rest_of_china"})
    kept = settle(economy(lines={"south": event}), 4, ["minutes", "minutes_outside"])
    before, after = kept["minutes_outside"][1], kept["minutes_outside"][2]
    assert before[Z("xiongan")] > 300
    assert after[Z("xiongan")] == pytest.approx(150)
    assert after[Z("baoding")] == pytest.approx(150 + minutes(2)[Z("baoding"), Z("xiongan")])
    assert (after <= before + 1e-9).all()
    np.testing.assert_array_equal(kept["minutes"][2], kept["minutes"][1])


def congestion(level, *points):
    """The lever at a level, then through points."""
    return {"beijing_congestion": LeverPlan("beijing_congestion", flat(level, *points))}


def test_minutes_aboard_by_hand():
    assert slower(1.0, 0.15, 4.0, 0.5) == 1.0
    assert slower(1.1, 0.15, 4.0, 0.5) == pytest.approx((1 + 0.15 / 1.21) / 1.15)
    assert slower(1.1, 0.15, 4.0, 0.0) == pytest.approx((1 + 0.15 / 1.1**4) / 1.15)
    assert slower(2.0, 0.15, 4.0, 1.0) == 1.0  # new roads fill up


@given(st.floats(0.5, 2.0), st.floats(0.0, 0.5), st.floats(0.05, 1.2), st.floats(2.0, 6.0), st.floats(0.0, 1.0))
def test_more_capacity_is_never_slower(capacity, more, delay, steepness, induced):
    now, then = (slower(c, delay, steepness, induced) for c in (capacity, capacity + more))
    assert then <= now
    assert (now <= 1.0) == (capacity >= 1.0 or now == 1.0)
    assert now >= 1.0 / (1.0 + delay)


def test_a_tenth_of_what_lacks_is_built_in_a_quarter_and_paid_for():
    base, world = economy(), economy(levers=congestion(1.0, (1, 1.0), (2, 1.2)))
    kept, still = (settle(w, 4, ["minutes", "traffic_works", "construction_deflator"]) for w in (world, base))
    assert not still["traffic_works"].any()
    np.testing.assert_array_equal(kept["minutes"][1], still["minutes"][1])
    built = 0.1 * 0.2
    works = kept["traffic_works"][2]
    assert works.sum() == pytest.approx(100 * built * 25 * kept["construction_deflator"][2])
    assert (works[JJJ.capital] > 0).all()
    assert works[~JJJ.capital].sum() == 0.0
    assert float(world.memory.traffic_capacity) == pytest.approx(1.0 + built + 0.1 * (0.2 - built))
    part = 1.0 + 0.7 * (slower(1.0 + built, 0.15, 4.0, 0.5) - 1.0)
    pair = Z("bj_inner"), Z("bj_subcentre")
    inside = Z("bj_core"), Z("bj_core")
    for where in (pair, inside):
        assert kept["minutes"][2][where] == pytest.approx(part * still["minutes"][2][where])
    assert (kept["minutes"][2] <= still["minutes"][2]).all()
    outside = ~JJJ.capital
    far = np.ix_(outside, outside)
    np.testing.assert_allclose(kept["minutes"][2][:-1, :-1][far], still["minutes"][2][:-1, :-1][far], rtol=0.02)


def test_what_is_built_stands_and_what_is_closed_is_slower():
    world = economy(levers=congestion(1.0, (1, 1.2), (2, 0.8), (3, 0.8), (4, 1.02)))
    kept = settle(world, 4, ["minutes", "traffic_works"])
    pair = Z("bj_inner"), Z("bj_subcentre")
    assert kept["minutes"][1][pair] < kept["minutes"][0][pair] < kept["minutes"][2][pair]
    assert kept["traffic_works"][1].sum() > 0.0 == kept["traffic_works"][2].sum()
    assert float(world.memory.traffic_capacity) == pytest.approx(1.02)


@limits(max_examples=25, deadline=None)
@given(
    st.dictionaries(st.sampled_from(LINES), st.one_of(st.none(), st.integers(0, 71))),
    st.integers(0, 71),
    st.sampled_from(LINES),
    st.sampled_from([0.0, 30.0]),
)
def test_routes_are_symmetric_closed_and_only_ever_faster(events, t, line, change):
    events = {name: Event(q) for name, q in events.items()}
    tau = closed(quickest(network_of(events), t), change)
    np.testing.assert_allclose(tau, tau.T)
    detour = (tau[:, :, None] + tau[None]).min(axis=1) + change
    assert (tau <= detour + 1e-9)[~np.eye(JJJ.n_zones, dtype=bool)].all()
    with_line = closed(quickest(network_of(events | {line: Event(0)}), t), change)
    without = closed(quickest(network_of(events | {line: Event(None)}), t), change)
    assert (with_line <= without + 1e-9).all()
    far = [
        way_out(tau, trains_out(network_of(events | {line: Event(q)}), t, 42.0, 0.0), change)
        for q, tau in ((0, with_line), (None, without))
    ]
    assert (far[0] <= far[1] + 1e-9).all()
