"""`jjj-sim calibrate` as a user types it, on a model that is linear: folder, summary, interruption, bad options."""

import json

import pandas as pd
import pytest
from lines import straight

from jjj_sim import regions
from jjj_sim.calibrating import calibration
from jjj_sim.calibrating.space import space
from jjj_sim.calibrating.twin import published
from jjj_sim.judging.targets import targets

FILES = {"draws.parquet", "readings.parquet", "manifest.json", "scenario.toml"} | {
    f"{name}.csv" for name in ("parameters", "loss", "figures", "apart", "influence", "path", "starts")
}


@pytest.fixture
def linear(monkeypatch):
    """Put a line in the place of the twin, which is interrupted when asked `stop` times."""
    region = regions.default()
    found = published(targets(region))

    def make(stop=0):
        line = straight(found, space(region), stop)
        monkeypatch.setattr(calibration, "twin", lambda *_, **__: line)
        return line

    return make


def test_a_quick_calibration_writes_its_folder_and_says_how_it_ended(jjj_sim, linear, tmp_path):
    linear()
    status, out, err = jjj_sim("calibrate", "--quick", "--members", 40, "--workers", 1, "--out", tmp_path / "c")
    assert status == 0, err
    assert {p.name for p in (tmp_path / "c").iterdir()} == FILES | {"charts"}
    drawn = {f"{name}.{kind}" for name in ("loss", "parameters", "series") for kind in ("png", "svg")}
    assert {p.name for p in (tmp_path / "c" / "charts").iterdir()} == {*drawn, "data"}
    assert [p.name for p in tmp_path.iterdir()] == ["c"]
    for text in ("Loss by block", "labour.wage_speed", "effective sample size", "Inside the accepted range"):
        assert text in out
    manifest = json.loads((tmp_path / "c" / "manifest.json").read_text())
    assert {"code_sha256", "data_sha256", "runs", "wall_seconds", "peak_memory_mb", "seed"} <= set(manifest)
    draws = pd.read_parquet(tmp_path / "c" / "draws.parquet")
    assert len(draws) == 40
    assert draws["parameters.labour.wage_speed"].between(0.1, 0.5).all()


def test_it_speaks_chinese_and_draws_again(jjj_sim, linear, tmp_path):
    linear()
    folder = tmp_path / "c"
    arguments = ("--quick", "--members", 10, "--workers", 1, "--out", folder, "--lang", "zh", "--no-charts")
    status, out, _ = jjj_sim("calibrate", *arguments)
    assert status == 0
    assert "有效样本量" in out
    assert "产业结构" in out
    assert "structure" not in out
    status, _, err = jjj_sim("charts", folder, "--lang", "en,zh", "--format", "png")
    assert status == 0, err
    assert len(list((folder / "charts").glob("*.zh.png"))) == 3


@pytest.mark.parametrize("quick", [True, False])
def test_what_was_interrupted_comes_to_the_same_posterior(jjj_sim, linear, tmp_path, quick):
    given = ("--members", 30, "--workers", 1, "--quiet", "--no-charts", *(["--quick"] if quick else []))
    linear()
    assert jjj_sim("calibrate", *given, "--out", tmp_path / "straight")[0] == 0
    stopped = linear(stop=60)
    status, _, err = jjj_sim("calibrate", *given, "--out", tmp_path / "killed")
    assert status == 130
    assert f"jjj-sim calibrate --resume {tmp_path / 'killed'}" in err
    again = linear()
    assert jjj_sim("calibrate", "--resume", tmp_path / "killed", "--quiet", "--no-charts", "--workers", 1)[0] == 0
    assert not {str(a) for a in again.asked} & {str(a) for a in stopped.asked[:-1]}
    for name in ("draws.parquet", "readings.parquet", "parameters.csv", "loss.csv", "starts.csv"):
        assert (tmp_path / "straight" / name).read_bytes() == (tmp_path / "killed" / name).read_bytes()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--as-of", "2031"], "--as-of 2031 is no year that can be fitted; it can be 2014 to 2024. Did you mean 2024?"),
        (["--members", "0"], "--members 0 is no number of draws; the least is 1"),
        (["--seed", "-1"], "--seed -1 is below zero; the least is 0"),
        (["--lang", "zx"], "'zx' is not one of en, zh. Did you mean zh?"),
        (
            ["--parameters", "labour.wage_sped"],
            "labour.wage_sped: no parameter with a prior. Did you mean labour.wage_speed?",
        ),
        (["--region", "nowhere"], "nowhere is no region's folder: it has no region.toml"),
    ],
)
def test_bad_options_are_told_in_one_message(jjj_sim, tmp_path, arguments, told):
    status, _, err = jjj_sim("calibrate", "--out", tmp_path / "c", *arguments)
    assert status == 2
    assert told in err
    assert "Nothing was run." in err
    assert not (tmp_path / "c").exists()


def test_nothing_to_resume_is_told(jjj_sim, tmp_path):
    status, _, err = jjj_sim("calibrate", "--resume", tmp_path / "c")
    assert status == 4
    assert "holds no calibration to resume" in err


def test_a_folder_of_something_else_is_left_alone(jjj_sim, linear, tmp_path):
    line = linear()
    (tmp_path / "c").mkdir()
    (tmp_path / "c" / "mine.txt").write_text("mine")
    status, _, err = jjj_sim("calibrate", "--quick", "--workers", 1, "--out", tmp_path / "c")
    assert status == 2
    assert "is in the way" in err
    assert line.asked == []
    assert (tmp_path / "c" / "mine.txt").read_text() == "mine"
