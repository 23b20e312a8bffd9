"""`jjj-sim region check`: a region in order, and every fault of a broken one at once."""

import shutil

import pytest
from plans import JJJ
from typer.testing import CliRunner

from jjj_sim.cli import app
from jjj_sim.errors import DataError, ScenarioError


@pytest.fixture
def folder(tmp_path):
    """A copy of the shipped region without the code that prepares it."""
    keep = shutil.ignore_patterns("prepare", "statistics", "__pycache__", "*.py")
    return shutil.copytree(JJJ.folder, tmp_path / "copy", ignore=keep)


def checked(folder):
    result = CliRunner().invoke(app, ["region", "check", str(folder)], catch_exceptions=True)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.output


def test_the_shipped_region_is_in_order(folder):
    told = checked(folder)
    assert "19 zones in 3 provinces" in told
    assert "all in order" in told


def test_every_fault_of_the_tables_is_told_at_once(folder):
    table = folder / "tables" / "firms" / "units_2013.csv"
    text = table.read_text("utf-8").replace("beijing,agriculture,0.0", "bejing,agriculture,0.0")
    table.write_text(text.replace("tianjin,agriculture,0.0", "tianjin,agriculture,-5"), "utf-8")
    (folder / "tables" / "firms" / "employees.csv").unlink()
    parameters = folder / "parameters.toml"
    parameters.write_text(parameters.read_text("utf-8").replace("hebei = 0.40", "hebei = 1.9"), "utf-8")
    with pytest.raises(DataError) as error:
        checked(folder)
    told = str(error.value)
    assert "units_2013.csv, line 2: 'bejing' is no province. Did you mean beijing?" in told
    assert "units_2013.csv, line 11: -5 is outside [0, inf]" in told
    assert "tables/firms/employees.csv is not there" in told
    assert "college.hebei = 1.9 is outside [0, 1]" in told


def test_a_region_file_that_is_none_says_what_is_wrong(folder):
    file = folder / "region.toml"
    file.write_text(file.read_text("utf-8").replace('capital = ["beijing"]', 'capital = ["peking"]'), "utf-8")
    with pytest.raises(DataError, match=r"roles\.capital: 'peking' is neither a zone nor a province"):
        checked(folder)
    file.write_text("id = 3\n", "utf-8")
    with pytest.raises(DataError, match=r"id: Input should be a valid string"):
        checked(folder)


def test_no_folder_is_a_usage_error(tmp_path):
    with pytest.raises(ScenarioError, match="no such folder"):
        checked(tmp_path / "nowhere")


def test_a_broken_lever_is_told_with_its_key(folder):
    lever = folder / "policy" / "steel_cap.toml"
    lever.write_text(lever.read_text("utf-8").replace("286.0", "-286.0"), "utf-8")
    with pytest.raises(DataError, match=r"levers\.steel_cap\.path at 2013Q1 = -286 is outside"):
        checked(folder)


def test_broken_targets_and_goals_are_told(folder):
    for name, right, wrong in (
        ("targets.csv", ",approx,11500.0,", ",about,11500.0,"),
        ("goals.toml", '"mean3"', '"mean"'),
    ):
        file = folder / name
        file.write_text(file.read_text("utf-8").replace(right, wrong), "utf-8")
    with pytest.raises(DataError, match="comparator 'about' is none of") as error:
        checked(folder)
    assert "there is no formula 'mean'. Did you mean mean3?" in str(error.value)


def test_a_zone_without_rows_and_rows_without_a_zone_are_told_once_a_table(folder):
    zones = (folder / "zones.csv").read_text("utf-8")
    (folder / "zones.csv").write_text(zones.replace("\nhengshui,", "\nhengshui_new,"), encoding="utf-8")
    about = (folder / "region.toml").read_text("utf-8").replace('"hengshui"]', '"hengshui_new"]', 1)
    (folder / "region.toml").write_text(about, encoding="utf-8")
    with pytest.raises(DataError) as told:
        checked(folder)
    lines = [line for line in str(told.value).splitlines() if "people/ages.csv" in line]
    assert lines == [
        "  * tables/people/ages.csv, line 1820 and 100 more: 'hengshui' is no zone. Did you mean hengshui_new?",
        "  * tables/people/ages.csv: 101 cells have no row: zone 'hengshui_new'",
    ]


def test_a_scenario_runs_on_the_region_of_a_folder(four, tmp_path):
    command = ["run", "baseline", "--region", str(four.folder), "--twin", "--set", "horizon.end=2013Q4", "--no-charts"]
    done = CliRunner().invoke(app, [*command, "--out", str(tmp_path), "--quiet"])
    assert done.exit_code == 0, done.output
    from jjj_sim.running.result import load

    zones = load(tmp_path / "baseline").annual.query("area_kind == 'zone'")["area"].unique()
    assert sorted(zones) == sorted(four.ids)
    told = CliRunner().invoke(app, ["check", "baseline", "--region", str(four.folder)])
    assert told.exit_code == 0


def test_a_folder_that_is_no_region_is_named(tmp_path):
    error = CliRunner().invoke(app, ["run", "baseline", "--region", str(tmp_path)]).exception
    assert isinstance(error, ScenarioError)
    assert "is no region's folder: it has no region.toml" in str(error)
