"""The store as a user meets it: killed, harmed or shared, a run ends with the bytes of one that nobody disturbed."""

import hashlib
import json
import os
import random
import signal
import subprocess
import sys
import time

import numpy as np
import psutil
import pytest
from rich.cells import cell_len

from jjj_sim.running import executors
from jjj_sim.running import member as lives
from jjj_sim.running.member import Life
from jjj_sim.running.store import Store
from jjj_sim.sources import code_sha256

SHORT = ["--scale", "20000", "--set", "horizon.end=2014Q4", "--no-charts"]
ASKED = {"title": "Baseline", "title_zh": "基准情景", "settings": "s", "seed": 1, "residents_per_agent": 100}
LIFE = Life({"population.0": np.arange(2000.0), "recorded": np.asarray(8)}, {"people": 0.0}, {"firms": 3})
DAY = 86400


@pytest.fixture
def place(tmp_path, monkeypatch):
    """The folder of a store that commands find."""
    monkeypatch.setenv("JJJ_SIM_STORE", str(tmp_path / "store"))
    return tmp_path / "store"


@pytest.fixture
def filled(place):
    """A store of three members: two of this code, of which one is forty days old, and one of other code."""
    store = Store(place)
    for name, seed, code, days in (("new", 1, code_sha256(), 0), ("old", 2, code_sha256(), 40), ("other", 3, "0", 1)):
        made = {"seed": seed, "twin": seed == 2, "code": code}
        store.write(made, LIFE, {"name": name, **ASKED})
        then = time.time() - days * DAY
        os.utime(store.path(made), (then, then))
    return store


def names(store):
    return {entry.told["name"] for entry in store.entries()}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_store_is_listed_in_80_columns(jjj_sim, filled, lang):
    status, out, _ = jjj_sim("store", "--lang", lang)
    assert status == 0
    assert max(map(cell_len, out.splitlines())) <= 80
    for text in ("new", "old", "other", "1:100", *(("40 d", "3 files") if lang == "en" else ("40 天", "3 个文件"))):
        assert text in out
    report = json.loads(jjj_sim("store", "--json")[1])
    assert [run["of_this_code"] for run in report["runs"]] == [True, False, True]
    assert report["members"] == 3


@pytest.mark.parametrize(
    ("asked", "left"),
    [
        (["--older-than", "30d"], {"new", "other"}),
        (["--older-than", "12h"], {"new"}),
        (["--other-code"], {"new", "old"}),
        (["--larger-than", "5GB"], {"new", "old", "other"}),
        (["--larger-than", "0"], set()),
        (["--older-than", "30d", "--other-code"], {"new"}),
    ],
)
def test_pruning_removes_what_was_asked_and_says_so(jjj_sim, filled, asked, left):
    before = names(filled)
    status, out, _ = jjj_sim("store", "prune", *asked)
    assert status == 0
    assert names(filled) == left
    for name in before - left:
        assert name in out
    assert all(name not in out for name in left)


def test_by_size_what_was_used_longest_ago_goes_first(jjj_sim, filled):
    one = filled.entries()[0].size
    assert jjj_sim("store", "prune", "--larger-than", f"{(2 * one + 100) / 1000}KB")[0] == 0
    assert names(filled) == {"new", "other"}


@pytest.mark.parametrize(
    ("asked", "message"),
    [
        ([], "say what to remove"),
        (["--older-than", "soon"], "'soon' is no age; write it like 30d"),
        (["--larger-than", "5 apples"], "'5 apples' is no size"),
    ],
)
def test_pruning_without_a_clear_wish_removes_nothing(jjj_sim, filled, asked, message):
    status, _, err = jjj_sim("store", "prune", *asked)
    assert (status, names(filled)) == (2, {"new", "old", "other"})
    assert message in err


def test_a_run_is_interrupted_gone_on_with_by_the_same_command_and_counted(jjj_sim, place, tmp_path, monkeypatch):
    live = lives.live

    def interrupted(plan, request, member, tick):
        if member == 1:
            raise KeyboardInterrupt
        return live(plan, request, member, tick)

    monkeypatch.setattr(executors, "n_processors", lambda: 1)
    asked = ["run", "baseline", *SHORT, "--out", tmp_path, "--twin", "--members", "2"]
    with monkeypatch.context() as patch:
        patch.setattr(lives, "live", interrupted)
        status, _, err = jjj_sim(*asked, "--fresh")
        assert status == 130
        assert "the same command goes on" in err
        assert "--members 2\n" in err
        assert jjj_sim("compare", "baseline", "baseline", *asked[2:], "--no-store")[0] == 130
    (file,) = place.rglob("*.member")
    status, out, _ = jjj_sim(*asked)
    assert "1 of 2 members from the store" in out
    whole = file.read_bytes()
    file.write_bytes(whole[:-9])
    status, out, err = jjj_sim(*asked, "--lang", "zh")
    assert "已损坏" in err
    assert "2 个成员中 1 个取自存储库" in out
    assert file.read_bytes() == whole
    status, out, _ = jjj_sim("compare", "baseline", "no_relief", *asked[2:])
    assert status == 0
    assert "2 of 4 members from the store" in out
    report = json.loads(jjj_sim(*asked, "--json", "--no-store")[1])
    assert report["results"][0]["from_store"] == 0


