"""Members: the same luck alone or in company, saved and taken up again, and what happens when one fails."""

import json
import shutil

import dying
import numpy as np
import pandas as pd
import pytest

from jjj_sim import regions
from jjj_sim.errors import BalanceError, DataError, ScenarioError
from jjj_sim.region import load as load_region
from jjj_sim.running import ensemble, executors
from jjj_sim.running import member as lives
from jjj_sim.running.member import Request
from jjj_sim.running.result import load
from jjj_sim.scenario import load_scenario

SHORT = {"horizon.end": "2014Q4", "population.residents_per_agent": 5000}
TABLES = ("annual", "series", "flows")


@pytest.fixture(scope="module")
def short(four):
    """Two years of the baseline of four zones at 5,000 residents an agent."""
    return load_scenario("baseline", region=four, **SHORT)


@pytest.fixture(scope="module")
def straight(short):
    return ensemble.run(short, members=1, seed=3)


@pytest.fixture(scope="module")
def shipped():
    """The same of the shipped region."""
    return load_scenario("baseline", **SHORT)


@pytest.fixture(scope="module")
def shipped_straight(shipped):
    return ensemble.run(shipped, members=1, seed=3)


def _same(a, b):
    for table in TABLES:
        pd.testing.assert_frame_equal(getattr(a, table), getattr(b, table), check_exact=True)


