"""Movers: agents matched by key, by hand; what they add up to; the real thing once."""

import numpy as np
import pandas as pd
import pytest
from plans import JJJ

from jjj_sim import charts
from jjj_sim.comparing import movers as law
from jjj_sim.comparing.comparison import compare
from jjj_sim.comparing.movers import NOWHERE, Movers, Places, matched, net, pairs
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.scenario import load_scenario


def places(**at):
    """Agents by key k1, k2...: (zone, weight)."""
    keys = np.array([int(name[1:]) for name in at], dtype=np.uint64)
    zones, weights = zip(*at.values(), strict=True)
    return Places(keys, np.array([JJJ.index(z) for z in zones]), np.array(weights, dtype=float))


BASE = places(k1=("bj_core", 10), k2=("bj_core", 20), k3=("xiongan", 5), k4=("baoding", 7))
VARIANT = places(k4=("xiongan", 7), k2=("xiongan", 15), k1=("bj_core", 10), k9=("xiongan", 3))


def test_who_is_elsewhere_is_matched_by_key():
    found = {(r["origin"], r["destination"]): r["value"] for r in matched(BASE, VARIANT, JJJ)}
    assert found == {
        ("bj_core", "xiongan"): 15.0,  # k2, as far as it stands for as many in both
        ("bj_core", NOWHERE): 5.0,  # the rest of k2
        ("xiongan", NOWHERE): 5.0,  # k3 is not there
        ("baoding", "xiongan"): 7.0,
        (NOWHERE, "xiongan"): 3.0,  # k9 is new
    }


def test_movers_add_up_to_the_difference_of_every_zone():
    table = pd.DataFrame([{"member": 0, "kind": "residents", **row} for row in matched(BASE, VARIANT, JJJ)])
    found = net(table, "residents").iloc[0]
    assert found["xiongan"] == 25.0 - 5.0
    assert found["bj_core"] == 10.0 - 30.0
    assert found["baoding"] == -7.0


def test_pairs_are_net_of_the_way_back():
    rows = [("bj_core", "xiongan", 30.0), ("xiongan", "bj_core", 10.0), ("baoding", "xiongan", 4.0)]
    table = pd.DataFrame([(0, "residents", *row, "persons") for row in rows], columns=list(law.COLUMNS))
    base = load_scenario("baseline")
    found = pairs(Movers(base, base, table, {"members": 2}), "residents")
    assert found.to_dict("records") == [
        {"origin": "bj_core", "destination": "xiongan", "net": 10.0, "each": 20.0},
        {"origin": "baoding", "destination": "xiongan", "net": 2.0, "each": 2.0},
    ]


def test_a_year_that_is_not_reached_is_refused():
    short = load_scenario("baseline", **{"horizon.end": "2014Q4"})
    with pytest.raises(ScenarioError, match="ends before 2030"):
        law.movers(short, short)


def test_agents_of_two_short_runs(tmp_path):
    """Three quarters of relief: movers are the differences of residents and of legal units to the person."""
    settings = {"horizon.end": "2014Q4", "population.residents_per_agent": 20_000}
    base, variant = (load_scenario(name, **settings) for name in ("baseline", "no_relief"))
    found = law.movers(base, variant, members=1, year=2014)
    told = compare(base, variant, members=1).differences
    for kind, variable in (("residents", "population"), ("firms", "firms")):
        rows = told[(told["variable"] == variable) & (told["area_kind"] == "zone") & (told["period"] == 2014)]
        change = rows.set_index("area")["difference"]
        mine = net(found.table, kind).reindex(columns=change.index, fill_value=0.0)
        np.testing.assert_allclose(mine.sum(axis=0), change, atol=1e-6)
    assert len(found.table)
    again = law.load(found.save(tmp_path / "movers"))
    pd.testing.assert_frame_equal(again.table, found.table)
    assert [f.name for f in charts.draw(again, tmp_path / "charts", ("png",), ("zh",))] == ["movers.png"]
    with pytest.raises(DataError, match="no folder of movers"):
        law.load(tmp_path)
