"""`jjj-sim reach` as a user types it: on a made-up twin found, met already, refused; and whole on a short real one."""

import json
from dataclasses import dataclass

import numpy as np
import pandas as pd
import pytest
from rich.cells import cell_len

from jjj_sim import load_scenario
from jjj_sim.reaching import backcast
from jjj_sim.reaching.aim import aim_of
from jjj_sim.reaching.moves import moves_of
from jjj_sim.reaching.twin import DRAW, Drawn, Twin

ASK = ["--target", "pm25:beijing:2030<=20", "--levers", "emission_standards", "--draws", 10, "--workers", 1]
FILES = {"manifest.json", "scenario.toml", "search.csv", "ray.csv", "indicators.csv"}


@dataclass(frozen=True)
class Air:
    """PM2.5 = level - (1 + draw) s for draws 0..9: of ten draws eight have a slope of at least 3."""

    scenario: object
    aim: object
    moves: tuple
    draws: tuple
    level = 21.0
    asked = []  # noqa: RUF012 (what all of them were asked)
    stop = 0

    @property
    def figures(self):
        return self.aim.wanted

    @property
    def stamp(self):
        return {"level": self.level}

    def read(self, settings):
        self.asked.append(dict(settings))
        if len(self.asked) == self.stop:
            raise KeyboardInterrupt
        s = settings["emission_standards"]
        return np.full(len(self.figures), self.level - (1.0 + settings[DRAW]) * s)


@pytest.fixture
def air(monkeypatch):
    """Put made-up air in the place of the twin, at a level."""

    def make(level, stop=0):
        kind = type("Air", (Air,), {"level": level, "asked": [], "stop": stop})
        monkeypatch.setattr(backcast, "Twin", kind)
        return kind

    return make


def test_the_smallest_change_is_told_written_and_runs(jjj_sim, air, tmp_path):
    air(21.0)
    status, out, err = jjj_sim("reach", "baseline", *ASK, "--verify", 0, "--out", tmp_path / "r")
    assert status == 0, err
    assert {p.name for p in (tmp_path / "r").iterdir()} == FILES | {"found.toml", "charts"}
    assert {p.name for p in (tmp_path / "r" / "charts").iterdir()} == {
        f"strength.{lang}.{kind}" for lang in ("en", "zh") for kind in ("png", "svg")
    }
    assert [p.name for p in tmp_path.iterdir()] == ["r"]
    # 1 / 3 told up to .334: from 1 a third of the way to 3.
    assert "PM2.5 (Beijing) ≤ 20 ug/m3 in 2030 with probability 0.8" in out
    assert "0 of 10 draws meet it (0.00)" in out
    assert "emission_standards from 1 to 1.668" in out
    assert "8 of 10 draws meet it (0.80)" in out
    assert "agents were not asked" in out
    assert max(map(cell_len, out.splitlines())) <= 80
    found = load_scenario(str(tmp_path / "r" / "found.toml"))
    assert found.levers["emission_standards"].at(51) == 1.0
    assert (
        found.levers["emission_standards"].at(52) == found.levers["emission_standards"].at(71) == pytest.approx(1.668)
    )
    tried = pd.read_csv(tmp_path / "r" / "search.csv")
    assert tried["emission_standards"].iloc[0] == 0.0
    (row,) = tried[np.isclose(tried["emission_standards"], 0.334)].to_dict("records")
    assert (row["met"], row["probability"]) == (8, 0.8)
    assert row["margin"] == pytest.approx((3 * 0.334 - 1.0) / 20.0)
    manifest = json.loads((tmp_path / "r" / "manifest.json").read_text())
    assert manifest["outcome"] == "found"
    assert manifest["size"] == pytest.approx(0.334)


def test_what_is_met_already_needs_nothing(jjj_sim, air, tmp_path):
    air(19.0)
    status, out, _ = jjj_sim("reach", "baseline", *ASK, "--verify", 0, "--out", tmp_path / "r", "--lang", "zh")
    assert status == 0
    assert "已经达到，无需调整" in out
    assert "10 次抽样中 10 次达标" in out
    assert {p.name for p in (tmp_path / "r").iterdir()} == FILES - {"ray.csv"}


@pytest.mark.parametrize(
    ("lang", "told"),
    [
        ("en", ("no change of these levers within their bounds reaches it", "6 of 10 draws", "still missing: 2 ug/m3")),
        (
            "zh",
            (
                "在界限之内，所列杠杆的任何调整都达不到",
                "10 次抽样中 6 次达标",
                "尚差：细颗粒物(PM2.5)浓度 2 微克/立方米",
            ),
        ),
    ],
)
def test_what_cannot_be_reached_is_refused_plainly_with_status_0(jjj_sim, air, tmp_path, lang, told):
    air(25.0)
    status, out, _ = jjj_sim("reach", "baseline", *ASK, "--verify", 3, "--out", tmp_path / "r", "--lang", lang)
    assert status == 0
    for text in told:
        assert text in out
    assert "found.toml" not in {p.name for p in (tmp_path / "r").iterdir()}
    assert max(map(cell_len, out.splitlines())) <= 80


