"""Each lever by hand: the arrays that it announces, and who pays whom when it settles."""

import numpy as np
import pytest
from plans import JJJ, LEVERS, flat, make_plan

from jjj_sim.policy.arrays import Policy
from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.quarters import parse
from jjj_sim.state.world import World

HOUSEHOLDS, FIRMS, LOCAL, CENTRE = range(4)
XIONGAN, SUBCENTRE, BAODING, CANGZHOU, TANGSHAN = map(
    JJJ.index, ("xiongan", "bj_subcentre", "baoding", "cangzhou", "tangshan")
)
BEIJING = JJJ.capital


class Quarter:
    """What a lever sees when it announces."""

    def __init__(self, plan, t):
        self.plan, self.t, self.policy = plan, t, Policy(JJJ.sizes)


def announced(name, t=0, **given):
    """The policy arrays after one lever has announced; `given` are the parts of its plan."""
    seen = Quarter(make_plan(**{name: LeverPlan(name, **given)}), t)
    LEVERS[name].announce(seen)
    return seen.policy


def settled(name, **flows):
    """A world in which one lever has settled, after `flows` and tables of the quarter."""
    world = World(make_plan(), 1, twin=True, processes=[])
    for key, amounts in flows.items():
        book = world.flows if key in world.flows.arrays() else world.tables
        book.arrays()[key][...] = amounts
    LEVERS[name].settle(world)
    assert world.ledger.net.sum() == pytest.approx(0.0, abs=1e-12)
    return world.ledger


def test_relief_of_manufacturing_loses_no_fraction():
    firms = [float(announced("relief_manufacturing", t, path=flat(2.4)).relief_firms) for t in range(5)]
    assert firms == [2.0, 3.0, 2.0, 3.0, 2.0]


def test_relief_of_markets_gives_destinations_at_most_what_is_due():
    paths = {"merchants_baoding": flat(0.0, (10, 1200.0)), "merchants_cangzhou": flat(0.0, (10, 600.0))}
    found = announced("relief_markets", 5, path=flat(8.0), paths=paths)
    assert float(found.relief_sites) == 8.0
    assert found.resited[BAODING] == 2.0  # 1,200 merchants over ten quarters, 60 a site
    assert found.resited[CANGZHOU] in (0.0, 1.0, 2.0)
    short = announced("relief_markets", 5, path=flat(1.0), paths=paths)
    assert short.resited.sum() == 1.0


def test_reuse_is_a_share_of_the_floor_freed():
    assert float(announced("land_reuse", path=flat(0.4)).land_reuse) == 0.4


def test_the_negative_list_refuses_in_the_capital_at_most_all():
    found = announced("negative_list", path=flat(1.25), shares={"agriculture": 0.4, "research": 0.9})
    np.testing.assert_allclose(found.refused[BEIJING][:, [0, 7, 5]], np.tile([0.5, 1.0, 0.0], (BEIJING.sum(), 1)))
    assert not found.refused[~BEIJING].any()
    assert found.refused_as_published.max() == 0.0  # the published list begins in 2014Q3
    later = announced("negative_list", parse("2015Q1"), path=flat(0.0))
    assert later.refused_as_published[0, 1] == 0.8
    assert not later.refused.any()


@pytest.mark.parametrize(
    ("name", "kind", "origin", "destination"),
    [
        ("headquarters_moves", "headquarters", "bj_inner", "xiongan"),
        ("subcentre_move", "offices", "bj_core", "bj_subcentre"),
    ],
)
def test_moves_are_listed_dated_or_not_from_home_to_home(name, kind, origin, destination):
    events = {"first": Event(9, {"jobs": 40.0}), "never": Event(None, {"jobs": 7.0}, {"destination": "baoding"})}
    moves = announced(name, events=events).moves
    assert [(m.name, m.quarter, m.jobs, m.kind) for m in moves] == [
        ("first", 9, 40.0, kind),
        ("never", None, 7.0, kind),
    ]
    assert moves[0].origin == JJJ.index(origin)
    assert [m.destination for m in moves] == [JJJ.index(destination), BAODING]
    assert moves[0].moved(9)
    assert not moves[0].moved(8)
    assert not moves[1].moved(99)


def test_campuses_and_hospitals_bring_students_and_beds():
    events = {"ward": Event(3, {"jobs": 5.0, "beds": 600.0}, {"kind": "hospital", "origin": "bj_core"})}
    (move,) = announced("university_hospital_moves", events=events).moves
    assert (move.kind, move.beds, move.students) == ("hospital", 600.0, 0.0)
    assert (move.origin, move.destination) == (JJJ.index("bj_core"), XIONGAN)


def test_homes_gain_where_offices_are_to_arrive_and_not_where_they_never_do():
    events = {"first": Event(9, {"jobs": 40.0}), "never": Event(None, {"jobs": 7.0}, {"destination": "baoding"})}
    found = announced("subcentre_move", 4, events=events, paths={"announcement": flat(0.2)})
    assert found.announced_gain[SUBCENTRE] == 0.2
    assert np.count_nonzero(found.announced_gain) == 1


