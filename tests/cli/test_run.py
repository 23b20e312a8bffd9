"""run, compare, goals and charts as a user types them: files, summary, exit status."""

import dataclasses
import json
import re

import pytest
from rich.cells import cell_len

from jjj_sim.commands.summary import show
from jjj_sim.errors import BalanceError
from jjj_sim.running import executors
from jjj_sim.running import member as lives
from jjj_sim.running.result import load

SHORT = ["--scale", "5000", "--set", "horizon.end=2014Q4"]
FILES = {"annual.parquet", "series.parquet", "flows.parquet", "evidence.csv", "goals.csv", "manifest.json"}


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return tmp_path_factory.mktemp("results")


def test_run_writes_a_folder_and_prints_a_summary_of_80_columns(jjj_sim, results):
    status, out, _ = jjj_sim("run", "baseline", *SHORT, "--out", results, "--no-charts", "--twin")
    assert status == 0
    assert {p.name for p in (results / "baseline").iterdir()} >= FILES
    assert [p.name for p in results.iterdir()] == ["baseline"]
    assert max(map(cell_len, out.splitlines())) <= 80
    for text in ("Resident population, million persons", "Xiong'an", "2013", "2030", "1.36* (2024)"):
        assert text in out


def test_the_summary_says_what_was_missed_in_names_and_units(results, capsys):
    result = load(results / "baseline")
    wide = result.evidence.assign(model_median=result.evidence["model_median"].fillna(0.0), status="outside")
    show(dataclasses.replace(result, evidence=wide), "zh")
    out = capsys.readouterr().out
    assert "136* (2024)" in out
    assert "地区生产总值（现价）（亿元）" in out
    assert "占全国GDP比重，京津冀，2024年：" in out
    assert "可接受范围8.3至8.7 %" in out
    assert "地区生产总值（现价），京津冀，2025年上半年：" in out
    assert not re.search(r"[a-z]+_[a-z]+_20\d\d|percent|bn yuan|million", out)


def test_goals_and_the_chinese_summary_of_a_saved_result(jjj_sim, results):
    status, out, _ = jjj_sim("goals", results / "baseline", "--lang", "zh")
    assert status == 0
    assert "首都核心功能更加优化" in out
    assert "万人" in out
    assert max(map(cell_len, out.splitlines())) <= 80
    status, out, _ = jjj_sim("goals", results / "baseline")
    assert status == 0
    assert "≤ 1.74 million persons" in out
    assert max(map(cell_len, out.splitlines())) <= 80
    status, out, _ = jjj_sim("goals", results / "baseline", "--json")
    assert {row["goal"] for row in json.loads(out)} == {f"G{i}" for i in range(1, 7)}
    status, out, _ = jjj_sim("goals", results / "baseline", "--json", "--path", "--thresholds", "--conflicts")
    report = json.loads(out)
    assert set(report) == {"goals", "path", "thresholds", "conflicts"}
    assert {row["year"] for row in report["path"]} == {2013, 2014}
    assert report["thresholds"] == []
    assert report["conflicts"]["correlation"] == {}


def test_json_is_json_and_names_idle_levers(jjj_sim, tmp_path):
    idle = ["--set", "assumptions.births_trend.path=[['2025Q1', -2.0]]"]
    status, out, err = jjj_sim("run", "baseline", *SHORT, *idle, "--out", tmp_path, "--no-charts", "--twin", "--json")
    assert status == 0, err
    (report,) = json.loads(out)["results"]
    assert report["scenario"] == "baseline"
    population = next(r for r in report["summary"] if (r["variable"], r["area"]) == ("population", "jjj"))
    assert population["median"]["2013"] == pytest.approx(1.08e8, rel=0.02)
    assert report["idle_levers"] == ["assumptions.births_trend"]
    assert [alarm["kind"] for alarm in report["alarms"]] == ["idle"]


