"""Parks by hand: when they open, who registers from there and from the capital, who closes, who has premises."""

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.satellites.parks import Parks

BINHAI, URBAN, INNER, OUTER, BAODING = map(JJJ.index, ("tj_binhai", "tj_urban", "bj_inner", "bj_outer", "baoding"))
SECTORS = JJJ.in_role("absorbing")
OPEN = quarters.parse("2022Q1")


def world(law, t=OPEN, founded=10.0):
    """A world in which zones found alike, units close at a tenth, and all stand 60 minutes apart at one rent."""
    found = world_of(law)
    found.flows.firm_entries[...] = founded
    found.tables.firm_units[...] = 100.0
    found.flows.firm_exits[...] = 10.0
    found.tables.minutes[...] = 60.0
    found.tables.rent[...] = 200.0
    found.t = t
    return found


def lived(law, n=1, **more):
    found = world(law, **more)
    for _ in range(n):
        law.act(found)
        found.t += 1
    return found.satellites


def from_capital(law, founded=10.0):
    return law.capital * 4 * 3 * founded * np.exp(-60.0 / law.reach)  # four zones, three sectors


@pytest.mark.parametrize(("zone", "quarter"), [(BINHAI, "2017Q1"), (URBAN, "2020Q1")])
def test_a_park_is_empty_before_it_opens(zone, quarter):
    opened = quarters.parse(quarter)
    assert lived(Parks(JJJ), t=opened - 1)["park_firms_new"][zone] == 0.0
    assert lived(Parks(JJJ), t=opened)["park_firms_new"][zone] > 0.0


def test_a_quarter_by_hand():
    law = Parks(JJJ, local=0.2, capital=0.01, reach=100.0)
    kept = lived(law)
    assert kept["park_firms_of_the_capital"][BINHAI] == pytest.approx(from_capital(law))
    assert kept["park_firms_new"][BINHAI] == pytest.approx(0.2 * 30.0 + from_capital(law))
    baodi = 722_367.0 / 11_892_257.0
    assert kept["park_firms_new"][URBAN] == pytest.approx(0.2 * 30.0 * baodi + from_capital(law))
    assert set(np.flatnonzero(kept["park_firms_new"])) == {BINHAI, URBAN}


def test_firms_close_as_others_of_their_sectors_there_do():
    law = Parks(JJJ)
    kept = lived(law, n=2)
    new = kept["park_firms_new"][BINHAI]
    assert kept["park_firms_closed"][BINHAI] == pytest.approx(0.1 * new)
    assert kept["park_firms"][BINHAI] == pytest.approx(1.9 * new)
    assert kept["park_firms_cumulative"][BINHAI] == pytest.approx(2.0 * new)
    assert kept["park_firms_with_premises"][BINHAI] == pytest.approx(1.9 * law.premises * new)


def test_registered_are_those_before_and_new_less_closed_whatever_closes():
    law = Parks(JJJ)
    found = world(law)
    for exits in (0.0, 30.0, 500.0):
        found.flows.firm_exits[...] = exits
        before = found.satellites["park_firms"].copy()
        law.act(found)
        kept = found.satellites
        assert kept["park_firms"] == pytest.approx(before + kept["park_firms_new"] - kept["park_firms_closed"])
        assert (kept["park_firms"] >= 0.0).all()


def changed(zone, book, name, factor):
    law = Parks(JJJ)
    found = world(law)
    getattr(getattr(found, book), name)[zone] *= factor
    law.act(found)
    return found.satellites["park_firms_new"] / lived(Parks(JJJ))["park_firms_new"]


def test_foundings_there_and_in_the_capital_fill_parks_and_others_do_not():
    with np.errstate(invalid="ignore"):
        assert changed(BINHAI, "flows", "firm_entries", 1.2)[BINHAI] > 1.05
        both = changed(INNER, "flows", "firm_entries", 1.2)[[BINHAI, URBAN]]
        assert (both > 1.0).all()
        assert changed(BAODING, "flows", "firm_entries", 1.2)[[BINHAI, URBAN]] == pytest.approx([1.0, 1.0])


def test_a_dearer_or_nearer_capital_sends_more():
    with np.errstate(invalid="ignore"):
        assert changed(OUTER, "tables", "rent", 1.5)[BINHAI] > 1.0
        assert changed(OUTER, "tables", "minutes", 0.5)[BINHAI] > 1.0
        assert changed(BINHAI, "tables", "rent", 1.5)[BINHAI] < 1.0


def test_a_park_that_was_not_open_yet_is_not_known():
    assert JJJ.tables(2018).parks.district.values[-1, URBAN] == 0.0
    assert JJJ.tables(2018).parks.district.values[-1, BINHAI] == 1.0
