"""The commands that run nothing: check, levers, parameters, targets, schema."""

import json
import os
import subprocess
import sys

import pytest
from plans import LEVERS
from typer.testing import CliRunner

from jjj_sim import cli
from jjj_sim.commands.options import check_writable
from jjj_sim.errors import BalanceError, DataError, ScenarioError
from jjj_sim.satellites import QUARTER
from jjj_sim.scenario import load_scenario, shipped
from jjj_sim.wording.paths import alike


def told(*words: str) -> str:
    """Run a command and return what it prints."""
    result = CliRunner().invoke(cli.app, list(words))
    assert result.exit_code == 0, result.output
    return result.stdout


def status(monkeypatch, *words: str) -> int:
    """Run `main` and return its exit status."""
    monkeypatch.setattr(sys, "argv", ["jjj-sim", *words])
    with pytest.raises(SystemExit) as caught:
        cli.main()
    return int(caught.value.code or 0)


def test_help_imports_nothing_heavy():
    code = (
        "import sys; from jjj_sim import cli; "
        "print([m for m in ('numpy', 'pandas', 'numba', 'mesa', 'matplotlib', 'pydantic') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("name", list(shipped()))
def test_check_shows_the_plan_and_runs_nothing(name, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    text = told("check", name, "--set", "relocation.hazard=0.003", "--scale", "500")
    assert all(process.name in text for process in QUARTER)
    assert all(lever in text for lever in LEVERS)
    assert "--set: parameters.relocation.hazard = 0.003 (was 0.0025)" in text
    assert "218,000 residents" in text
    assert "Nothing was run." in text
    assert not list(tmp_path.iterdir())


def test_check_in_chinese():
    text = told("check", "no_relief", "--lang", "zh")
    assert "不实施非首都功能疏解" in text
    assert "一个季度的次序" in text
    assert "未运行" in text


def test_check_as_json_holds_the_resolved_scenario():
    report = json.loads(told("check", "no_relief", "--json"))
    assert report["digest"] == load_scenario("no_relief").digest
    assert report["processes"] == [process.name for process in QUARTER]
    assert report["scenario"]["levers"]["relief_markets"]["path"] == [["2013Q1", 0.0]]
    assert report["cost"]["residents"] == 1_090_000


def test_check_names_an_idle_lever():
    text = told("check", "baseline", "--set", 'levers.relief_markets.path=[["2026Q1", 0]]')
    assert "levers.relief_markets is set to what it was anyway" in text


def test_levers_lists_every_lever_with_unit_and_source():
    text = told("levers")
    assert all(name in text for name in LEVERS)
    assert "bn yuan a year" in text
    assert "assumptions.national_growth" in text
    assert all(spec.zh in told("levers", "--lang", "zh") for spec in LEVERS.values())
    listed = json.loads(told("levers", "--json"))
    assert [row["name"] for row in listed["levers"]] == list(LEVERS)


def test_parameters_of_one_process_or_all():
    rows = json.loads(told("parameters", "--json"))["parameters"]
    assert len(rows) == sum(len(process.parameters()) for process in QUARTER)
    assert "relocation.hazard" in told("parameters", "relocation")
    assert "migration." not in told("parameters", "relocation")


def test_targets_prints_the_article():
    text = told("targets")
    assert "gdp_jjj_2024" in text
    assert "2024年京津冀地区生产总值11.5万亿元" in text.replace("\n", "")
    assert len(json.loads(told("targets", "--json"))["targets"]) > 40


def test_schema_goes_to_the_terminal_or_a_file(tmp_path):
    schema = json.loads(told("schema"))
    told("schema", "--out", str(tmp_path / "new" / "schema.json"))
    assert json.loads((tmp_path / "new" / "schema.json").read_text("utf-8")) == schema


def test_a_bad_scenario_is_a_message_on_stderr_and_status_2(monkeypatch, capfd):
    assert status(monkeypatch, "check", "baseline", "--set", "relocation.hazard=1.4") == 2
    out, err = capfd.readouterr()
    assert out == ""
    assert err == (
        "baseline has 1 problem:\n  * parameters.relocation.hazard = 1.4 is outside [0, 0.1].\nNothing was run.\n"
    )


@pytest.mark.parametrize(
    ("words", "expected"),
    [(["check"], 2), (["chekc", "baseline"], 2), (["check", "baseline", "--scale", "0"], 2), (["--help"], 0)],
)
def test_usage_is_status_2(words, expected, monkeypatch):
    assert status(monkeypatch, *words) == expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ScenarioError("x", ["y"]), 2),
        (DataError("x"), 4),
        (BalanceError("x"), 4),
        (KeyboardInterrupt(), 130),
    ],
)
def test_errors_have_their_status(error, expected, monkeypatch):
    def fail(*args: object, **words: object) -> None:
        raise error

    monkeypatch.setattr("jjj_sim.commands.options.grown", fail)
    assert status(monkeypatch, "check", "baseline") == expected


def test_a_folder_that_cannot_be_written_is_told_before_anything_runs(tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ScenarioError) as caught:
        check_writable(tmp_path / "file" / "results")
    assert caught.value.problems == [
        f"{tmp_path / 'file' / 'results'} cannot be written to (not a directory); name another folder with --out."
    ]
    check_writable(tmp_path / "a" / "b")
    assert (tmp_path / "a" / "b").is_dir()
    assert not os.listdir(tmp_path / "a" / "b")


def test_keyed_paths_that_begin_and_read_alike_are_one_line():
    words = {"land_a": "1", "land_b": "1", "land_c": "1", "land_d": "1", "land_e": "2", "ceiling_a": "0"}
    assert alike(words) == [("land_* (4)", "1"), ("land_e", "2"), ("ceiling_a", "0")]
    shown = told("check", "baseline")
    assert "land_* (19): 2013Q1 1" in shown
    assert "ceiling_xiongan" in shown


def test_parameters_by_place_tell_their_numbers_and_their_source():
    listed = {row["name"]: row for row in json.loads(told("parameters", "--json"))["parameters"]}
    row = listed["parameters.demography.college"]
    assert row["default"] == {"beijing": 0.75, "tianjin": 0.65, "hebei": 0.4}
    assert row["source"] == "[A]"
    assert "beijing 0.75" in told("parameters", "demography")
    assert "NaN" not in told("parameters", "--json")
