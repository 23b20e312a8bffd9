"""The identities themselves: what each reads, when it is asserted, what a break says, what it costs."""

import time

import numpy as np
import pytest

from jjj_sim import balance
from jjj_sim.errors import BalanceError
from jjj_sim.processes import SCHEDULE
from jjj_sim.processes.demography import Demography
from jjj_sim.processes.firm_census import FirmCensus
from jjj_sim.processes.labour import Labour
from jjj_sim.processes.migration import Migration
from jjj_sim.processes.named_moves import NamedMoves
from jjj_sim.processes.relief import Relief
from jjj_sim.processes.services import Services
from jjj_sim.processes.transport import Transport
from jjj_sim.regions.jingjinji.statistics.geography import REGION, ROC
from jjj_sim.running import clock
from jjj_sim.satellites import QUARTER
from jjj_sim.satellites.technology_firms import TechnologyFirms
from jjj_sim.satellites.water import Water

Z = REGION.index
CANGZHOU, INNER, HANDAN = Z("cangzhou"), Z("bj_inner"), Z("handan")


def broken(world, kind, leak, monkeypatch):
    """The message of the quarter in which `leak` follows what the process of `kind` does."""
    verb = "expect" if world.twin else "sweep"
    acts = getattr(kind, verb)

    def leaking(self, world, *rest):
        acts(self, world, *rest)
        leak(world)

    monkeypatch.setattr(kind, verb, leaking)
    with pytest.raises(BalanceError) as error:
        clock.step(world, balance.Residuals())
    return str(error.value)


def add(book, field, cell, amount):
    def leak(world):
        getattr(world, book).arrays()[field][cell] += amount

    return leak


def _lose_an_agent(world):
    world.residents.keep(np.arange(len(world.residents)) != 7)


def _lose_a_firm(world):
    world.firms.keep(np.arange(len(world.firms)) != 7)


def _mint(world):
    world.ledger.net[1, 0] += 1.0


def _lose_groundwater(world):
    world.satellites["groundwater_depth"][0] += 1.0


PAYS_LAST = next(kind for kind in reversed(SCHEDULE) if "money" in kind.changes)
CELL = "bj_inner, producer_services"
LEAKS = [
    (Migration, add("flows", "deaths", CANGZHOU, -10.0), "people by zone", "cangzhou", "migration"),
    (Demography, add("flows", "schooled", (HANDAN, 2), 5.0), "people by zone and", "handan, college", "migration"),
    (FirmCensus, add("flows", "firm_exits", (INNER, 5), 1.0), "legal units by zone", CELL, "firm_census"),
    (FirmCensus, add("tables", "jobs", (INNER, 5), 3.0), "jobs by zone", CELL, "firm_census"),
    (NamedMoves, add("flows", "jobs_moved_by_name", (3, ROC, 8), 9.0), "jobs that moved", "the region", "named_moves"),
    (Relief, add("stocks", "relieved_markets", INNER, 1.0), "relieved markets", "bj_inner", "relief"),
    (Transport, add("tables", "high_speed_km", (), 1.0), "high-speed kilometres", "the region", "transport"),
    (FirmCensus, add("stocks", "capital", (INNER, 5), 2.0), "production capital", CELL, "production"),
    (FirmCensus, add("stocks", "inventories", (INNER, 5), 2.0), "inventories", CELL, "demand"),
    (FirmCensus, add("stocks", "rd_stock", INNER, 2.0), "research stock", "bj_inner", "innovation"),
    (Services, add("flows", "services_worn", HANDAN, 2.0), "capital of public services", "handan", "services"),
    (
        TechnologyFirms,
        add("satellites", "hightech_firms", INNER, 2.0),
        "hightech firms",
        "bj_inner",
        "technology_firms",
    ),
    (Water, add("satellites", "water_use", (1, HANDAN), 1e8), "water use", "the region", "water"),
    (Water, _lose_groundwater, "groundwater of the plain", "beijing", "water"),
    (PAYS_LAST, _mint, "money", "the region", PAYS_LAST.name),
]


@pytest.mark.parametrize(("kind", "leak", "name", "place", "last"), LEAKS, ids=lambda x: getattr(x, "__name__", ""))
def test_a_leak_is_named_with_its_place_quarter_sides_and_process(kind, leak, name, place, last, twin, monkeypatch):
    message = broken(twin, kind, leak, monkeypatch)
    assert message.startswith(name)
    assert f"in {place}, 2013Q1, after {last}: " in message
    assert " on the left, " in message


@pytest.mark.parametrize(
    ("kind", "leak", "name", "last"),
    [(Labour, _lose_an_agent, "residents counted", "migration"), (Labour, _lose_a_firm, "legal units", "firm_census")],
)
def test_a_lost_agent_is_found(kind, leak, name, last, world, monkeypatch):
    verb = kind.sweep
    monkeypatch.setattr(kind, "sweep", lambda self, w, *rest: (verb(self, w, *rest), leak(w)))
    with pytest.raises(BalanceError, match=name) as error:
        clock.step(world, balance.Residuals())
    assert f"after {last}" in str(error.value)


