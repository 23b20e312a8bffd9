"""Founding, growth and closure: by hand, kernel against NumPy, and the negative list."""

from itertools import pairwise

import numpy as np
import pytest
from firm_worlds import BEIJING, PROVINCE, by_cell, draws, lived, make_world, process, some_firms
from plans import JJJ, flat

from jjj_sim.draws import Draws
from jjj_sim.policy.plan import LeverPlan
from jjj_sim.processes.firm_dynamics import FirmDynamics, live_a_quarter, live_a_quarter_reference, sector_tilt
from jjj_sim.quarters import parse
from jjj_sim.regions.jingjinji.statistics.geography import N_SECTORS, N_ZONES
from jjj_sim.regions.jingjinji.statistics.registry import REFUSED_FROM, REFUSED_SHARE
from jjj_sim.running import clock
from jjj_sim.state.firms import BIN_CENTRES

BINHAI = JJJ.index("tj_binhai")
CORE, OUTER = JJJ.index("bj_core"), JJJ.index("bj_outer")
PROVINCE_OF_PLACE = JJJ.province


def negative_list(strictness):
    return LeverPlan("negative_list", flat(strictness), shares=REFUSED_SHARE)


def test_exit_falls_with_size():
    law = FirmDynamics(JJJ)
    np.testing.assert_allclose(law.exit_hazard(np.array([0.0, 4.0])), [0.0175, 0.0175 * np.exp(-1.0)])
    assert law.exit_hazard(np.array([-40.0])) == 0.5


def test_kernel_and_numpy_take_the_same_decision_for_every_firm():
    firms, law = some_firms(20_000), FirmDynamics(JJJ, exit=0.09, exit_size=0.35)
    offset = np.linspace(-2.0, 3.0, N_ZONES * N_SECTORS).reshape(N_ZONES, N_SECTORS)
    luck = Draws(5, law.name, 7)
    alive, x = live_a_quarter_reference(law, firms, offset, luck)
    found = live_a_quarter(
        firms.id, firms.zone, firms.sector, firms.flags, firms.x, offset, law.exit / 4, law.exit_size,
        law.branch_exit / 4, law.reversion, law.volatility / 2, luck.key,
    )  # fmt: skip
    np.testing.assert_array_equal(found, alive)
    np.testing.assert_allclose(firms.x, x, rtol=1e-13)
    assert 0.9 < alive.mean() < 0.99
    assert alive[(firms.flags == 1) | (firms.flags == 4)].all()


@pytest.mark.parametrize("reversion", [0.0, 0.003, 0.02])
def test_the_twins_growth_has_the_mean_and_the_variance(reversion):
    law = FirmDynamics(JJJ, reversion=reversion)
    matrix = law.growth_matrix()
    assert np.all(matrix >= 0)
    np.testing.assert_allclose(matrix.sum(axis=1), 1.0)
    inside = slice(1, -1)
    mean = (matrix @ BIN_CENTRES)[inside]
    np.testing.assert_allclose(mean, (1 - reversion) * BIN_CENTRES[inside], atol=1e-12)
    variance = (matrix @ BIN_CENTRES**2)[inside] - mean**2
    if reversion < 0.01:
        np.testing.assert_allclose(variance, (law.volatility / 2) ** 2)


def test_founders_stay_with_their_like_or_choose_by_jobs_and_profit():
    world = make_world(twin=True)
    t, law, tianjin = world.tables, process(world, "firm_dynamics"), PROVINCE == 1
    t.profit[BINHAI, 5], t.posts_drawn[BINHAI], t.market_access[BINHAI] = 1.2, 0.5, 1.4
    near, chosen = t.firm_units[:, 5] * t.profit[:, 5], t.jobs[:, 5] * t.profit[:, 5] * (1.0 + t.posts_drawn)
    chosen[BINHAI] *= 1.4**0.3
    split = 0.7 * near[BINHAI] / near[tianjin].sum() + 0.3 * chosen[BINHAI] / chosen[tianjin].sum()
    rate = 0.128 + sector_tilt(world.data.firms)[1, 5]
    founders = rate / 4 * t.firm_units[tianjin, 5].sum()
    entry = law.table(world).entry
    assert entry[BINHAI, 5] == pytest.approx(split * founders)
    assert entry[tianjin, 5].sum() == pytest.approx(founders)