def test_the_new_area_is_announced_its_money_services_and_offers():
    assert float(announced("xiongan_investment", path=flat(80.0)).new_area_investment) == 80.0
    target = announced("xiongan_services", path=flat(0.9)).service_target
    assert target[XIONGAN] == 0.9
    assert np.count_nonzero(target) == 1
    rising = flat(0.0, (4, 10.0))
    found = [announced("xiongan_offers", t, path=rising, paths={"central_soe": flat(0.0, (4, 6.0))}) for t in range(5)]
    assert [f.offers[XIONGAN] for f in found] == [0.0, 2.0, 3.0, 3.0, 2.0]  # rounded: 0, 2, 5, 8, 10
    assert [f.central_units[XIONGAN] for f in found] == [0.0, 2.0, 1.0, 1.0, 2.0]
    assert all(f.offers.sum() == f.offers[XIONGAN] for f in found)


def test_the_cap_prices_the_capital_for_those_without_college():
    price = announced("beijing_population_cap", path=flat(0.4)).cap_price
    assert (price[BEIJING, :2] == 0.4).all()
    assert not price[:, 2].any()
    assert not price[~BEIJING].any()


def test_openness_is_an_areas_before_its_provinces():
    paths = {"beijing": flat(0.1), "tianjin": flat(0.3), "hebei": flat(0.6), "xiongan": flat(0.8)}
    found = announced("hukou_openness", paths=paths | {"rest_of_china": flat(0.7), "entitlement": flat(0.5)})
    openness = found.hukou_openness
    assert openness[[0, 4, BAODING, XIONGAN, JJJ.roc]].tolist() == [0.1, 0.3, 0.6, 0.8, 0.7]
    assert (found.entitlement == 0.5).all()


def test_the_points_quota_is_the_capitals_and_knows_that_of_the_record():
    found = announced("points_hukou", parse("2021Q2"), path=flat(16_000.0))
    assert found.points_quota.tolist() == [16_000.0, 0.0, 0.0]
    assert found.points_quota_as_published.tolist() == [6045.0, 0.0, 0.0]
    assert not announced("points_hukou", parse("2017Q4"), path=flat(0.0)).points_quota_as_published.any()


def test_lines_are_listed_with_their_ends_where_they_are_new():
    words = {"from": "baoding", "to": "cangzhou"}
    events = {"old": Event(3), "new": Event(8, {"minutes": 30.0, "km": 120.0}, words)}
    old, new = announced("rail_programme", events=events).lines
    assert (old.name, old.quarter, old.km, old.ends) == ("old", 3, None, None)
    assert (new.km, new.minutes, new.ends) == (120.0, 30.0, (BAODING, CANGZHOU))


@pytest.mark.parametrize(
    ("name", "array"),
    [
        ("relocation_subsidy", "relocation_subsidy"),
        ("founding_subsidy", "founding_subsidy"),
        ("tax_holiday", "tax_holiday"),
        ("technology_subsidy", "technology_subsidy"),
        ("talent_subsidy", "talent_grant"),
    ],
)
def test_subsidies_are_those_of_the_zones_named(name, array):
    found = announced(name, path=flat(0.1), zones=(BAODING, CANGZHOU)).arrays()[array]
    assert found[[BAODING, CANGZHOU]].tolist() == [0.1, 0.1]
    assert np.count_nonzero(found) == 2


def test_research_trade_steel_and_standards():
    rates = {"beijing": flat(6.0), "tianjin": flat(3.0), "hebei": flat(2.0)}
    assert announced("rd_intensity", paths=rates).research_intensity.tolist() == [6.0, 3.0, 2.0]
    assert float(announced("chain_coordination", path=flat(0.15)).border_trade) == 0.15
    assert float(announced("steel_cap", path=flat(200.0)).steel_capacity) == 200.0
    found = announced("emission_standards", path=flat(1.5), paths={"clean_heating": flat(0.7)})
    assert (float(found.abatement_pace), float(found.clean_heating)) == (1.5, 0.7)


def test_land_and_ceilings_are_by_zone():
    found = announced("housing_supply", paths={"land_xiongan": flat(2.0), "ceiling_baoding": flat(9000.0)})
    assert (found.land[XIONGAN], found.land[BAODING]) == (2.0, 1.0)
    assert found.price_ceiling[BAODING] == 9000.0
    assert np.count_nonzero(found.price_ceiling) == 1


def test_the_rule_of_tax_sharing_is_a_share_of_one():
    found = announced("shared_parks", path=flat(50.0), paths={"years": flat(5.0), "threshold": flat(20.0)})
    assert [float(a) for a in (found.tax_share, found.tax_share_years, found.tax_share_threshold)] == [0.5, 5.0, 20.0]


def test_compensation_is_a_quarter_of_the_agreements_and_matched_upstream():
    paths = {"luanhe": flat(0.8), "match": flat(0.25)}
    due = announced("ecological_compensation", path=flat(12.0), paths=paths).compensation
    np.testing.assert_allclose(due, [0.75 * 3.0, 0.2, 0.25 * 3.0])