def test_fresh_without_a_store_is_refused(jjj_sim, place, tmp_path):
    status, _, err = jjj_sim("run", "baseline", *SHORT, "--out", tmp_path, "--fresh", "--no-store")
    assert status == 2
    assert "ask for one of them" in err


RUN = ["run", "baseline", "--set", "horizon.end=2014Q4", "--no-charts", "--twin", "--quiet", "--members", "6"]


def begun(place, out, *options):
    """Begin the command line in a process of its own."""
    command = [sys.executable, "-m", "jjj_sim", *RUN, "--out", str(out), *options]
    environment = {**os.environ, "JJJ_SIM_STORE": str(place)}
    return subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, text=True)


def ended(process):
    """Wait for its end and return what it said on standard error."""
    err = process.communicate(timeout=600)[1]
    assert process.returncode == 0, err
    return err


def digests(out):
    files = sorted((out / "baseline").glob("*.parquet"))
    assert len(files) == 3
    return {file.name: hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory):
    """The sha256 of the tables of a run without a store, by one worker."""
    out = tmp_path_factory.mktemp("undisturbed")
    ended(begun("none", out, "--workers", "1"))
    return digests(out)


@pytest.mark.slow
@pytest.mark.parametrize("workers", ["1", "2"])
def test_a_run_killed_twice_at_any_moment_ends_with_the_same_bytes(undisturbed, tmp_path, workers):
    moments = random.Random(int(workers))
    store = Store(tmp_path / "store")
    for n in (1, 3):  # at a random moment after so many members are kept
        process = begun(store.folder, tmp_path / "out", "--workers", workers)
        while process.poll() is None and len(store.entries()) < n:
            time.sleep(0.02)
        time.sleep(moments.uniform(0.0, 1.0))
        process.send_signal(signal.SIGKILL)
        process.wait()
    kept = sum(1 for entry in store.entries() if entry.told)
    assert kept >= 3
    ended(begun(store.folder, tmp_path / "out", "--workers", workers))
    assert digests(tmp_path / "out") == undisturbed
    manifest = json.loads((tmp_path / "out" / "baseline" / "manifest.json").read_text("utf-8"))
    assert manifest["from_store"] == kept


@pytest.mark.slow
def test_a_run_one_of_whose_workers_is_killed_ends_with_the_same_bytes(undisturbed, tmp_path):
    store = Store(tmp_path / "store")
    process = begun(store.folder, tmp_path / "out", "--workers", "2")
    while process.poll() is None and not store.entries():
        time.sleep(0.02)
    workers = [p for p in psutil.Process(process.pid).children() if "spawn_main" in " ".join(p.cmdline())]
    assert len(workers) == 2
    workers[0].kill()
    ended(process)
    assert digests(tmp_path / "out") == undisturbed
    manifest = json.loads((tmp_path / "out" / "baseline" / "manifest.json").read_text("utf-8"))
    assert manifest["failed"] == {}


@pytest.mark.slow
def test_two_runs_of_the_same_at_once_both_end_with_the_same_bytes(undisturbed, tmp_path):
    both = [begun(tmp_path / "store", tmp_path / "out", "--workers", "1") for _ in range(2)]
    for process in both:
        ended(process)
    assert digests(tmp_path / "out") == undisturbed
    assert len(Store(tmp_path / "store").entries()) == 6
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["baseline"]


@pytest.mark.slow
def test_a_cluster_one_of_whose_workers_is_killed_gives_the_same_bytes(undisturbed, tmp_path):
    distributed = pytest.importorskip("distributed")
    store = Store(tmp_path / "store")
    with distributed.LocalCluster(processes=True, n_workers=2, threads_per_worker=1, dashboard_address=None) as found:
        process = begun(store.folder, tmp_path / "out", "--scheduler", found.scheduler_address)
        while process.poll() is None and not store.entries():
            time.sleep(0.02)
        psutil.Process(next(iter(found.workers.values())).pid).kill()
        ended(process)
    assert digests(tmp_path / "out") == undisturbed