@pytest.mark.parametrize("twin", [True, False])
def test_a_subsidy_draws_founders_of_the_province_and_is_paid_on_their_jobs(twin):
    founded, paid = [], []
    for rate in (0.0, 0.1):
        lever = LeverPlan("relocation_subsidy", flat(rate), zones=(BINHAI,))
        world = make_world(twin=twin, residents_per_agent=100, relocation_subsidy=lever)
        law = process(world, "firm_dynamics")
        clock.turn(world, law, law.table(world))
        founded.append(world.flows.firm_entries.sum(axis=1))
        paid.append(world.flows.founding_subsidies_paid)
    less, more = founded
    assert more[BINHAI] > 1.05 * less[BINHAI]
    others = (PROVINCE == 1) & (np.arange(N_ZONES) != BINHAI)
    assert more[others].sum() < less[others].sum()
    np.testing.assert_array_equal(more[PROVINCE != 1], less[PROVINCE != 1])
    assert not paid[0].any()
    assert not np.delete(paid[1], BINHAI).any()
    jobs = 2.0 * np.exp(0.5) * more[BINHAI]
    assert paid[1][BINHAI] == pytest.approx(0.1 * 4 * 25e-6 * jobs, rel=1e-9 if twin else 0.1)


def founding(rate, years=2.0):
    """The founding subsidy of one zone."""
    return LeverPlan("founding_subsidy", flat(rate), {"years": flat(years)}, zones=(BINHAI,))


@pytest.mark.parametrize("twin", [True, False])
def test_what_a_founding_subsidy_draws_brings_its_posts_from_the_province_and_is_paid_for_years(twin):
    law, worlds = FirmDynamics(JJJ), []
    for rate in (0.0, 0.1):
        world = make_world(twin=twin, residents_per_agent=100, founding_subsidy=founding(rate))
        table = process(world, "firm_dynamics").table(world)
        clock.turn(world, process(world, "firm_dynamics"), table)
        worlds.append((world, table))
    (base, less), (world, more) = worlds
    lived = sum((1.0 - law.exit_hazard(np.log(2.0))) ** k for k in range(8)) / 4
    draw = np.exp(5.0 * 0.1 * lived)  # b_S over what an entrant is paid in the years that it lives
    usual = less.entry[PROVINCE == 1].sum(axis=0)
    here = base.tables.jobs[BINHAI] * base.opening.legal_unit_share[BINHAI]
    rest = (base.tables.jobs * base.opening.legal_unit_share)[(PROVINCE == 1) & (np.arange(N_ZONES) != BINHAI)].sum(0)
    near = base.tables.firm_units[BINHAI] / base.tables.firm_units[PROVINCE == 1].sum(axis=0)
    np.testing.assert_allclose(more.entry[BINHAI] / usual, 0.7 * near + 0.3 * draw * here / (draw * here + rest))
    np.testing.assert_allclose(more.entry[PROVINCE == 1].sum(axis=0), usual)
    moved = world.flows.jobs_moved_by_founding
    gained = 2.0 * np.exp(0.5) * (more.entry - less.entry)
    np.testing.assert_allclose(moved[:, BINHAI].sum(axis=0), gained[BINHAI], atol=1e-5)  # in fixed point
    np.testing.assert_allclose(moved.sum(axis=0)[:N_ZONES] - moved.sum(axis=1)[:N_ZONES], gained, atol=1e-5)
    assert not moved[PROVINCE_OF_PLACE != 1].any()
    assert not base.flows.jobs_moved_by_founding.any()
    jobs = 2.0 * np.exp(0.5) * world.flows.firm_entries[BINHAI].sum()
    paid = world.flows.start_up_subsidies_paid
    assert paid[BINHAI] == pytest.approx(0.1 * lived * 4 * 25e-6 * jobs, rel=1e-9 if twin else 0.1)
    assert np.count_nonzero(paid) == 1
    assert not world.flows.founding_subsidies_paid.any()


def test_a_founding_subsidy_that_all_of_a_province_pays_draws_nobody():
    alike = LeverPlan("founding_subsidy", flat(0.1), {"years": flat(3.0)}, zones=tuple(np.flatnonzero(PROVINCE == 1)))
    world, base = make_world(twin=True, founding_subsidy=alike), make_world(twin=True)
    found, usual = (process(w, "firm_dynamics").table(w) for w in (world, base))
    np.testing.assert_allclose(found.entry, usual.entry)
    np.testing.assert_allclose(found.drawn, 0.0, atol=1e-9)
    assert (found.start_up[PROVINCE == 1] > 0.25).all()


def test_the_two_subsidies_add_up_for_founders_and_posts_follow_the_second():
    both = make_world(
        twin=True,
        founding_subsidy=founding(0.05, 0.25),
        relocation_subsidy=LeverPlan("relocation_subsidy", flat(0.05), zones=(BINHAI,)),
    )
    one = make_world(twin=True, founding_subsidy=founding(0.25, 0.25))  # .0625 in all
    table, alone = (process(w, "firm_dynamics").table(w) for w in (both, one))
    np.testing.assert_allclose(table.entry, alone.entry)
    assert 0 < table.drawn.sum() < 0.3 * alone.drawn.sum()
    assert table.subsidy[BINHAI] == 5.0 * 0.05


