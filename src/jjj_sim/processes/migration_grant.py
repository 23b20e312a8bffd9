"""Grants to graduates who come from another province (人才补贴): what they are worth, and what is due.

    s_jk    = beta ln(1 + delta Y_j / [w_jk (1 - u_jk)])     k college, 25 to 59, to j of another province; else 0
    paid_j  = Y_j x who came of them                         bn yuan, from the zone's budget to households

A grant Y, yuan once on arrival, is worth pay that is higher by delta Y a year through a stay that ends at the rate
delta, without interest; w (1 - u) is what a graduate can expect there. It is part of V only for who comes: whoever
stays, or moves inside a province, is paid nothing and loses nothing by leaving. Who is younger is counted by the
schooling that he or she will reach, most of them still at school: none of them is paid, or counts on it. Families
decide by the group of 25-44, and are paid for adults alone.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.processes.migration_table import MigrationTable
from jjj_sim.region.axes import GROUP_STARTS, GROUPS, STREAMS
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
# Groups of graduates at work, their ages, and their streams.
_GROUPS = range(1, len(GROUPS) - 1)
_FROM, _TO = GROUP_STARTS[1], GROUP_STARTS[-1]
_STREAMS = [STREAMS.index(GROUPS[g]) for g in _GROUPS]


def worth(world: World, income: float, departure: float) -> F64:
    """Return s, utility, (n_groups, n_education, n_places); `income` is beta, `departure` delta a year."""
    region, tables = world.region, world.tables
    found = np.zeros((len(GROUPS), region.n_education, region.n_places))
    pay = tables.wage[:, -1] * (1.0 - tables.unemployment[:, -1])
    grant = departure * world.policy.talent_grant  # worth nothing where there is no work: nobody comes for it alone
    part = np.divide(grant, pay, out=np.zeros_like(pay), where=pay > 0.0)
    found[list(_GROUPS), -1, : region.roc] = income * np.log1p(part)
    return found


def entitled(world: World, education: NDArray[np.integer], age: NDArray[np.integer]) -> NDArray[np.bool_]:
    """Return who of newcomers from another province is paid: graduates who are at work by their age."""
    return np.asarray((education == world.region.n_education - 1) & (age >= _FROM) & (age < _TO))


def book_movers(world: World, movers: NDArray[np.intp], target: NDArray[np.integer]) -> None:
    """Book what is due on residents, the `movers`, before they leave for `target`, a place each."""
    region, residents = world.region, world.residents
    far = (target != region.roc) & (region.province[residents.zone[movers]] != region.province[target])
    paid = far & entitled(world, residents.education[movers], residents.age(world.year)[movers])
    came = np.bincount(target[paid], weights=residents.weight[movers[paid]], minlength=region.n_zones)
    book(world, came.astype(np.float64))


def book_expected(world: World, table: MigrationTable) -> None:
    """Book what is due on the expected newcomers of `table`, before they move."""
    if not world.policy.talent_grant.any():
        return
    region, n = world.region, world.region.n_zones
    came = table.arrivals[_STREAMS, -1].sum(axis=(0, 1))
    for g in _GROUPS:
        people = world.people[:, -1, :, GROUP_STARTS[g] : GROUP_STARTS[g + 1]].sum(axis=2)
        moved = np.einsum("io,oij->ij", people, table.choice[g, -1, :, :n, :n])
        came = came + table.hazard[g, -1] * (moved * ~region.same_province[:n, :n]).sum(axis=0)
    book(world, came)


def book(world: World, persons: F64) -> None:
    """Book the grants due on `persons` by zone of arrival."""
    world.flows.talent_subsidies_paid += world.policy.talent_grant * persons / 1e9
