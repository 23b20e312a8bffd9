"""No shocks, no policy, constant people, unit income elasticities: the economy grows at the nation's pace."""

import dataclasses

import numpy as np
import pytest
from plans import JJJ, make_plan

from jjj_sim.populate.people import opening_people
from jjj_sim.processes.demand import Demand
from jjj_sim.processes.labour import Labour
from jjj_sim.processes.national_labour import NationalLabour
from jjj_sim.processes.process import StockProcess
from jjj_sim.processes.production import Production
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES, ROC
from jjj_sim.regions.jingjinji.statistics.tables import frame
from jjj_sim.state.world import BOOKS, World

# What budgets and homes spend in the first of the zones at the opening, bn yuan a quarter; in the others more.
SPENT = {"public_purchases": 2.0, "social_transfers": 0.6, "household_taxes": 0.5, "dwelling_works": 0.5}


class Still(StockProcess):
    """The rest of the world, growing at one pace with the nation: budgets, dwellings, prices; nobody moves."""

    name = "still"

    def __init__(self, growth, inflation):
        super().__init__(JJJ)
        self.growth, self.inflation = growth, inflation

    def open(self, world):
        self.act(world)
        world.opening.minutes = world.tables.minutes[:N_ZONES, :N_ZONES]
        world.opening.minutes_outside = world.tables.minutes_outside

    def act(self, world, table=None):
        t, quarter = world.tables, world.t
        real, prices = np.exp(self.growth * quarter / 4), np.exp(self.inflation * quarter / 4)
        t.national_output, t.national_deflator = real, prices
        t.national_sector_growth = self.growth / 4
        t.national_real_gdp, t.national_income = real, real * prices
        t.national_gdp = 14_000.0 * real * prices
        zones = np.arange(1.0, N_ZONES + 1)
        for n, level in SPENT.items():
            t.arrays()[n][...] = level * zones * real * prices
        t.minutes = t.minutes_outside = 300.0
        t.minutes[:N_ZONES, :N_ZONES] = frame("travel_time_2013").iloc[:, 1:].to_numpy(dtype=float)


UNBROKEN = dict.fromkeys(("beijing", "tianjin", "hebei"), 0.0)


def economy(growth, inflation, monkeypatch):
    """The opened economy of Labour, Production and Demand in a nation without structural change."""
    mix = np.tile([0.6, 0.2, 0.2], (N_SECTORS, 1))
    monkeypatch.setattr(NationalLabour, "by_sector", lambda self, time: np.full(N_SECTORS, 9e7))
    monkeypatch.setattr(NationalLabour, "education_mix", lambda self, time: mix)
    level = np.exp(inflation * np.arange(600) / 4)[:, None] * np.ones(3)
    monkeypatch.setattr(Demand, "_deflators", lambda self, world: level)
    pace = 4.0 * np.expm1(growth / 4)
    monkeypatch.setattr(Production, "capital_output", lambda self: self.investment / (pace + self.depreciation))
    monkeypatch.setattr(Demand, "elasticities", lambda self: np.ones(N_SECTORS))
    processes = [
        Still(growth, inflation),
        Labour(JJJ),
        Production(JJJ, broken=UNBROKEN),
        Demand(JJJ),
    ]
    world = World(make_plan(residents_per_agent=1000), 1, twin=True, processes=processes)
    world.people = opening_people(JJJ).copy()
    world.policy.steel_capacity = 1e9
    output = world.data.output
    for name in ("mix", "construction"):
        table = getattr(output, name)
        still = dataclasses.replace(table, values=np.broadcast_to(table.values[0], table.values.shape))
        monkeypatch.setitem(output._tables, name, still)
    for process in processes:
        process.open(world)
    return world


def state(world):
    return {f"{b}.{n}": a.copy() for b in BOOKS for n, a in getattr(world, b).arrays().items()}


def live(world, quarters):
    for _ in range(quarters):
        world.flows.clear()
        world.ledger.clear()
        for process in world.processes:
            process.act(world)
        world.t += 1
    return state(world)


# What grows: with output, with output and prices, with prices; labour's share of output, and all else stands still.
REAL = {
    *("tables.value_added", "tables.capacity", "tables.expected_output"),
    *("stocks.inventories", "stocks.capital", "memory.national_capital", "flows.investment"),
    *("flows.capital_invested", "flows.capital_worn", "flows.stored"),
}
NOMINAL = {
    *("tables.va_nominal", "tables.labour_bill", "tables.expected_bill", "tables.household_income"),
    *("tables.consumption", "tables.operating_surplus", "tables.exports", "tables.imports"),
    *("tables.labour_income", "tables.wages_paid", "tables.pay_by_link", "tables.wage", "prices.work_wage"),
    *(
        "memory.recent_wage",
        "memory.income_index",
        "flows.income_gdp",
        "flows.expenditure_gdp",
        "flows.sales",
    ),
}
PRICES = {"tables.consumer_price", "prices.province_price", "memory.deflator_before"}
PRODUCTIVITY = {"tables.productivity_level", "tables.national_productivity"}


def test_without_growth_nothing_moves(monkeypatch):
    world = economy(0.0, 0.0, monkeypatch)
    before, after = live(world, 1), live(world, 16)
    for name, array in before.items():
        np.testing.assert_allclose(after[name], array, rtol=1e-8, atol=1e-10, err_msg=name)


@pytest.mark.parametrize(("growth", "inflation"), [(0.04, 0.02), (0.06, 0.0)])
def test_with_growth_everything_moves_at_one_pace_and_detrended_nothing_does(growth, inflation, monkeypatch):
    world = economy(growth, inflation, monkeypatch)
    before, after = live(world, 480), live(world, 4)
    written = {name for p in world.processes[1:] for name in p.writes}
    assert REAL | NOMINAL | PRICES | PRODUCTIVITY <= written
    for name in written:
        pace = growth * (name in REAL) + (growth + inflation) * (name in NOMINAL) + inflation * (name in PRICES)
        if name in PRODUCTIVITY:
            pace = growth * world.tables.labour_share
        np.testing.assert_allclose(after[name], before[name] * np.exp(pace), rtol=5e-5, atol=5e-5, err_msg=name)
    output = 4.0 * after["tables.value_added"] * np.exp(growth / 4)
    solow = Production(JJJ).investment / (4.0 * np.expm1(growth / 4) + Production(JJJ).depreciation)
    np.testing.assert_allclose(after["stocks.capital"] / output, solow, rtol=0.03)
    assert after["tables.jobs"].std() > 1e4
    assert after["flows.sales"].shape == (ROC + 1, ROC + 1)
