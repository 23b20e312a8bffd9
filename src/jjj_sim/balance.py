"""The identities: two sides that must be one, asserted every quarter of every run.

    | left - right | <= 1e-8 max(1, |left|)       by place, of each identity, at the quarter's close

A break says which identity, both sides, where, when, and which process last touched either side; where a side is no
finite number, which array was the first to be none. What is checked is what was booked: flows are entered by the
process that causes them, stocks are counted or kept by themselves, so that a lost agent, a forgotten flow or a payment
without payee cannot pass.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jjj_sim import quarters
from jjj_sim.errors import BalanceError
from jjj_sim.processes.process import Process
from jjj_sim.processes.relief import SINCE
from jjj_sim.processes.transport import residual
from jjj_sim.region.region import Region
from jjj_sim.satellites import SATELLITES, water
from jjj_sim.satellites.satellite import booked, summed
from jjj_sim.state.finite import first_break
from jjj_sim.state.world import World

TOLERANCE = 1e-8

Array = NDArray[np.float64]
Opening = Mapping[str, Array]
Side = Callable[[World, Opening], Array]

# Payments that a flow tells as well, by the names of the ledger.
_BOOKED = {
    "wages": ("tables.pay_by_link",),
    "relocation subsidy": ("flows.subsidies_paid", "flows.relief_subsidies_paid", "flows.founding_subsidies_paid"),
    "talent subsidy": ("flows.talent_subsidies_paid",),
    "founding subsidy": ("flows.start_up_subsidies_paid",),
    "tax holiday": ("flows.tax_remitted", "flows.tax_remitted_by_centre"),
    "technology subsidy": ("flows.technology_subsidies_paid",),
    "new homes": ("flows.dwelling_sales",),
    "land": ("flows.land_income",),
    "tax sharing": ("flows.tax_shared",),
    "ecological compensation": ("flows.ecological_compensation",),
    "elder care": ("flows.elder_care",),
    "equalisation": ("flows.equalisation",),
    "services settled": ("flows.services_settled",),
    "new area investment grant": ("tables.new_area_investment",),
    "new area services grant": ("flows.new_area_services_grant",),
}


@dataclass(frozen=True)
class Identity:
    """One identity. `law` says it in words; `axes` name the axes of both sides.

    `reads` are the names of what the sides look at: "tables.x", "stocks.x", "flows.x", or what several
    processes share: "people", "firms", "money". `opens` are those whose value at the quarter's opening is
    looked at as well. Where `of_agents`, the identity is asserted in worlds of agents alone.
    """

    name: str
    law: str
    left: Side
    right: Side
    reads: tuple[str, ...]
    axes: tuple[str, ...] = ()
    opens: tuple[str, ...] = ()
    of_agents: bool = False

    def active(self, world: World) -> bool:
        """Return whether the agents and the satellites that this identity reads are there."""
        kept = {name.partition(".")[2] for name in self.reads if name.startswith("satellites.")}
        return kept <= world.satellites.declared().keys() and not (self.of_agents and world.twin)

    def place(self, cell: int, shape: tuple[int, ...], region: Region) -> str:
        """Return where in `region` the flat index `cell` lies, in words."""
        if not self.axes:
            return "the region"
        where = np.unravel_index(cell, shape)
        along = names(region)
        return ", ".join(along[axis][int(k)] for axis, k in zip(self.axes, where, strict=True))

    def last_process(self, processes: Sequence[Process]) -> str:
        """Return the last of `processes` that writes what this identity reads."""
        return next(
            (p.name for p in reversed(processes) if any(name in (*p.writes, *p.changes) for name in self.reads)),
            "nobody",
        )


def names(region: Region) -> Mapping[str, Sequence[str]]:
    """Return the names along each axis of the identities."""
    return {
        "zone": region.ids,
        "area": region.areas,
        "inner province": region.provinces[:-1],
        "sector": [sector.key for sector in region.sectors],
        "education": region.education,
        "side": ("by home", "by work"),
        "payment": tuple(_BOOKED),
    }


def people(world: World) -> Array:
    """Return persons by zone and education."""
    return np.asarray(world.people.sum(axis=(2, 3)))


def opening(world: World) -> Opening:
    """Return what the close of the quarter is checked against, by name."""
    names = {name for identity in IDENTITIES if identity.active(world) for name in identity.opens}
    return {name: people(world) if name == "people" else _array(world, name).copy() for name in names}


def _array(world: World, name: str) -> Array:
    book, _, field = name.partition(".")
    return np.asarray(getattr(world, book)[field])


class Residuals:
    """The largest relative residual of each identity over a run, by name."""

    def __init__(self) -> None:
        self.largest: dict[str, float] = {}

    def check(self, world: World, before: Opening) -> None:
        """Assert every identity of the quarter; BalanceError with both sides when one is broken."""
        for identity in IDENTITIES:
            if identity.active(world):
                self._close(identity, world, before)

    def _close(self, identity: Identity, world: World, before: Opening) -> None:
        left, right = identity.left(world, before), identity.right(world, before)
        gap = np.abs(left - right) / np.maximum(np.abs(left), 1.0)
        worst = int(np.argmax(gap))
        found = float(gap.flat[worst])
        if not math.isfinite(found):
            raise BalanceError(_not_finite(identity, world, float(left.flat[worst]), float(right.flat[worst])))
        self.largest[identity.name] = max(self.largest.get(identity.name, 0.0), found)
        if found <= TOLERANCE:
            return
        raise BalanceError(
            f"{identity.name}: {identity.law} does not hold in {identity.place(worst, gap.shape, world.region)}, "
            f"{quarters.label(world.t)}, after {identity.last_process(world.processes)}: "
            f"{left.flat[worst]:.6f} on the left, {right.flat[worst]:.6f} on the right"
        )


def _not_finite(identity: Identity, world: World, left: float, right: float) -> str:
    """Return what is said when a side of an identity is no finite number."""
    broken = first_break(world)
    sides = f"{left:g} on the left, {right:g} on the right"
    where = f"{identity.name} is {sides}, {quarters.label(world.t)}" if broken is None else broken.told(world.t)
    return f"a number is no longer finite: {where}; found when {identity.name} was closed"


def _net(moves: Array) -> Array:
    """Return arrivals less departures by zone of a flow from place to place, further axes kept."""
    return np.asarray(moves[:, :-1].sum(axis=0) - moves[:-1].sum(axis=1))


def _by_province(values: Array, region: Region) -> Array:
    """Return sums by province of numbers by zone."""
    return np.asarray(np.bincount(region.inner_province, weights=values, minlength=region.n_provinces), dtype=float)


def _in_area(region: Region) -> Array:
    """Return which zones lie in which area, 0 or 1, (n_areas, n_zones)."""
    return np.asarray(region.area[None, :] == np.arange(len(region.areas))[:, None], dtype=np.float64)


def _people_by_area(world: World, before: Opening) -> Array:
    """Return persons by area from those of the opening and what crossed its border."""
    f, inside = world.flows, _in_area(world.region)
    between = inside @ f.moves[:-1, :-1] @ inside.T
    natural = before["people"].sum(axis=1) + f.births - f.deaths + f.moves[-1, :-1] - f.moves[:-1, -1]
    return np.asarray(inside @ natural + between.sum(axis=0) - between.sum(axis=1))


def _counted_units(world: World, _: Opening) -> Array:
    """Return legal units by zone and sector as the agents, or the twin's bins, add up to them."""
    return world.firm_counts.units.sum(axis=2) if world.twin else world.firms.units(world.tables.firm_units.shape)


