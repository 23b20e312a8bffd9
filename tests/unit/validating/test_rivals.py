"""Naive forecasts, shift-share and gravity by hand."""

import numpy as np
import pytest

from jjj_sim import regions
from jjj_sim.validating import gravity, shift_share
from jjj_sim.validating.gravity import Law, Place
from jjj_sim.validating.naive import naive

PAST = {2014 + i: float(np.exp(x)) for i, x in enumerate((0.0, 0.1, 0.3, 0.4, 0.6, 0.7))}


@pytest.fixture(scope="module")
def region():
    """The shipped region."""
    return regions.default()


def test_naive_forecasts_by_hand():
    found = naive(PAST, [2020, 2021], relative=True, least_sd=0.01)
    assert found["random walk"].middle == pytest.approx([0.7, 0.7])
    assert found["drift"].middle == pytest.approx([0.84, 0.98])
    slope = np.polyfit(range(6), [0.0, 0.1, 0.3, 0.4, 0.6, 0.7], 1)
    assert found["trend"].middle == pytest.approx(np.polyval(slope, [6, 7]))
    assert found["random walk"].sd == pytest.approx(
        np.sqrt(np.mean(np.square([0.1, 0.2, 0.1, 0.2, 0.1])) * np.array([1, 2]))
    )
    # changes .1 .2 .1 .2 .1 about .14: they alternate, so that none is carried on
    assert found["AR(1)"].middle == pytest.approx([0.84, 0.98])


def test_a_short_past_leaves_rivals_out():
    assert set(naive({2016: 7.0}, [2017], relative=False, least_sd=0.5)) == {"random walk"}
    assert set(naive({2014: 1.0, 2016: 2.0, 2017: 3.0}, [2018], relative=False, least_sd=0.5)) == {
        "random walk",
        "drift",
    }


def test_shift_share_lets_sectors_grow_as_the_nations(region, monkeypatch):
    pace = shift_share.Pace(
        [2018, 2019, 2020],
        np.array([[0.0, 0.05, 0.02], [0.03, 0.06, 0.1], [0.0, 0.04, 0.06]]),
        np.array([[0.0, 0.0, 0.0], [0.0, 0.0, 0.03], [0.03, 0.0, 0.03]]),
    )
    monkeypatch.setattr(shift_share, "nation", lambda *_: pace)
    monkeypatch.setattr(shift_share, "shares_of", lambda *_: np.array([0.1, 0.4, 0.5]))
    # real growth 1, 5 and 6 %, prices 1, 0 and 2 %
    grown = np.array([0.1 * 1.01**2, 0.4 * 1.05, 0.5 * 1.06 * 1.02])
    told = {
        v: shift_share.shift_share(region, v, "beijing", 2020, [2021, 2022]) for v in ("gdp_nominal", "gdp_real_growth")
    }
    assert told["gdp_nominal"][0] == pytest.approx(grown.sum())
    assert told["gdp_real_growth"] == pytest.approx([5.1, 100 * grown / grown.sum() @ [0.01, 0.05, 0.06]])
    share = shift_share.shift_share(region, "gdp_share_tertiary", "beijing", 2020, [2021])
    assert share == pytest.approx([100 * grown[2] / grown.sum()])
    assert shift_share.shift_share(region, "employment", "beijing", 2020, [2021]) is None


def test_shift_share_reads_the_region_as_it_was_known(region):
    assert shift_share.nation(region, 2018).years[-1] == 2018
    assert shift_share.nation(region, None).years[-1] == 2024
    # what was published: 8.5 % tertiary, 8.7 % secondary in 2021; construction and real estate are one sector here
    now = shift_share.nation(region, None)
    assert now.real[now.years.index(2021)] == pytest.approx([0.071, 0.087, 0.085], abs=0.007)
    assert shift_share.shares_of(region, "beijing", 2020) == pytest.approx([0.0028, 0.1532, 0.8440], abs=1e-4)
    assert shift_share.shift_share(region, "gdp_nominal", "jjj", 2016, [2017]) is None  # sectors published from 2019


@pytest.fixture
def two():
    """Two provinces of one zone each, 100 km apart; the first earns twice the second, which earns as the nation."""
    km = np.array([[10.0, 100.0], [100.0, 10.0]])
    apart = ~np.eye(2, dtype=bool)
    people = np.array([[2e6, 4e6], [2e6, 4e6], [2e6, 4e6]])
    income = np.array([[2.0, 1.0], [2.0, 1.0]])
    net = np.zeros((2, 2))
    return Place(km, apart, np.eye(2), people, net, income, np.array([1e9, 1e9]), np.array([0.01, -0.01]))


def test_gravity_by_hand(two):
    # between them 2 4 10^12 / 100 (2 - 1/2), to the first from outside 2 10^6 10^9 / 1000 (2 - 1/2)
    found = gravity.net_flows(two, two.people[0], two.income[0], 1e9, 1.0)
    assert found == pytest.approx([1.2e11 + 3e12, -1.2e11])
    equal = gravity.net_flows(two, two.people[0], np.array([1.0, 1.0]), 1e9, 1.0)
    assert equal == pytest.approx([0.0, 0.0])


def test_the_law_is_found_again(two):
    law = Law(2e-9, 1.5)
    net = np.array(
        [law.k * gravity.net_flows(two, p, y, 1e9, law.b) for p, y in zip(two.people, two.income, strict=False)]
    )
    found = gravity.fit(two._replace(net=net))
    assert found == pytest.approx(law)
    assert gravity.fit(two._replace(net=-net)).k == 0.0
    ahead = gravity.forward(two, Law(0.0, 1.0), 2)
    assert ahead == pytest.approx(np.array([[2.02e6, 3.96e6], [2.0402e6, 3.9204e6]]))


def test_output_is_shift_shares_per_head_times_people(region):
    years = [2021, 2022]
    people, level, head, growth = (
        gravity.gravity(region, v, "beijing", 2020, years)
        for v in ("population", "gdp_nominal", "gdp_per_head", "gdp_real_growth")
    )
    assert level == pytest.approx(people * head)
    shift = shift_share.path(region, "beijing", 2020, years)
    nation = region.tables(2020).nation.population
    more = (nation.of(2020) / nation.of(2017)) ** (1 / 3)
    assert head == pytest.approx(shift.level / more ** np.array([1, 2]))
    assert growth[0] == pytest.approx(100 * ((1 + shift.growth[0] / 100) * people[0] / more - 1))
    assert gravity.gravity(region, "gdp_nominal", "xiongan", 2020, years) is None
    assert gravity.gravity(region, "pm25", "beijing", 2020, years) is None


def test_gravity_knows_the_account_of_its_origin_alone(region):
    place, last = gravity.known(region, 2018)
    assert last == 2018
    assert len(place.net) == 6
    # of the end of 2018 (2,192 and 1,383 in 10,000 persons are published)
    assert (place.people[-1] @ place.inside)[:2] == pytest.approx([21.92e6, 13.83e6], rel=2e-3)
