"""The store: what is kept is found by what decides it alone, whole or not at all."""

import os
import threading

import numpy as np
import pytest

import jjj_sim
from jjj_sim.errors import ScenarioError
from jjj_sim.running import executors
from jjj_sim.running import member as lives
from jjj_sim.running import store as stores
from jjj_sim.running.member import Life
from jjj_sim.running.store import Store
from jjj_sim.sources import code_sha256
from jjj_sim.state import part

MADE = {"plan": "p", "seed": 1, "twin": True, "as_of": None, "code": code_sha256()}
LIFE = Life({"population.0": np.arange(6.0), "recorded": np.asarray(8)}, {"people": 1e-16}, {"firms": 3})
TWIN = {"horizon.end": "2013Q4", "population.residents_per_agent": 20000}


@pytest.fixture
def store(tmp_path):
    return Store(tmp_path / "store")


def test_what_is_written_is_read_to_the_bit(store):
    assert store.read(MADE) is None
    store.write(MADE, LIFE, {"name": "baseline"})
    found = store.read(MADE)
    assert list(found.record) == list(LIFE.record)
    np.testing.assert_array_equal(found.record["population.0"], LIFE.record["population.0"])
    assert (found.residuals, found.agents) == (LIFE.residuals, LIFE.agents)
    assert Store(store.folder, fresh=True).read(MADE) is None


@pytest.mark.parametrize("key", MADE)
def test_another_make_is_another_member(store, key):
    store.write(MADE, LIFE, {})
    assert store.read({**MADE, key: "other"}) is None


def test_the_stamp_tells_all_that_decides_a_member(plan):
    assert set(part.stamp(plan, 1, twin=True)) == {"plan", "seed", "twin", "as_of", "tables", "code", "levers", "with"}


@pytest.mark.parametrize("harm", ["cut", "byte", "head", "empty", "moved"])
def test_a_damaged_file_is_told_and_written_anew(store, harm, caplog):
    store.write(MADE, LIFE, {})
    path = store.path(MADE)
    whole = path.read_bytes()
    harmed = {
        "cut": whole[:-20],
        "byte": whole[:-20] + bytes([whole[-20] ^ 1]) + whole[-19:],
        "head": b"x" + whole,
        "empty": b"",
    }
    if harm == "moved":
        store.write({**MADE, "seed": 2}, LIFE, {})
        harmed["moved"] = store.path({**MADE, "seed": 2}).read_bytes()
    path.write_bytes(harmed[harm])
    assert store.read(MADE) is None
    assert f"The store's file {path} is damaged" in caplog.text
    store.write(MADE, LIFE, {})
    assert path.read_bytes() == whole


def test_many_that_write_one_member_at_once_leave_one_whole_file(store):
    threads = [threading.Thread(target=store.write, args=(MADE, LIFE, {"name": "baseline"})) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [e.path for e in store.entries()] == [store.path(MADE)]
    assert store.read(MADE) is not None


def test_a_store_that_cannot_be_written_is_told_once_and_stops_nothing(tmp_path, caplog):
    (tmp_path / "file").write_text("")
    store = Store(tmp_path / "file")
    store.write(MADE, LIFE, {})
    store.write(MADE, LIFE, {})
    assert caplog.text.count("Nothing can be kept in the store") == 1
    assert store.entries() == []


def test_the_place_is_the_variables_or_the_platforms(monkeypatch, tmp_path):
    monkeypatch.setenv("JJJ_SIM_STORE", str(tmp_path))
    assert stores.place() == tmp_path
    monkeypatch.setenv("JJJ_SIM_STORE", "none")
    assert stores.place() is None
    with pytest.raises(ScenarioError, match="JJJ_SIM_STORE is none"):
        Store()
    monkeypatch.delenv("JJJ_SIM_STORE")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(stores.sys, "platform", "linux")
    assert stores.place() == tmp_path / "cache" / "jjj-sim" / "store"
    monkeypatch.setattr(stores.sys, "platform", "darwin")
    assert stores.place().parts[-4:] == ("Library", "Caches", "jjj-sim", "store")


def test_entries_tell_size_age_and_code(store):
    store.write(MADE, LIFE, {"name": "new"})
    store.write({**MADE, "code": "0" * 64}, LIFE, {"name": "old"})
    old = store.path({**MADE, "code": "0" * 64})
    os.utime(old, (0, 0))
    (store.folder / "notes.txt").write_text("mine")
    new, last = store.entries()
    assert (new.told["name"], new.of_this_code, last.told["name"], last.of_this_code) == ("new", True, "old", False)
    assert new.age < 60 < last.age
    assert last.size == old.stat().st_size
    store.remove([last])
    assert not old.exists()
    assert (store.folder / "notes.txt").exists()


def test_a_baseline_is_never_run_twice_and_the_result_is_the_same(tmp_path, monkeypatch):
    """Also under another name: what a scenario is called decides nothing."""
    scenario = jjj_sim.load_scenario("baseline", **TWIN)
    lived = []
    live = lives.live
    monkeypatch.setattr(executors, "n_processors", lambda: 1)
    monkeypatch.setattr(lives, "live", lambda plan, *rest: lived.append(plan.name) or live(plan, *rest))
    straight = jjj_sim.run(scenario, members=2, twin=True, fixed_parameters=True)
    assert straight.manifest["from_store"] == 0
    lived.clear()
    store = tmp_path / "store"
    twice = [jjj_sim.run(scenario, members=n, twin=True, fixed_parameters=True, store=store) for n in (1, 2)]
    assert (len(lived), twice[1].manifest["from_store"]) == (2, 1)
    for table in ("annual", "series", "flows"):
        assert getattr(twice[1], table).equals(getattr(straight, table))
    own = {"levers.xiongan_investment.path": [["2013Q3", 90.0]]}
    variant = jjj_sim.load_scenario("baseline", **TWIN, **own)
    found = jjj_sim.compare(scenario, variant, members=2, twin=True, fixed_parameters=True, store=store)
    assert len(lived) == 4
    assert found.base.manifest["from_store"] == 2
    assert (
        jjj_sim.run(scenario, twin=True, fixed_parameters=True, store=Store(store, fresh=True)).manifest["from_store"]
        == 0
    )
    assert len(lived) == 5
