"""Named moves: each institution on its date, with its jobs, whatever became of the rows around it."""

import numpy as np
import pytest
from firm_worlds import live, make_world
from plans import JJJ

from jjj_sim.policy.plan import Event, LeverPlan
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.state.firms import NAMED

CORE, INNER, SUB, XIONGAN = (REGION.index(z) for z in ("bj_core", "bj_inner", "bj_subcentre", "xiongan"))
(NAMED_SECTOR,) = JJJ.sector_roles["named"]
MOVES = {
    "headquarters_moves": LeverPlan(
        "headquarters_moves",
        events={
            "first": Event(1, {"jobs": 700.0}, {"origin": "bj_core"}),
            "never": Event(None, {"jobs": 900.0}, {}),
        },
    ),
    "subcentre_move": LeverPlan("subcentre_move", events={"offices": Event(2, {"jobs": 12_000.0}, {})}),
}


def test_institutions_have_ids_of_their_own_and_go_where_their_list_goes():
    listed = make_world(twin=True, **MOVES).policy.moves
    assert [(i.origin, i.destination) for i in listed] == [(CORE, XIONGAN), (INNER, XIONGAN), (CORE, SUB)]
    assert len({i.id for i in listed}) == 3


@pytest.mark.parametrize("twin", [False, True])
def test_jobs_move_on_their_date(twin):
    world = make_world(twin=twin, residents_per_agent=5000, **MOVES)
    seen = []
    for _ in live(world, 4):
        between = world.flows.jobs_moved_by_name
        assert np.all(np.delete(between, NAMED_SECTOR, axis=2) == 0)
        moved = between.sum(axis=0) - between.sum(axis=1)
        seen.append(moved[[CORE, SUB, XIONGAN], NAMED_SECTOR].tolist())
        rest = world.flows.jobs_moved_freely + world.flows.jobs_moved_by_relief
        net = moved + rest.sum(axis=0) - rest.sum(axis=1)
        np.testing.assert_allclose(world.flows.jobs_carried, net[:-1], atol=1e-9)
    assert seen == [[0, 0, 0], [-700, 0, 700], [-12_000, 12_000, 0], [0, 0, 0]]


def test_rows_follow_by_id():
    world = make_world(residents_per_agent=5000, **MOVES)
    where = {}
    for _ in live(world, 4):
        named = world.firms.flags == NAMED
        where[world.t] = dict(zip(world.firms.id[named].tolist(), world.firms.zone[named].tolist(), strict=True))
    first, never, offices = (i.id for i in world.policy.moves)
    assert [where[t][first] for t in range(4)] == [CORE, XIONGAN, XIONGAN, XIONGAN]
    assert {where[t][never] for t in range(4)} == {INNER}
    assert [where[t][offices] for t in range(4)] == [CORE, CORE, SUB, SUB]