def test_firms_that_vanish_after_they_were_counted_are_missed(world, monkeypatch):
    message = broken(world, Services, _lose_a_firm, monkeypatch)
    assert message.startswith("firms counted")


@pytest.mark.parametrize("number", [np.nan, np.inf, -np.inf])
def test_what_is_no_finite_number_is_named_with_its_place_quarter_and_process(number, twin, monkeypatch):
    message = broken(twin, FirmCensus, add("tables", "jobs", (INNER, 5), number), monkeypatch)
    told = f"tables.jobs is {number:g} in {CELL}, 2013Q1, written by labour"
    assert message.startswith(f"a number is no longer finite: {told}; found when ")


def test_the_first_array_that_broke_is_named_not_the_last(twin):
    """Capital of one cell breaks, and with it the sector's elsewhere, output, prices, pay and budgets."""
    twin.stocks.capital[HANDAN, 1] = np.nan
    with pytest.raises(BalanceError) as error:
        clock.step(twin, balance.Residuals())
    assert "stocks.capital is nan in bj_core, general_manufacturing and 18 more, 2013Q1, written by production" in str(
        error.value
    )


def test_shared_arrays_that_broke_are_named(twin, monkeypatch):
    message = broken(twin, PAYS_LAST, lambda w: w.ledger.net.__setitem__((1, 0), np.nan), monkeypatch)
    assert "ledger.net is nan in row 1, row 0, 2013Q1; found when money was closed" in message


def test_side_that_alone_is_not_finite_is_told(twin, monkeypatch):
    twin.ledger.clear()
    residuals = balance.Residuals()
    nan = balance.Identity("made up", "one = one", lambda *_: np.full(2, np.nan), lambda *_: np.ones(2), reads=())
    monkeypatch.setattr(balance, "IDENTITIES", (nan,))
    with pytest.raises(BalanceError, match="made up is nan on the left, 1 on the right, 2013Q1"):
        residuals.check(twin, {})
    assert residuals.largest == {}


BOOKS = ("tables", "stocks", "flows", "satellites")


class Watched:
    """A world that remembers which arrays were looked at."""

    def __init__(self, world):
        self.world, self.seen = world, set()

    def __getattr__(self, name):
        watched = {
            "people": "people", "population": "people", "residents": "people",
            "firms": "firms", "firm_counts": "firms", "ledger": "money",
        }  # fmt: skip
        if name in watched:
            self.seen.add(watched[name])
        found = getattr(self.world, name)
        return WatchedBook(found, name, self.seen) if name in ("tables", "stocks", "flows", "satellites") else found
        return WatchedBook(found, name, self.seen) if name in BOOKS else found


class WatchedBook:
    def __init__(self, book, name, seen):
        self.__dict__.update(book=book, name=name, seen=seen)

    def __getattr__(self, field):
        self.seen.add(f"{self.name}.{field}")
        return getattr(self.book, field)

    def __getitem__(self, field):
        self.seen.add(f"{self.name}.{field}")
        return self.book[field]


@pytest.mark.parametrize("identity", balance.IDENTITIES, ids=lambda i: i.name)
def test_each_identity_reads_what_it_says_and_has_the_axes_it_says(identity, world):
    watched, before = Watched(world), balance.opening(world)
    left, right = identity.left(watched, before), identity.right(watched, before)
    assert watched.seen | set(identity.opens) == set(identity.reads)
    along = balance.names(world.region)
    assert left.shape == right.shape == tuple(len(along[axis]) for axis in identity.axes)
    assert identity.last_process(world.processes) in {p.name for p in QUARTER}


def test_every_identity_is_asserted_of_agents_and_all_but_their_count_of_the_twin(world, twin):
    assert [i.name for i in balance.IDENTITIES if not i.active(world)] == []
    assert [i.name for i in balance.IDENTITIES if not i.active(twin)] == ["residents counted"]
    assert len({i.name for i in balance.IDENTITIES}) == len(balance.IDENTITIES)


def test_asserting_them_all_takes_less_than_a_millisecond(world):
    residuals, seconds = balance.Residuals(), []
    clock.step(world, residuals)
    active = [identity for identity in balance.IDENTITIES if identity.active(world)]
    assert set(residuals.largest) == {identity.name for identity in active}
    for _ in range(100):
        start = time.perf_counter()
        before = balance.opening(world)
        sides = [(identity.left(world, before), identity.right(world, before)) for identity in active]
        seconds.append(time.perf_counter() - start)
    assert len(sides) == len(active)
    assert min(seconds) < 1e-3