def test_a_checkpoint_is_kept_with_the_result_and_resumed_to_the_same_bits(jjj_sim, tmp_path):
    arguments = ["run", "baseline", *SHORT, "--out", tmp_path, "--no-charts", "--quiet", "--twin"]
    assert jjj_sim(*arguments, "--checkpoint", "2013Q4")[0] == 0
    folder = tmp_path / "baseline"
    before = {name: (folder / name).read_bytes() for name in ("annual.parquet", "series.parquet", "flows.parquet")}
    assert jjj_sim("run", "--resume", folder, "--no-charts", "--quiet")[0] == 0
    assert {name: (folder / name).read_bytes() for name in before} == before
    assert [p.name for p in tmp_path.iterdir()] == ["baseline"]


def test_nothing_to_resume_is_said(jjj_sim, tmp_path):
    status, _, err = jjj_sim("run", "--resume", tmp_path / "nowhere")
    assert status == 4
    assert "holds nothing to resume" in err


def test_compare_with_itself_is_exactly_the_same(jjj_sim, tmp_path):
    status, out, _ = jjj_sim(
        "compare", "baseline", "baseline", *SHORT, "--out", tmp_path, "--members", "1", "--twin", "--no-charts"
    )
    assert status == 0
    assert "exactly the same" in out
    assert "higher" not in out
    assert "! baseline sets nothing that baseline does not: they are the same scenario." in out
    assert (tmp_path / "compare-baseline--baseline" / "verdicts.csv").is_file()


def test_some_members_failed_is_status_3_and_the_rest_is_saved(jjj_sim, tmp_path, monkeypatch):
    live = lives.live

    def broken(plan, request, member, tick):
        if member == 1:
            raise BalanceError("people by zone does not close")
        return live(plan, request, member, tick)

    monkeypatch.setattr(lives, "live", broken)
    monkeypatch.setattr(executors, "n_processors", lambda: 1)
    arguments = ["run", "baseline", *SHORT, "--out", tmp_path, "--no-charts", "--twin"]
    status, _, err = jjj_sim(*arguments, "--members", "2")
    assert status == 3
    assert "Member 1 failed: BalanceError: people by zone does not close" in err
    assert set(load(tmp_path / "baseline").annual.member) == {0}


def test_an_interrupt_says_how_to_go_on(jjj_sim, tmp_path, monkeypatch):
    def interrupted(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr(lives, "live", interrupted)
    status, _, err = jjj_sim("run", "baseline", *SHORT, "--out", tmp_path, "--no-charts", "--twin")
    assert status == 130
    assert f"jjj-sim run --resume {tmp_path / 'baseline'}" in err
    monkeypatch.undo()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["run"], "name at least one scenario"),
        (["run", "baseline", "baseline"], "two scenarios have the same name"),
        (["run", "baseline", "--lang", "fr"], "'fr' is not one of en, zh"),
        (["run", "baseline", "--checkpoint", "2040Q1"], "is outside the run"),
    ],
)
def test_usage_errors_are_status_2_and_run_nothing(jjj_sim, tmp_path, monkeypatch, arguments, message):
    monkeypatch.chdir(tmp_path)
    status, _, err = jjj_sim(*arguments)
    assert status == 2
    assert message in err
    assert "Nothing was run." in err


def test_a_folder_that_is_no_result_is_left_alone(jjj_sim, tmp_path):
    mine = tmp_path / "baseline"
    mine.mkdir()
    (mine / "manifest.json").write_text('{"mine": true}\n')
    status, _, err = jjj_sim("run", "baseline", *SHORT, "--out", tmp_path)
    assert status == 2
    assert "is in the way and is not a result" in err
    assert (mine / "manifest.json").read_text() == '{"mine": true}\n'


def test_notes_in_a_result_folder_are_not_lost(jjj_sim, tmp_path):
    asked = ("run", "baseline", *SHORT, "--out", tmp_path, "--no-charts", "--twin")
    assert [jjj_sim(*asked)[0], jjj_sim(*asked)[0]] == [0, 0]  # its own files are replaced
    notes = tmp_path / "baseline" / "my notes.txt"
    notes.write_text("keep me")
    status, _, err = jjj_sim(*asked)
    assert status == 2
    assert "my notes.txt" in err
    assert notes.read_text() == "keep me"