def test_compensation_knows_the_agreements_of_the_record():
    found = announced(
        "ecological_compensation", t=71, path=flat(12.0), paths={"luanhe": flat(0.8), "match": flat(0.25)}
    )
    np.testing.assert_allclose(found.compensation_as_published, [0.848625 / 6, 0.025, 0.848625 / 12])


def test_the_care_that_follows_the_old_knows_that_of_the_record():
    found = announced("elder_care", t=60, path=flat(0.5))
    assert (float(found.elder_care), float(found.elder_care_as_published)) == (0.5, 0.0)


def test_equalisation_knows_the_coefficient_of_the_record():
    found = announced("fiscal_equalisation", path=flat(0.9))
    assert (float(found.equalisation), float(found.equalisation_as_published)) == (0.9, 0.4)


def by_zone(**amounts):
    """Amounts by zone."""
    found = np.zeros(JJJ.n_zones)
    for zone, amount in amounts.items():
        found[JJJ.index(zone)] = amount
    return found


def test_zones_pay_the_firms_that_moved_in():
    ledger = settled(
        "relocation_subsidy", subsidies_paid=by_zone(baoding=2.0), relief_subsidies_paid=by_zone(baoding=1.0)
    )
    assert ledger.net[LOCAL, BAODING] == -3.0
    assert ledger.net[FIRMS, BAODING] == 3.0
    assert ledger.entries == {"relocation subsidy": 3.0}


def test_zones_pay_the_firms_that_were_founded():
    ledger = settled("founding_subsidy", start_up_subsidies_paid=by_zone(xiongan=2.0), subsidies_paid=7.0)
    assert ledger.net[LOCAL, XIONGAN] == -2.0
    assert ledger.net[FIRMS, XIONGAN] == 2.0
    assert ledger.entries == {"founding subsidy": 2.0}


def test_zones_and_the_centre_remit_the_tax_of_those_who_came():
    ledger = settled("tax_holiday", tax_remitted=by_zone(xiongan=2.0), tax_remitted_by_centre=by_zone(xiongan=3.0))
    assert ledger.net[LOCAL, XIONGAN] == -2.0
    assert ledger.net[CENTRE].sum() == -3.0
    assert ledger.net[FIRMS, XIONGAN] == ledger.net[FIRMS].sum() == 5.0
    assert ledger.entries == {"tax holiday": 5.0}


def test_zones_pay_for_technology():
    ledger = settled("technology_subsidy", technology_subsidies_paid=by_zone(tangshan=0.5, baoding=1.0))
    assert ledger.net[LOCAL, [TANGSHAN, BAODING]].tolist() == [-0.5, -1.0]
    assert ledger.net[FIRMS, [TANGSHAN, BAODING]].tolist() == [0.5, 1.0]


def test_zones_pay_the_graduates_who_came():
    ledger = settled("talent_subsidy", talent_subsidies_paid=by_zone(tangshan=0.5, baoding=1.0))
    assert ledger.net[LOCAL, [TANGSHAN, BAODING]].tolist() == [-0.5, -1.0]
    assert ledger.net[HOUSEHOLDS, [TANGSHAN, BAODING]].tolist() == [0.5, 1.0]


@pytest.mark.parametrize(
    ("name", "flow"),
    [("xiongan_investment", "new_area_investment"), ("xiongan_services", "new_area_services_grant")],
)
def test_the_centre_pays_the_new_areas_government(name, flow):
    ledger = settled(name, **{flow: 20.0})
    assert ledger.net[CENTRE].sum() == -20.0
    assert ledger.net[LOCAL, XIONGAN] == ledger.net[LOCAL].sum() == 20.0


def test_the_centre_pays_equalisation():
    ledger = settled("fiscal_equalisation", equalisation=by_zone(baoding=4.0, tangshan=1.0))
    assert ledger.net[CENTRE].sum() == -5.0
    assert ledger.net[LOCAL, [TANGSHAN, BAODING]].tolist() == [1.0, 4.0]


@pytest.mark.parametrize(
    ("name", "flow"),
    [
        ("shared_parks", "tax_shared"),
        ("ecological_compensation", "ecological_compensation"),
        ("service_portability", "services_settled"),
        ("elder_care", "elder_care"),
    ],
)
def test_governments_pay_governments(name, flow):
    paid = np.zeros((JJJ.n_zones, JJJ.n_zones))
    paid[CANGZHOU, 0], paid[BAODING, 0] = 2.0, 1.0
    ledger = settled(name, **{flow: paid})
    assert ledger.net[LOCAL, [CANGZHOU, BAODING, 0]].tolist() == [-2.0, -1.0, 3.0]
    assert sum(ledger.entries.values()) == 3.0


def test_levers_without_money_settle_nothing():
    paying = {"relocation_subsidy", "technology_subsidy", "talent_subsidy", "xiongan_investment", "xiongan_services"}
    paying |= {"fiscal_equalisation", "shared_parks", "ecological_compensation", "service_portability", "elder_care"}
    paying |= {"founding_subsidy", "tax_holiday"}
    for name in set(LEVERS) - paying:
        assert settled(name).entries == {}
