"""Kept kernels: none outlives a change of the sources, and none is needed."""

import os
import shutil
import subprocess
import sys

import numba
import pytest

from jjj_sim import kernels
from jjj_sim.sources import PACKAGE, _digest, code_sha256

CALLER = """
from jjj_sim.kernels import njit
from jjj_sim.law import law

@njit(cache=True)
def applied(x):
    return law(x)

print(applied(10), sum(applied.stats.cache_hits.values()))
"""
LAW = """
from jjj_sim.kernels import njit

@njit(inline="always")
def law(x):
    return x + {}
"""


@pytest.fixture
def small(tmp_path):
    """A package of one law and one file that calls it; it tells the law of 10 and how many kernels were kept."""
    package = tmp_path / "src" / "jjj_sim"
    package.mkdir(parents=True)
    for name in ("__init__.py", "sources.py", "kernels.py"):
        shutil.copy(PACKAGE / name, package / name)
    (package / "caller.py").write_text(CALLER, "utf-8")

    def call(added, **changed):
        (package / "law.py").write_text(LAW.format(added), "utf-8")
        home = {"XDG_CACHE_HOME": str(tmp_path / "cache"), "PYTHONPATH": str(tmp_path / "src"), "NUMBA_CACHE_DIR": ""}
        answer = subprocess.run(
            [sys.executable, "-m", "jjj_sim.caller"],
            env={**os.environ, **home, **changed},
            capture_output=True,
            text=True,
        )
        assert answer.returncode == 0, answer.stderr
        return answer.stdout.split()

    return call


def test_an_edited_law_reaches_kernels_of_other_files_and_unchanged_ones_are_kept(small):
    assert small(1) == ["11", "0"]
    assert small(1) == ["11", "1"]
    assert small(2) == ["12", "0"]


def test_places_that_cannot_be_written_are_passed_over(small):
    nowhere = {"XDG_CACHE_HOME": "/dev/null/none", "NUMBA_CACHE_DIR": "/dev/null/none"}
    assert small(1, **nowhere)[0] == "11"


@pytest.fixture
def roots(monkeypatch):
    """Give `cache_folder` these roots."""

    def give(*paths):
        monkeypatch.setattr(kernels, "_roots", lambda: iter(paths))
        return kernels.cache_folder.__wrapped__()

    return give


def test_the_first_place_that_can_be_written_is_taken(roots, tmp_path):
    (tmp_path / "file").touch()
    assert roots(tmp_path / "file", tmp_path / "home") == tmp_path / "home" / code_sha256()[:16]
    assert roots(tmp_path / "file") is None


def test_kernels_are_not_kept_where_there_is_no_folder(monkeypatch):
    monkeypatch.setattr(kernels, "cache_folder", lambda: None)
    kernel = kernels.njit(cache=True)(lambda x: x + 1)
    assert kernel(1) == 2
    assert kernel.stats.cache_path is None


def test_folders_of_other_sources_go_once_there_are_many_but_not_those_in_use(roots, tmp_path):
    for k in range(12):
        (tmp_path / f"{k:016x}").mkdir()
        os.utime(tmp_path / f"{k:016x}", (k, k))
    in_use, foreign = tmp_path / f"{99:016x}", tmp_path / "notes"
    in_use.mkdir()
    foreign.mkdir()
    os.utime(foreign, (0, 0))
    mine = roots(tmp_path)
    left = {path.name for path in tmp_path.iterdir()}
    assert left == {mine.name, in_use.name, "notes", *(f"{k:016x}" for k in range(5, 12))}


def test_the_user_s_choice_of_a_place_comes_first_and_numba_s_settings_stay(monkeypatch, tmp_path):
    monkeypatch.setattr(numba.config, "CACHE_DIR", str(tmp_path))
    assert next(kernels._roots()) == tmp_path / "jjj-sim"
    kernels.njit(cache=True)(lambda x: x)
    assert numba.config.CACHE_DIR == str(tmp_path)


def test_the_digest_is_of_every_place_and_content(tmp_path):
    (tmp_path / "a.py").write_text("x = 1", "utf-8")
    seen = {_digest(tmp_path)}
    (tmp_path / "a.py").write_text("x = 2", "utf-8")
    seen.add(_digest(tmp_path))
    (tmp_path / "inner").mkdir()
    (tmp_path / "a.py").rename(tmp_path / "inner" / "a.py")
    seen.add(_digest(tmp_path))
    (tmp_path / "inner" / "table.csv").touch()
    assert _digest(tmp_path) in seen
    assert len(seen) == 3