def test_a_member_in_a_pool_of_processes_is_the_member_alone(short, straight, monkeypatch):
    monkeypatch.setattr(executors, "n_processors", lambda: 2)
    both = ensemble.run(short, members=2, seed=3)
    assert both.manifest["member_seeds"]["0"] == straight.manifest["member_seeds"]["0"]
    assert both.manifest["failed"] == {}
    first = both.annual[both.annual.member == 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(first, straight.annual, check_exact=True)
    second = both.annual[both.annual.member == 1].reset_index(drop=True)
    assert not second.value.equals(first.value)


def test_a_run_resumed_at_its_checkpoint_has_the_bits_of_the_straight_run(short, straight, tmp_path):
    workspace = tmp_path / "work"
    run = ensemble.run(short, members=1, seed=3, checkpoint="2013Q3", workspace=workspace)
    _same(run, straight)
    result = tmp_path / "result"
    run.save(result, [lambda part: ensemble.keep_checkpoint(workspace, part)])
    resumed = ensemble.resume(result / "checkpoint")
    _same(resumed, straight)
    resumed.save(tmp_path / "resumed")
    for table in TABLES:
        name = f"{table}.parquet"
        assert (tmp_path / "resumed" / name).read_bytes() == (result / name).read_bytes()


def test_an_interrupted_run_keeps_its_finished_members(short, straight, tmp_path, monkeypatch):
    monkeypatch.setattr(executors, "n_processors", lambda: 1)
    live = lives.live

    def interrupted(plan, request, member, tick):
        if member == 1:
            raise KeyboardInterrupt
        return live(plan, request, member, tick)

    monkeypatch.setattr(lives, "live", interrupted)
    with pytest.raises(KeyboardInterrupt):
        ensemble.run(short, members=2, seed=3, workspace=tmp_path / "work")
    monkeypatch.setattr(lives, "live", live)
    found = ensemble.resume(tmp_path / "work")
    first = found.annual[found.annual.member == 0].reset_index(drop=True)
    pd.testing.assert_frame_equal(first, straight.annual, check_exact=True)
    assert set(found.annual.member) == {0, 1}


@pytest.fixture
def failing(monkeypatch):
    """Make the members with the given numbers break an identity."""
    live = lives.live

    def fail(*members):
        def broken(plan, request, member, tick):
            if member in members:
                raise BalanceError(f"people do not close in member {member}")
            return live(plan, request, member, tick)

        monkeypatch.setattr(executors, "n_processors", lambda: 1)
        monkeypatch.setattr(lives, "live", broken)

    return fail


def test_the_rest_is_kept_when_a_member_fails(short, failing, tmp_path):
    failing(0)
    result = ensemble.run(short, members=2, seed=3)
    assert result.manifest["failed"] == {"0": "BalanceError: people do not close in member 0"}
    assert set(load(result.save(tmp_path / "partial")).annual.member) == {1}


@pytest.mark.slow
def test_a_member_whose_process_dies_twice_is_named_and_the_others_are_run(short, monkeypatch):
    straight = ensemble.run(short, members=4, seed=3, twin=True)
    monkeypatch.setattr(executors, "_work", dying.lived)
    result = ensemble.run(short, members=4, seed=3, twin=True, workers=2)
    assert result.manifest["failed"] == {"1": "ProcessLost: its process was killed twice, perhaps for want of memory"}
    kept = straight.annual[straight.annual.member != 1].reset_index(drop=True)
    pd.testing.assert_frame_equal(result.annual, kept, check_exact=True)


def test_when_every_member_fails_the_first_failure_is_raised(short, failing):
    failing(0, 1)
    with pytest.raises(BalanceError, match="in member 0"):
        ensemble.run(short, members=2)


def test_a_changed_scenario_is_not_resumed(short, tmp_path):
    workspace = tmp_path / "work"
    ensemble.run(short, seed=3, workspace=workspace)
    file = workspace / "scenario.toml"
    file.write_text(file.read_text("utf-8").replace("5000", "6000"), "utf-8")
    with pytest.raises(DataError, match="it was changed since"):
        ensemble.resume(workspace)


@pytest.fixture
def workspace(short, tmp_path):
    """The workspace of a run of one member with a checkpoint, complete."""
    ensemble.run(short, seed=3, checkpoint="2013Q3", workspace=tmp_path / "work")
    return tmp_path / "work"


def told(workspace, **other):
    """Change what the request of a workspace tells."""
    file = workspace / "request.json"
    file.write_text(json.dumps(json.loads(file.read_text("utf-8")) | other), "utf-8")


def restamped(file, **other):
    """Change the stamp of a part."""
    with np.load(file) as found:
        arrays = {name: found[name] for name in found.files}
    arrays["stamp"] = np.array(json.dumps(json.loads(str(arrays["stamp"])) | other))
    with file.open("wb") as to:
        np.savez(to, **arrays)


@pytest.mark.parametrize("key", ["seed", "twin", "tables", "code"])
def test_a_run_of_another_make_is_not_resumed(workspace, key):
    told(workspace, **{key: None if key == "code" else {"seed": 4, "twin": True}.get(key, "0" * 64)})
    with pytest.raises(DataError, match=key) as error:
        ensemble.resume(workspace)
    assert error.value.exit_status == 4
    assert str(error.value).count("\n") == 1


@pytest.mark.parametrize("kind", ["done", "world", "record"])
@pytest.mark.parametrize("key", ["plan", "seed", "twin", "tables", "code"])
def test_a_part_of_another_make_is_refused_before_anything_runs(workspace, kind, key, monkeypatch):
    restamped(workspace / f"{kind}-0000.npz", **{key: "0" * 64})
    monkeypatch.setattr(lives, "live", None)
    with pytest.raises(DataError, match=rf"{kind}-0000.npz is not of this run; it was made with {key} 0{{12}}, here "):
        ensemble.resume(workspace)


def test_a_part_without_a_stamp_is_refused(workspace):
    np.savez(workspace / "done-0000.npz", recorded=np.asarray(8))
    with pytest.raises(DataError, match="made with plan untold"):
        ensemble.resume(workspace)


def test_a_damaged_part_is_named(workspace):
    file = workspace / "done-0000.npz"
    file.write_bytes(file.read_bytes()[:1000])
    with pytest.raises(DataError, match=r"done-0000.npz is damaged; remove it"):
        ensemble.resume(workspace)


def test_a_worker_of_other_code_stops(short):
    asked = Request(members=1, seed=3, code="0" * 64)
    with pytest.raises(DataError, match="changed while the run went on"):
        lives.live(short.plan(), asked, 0, lambda: None)


@pytest.mark.parametrize(
    ("label", "message"), [("2014Q4", "outside the run"), ("2014", "is not a quarter"), ("2031Q1", "outside")]
)
def test_checkpoints_lie_within_the_horizon(short, tmp_path, label, message):
    with pytest.raises(ScenarioError, match=message):
        ensemble.run(short, checkpoint=label, workspace=tmp_path / "work")


def test_a_result_says_where_it_comes_from(shipped, shipped_straight, tmp_path):
    folder = shipped_straight.save(tmp_path / "result")
    manifest = json.loads((folder / "manifest.json").read_text("utf-8"))
    assert manifest["scenario_sha256"] == shipped.plan().digest
    assert manifest["residents_per_agent"] == 5000
    assert manifest["data_sha256"] == shipped.region.sha256
    assert manifest["region"] == "jingjinji"
    assert "region_folder" not in manifest
    assert len(manifest["code_sha256"]) == 64
    assert manifest["packages"]["numpy"]
    assert max(manifest["largest_residuals"].values()) < 1e-8
    again = load_scenario(folder / "scenario.toml")
    assert again.plan().digest == shipped.plan().digest
    assert again.name == shipped_straight.name


def test_a_run_of_a_region_in_a_folder_is_resumed_and_loaded_there(shipped_straight, tmp_path):
    keep = shutil.ignore_patterns("prepare", "statistics", "__pycache__", "*.py")
    region = load_region(shutil.copytree(regions.default().folder, tmp_path / "copy", ignore=keep))
    scenario = load_scenario("baseline", region=region, **SHORT)
    workspace = tmp_path / "work"
    run = ensemble.run(scenario, members=1, seed=3, workspace=workspace)
    _same(run, shipped_straight)
    resumed = ensemble.resume(workspace)
    assert resumed.region is region
    assert load(resumed.save(tmp_path / "result")).region is region
