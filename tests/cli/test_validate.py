"""`jjj-sim validate` as a user types it, on a model that is linear: folder, summary, interruption, bad options."""

import json

import pandas as pd
import pytest
from lines import straight

from jjj_sim import regions
from jjj_sim.calibrating import calibration
from jjj_sim.calibrating.space import space
from jjj_sim.calibrating.twin import published
from jjj_sim.judging.targets import targets
from jjj_sim.validating import validation

FILES = {"manifest.json", "scenario.toml", "charts"} | {f"{name}.csv" for name in validation.SHEETS}


@pytest.fixture
def linear(monkeypatch):
    """Put a line in the place of every twin, which is interrupted when asked `stop` times."""
    region = regions.default()
    found = published(targets(region))

    def make(stop=0):
        line = straight(found, space(region), stop)
        for module in (calibration, validation):
            monkeypatch.setattr(module, "twin", lambda *_, **__: line)
        return line

    return make


def asked(out, *more):
    """Arguments of a small validation."""
    return (
        *("validate", "--quick", "--origins", "2018,2020", "--members", 8, "--recovery", 2),
        *("--workers", 1, "--out", out),
        *more,
    )


def test_a_quick_validation_writes_its_folder_and_says_who_was_nearer(jjj_sim, linear, tmp_path):
    linear()
    status, out, err = jjj_sim(*asked(tmp_path / "v"))
    assert status == 0, err
    assert {p.name for p in (tmp_path / "v").iterdir()} == FILES
    assert {p.name for p in (tmp_path / "v" / "charts").iterdir()} == {
        f"{name}.{kind}" for name in ("coverage", "skill", "reliability") for kind in ("png", "svg")
    }
    assert [p.name for p in tmp_path.iterdir()] == ["v"]
    for text in (
        "origins 2018, 2020",
        "random walk",
        "Loses against",
        "Wins against",
        "Intervals of 90 % hold",
        "Known truths",
    ):
        assert text in out
    assert "At most" in err
    rows = pd.read_csv(tmp_path / "v" / "holdout.csv")
    assert rows["year"].max() == 2024
    assert (rows["year"] > rows["origin"]).all()
    assert {"model", "model, anchored", "model, defaults", "drift", "shift-share", "gravity and shift-share"} <= set(
        rows["forecaster"]
    )
    n, manifest = len(space(regions.default())), json.loads((tmp_path / "v" / "manifest.json").read_text())
    assert manifest["runs"] <= validation.Request((2018, 2020), 8, 2, effort=validation.LOOK).runs(n)
    assert set(manifest["calibrations"]) == {"2018", "2020"}
    status, out, err = jjj_sim("charts", tmp_path / "v", "--lang", "en,zh", "--format", "png")
    assert status == 0, err
    assert (tmp_path / "v" / "charts" / "skill.zh.png").is_file()


def test_in_chinese(jjj_sim, linear, tmp_path):
    linear()
    status, out, err = jjj_sim(*asked(tmp_path / "v", "--lang", "zh", "--no-charts"))
    assert status == 0, err
    for text in ("样本外检验", "随机游走", "引力加份额转移", "输给事先选定的简单方法", "已知真值"):
        assert text in out
    assert "random walk" not in out


def test_an_interrupted_validation_goes_on_to_the_same_tables(jjj_sim, linear, tmp_path):
    linear()
    assert jjj_sim(*asked(tmp_path / "whole", "--no-charts", "--quiet"))[0] == 0
    linear(stop=150)
    status, _, err = jjj_sim(*asked(tmp_path / "v", "--no-charts", "--quiet"))
    assert status == 130
    assert "--resume" in err
    linear()
    status, _, err = jjj_sim("validate", "--resume", tmp_path / "v", "--no-charts", "--quiet", "--workers", 1)
    assert status == 0, err
    for name in validation.SHEETS:
        assert (tmp_path / "v" / f"{name}.csv").read_bytes() == (tmp_path / "whole" / f"{name}.csv").read_bytes()
    runs = [json.loads((tmp_path / folder / "manifest.json").read_text())["runs"] for folder in ("v", "whole")]
    assert runs[0] == runs[1] > 150


@pytest.mark.parametrize(
    ("option", "value", "text"),
    [
        ("--origins", "2025", "2014 to 2023. Did you mean 2023?"),
        ("--origins", "2016,soon", "'soon' is no year"),
        ("--origins", "2016,2016", "names a year twice"),
        ("--members", "0", "the least is 1"),
        ("--recovery", "-1", "0 leaves known truths out"),
    ],
)
def test_bad_options_say_what_is_legal(jjj_sim, tmp_path, option, value, text):
    status, _, err = jjj_sim("validate", option, value, "--out", tmp_path / "v")
    assert status == 2
    assert text in err
    assert not list(tmp_path.glob("v*"))
