"""`jjj-sim goals` as a user types it, on a saved result of hand-made members."""

import json

import numpy as np
import pandas as pd
import pytest
from plans import JJJ
from rich.cells import cell_len
from typer.testing import CliRunner

from jjj_sim import cli, regions
from jjj_sim.errors import ScenarioError
from jjj_sim.judging.judge import judge
from jjj_sim.running.result import Result, load

N = 20


def _result(n):
    """Members whose shares of the nation rise as their air grows worse, and whose capitals differ in people."""
    columns = ["scenario", "member", "period", "area", "area_kind", "variable", "value", "unit"]
    rows = []
    for m, x in enumerate(np.linspace(0.0, 1.0, n)):
        values = {
            ("jjj", "total", "gdp_share_of_nation", "percent"): 8.4 + 0.4 * x,
            ("jjj", "total", "pm25", "ug/m3"): 29.0 + 2.0 * x,
            ("beijing", "region", "pm25", "ug/m3"): 25.0,
            ("bj_core", "zone", "population", "persons"): 1.5e6 + 2e5 * x,
            ("bj_inner", "zone", "population", "persons"): 8.9e6,
            ("beijing", "region", "population", "persons"): 22e6,
        }
        for (area, kind, variable, unit), value in values.items():
            before = 8.3 if variable == "gdp_share_of_nation" else value
            rows += [("hand", m, y, area, kind, variable, v, unit) for y, v in ((2024, before), (2030, value))]
    annual = pd.DataFrame(rows, columns=columns)
    manifest = {"scenario": "hand", "members": n, "seed": 1, "largest_residuals": {}, **regions.told(JJJ)}
    series = annual.iloc[:0].assign(period=pd.Series(dtype=str))
    flows = pd.DataFrame({"member": [0], "kind": ["none"]})
    return judge(Result("hand", annual, series, flows, manifest, ""))


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return _result(N).save(tmp_path_factory.mktemp("goals") / "hand")


def told(*words):
    """Run a command and return what it prints."""
    result = CliRunner().invoke(cli.app, ["goals", *map(str, words)], env={"COLUMNS": "80"})
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    assert result.exit_code == 0, result.output
    assert max(map(cell_len, result.stdout.splitlines())) <= 80
    return result.stdout


def test_the_sheets_are_saved_and_loaded(folder):
    found = load(folder)
    assert {"goals.csv", "goals_path.csv", "goals_thresholds.csv"} <= {p.name for p in folder.iterdir()}
    assert set(found.goals_path["year"]) == {2024, 2030}
    assert found.goals.set_index("id").loc["G4", "binding"] == "pm25"
    assert found.goals.set_index("id").loc["core_population", "kind"] == "derived"


def test_a_result_from_before_the_sheets_loads(folder, tmp_path):
    older = tmp_path / "older"
    older.mkdir()
    for file in folder.iterdir():
        if file.name not in ("goals_path.csv", "goals_thresholds.csv"):
            (older / file.name).write_bytes(file.read_bytes())
    manifest = json.loads((older / "manifest.json").read_text("utf-8"))
    del manifest["sheets"]
    (older / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    assert load(older).goals_path.empty
    assert "met" in told(older, "--path")


def test_chances_what_binds_and_where_numbers_come_from(folder):
    out = " ".join(told(folder).split())
    assert "≤ 1.74 million persons, not below 1.55 million persons" in out
    assert "most often in the way: Population of the core districts, in 100 % of the members that fail" in out
    assert "official: Beijing master plan" in out
    # the core is above 1.55 m in members 5 to 19
    assert "75 % ± 10 (in 15 of 20; 57 to 87)" in out
    out = told(folder, "--lang", "zh")
    assert "最常卡住的是：核心区人口" in out
    assert "官方：北京城市总体规划" in out


def test_another_threshold_judges_anew(folder):
    out = " ".join(
        told(folder, "--threshold", "core_population=1.6e6", "--threshold", "core_population.lower=1.5e6").split()
    )
    assert "≤ 1.6 million persons, not below 1.5 million persons" in out
    assert "set: by --threshold" in out
    assert "50 % ± 11 (in 10 of 20" in out


def test_thresholds_that_cannot_be_are_told(folder):
    with pytest.raises(ScenarioError) as caught:
        told(folder, *(w for t in ("beijin_population=1", "pm25.upper=3", "pm25=nan", "x") for w in ("--threshold", t)))
    text = str(caught.value)
    assert "beijin_population: no such goal indicator. Did you mean beijing_population?" in text
    assert "pm25.upper: no such key. There are pm25.threshold, pm25.lower." in text
    assert "x: write id=number" in text
    assert len(caught.value.problems) == 4


def test_path_thresholds_and_conflicts_are_printed_and_in_json(folder):
    out = " ".join(told(folder, "--path", "--thresholds", "--conflicts").split())
    assert "G4 Environment good overall 2024 2030" in out
    assert "* gdp_share 8.5" in out
    assert "-1.00 PM2.5, mean of three years / Share of national GDP" in out
    report = json.loads(told_json(folder, "--path", "--thresholds", "--conflicts"))
    assert set(report) == {"goals", "path", "thresholds", "conflicts"}
    assert report["conflicts"]["correlation"]["G4"]["G6"] == pytest.approx(-1.0)
    assert report["conflicts"]["missing"] is None
    assert isinstance(json.loads(told_json(folder)), list)


def told_json(folder, *words):
    """Run a command with --json, whose lines may be of any length."""
    result = CliRunner().invoke(cli.app, ["goals", str(folder), "--json", *words])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_a_region_without_goals_says_so(folder, tmp_path, monkeypatch):
    from jjj_sim.judging import goal_indicators
    from jjj_sim.region.goals import Goals

    monkeypatch.setattr(goal_indicators, "goals_of", lambda region: Goals())
    assert "has no goals" in told(folder, "--path", "--thresholds", "--conflicts")
    assert json.loads(told_json(folder)) == []


def test_one_run_speaks_of_no_probability(tmp_path):
    folder = _result(1).save(tmp_path / "one")
    out = " ".join(told(folder, "--path", "--thresholds", "--conflicts").split())
    assert "which is no probability" in out
    assert "not met in this run" in out
    assert "in the way: Population of the core districts (it alone)" in out
    assert "One run has no probability" in out
    assert "a rank correlation takes 20 members; here there are 1" in out