def reusing(share, twin=True, scale=100, strictness=0.0, **parameters):
    """A world in which relief freed the floor of jobs in unequal zones, some of them outside the capital."""
    world = make_world(
        twin=twin,
        residents_per_agent=scale,
        parameters={"firm_dynamics": parameters},
        land_reuse=LeverPlan("land_reuse", flat(share)),
        negative_list=negative_list(strictness),
    )
    world.memory.jobs_freed[CORE], world.memory.jobs_freed[OUTER], world.memory.jobs_freed[BINHAI] = 660.0, 330.0, 500.0
    return world, process(world, "firm_dynamics")


def test_floor_that_is_reused_founds_units_of_the_capitals_functions_and_carries_posts_inside_it():
    (base, idle), (world, law) = reusing(0.0), reusing(0.5, floor=1.2)
    usual, found = idle.table(base), law.table(world)
    assert not usual.drawn.any()
    more, a = found.entry - usual.entry, 2.0 * np.exp(0.5)
    services = usual.entry[CORE, 5] / usual.entry[CORE, [5, 7]].sum()
    assert more[CORE, 5] == pytest.approx(0.5 * 1.2 * 660.0 / a * services)
    np.testing.assert_allclose(more[[CORE, OUTER]].sum(axis=1), [0.6 * 660.0 / a, 0.6 * 330.0 / a])
    assert more.sum() == pytest.approx(0.6 * 990.0 / a)
    assert np.count_nonzero(more > 1e-9) == 4  # in two zones, of two sectors; none in Binhai
    share = usual.entry[BEIJING] / np.maximum(usual.entry[BEIJING].sum(axis=0), 1e-9)
    net = (found.drawn.sum(axis=0) - found.drawn.sum(axis=1))[BEIJING]
    by_hand = a * (more[BEIJING] - share * more.sum(axis=0))
    np.testing.assert_allclose(net[:, [5, 7]], by_hand[:, [5, 7]], atol=1e-5)
    np.testing.assert_allclose(found.drawn.sum(axis=(0, 1)), found.drawn[BEIJING][:, BEIJING].sum(axis=(0, 1)))
    assert net[:, 5].max() > 10.0


def test_no_list_keeps_units_from_floor_that_is_reused():
    (base, idle), (world, law) = reusing(0.0, strictness=1.0), reusing(1.0, strictness=1.0)
    for w in (base, world):
        w.policy.refused[CORE, [5, 7]] = 1.0
    assert not idle.table(base).entry[CORE, [5, 7]].any()
    assert law.table(world).entry[CORE, [5, 7]].sum() == pytest.approx(660.0 / (2.0 * np.exp(0.5)))


def test_more_reuse_founds_no_fewer_in_any_cell_and_reshuffles_nobody():
    entries, ids = [], []
    for share in (0.0, 0.4, 1.0):
        world, law = reusing(share, twin=False, scale=50)
        law.sweep(world, law.table(world), draws(world, law.name))
        entries.append(world.flows.firm_entries.copy())
        ids.append(set(world.firms.id[world.firms.born == world.t].tolist()))
    assert all(np.all(less <= more) for less, more in pairwise(entries))
    assert entries[0].sum() < entries[1].sum() < entries[2].sum()
    assert ids[0] <= ids[1] <= ids[2]


def test_before_the_register_of_2024_sectors_enter_alike():
    assert not sector_tilt(JJJ.tables(as_of=2023).firms).any()
    assert sector_tilt(JJJ.tables(as_of=2024).firms).any()


def test_what_is_refused_comes_on_top_of_what_the_register_counts():
    world = make_world(twin=True, negative_list=negative_list(1.0))
    before = process(world, "firm_dynamics").table(world)
    assert before.refused[0, 1] > 0
    world.t = REFUSED_FROM
    clock.announce(world)
    after = process(world, "firm_dynamics").table(world)
    assert after.entry[0, 1] == pytest.approx(before.entry[0, 1] / 0.2)
    assert after.refused[0, 1] == pytest.approx(4 * after.entry[0, 1])
    assert np.all(after.refused[~BEIJING] == 0)


@pytest.mark.parametrize("t", [REFUSED_FROM, 48])
def test_a_stricter_list_founds_no_more_in_any_cell_and_reshuffles_nobody(t):
    founded = {}
    for strictness in (0.0, 1.0, 1.25):
        world = make_world(negative_list=negative_list(strictness))
        world.t = t
        clock.announce(world)
        law = process(world, "firm_dynamics")
        law.sweep(world, law.table(world), draws(world, law.name))
        new = world.firms.born == t
        founded[strictness] = (world.flows.firm_entries.copy(), set(world.firms.id[new].tolist()))
    entries, ids = zip(*founded.values(), strict=True)
    for looser, stricter in pairwise(entries):
        assert np.all(stricter <= looser)
        np.testing.assert_array_equal(stricter[~BEIJING], looser[~BEIJING])
    assert entries[2].sum() < entries[1].sum() < entries[0].sum()
    assert ids[2] <= ids[1] <= ids[0]