def test_an_interrupted_search_goes_on_with_the_same_command(jjj_sim, air, tmp_path):
    kind = air(21.0, stop=25)
    status, _, err = jjj_sim("reach", "baseline", *ASK, "--verify", 0, "--out", tmp_path / "r")
    assert status == 130
    assert "same command goes on" in err
    kind = air(21.0)
    status, out, _ = jjj_sim("reach", "baseline", *ASK, "--verify", 0, "--out", tmp_path / "r", "--json")
    assert status == 0
    report = json.loads(out)
    assert report["outcome"] == "found"
    assert len(kind.asked) == 10 * report["twin"]["points"] - 24
    assert [p.name for p in tmp_path.iterdir()] == ["r"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["G4"], "there is no lever"),
        (["--levers", "steel_cap"], "nothing to reach"),
        (["G4", "--levers", "rail_programme"], "dated events"),
        (["G4", "--levers", "steel_cap", "--probability", "1.2"], "outside (0, 1]"),
        (["G4", "--levers", "steel_cap", "--costs", "steel_cap"], "write lever=number"),
        (["G4", "--levers", "steel_cap", "--costs", "steel_cap=0"], "finite number above 0"),
        (["G4", "--levers", "steel_cap", "--costs", "rd=1"], "none of the levers asked for"),
        (["G4", "--levers", "steel_cap", "--set", "horizon.end=2029Q4"], "2030 is outside the scenario's years"),
        (["--target", "pm25:beijing:2030", "--levers", "steel_cap"], "variable:area:year<=number"),
    ],
)
def test_bad_words_are_told_before_anything_runs(jjj_sim, tmp_path, words, told):
    status, out, err = jjj_sim("reach", "baseline", *words, "--out", tmp_path / "r")
    assert status == 2
    assert told in err
    assert "Nothing was run" in err
    assert not out
    assert not list(tmp_path.iterdir())


def test_a_short_real_one_from_end_to_end(jjj_sim, monkeypatch, tmp_path):
    """Steel to 2014, half of what closing all of it does: found, asked of agents; what is written runs to the same."""
    monkeypatch.setattr(backcast, "draws", lambda *_: Drawn(({},), True))
    short = ["--set", "horizon.end=2014Q4", "--scale", 5000]
    base = load_scenario("baseline", **{"horizon.end": "2014Q4", "population.residents_per_agent": 5000})
    aim = aim_of(base, None, ["emissions:jjj:2014<=1"])
    twin = Twin(base, aim, moves_of(base, ["steel_cap"], "2013Q3", base.end), ({},))
    (all_steel,), (no_steel,) = (twin.read({DRAW: 0, "steel_cap": s}) for s in (0.0, -1.0))
    half = f"emissions:jjj:2014<={(all_steel + no_steel) / 2:.6f}"
    ask = ["--target", half, "--levers", "steel_cap", "--from", "2013Q3", "--draws", 1, "--verify", 1, "--workers", 1]
    folder = tmp_path / "r"
    status, out, err = jjj_sim("reach", "baseline", *ask, *short, "--out", folder, "--no-charts")
    assert status == 0, err
    assert "found: steel_cap from 277.8 to" in out  # 286 - 36.2 x 7 / 31 in 2014Q4
    assert "1 of 1 draws meet it (1.00)" in out
    assert "agents: " in out
    assert "found less baseline, 2014" in out
    assert {p.name for p in folder.iterdir()} == FILES | {"found.toml", "goals.csv", "side_effects.csv"}
    (row,) = json.loads((folder / "manifest.json").read_text())["levers_found"]
    assert 0.0 < row["strength"] < 1.0
    assert row["towards"] == 0.0
    assert row["after"] == pytest.approx(277.8258 * (1.0 - row["strength"]), rel=1e-5)
    effects = pd.read_csv(folder / "side_effects.csv")
    (gdp,) = effects[(effects["variable"] == "gdp_nominal") & (effects["area"] == "jjj")].to_dict("records")
    assert gdp["median"] < 0.0
    status, _, err = jjj_sim(
        "run", folder / "found.toml", "--twin", "--fixed-parameters", "--out", tmp_path, "--no-charts"
    )
    assert status == 0, err
    annual = pd.read_parquet(tmp_path / "found" / "annual.parquet")
    cell = (annual["variable"] == "emissions") & (annual["area"] == "jjj") & (annual["period"] == 2014)
    after = pd.read_csv(folder / "indicators.csv")["median_after"].iloc[0]
    assert annual[cell]["value"].tolist() == pytest.approx([after], rel=1e-12)
    assert after <= (all_steel + no_steel) / 2 < pd.read_csv(folder / "indicators.csv")["median_before"].iloc[0]