def _relieved(world: World, before: Opening) -> Array:
    f = world.flows
    taken = f.firms_closed_by_relief.sum(axis=1) + f.firms_moved_by_relief[:-1].sum(axis=(1, 2))
    return np.asarray(before["stocks.relieved_manufacturing"] + taken * (world.t >= SINCE))


def _relieved_sites(world: World, before: Opening) -> Array:
    f = world.flows
    taken = f.sites_closed + f.sites_moved[:-1].sum(axis=1)
    return np.asarray(before["stocks.relieved_markets"] + taken * (world.t >= SINCE))


def _open_lines(world: World, _: Opening) -> Array:
    """Return kilometres of the lines that have opened, from the programme itself, and the named residual."""
    lines = {line.id: (line.quarter, line.km) for line in world.data.travel.lines}
    for line in world.policy.lines:
        lines[line.name] = (line.quarter, lines[line.name][1] if line.km is None else line.km)
    total = sum(km for quarter, km in lines.values() if quarter is not None and quarter <= world.t)
    return np.asarray(total + residual(world.data.travel, world.t))


IDENTITIES = (
    Identity(
        "people by zone",
        "people of the opening + births - deaths + moves in - moves out = people",
        lambda w, b: b["people"].sum(axis=1) + w.flows.births - w.flows.deaths + _net(w.flows.moves),
        lambda w, _: w.population,
        reads=("people", "flows.births", "flows.deaths", "flows.moves"),
        opens=("people",),
        axes=("zone",),
    ),
    Identity(
        "people by region",
        "people of the opening + births - deaths + what crossed the region's border = people",
        _people_by_area,
        lambda w, _: _in_area(w.region) @ w.population,
        reads=("people", "flows.births", "flows.deaths", "flows.moves"),
        opens=("people",),
        axes=("area",),
    ),
    Identity(
        "people by zone and education",
        "people of the opening + births less deaths + schooled + net moves = people",
        lambda w, b: b["people"] + w.flows.natural_increase + w.flows.schooled + w.flows.net_moves,
        lambda w, _: people(w),
        reads=("people", "flows.natural_increase", "flows.schooled", "flows.net_moves"),
        opens=("people",),
        axes=("zone", "education"),
    ),
    Identity(
        "residents counted",
        "persons the agents stand for = people",
        lambda w, _: np.asarray(w.residents.weight.sum(dtype=np.int64), dtype=float),
        lambda w, _: np.asarray(w.people.sum()),
        reads=("people",),
        of_agents=True,
    ),
    Identity(
        "legal units by zone and sector",
        "units of the opening + founded - closed - closed by relief + moved in - moved out = units",
        lambda w, b: (
            b["tables.firm_units"]
            + w.flows.firm_entries
            - w.flows.firm_exits
            - w.flows.firms_closed_by_relief
            + _net(w.flows.firms_relocated)
        ),
        lambda w, _: w.tables.firm_units,
        reads=(
            "tables.firm_units",
            "flows.firm_entries",
            "flows.firm_exits",
            "flows.firms_closed_by_relief",
            "flows.firms_relocated",
        ),
        opens=("tables.firm_units",),
        axes=("zone", "sector"),
    ),
    Identity(
        "firms counted",
        "legal units the agents stand for = units of the census of firms",
        _counted_units,
        lambda w, _: w.tables.firm_units,
        reads=("firms", "tables.firm_units"),
        axes=("zone", "sector"),
    ),
    Identity(
        "jobs by zone and sector",
        "jobs of legal units, exp(o) sum of w exp(x), + own account = jobs",
        lambda w, _: (
            np.exp(w.tables.firm_offset) * w.tables.firm_size_sum * (w.tables.firm_units > 0) + w.tables.own_account
        ),
        lambda w, _: w.tables.jobs,
        reads=("tables.firm_offset", "tables.firm_size_sum", "tables.firm_units", "tables.own_account", "tables.jobs"),
        axes=("zone", "sector"),
    ),
    Identity(
        "jobs by home and by work",
        "employed by zone of work, all homes = jobs",
        lambda w, _: w.tables.employed.sum(axis=(0, 2)),
        lambda w, _: w.tables.jobs.sum(axis=1),
        reads=("tables.employed", "tables.jobs"),
        axes=("zone",),
    ),
    Identity(
        "jobs by education",
        "employed by zone of work, sector and education, all levels = jobs",
        lambda w, _: w.tables.workers.sum(axis=2),
        lambda w, _: w.tables.jobs,
        reads=("tables.workers", "tables.jobs"),
        axes=("zone", "sector"),
    ),
    Identity(
        "wages by home and by work",
        "wages of all links between work and home: by home = labour income, by work = wages paid",
        lambda w, _: np.stack([w.tables.pay_by_link.sum(axis=0), w.tables.pay_by_link.sum(axis=1)], axis=1),
        lambda w, _: np.stack([w.tables.labour_income, w.tables.wages_paid], axis=1),
        reads=("tables.pay_by_link", "tables.labour_income", "tables.wages_paid"),
        axes=("zone", "side"),
    ),
    Identity(
        "jobs that moved",
        "jobs that moved to the rest of China = jobs carried out of all zones, net",
        lambda w, _: np.asarray(
            sum(
                moved[:, -1].sum()
                for moved in (
                    w.flows.jobs_moved_freely,
                    w.flows.jobs_moved_by_relief,
                    w.flows.jobs_moved_by_offer,
                    w.flows.jobs_moved_by_name,
                    w.flows.jobs_moved_by_founding,
                )
            )
        ),
        lambda w, _: -w.flows.jobs_carried.sum(),
        reads=(
            "flows.jobs_moved_freely",
            "flows.jobs_moved_by_relief",
            "flows.jobs_moved_by_offer",
            "flows.jobs_moved_by_name",
            "flows.jobs_moved_by_founding",
            "flows.jobs_carried",
        ),
    ),
    Identity(
        "GDP by income",
        "value added at current prices = wages + operating surplus + taxes",
        lambda w, _: w.tables.va_nominal.sum(axis=1),
        lambda w, _: w.flows.income_gdp,
        reads=("tables.va_nominal", "flows.income_gdp"),
        axes=("zone",),
    ),
    Identity(
        "GDP by expenditure",
        "value added at current prices = consumption + government + investment + inventories + net exports",
        lambda w, _: w.tables.va_nominal.sum(axis=1),
        lambda w, _: w.flows.expenditure_gdp,
        reads=("tables.va_nominal", "flows.expenditure_gdp"),
        axes=("zone",),
    ),
    Identity(
        "money",
        "net receipts of all accounts, over all that was paid = 0",
        lambda w, _: np.asarray(w.ledger.net.sum() / max(sum(map(abs, w.ledger.entries.values())), 1.0)),
        lambda *_: np.zeros(()),
        reads=("money",),
    ),
    Identity(
        "payments booked",
        "paid by the ledger under a name = the flow that tells it",
        lambda w, _: np.array([w.ledger.entries.get(name, 0.0) for name in _BOOKED]),
        lambda w, _: np.array([sum(_array(w, flow).sum() for flow in flows) for flows in _BOOKED.values()]),
        reads=("money", *(flow for flows in _BOOKED.values() for flow in flows)),
        axes=("payment",),
    ),
    Identity(
        "registered since",
        "became local before and is still there + conversions - gone = became local and is still there",
        lambda w, b: b["stocks.settled"] + _by_province(w.flows.conversions, w.region) - w.flows.settled_gone,
        lambda w, _: w.stocks.settled,
        reads=("stocks.settled", "flows.conversions", "flows.settled_gone"),
        opens=("stocks.settled",),
        axes=("inner province",),
    ),
    Identity(
        "homes",
        "floor area of the opening + built - removed = floor area",
        lambda w, b: b["stocks.housing"] + w.flows.homes_built - w.flows.homes_removed,
        lambda w, _: w.stocks.housing,
        reads=("stocks.housing", "flows.homes_built", "flows.homes_removed"),
        opens=("stocks.housing",),
        axes=("zone",),
    ),
    Identity(
        "relieved manufacturers",
        "count of the opening + closed or moved by relief since 2014 = count",
        _relieved,
        lambda w, _: w.stocks.relieved_manufacturing,
        reads=("stocks.relieved_manufacturing", "flows.firms_closed_by_relief", "flows.firms_moved_by_relief"),
        opens=("stocks.relieved_manufacturing",),
        axes=("zone",),
    ),
    Identity(
        "relieved markets",
        "count of the opening + sites closed or moved since 2014 = count",
        _relieved_sites,
        lambda w, _: w.stocks.relieved_markets,
        reads=("stocks.relieved_markets", "flows.sites_closed", "flows.sites_moved"),
        opens=("stocks.relieved_markets",),
        axes=("zone",),
    ),
    Identity(
        "firms of the capital's origin",
        "count of the opening + offers taken = count",
        lambda w, b: b["stocks.firms_of_capital_origin"] + w.flows.offers_taken.sum(axis=0),
        lambda w, _: w.stocks.firms_of_capital_origin,
        reads=("stocks.firms_of_capital_origin", "flows.offers_taken"),
        opens=("stocks.firms_of_capital_origin",),
        axes=("zone",),
    ),
    Identity(
        "the new area's investment",
        "investment of the opening + that of the quarter = investment since the beginning",
        lambda w, b: b["stocks.new_area_invested"] + w.tables.new_area_investment,
        lambda w, _: w.stocks.new_area_invested,
        reads=("stocks.new_area_invested", "tables.new_area_investment"),
        opens=("stocks.new_area_invested",),
    ),
    Identity(
        "high-speed kilometres",
        "kilometres of open lines + the named residual = kilometres",
        _open_lines,
        lambda w, _: w.tables.high_speed_km,
        reads=("tables.high_speed_km",),
    ),
    Identity(
        "emissions by source",
        "emissions of all sources = emissions",
        lambda w, _: w.tables.emissions_by_source.sum(axis=0),
        lambda w, _: w.tables.emissions,
        reads=("tables.emissions_by_source", "tables.emissions"),
        axes=("zone",),
    ),
    Identity(
        "production capital",
        "capital of the opening + invested - worn + moved with firms - closed by relief = capital",
        lambda w, b: (
            b["stocks.capital"]
            + w.flows.capital_invested
            - w.flows.capital_worn
            + w.flows.capital_moved
            - w.flows.capital_closed
        ),
        lambda w, _: w.stocks.capital,
        reads=(
            "stocks.capital",
            "flows.capital_invested",
            "flows.capital_worn",
            "flows.capital_moved",
            "flows.capital_closed",
        ),
        opens=("stocks.capital",),
        axes=("zone", "sector"),
    ),
    Identity(
        "inventories",
        "inventories of the opening + output not sold = inventories",
        lambda w, b: b["stocks.inventories"] + w.flows.stored,
        lambda w, _: w.stocks.inventories,
        reads=("stocks.inventories", "flows.stored"),
        opens=("stocks.inventories",),
        axes=("zone", "sector"),
    ),
    Identity(
        "research stock",
        "stock of the opening + research added - worn = stock",
        lambda w, b: b["stocks.rd_stock"] + w.flows.research_built - w.flows.research_worn,
        lambda w, _: w.stocks.rd_stock,
        reads=("stocks.rd_stock", "flows.research_built", "flows.research_worn"),
        opens=("stocks.rd_stock",),
        axes=("zone",),
    ),
    Identity(
        "groundwater of the plain",
        "depth of the opening + (pumped - recharged + risen at springs) over the water of a metre = depth",
        lambda w, b: b["satellites.groundwater_depth"] + water.fallen(w),
        lambda w, _: w.satellites["groundwater_depth"],
        reads=("satellites.water_supply", *water.GROUND),
        opens=("satellites.groundwater_depth",),
        axes=("inner province",),
    ),
    Identity(
        "capital of public services",
        "capital of the opening + built - worn = capital",
        lambda w, b: b["stocks.service_capital"] + w.flows.services_built - w.flows.services_worn,
        lambda w, _: w.stocks.service_capital,
        reads=("stocks.service_capital", "flows.services_built", "flows.services_worn"),
        opens=("stocks.service_capital",),
        axes=("zone",),
    ),
    *(Identity(**booked(stock, *flows)) for kind in SATELLITES for stock, flows in kind.stocks.items()),
    *(Identity(**summed(array, other)) for kind in SATELLITES for array, other in kind.sums.items()),
)
