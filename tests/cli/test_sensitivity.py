"""`jjj-sim sensitivity` as a user types it, on a surface that is known: folder, summary, interruption, bad options."""

import importlib.util
import json

import numpy as np
import pandas as pd
import pytest
from lines import Surface

from jjj_sim import regions
from jjj_sim.calibrating.space import space
from jjj_sim.sensitivity import analysis

PARAMETERS = "labour.wage_speed,labour.common_bias,new_area.pull"
FILES = {"manifest.json", "morris.csv", "sobol.csv", "outcomes.csv", "points.parquet", "baseline.toml"}
QUICK = ("--parameters", PARAMETERS, "--trajectories", 4, "--samples", 8, "--top", 2, "--workers", 1)
FEW = ("--outcome", "population:beijing", "--outcome", "pm25:jjj")


def law(u):
    """People 100 u1, air 10 u2 and so on; the variant has 5 u3 more people, the same air."""
    base = np.array([100.0 * u[0], 10.0 * u[1]])
    return base, base + np.array([5.0 * u[2], 0.0])


@pytest.fixture
def known(monkeypatch):
    """Put a surface in the place of the twins."""
    here = space(regions.default(), PARAMETERS.split(","))

    def make(**more):
        made = []

        def twins(scenarios, outcomes, year):
            n = len(scenarios)
            surface = Surface(tuple(scenarios), tuple(outcomes), here, lambda u: np.concatenate(law(u)[:n]), **more)
            made.append(surface)
            return surface

        monkeypatch.setattr(analysis, "twins", twins)
        return made

    return make


def test_it_writes_its_folder_and_says_what_decides(jjj_sim, known, tmp_path):
    known()
    status, out, err = jjj_sim("sensitivity", "baseline", *QUICK, *FEW, "--out", tmp_path / "s")
    assert status == 0, err
    assert {p.name for p in (tmp_path / "s").iterdir()} == FILES | {"charts"}
    assert {p.name for p in (tmp_path / "s" / "charts").iterdir()} == {
        f"{name}.{kind}" for name in ("morris", "sobol") for kind in ("png", "svg")
    }
    assert [p.name for p in tmp_path.iterdir()] == ["s"]
    assert "Resident population, Beijing, 2030" in out
    assert "speed of wages" in out
    assert "raises" in out
    table = pd.read_csv(tmp_path / "s" / "morris.csv").set_index(["outcome", "parameter"])
    row = table.loc[("population:beijing", "parameters.labour.wage_speed")]
    assert row["mu_star"] == pytest.approx(90.0)
    assert row["unit"] == "persons"
    assert (row["from"], row["to"]) == pytest.approx((0.12, 0.48))
    points = pd.read_parquet(tmp_path / "s" / "points.parquet")
    assert len(points) == 4 * 4 + 8 * 4
    assert points["method"].value_counts().to_dict() == {"morris": 16, "sobol": 32}
    assert points.loc[points["method"] == "sobol", "parameters.new_area.pull"].isna().all()
    manifest = json.loads((tmp_path / "s" / "manifest.json").read_text())
    assert manifest["trajectories_left_out"] == manifest["walls_of_sobol"] == 0
    assert {"code_sha256", "data_sha256", "runs", "wall_seconds", "seed", "salib"} <= set(manifest)


def test_with_a_variant_the_difference_has_its_own_parameters(jjj_sim, known, tmp_path):
    known()
    given = ("sensitivity", "baseline", "no_relief", *QUICK, *FEW, "--out", tmp_path / "s", "--no-charts")
    status, out, err = jjj_sim(*given)
    assert status == 0, err
    assert "no_relief less baseline" in out
    assert "No parameter changes it." in out
    table = pd.read_csv(tmp_path / "s" / "morris.csv").set_index(["scenario", "kind", "outcome", "parameter"])[
        "mu_star"
    ]
    pull = "parameters.new_area.pull"
    assert table["no_relief", "difference", "population:beijing", pull] == pytest.approx(4.5)
    assert table["no_relief", "difference", "pm25:jjj", pull] == 0.0
    assert table["baseline", "level", "population:beijing", pull] == 0.0
    outcomes = pd.read_csv(tmp_path / "s" / "outcomes.csv").set_index(["kind", "outcome"])["default"]
    assert outcomes["level", "population:beijing"] == 50.0
    assert outcomes["difference", "population:beijing"] == 2.5
    split = pd.read_csv(tmp_path / "s" / "sobol.csv")
    assert set(split["parameter"]) == {pull}


def test_it_speaks_chinese_and_draws_again(jjj_sim, known, tmp_path):
    known()
    folder = tmp_path / "s"
    status, out, _ = jjj_sim("sensitivity", "baseline", *QUICK, *FEW, "--out", folder, "--lang", "zh", "--no-charts")
    assert status == 0
    assert "工资调整速度" in out
    assert "常住人口，北京，2030年" in out
    status, _, err = jjj_sim("charts", folder, "--lang", "en,zh", "--format", "png")
    assert status == 0, err
    assert {p.name for p in (folder / "charts").iterdir()} == {
        f"{name}.{lang}.png" for name in ("morris", "sobol") for lang in ("en", "zh")
    }


