"""No silent counter: every part of a lever of industry and air moves what it is said to move, on the whole twin."""

import copy
from dataclasses import replace

import numpy as np
import pytest
from plans import JJJ, default, flat

from jjj_sim import balance
from jjj_sim.running import clock

QUARTERS = 6
BEIJING, CANGZHOU, TRADE = JJJ.capital, JJJ.index("cangzhou"), JJJ.sector("wholesale_logistics")
XIONGAN = JJJ.index("xiongan")
NEW_AREAS = [JJJ.index("tj_binhai"), XIONGAN]
RULE = {"years": flat(5.0), "threshold": flat(0.5)}
# Levers from 2013 on, so that each does something in the quarters lived.
BASE = {
    "relief_manufacturing": {"path": flat(400.0)},
    "relief_markets": {"path": flat(40.0), "paths": {"merchants_cangzhou": flat(0.0, (20, 6000.0))}},
    "land_reuse": {"path": flat(0.3)},
    "negative_list": {"path": flat(0.5)},
    "shared_parks": {"path": flat(50.0), "paths": RULE},
    "relocation_subsidy": {"path": flat(0.02)},
    "chain_coordination": {"path": flat(0.05)},
    "founding_subsidy": {"path": flat(0.05), "paths": {"years": flat(2.0)}},
    "tax_holiday": {"path": flat(0.2), "paths": {"years": flat(1.0)}},
    "technology_subsidy": {"path": flat(0.05)},
    "steel_cap": {"path": flat(200.0)},
    "emission_standards": {"path": flat(1.0)},
}


def planned(plan, **parts):
    """The plan with these parts of levers over BASE."""
    merged = {name: BASE[name] | parts.get(name, {}) for name in BASE}
    levers = {name: replace(plan.levers[name], **_paths(name, given)) for name, given in merged.items()}
    return replace(plan, levers=dict(plan.levers) | levers)


def _paths(name, given):
    return given | ({"paths": {**default(name).paths, **given["paths"]}} if "paths" in given else {})


def live(opening, **parts):
    """Closing world and the flows of all quarters, summed."""
    world, total = copy.deepcopy(opening), {}
    world.plan = planned(world.plan, **parts)
    for _ in range(QUARTERS):
        clock.step(world, balance.Residuals())
        for name, array in world.flows.arrays().items():
            total[name] = total.get(name, 0.0) + array
        world.t += 1
    return world, total


@pytest.fixture(scope="module")
def opening(_opened):
    return _opened[True]


@pytest.fixture(scope="module")
def base(opening):
    return live(opening)


def beijing_jobs(sector):
    return lambda world, _: world.tables.jobs[BEIJING, sector].sum()


def emitted(world, _):
    return world.tables.emissions.sum()


def flow(name, *index):
    return lambda _, flows: flows[name][index].sum()


PARTS = {
    "relief of manufacturing": ("relief_manufacturing", {"path": flat(600.0)}, beijing_jobs(1), -1),
    "relief of markets": ("relief_markets", {"path": flat(80.0)}, beijing_jobs(TRADE), -1),
    "merchants": (
        "relief_markets",
        {"paths": {"merchants_cangzhou": flat(0.0, (20, 12000.0))}},
        flow("jobs_moved_by_relief", slice(None), CANGZHOU, TRADE),
        1,
    ),
    "reuse": ("land_reuse", {"path": flat(0.9)}, flow("firm_entries", np.flatnonzero(BEIJING)), 1),
    "strictness": ("negative_list", {"path": flat(1.0)}, lambda w, _: w.tables.firm_units[BEIJING].sum(), -1),
    "shares refused": (
        "negative_list",
        {"shares": default("negative_list").shares | {"producer_services": 0.5}},
        lambda w, _: w.tables.firm_units[BEIJING, JJJ.sector("producer_services")].sum(),
        -1,
    ),
    "share of taxes": ("shared_parks", {"path": flat(80.0)}, flow("tax_shared"), 1),
    "years of sharing": ("shared_parks", {"paths": RULE | {"years": flat(0.25)}}, flow("tax_shared"), -1),
    "threshold": ("shared_parks", {"paths": RULE | {"threshold": flat(5.0)}}, flow("tax_shared"), -1),
    "relocation subsidy": ("relocation_subsidy", {"path": flat(0.2)}, lambda w, _: w.tables.jobs[BEIJING].sum(), -1),
    "zones of the subsidy": ("relocation_subsidy", {"zones": (CANGZHOU,)}, flow("subsidies_paid"), -1),
    "founding subsidy": ("founding_subsidy", {"path": flat(0.1)}, lambda w, _: w.tables.jobs[NEW_AREAS].sum(), 1),
    "years of founding": ("founding_subsidy", {"paths": {"years": flat(3.0)}}, flow("start_up_subsidies_paid"), 1),
    "zones of founding": ("founding_subsidy", {"zones": (CANGZHOU,)}, flow("firm_entries", CANGZHOU), 1),
    "tax holiday": ("tax_holiday", {"path": flat(0.8)}, flow("firms_moved_freely", slice(None), XIONGAN), 1),
    "branches in a tax holiday": ("tax_holiday", {"path": flat(0.8)}, flow("jobs_branched", XIONGAN), 1),
    "years of the holiday": ("tax_holiday", {"paths": {"years": flat(1.5)}}, flow("tax_remitted"), 1),
    "zones of the holiday": ("tax_holiday", {"zones": (CANGZHOU,)}, flow("tax_remitted", CANGZHOU), 1),
    "chains": ("chain_coordination", {"path": flat(0.2)}, flow("sales", CANGZHOU, np.flatnonzero(BEIJING)), 1),
    "chains in technology": ("chain_coordination", {"path": flat(0.2)}, flow("technology_contracts"), 1),
    "subsidy on technology": ("technology_subsidy", {"path": flat(0.2)}, flow("technology_contracts"), 1),
    "zones of technology": ("technology_subsidy", {"zones": (CANGZHOU,)}, flow("technology_subsidies_paid"), -1),
    "cap on steel": ("steel_cap", {"path": flat(150.0)}, emitted, -1),
    "standards": ("emission_standards", {"path": flat(2.0)}, emitted, -1),
    "clean heating": ("emission_standards", {"paths": {"clean_heating": flat(0.2, (4, 0.9))}}, emitted, -1),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_moves_what_it_is_said_to_move(part, opening, base):
    lever, given, found, sign = PARTS[part]
    change = found(*live(opening, **{lever: given})) - found(*base)
    assert sign * change > 1e-6 * abs(found(*base))
