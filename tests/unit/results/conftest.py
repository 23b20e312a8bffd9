"""A world whose arrays are set by hand: every field that the indicators read, and nothing that moves."""

import numpy as np
import pytest
from jjj_sim.policy.institutions import DEFAULTS

from jjj_sim import quarters
from jjj_sim.book import Field
from jjj_sim.evidence.geography import GEOGRAPHY, N_ZONES
from jjj_sim.policy.plan import LeverPlan, Plan
from jjj_sim.processes.process import Process
from jjj_sim.state.world import World


def _fields(dims, *names):
    return {name: Field(dims, "1", name) for name in names}


class Everything(Process):
    """Declares what the indicators read."""

    name = "everything"
    tables = (
        _fields((), "national_gdp", "high_speed_km")
        | _fields(("zone",), "house_price", "rent", "pm25_observed", "service_index", "spending_per_head")
        | _fields(
            ("zone",),
            "construction_share",
            "budget_spending",
            "budget_revenue",
            "household_income",
            "consumption",
            "rationing",
            "emissions",
        )
        | _fields(("zone",), "central_transfers", "social_transfers", "household_taxes")
        | _fields(("zone", "education"), "unemployment", "wage")
        | _fields(("zone", "sector"), "jobs", "firm_units", "value_added", "va_nominal", "knowledge")
        | _fields(("place", "place"), "minutes")
    )
    stocks = (
        _fields((), "xiongan_invested")
        | _fields(("zone",), "relieved_manufacturing", "relieved_markets", "housing")
        | _fields(("zone",), "firms_of_beijing_origin", "central_soe_branches", "rd_stock", "zhongguancun_branches")
        | _fields(("zone", "sector"), "capital")
    )
    flows = (
        _fields(
            ("zone",),
            "births",
            "deaths",
            "land_income",
            "homes_built",
            "homes_removed",
            "net_lending",
            "research_spending",
            "contracts_reported_by_hebei",
        )
        | _fields(("zone", "sector"), "firm_entries", "firm_exits", "firms_closed_by_relief")
        | _fields(("zone", "sector"), "entries_refused", "jobs_carried")
        | _fields(("zone", "zone"), "offers_taken", "technology_contracts", "tax_shared", "ecological_compensation")
        | _fields(("place", "place"), "moves", "sites_moved", "institutions_moved", "commuters")
        | _fields(("place", "place", "sector"), "firms_relocated", "firms_branched", "firms_moved_by_relief")
        | _fields(("place", "place", "sector"), "firms_moved_by_relief", "firms_moved_freely")
    )


def _live(world, t):
    """Set every array for quarter `t`, unequal over zones and quarters."""
    rng = np.random.default_rng(t)
    world.t = t
    for book in (world.tables, world.stocks, world.flows):
        for array in book.arrays().values():
            array[...] = rng.uniform(0.1, 0.9, array.shape)
    world.people = rng.uniform(0.5, 1.5, world.people.shape)


@pytest.fixture
def make_world():
    """A function that makes a hand-set world with a horizon."""

    def make(end="2014Q4"):
        levers = {name: LeverPlan(name) for name in DEFAULTS}
        plan = Plan("hand", "Hand", "手", quarters.parse(end), 1000, levers, {}, {}, "digest")
        return World(plan, 1, twin=True, processes=[Everything()])

    return make


@pytest.fixture
def place():
    """A function from a zone id to its index; the rest of China is the last place."""
    return lambda zone: N_ZONES if zone == "rest_of_china" else GEOGRAPHY.index(zone)


@pytest.fixture
def live():
    """A function that sets every array of a world for quarter `t`, unequal over zones and quarters."""
    return _live