def after_the_register(quarters, growth, strictness=0.0):
    """A twin so many quarters after the end of 2023 whose real output grew over the last year; no list, or one."""
    world = make_world(twin=True, negative_list=negative_list(strictness))
    world.t = parse("2023Q4") + quarters
    clock.announce(world)
    world.policy.refused_as_published *= strictness
    world.tables.value_added = 1.0
    law = process(world, "firm_dynamics")
    world.memory.year_of_output = np.bincount(PROVINCE)[:, None] * np.exp(-growth)
    return world, law


def test_after_the_register_founding_turns_to_closures_and_the_growth_of_output():
    entries = []
    for quarters in (0, 1, 12, 4000):
        world, law = after_the_register(quarters, 0.04)
        entries.append(law.table(world).entry)
    last, next_, later, rest = (np.stack([e[PROVINCE == p].sum(axis=0) for p in range(3)]) for e in entries)
    units, closing = (
        np.stack([x[PROVINCE == p].sum(axis=0) for p in range(3)])
        for x in (world.tables.firm_units, law.expected_exits(world))
    )
    np.testing.assert_allclose(rest, closing + 0.01 * units)
    np.testing.assert_allclose(next_, last + (1 - np.exp(-1 / 12)) * (rest - last))
    np.testing.assert_allclose(later, last + (1 - np.exp(-1)) * (rest - last))


def test_output_that_falls_faster_than_units_close_founds_nobody():
    world, law = after_the_register(4000, -0.5)
    np.testing.assert_allclose(law.table(world).entry, 0.0, atol=1e-99)


def test_a_list_in_force_holds_on_after_the_register():
    world, law = after_the_register(4000, 0.04, strictness=1.0)
    found = law.table(world)
    free, _ = after_the_register(4000, 0.04)
    wanted = law.table(free).entry
    np.testing.assert_allclose(found.entry[0, 1] + found.refused[0, 1], wanted[0, 1])
    assert found.refused[0, 1] == pytest.approx(0.8 * wanted[0, 1])


@pytest.mark.parametrize("share", [0.8, 0.99, 0.999999])
def test_without_the_list_no_more_found_a_unit_than_the_sector_founds_elsewhere(share):
    world = make_world(twin=True, negative_list=negative_list(0.0))
    world.t = REFUSED_FROM
    clock.announce(world)
    world.policy.refused_as_published[BEIJING, 1] = share
    law = process(world, "firm_dynamics")
    found, drawing = law.table(world), law.drawing(world)[:, 1]
    registered = law.registered(world, law.drawing(world))[:, 1]
    elsewhere = registered[~BEIJING].sum() / drawing[~BEIJING].sum()
    market = np.maximum(registered, elsewhere * drawing)[BEIJING]
    np.testing.assert_allclose(found.entry[BEIJING, 1], np.minimum(registered[BEIJING] / (1.0 - share), market))
    assert found.entry[BEIJING, 1].sum() < 6.0 * registered[BEIJING].sum()
    assert not found.refused.any()


@pytest.mark.parametrize(("as_of", "last"), [(None, 2023), (2024, 2023), (2023, 2018), (2018, 2018), (2015, 2013)])
def test_the_register_ends_with_the_census_that_was_known(as_of, last):
    assert JJJ.tables(as_of=as_of).firms.entry.last == last


def test_expected_exits_of_agents_are_the_sum_over_firms():
    world = make_world()
    law, firms = process(world, "firm_dynamics"), world.firms
    hazard = law.exit_hazard(world.tables.firm_offset[firms.zone, firms.sector] + firms.x)
    by_hand = by_cell(firms, hazard * firms.weight * (firms.flags == 0))
    np.testing.assert_allclose(law.expected_exits(world), by_hand, rtol=1e-4)


def test_entrants_are_small_and_weighted_by_size():
    world = lived(make_world(residents_per_agent=1000), 1)
    firms = world.firms
    new = (firms.born == 0) & (firms.flags == 0)
    offset = make_world(residents_per_agent=1000).tables.firm_offset
    jobs = np.exp(offset[firms.zone, firms.sector] + firms.x)[new]
    weight = firms.weight[new]
    order = np.argsort(jobs)
    middle = jobs[order][np.searchsorted(np.cumsum(weight[order]), weight.sum() / 2)]
    assert middle == pytest.approx(2.0, abs=0.25)
    outside = ~BEIJING[firms.zone[new]] & (np.abs(jobs - 20) > 1e-6)
    np.testing.assert_array_equal(weight[outside], np.where(jobs[outside] < 20, 200, 10))