def test_what_was_interrupted_comes_to_the_same_bytes(jjj_sim, known, tmp_path):
    given = ("sensitivity", "baseline", "no_relief", *QUICK, *FEW, "--quiet", "--no-charts")
    known()
    assert jjj_sim(*given, "--out", tmp_path / "straight")[0] == 0
    made = known(stop=30)
    status, _, err = jjj_sim(*given, "--out", tmp_path / "killed")
    assert status == 130
    assert f"jjj-sim sensitivity --resume {tmp_path / 'killed'}" in err
    before = made[0].asked
    made = known()
    assert jjj_sim("sensitivity", "--resume", tmp_path / "killed", "--quiet", "--no-charts", "--workers", 1)[0] == 0
    assert not {str(a) for a in made[0].asked} & {str(a) for a in before[:-1]}
    for name in ("morris.csv", "sobol.csv", "outcomes.csv", "points.parquet", "no_relief.toml"):
        assert (tmp_path / "straight" / name).read_bytes() == (tmp_path / "killed" / name).read_bytes()


def test_walls_are_counted_and_above_a_tenth_nothing_is_told_of_sobol(jjj_sim, known, tmp_path):
    known(wall=0.8)
    status, out, _ = jjj_sim(
        "sensitivity", "baseline", *QUICK, *FEW, "--out", tmp_path / "s", "--no-charts", "--seed", 3
    )
    manifest = json.loads((tmp_path / "s" / "manifest.json").read_text())
    points = pd.read_parquet(tmp_path / "s" / "points.parquet")
    lost = points["baseline pm25:jjj"].isna()
    screened = points["method"] == "morris"
    assert manifest["trajectories_left_out"] == points[screened & lost]["block"].nunique()
    assert manifest["walls_of_sobol"] == int((lost & ~screened).sum())
    assert manifest["sobol_refused"]
    assert status == 3
    assert "Above a tenth are walls" in out
    assert pd.read_csv(tmp_path / "s" / "sobol.csv").empty


def test_too_many_walls_are_told(jjj_sim, known, tmp_path):
    known(wall=0.51)
    status, _, err = jjj_sim("sensitivity", "baseline", *QUICK, *FEW, "--out", tmp_path / "s")
    assert status == 2
    assert "trajectories meet a wall; 2 are needed" in err
    assert "too far" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--method", "moris"], "'moris' is not one of morris, sobol, both. Did you mean morris?"),
        (["--method", "sobol"], "name them with --parameters"),
        (["--year", "2013"], "--year 2013 cannot be run; it can be 2014 to 2050. Did you mean 2014?"),
        (["--samples", "60"], "--samples 60 is no power of two"),
        (["--samples", "60"], "Did you mean 64?"),
        (["--trajectories", "1"], "--trajectories 1 is too few; the least is 2"),
        (["--top", "0"], "--top 0 is too few; the least is 1"),
        (["--parameters", "labour.wage_sped"], "labour.wage_sped: no such parameter. Did you mean labour.wage_speed?"),
        (["--outcome", "populaton:beijing"], "no such variable. Did you mean population?"),
        (["--outcome", "population:bejing"], "no such area. Did you mean beijing?"),
        (["--outcome", "high_speed_rail_length:beijing"], "is not reported for beijing; it is for jjj."),
        (["--lang", "zx"], "'zx' is not one of en, zh. Did you mean zh?"),
        (["--resume", "x"], "name a scenario, or --resume a folder, not both"),
        (["baseline"], "two scenarios have the same name"),
    ],
)
def test_bad_options_are_told_in_one_message(jjj_sim, tmp_path, arguments, said):
    status, _, err = jjj_sim("sensitivity", "baseline", *arguments, "--out", tmp_path / "s")
    assert status == 2
    assert said in err
    assert "Nothing was run." in err
    assert list(tmp_path.iterdir()) == []


def test_what_a_scenario_sets_is_not_moved(jjj_sim, known, tmp_path):
    file = tmp_path / "mine.toml"
    file.write_text('extends = "baseline"\n[parameters.labour]\nwage_speed = 0.3\n')
    status, _, err = jjj_sim("sensitivity", file, *QUICK, "--out", tmp_path / "s")
    assert status == 2
    assert "parameters.labour.wage_speed is set by a scenario and so cannot be moved" in err


def test_a_missing_extra_says_how_it_is_installed(jjj_sim, monkeypatch, tmp_path):
    there = importlib.util.find_spec
    monkeypatch.setattr("jjj_sim.sensitivity.salib.find_spec", lambda name: None if name == "SALib" else there(name))
    status, _, err = jjj_sim("sensitivity", "baseline", "--out", tmp_path / "s")
    assert status == 2
    assert "pip install 'jjj-sim[sensitivity]'" in err


def test_nothing_to_resume_is_told(jjj_sim, tmp_path):
    status, _, err = jjj_sim("sensitivity", "--resume", tmp_path / "s")
    assert status == 4
    assert "holds no sensitivity to resume" in err


def test_a_folder_of_something_else_is_left_alone(jjj_sim, known, tmp_path):
    made = known()
    (tmp_path / "s").mkdir()
    (tmp_path / "s" / "mine.txt").write_text("mine")
    status, _, err = jjj_sim("sensitivity", "baseline", *QUICK, "--out", tmp_path / "s")
    assert status == 2
    assert "is in the way" in err
    assert made == []
    assert (tmp_path / "s" / "mine.txt").read_text() == "mine"
