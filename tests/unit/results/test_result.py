"""Result folders: whole or not there, the same bytes for the same run."""

import hashlib

import pandas as pd
import pytest

from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.running.recorder import Recorder
from jjj_sim.running.result import Result, load


@pytest.fixture
def result(make_world, live):
    world = make_world()
    recorder = Recorder(world.plan)
    for t in range(8):
        live(world, t)
        recorder.record(world)
    frames = recorder.frames("hand", 0)
    evidence = pd.DataFrame({"id": ["a"], "published": [1.5], "quote_zh": ["雄安"]})
    goals = pd.DataFrame({"goal": ["G1"], "probability": [0.25]})
    return Result("hand", *frames, {"scenario": "hand", "seed": 1}, 'title = "Hand"\n', evidence, goals)


def test_what_is_saved_is_what_is_loaded(result, tmp_path):
    found = load(result.save(tmp_path / "hand"))
    for name in ("annual", "series", "flows", "evidence", "goals"):
        pd.testing.assert_frame_equal(getattr(found, name), getattr(result, name), check_exact=True)
    assert (found.name, found.scenario) == (result.name, result.scenario)
    assert found.manifest["seed"] == 1


def test_the_same_run_has_the_same_bytes(result, tmp_path):
    folders = [result.save(tmp_path / name) for name in ("a", "b")]
    for table in ("annual.parquet", "series.parquet", "flows.parquet", "evidence.csv"):
        first, second = (hashlib.sha256((f / table).read_bytes()).hexdigest() for f in folders)
        assert first == second


def test_a_failure_in_the_middle_leaves_nothing(result, tmp_path):
    def fail(_):
        raise RuntimeError("the disk is full")

    with pytest.raises(RuntimeError, match="the disk is full"):
        result.save(tmp_path / "hand", fill=[fail])
    assert list(tmp_path.iterdir()) == []


def test_a_failure_leaves_the_old_result_as_it_was(result, tmp_path):
    folder = result.save(tmp_path / "hand")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}

    def fail(_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        result.save(folder, fill=[fail])
    assert {p.name: p.read_bytes() for p in folder.iterdir()} == before
    assert list(tmp_path.iterdir()) == [folder]


def test_an_old_result_is_replaced_whole(result, tmp_path):
    folder = result.save(tmp_path / "hand", fill=[lambda part: (part / "old.txt").write_text("old")])
    result.save(folder, fill=[lambda part: (part / "new.txt").write_text("new")])
    assert (folder / "new.txt").exists()
    assert not (folder / "old.txt").exists()
    assert list(tmp_path.iterdir()) == [folder]


def test_something_else_is_never_replaced(result, tmp_path):
    place = tmp_path / "hand"
    place.mkdir()
    (place / "thesis.tex").write_text("mine")
    with pytest.raises(ScenarioError, match="is not a result"):
        result.save(place)
    assert (place / "thesis.tex").read_text() == "mine"


def test_a_folder_that_is_no_result_says_what_is_missing(tmp_path):
    with pytest.raises(DataError, match=r"not a result folder: annual\.parquet"):
        load(tmp_path)


def test_a_damaged_table_is_found(result, tmp_path):
    folder = result.save(tmp_path / "hand")
    table = folder / "annual.parquet"
    table.write_bytes(table.read_bytes()[:-8] + b"\0" * 8)
    with pytest.raises(DataError, match="is damaged"):
        load(folder)
