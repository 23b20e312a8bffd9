"""`jjj-sim export` as a user types it: what is written where, in which language; refusals; a rerun is not stopped."""

import openpyxl
import pytest
from docx import Document

import jjj_sim as jjj

SHORT = ["--scale", "5000", "--set", "horizon.end=2014Q4", "--twin", "--no-charts"]


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    folder = tmp_path_factory.mktemp("results")
    short = {"horizon.end": "2014Q4", "population.residents_per_agent": 5000}
    scenarios = [jjj.load_scenario(name, **short) for name in ("baseline", "open_hukou")]
    found = jjj.compare(*scenarios, members=1, twin=True)
    found.base.save(folder / "baseline")
    found.save(folder / found.name)
    return folder


def test_a_workbook_is_what_is_written_when_nothing_is_asked_for(jjj_sim, results):
    status, out, err = jjj_sim("export", results / "baseline", "--lang", "zh")
    assert status == 0, err
    assert out == f"-> {results / 'baseline' / 'result.xlsx'}\n"
    assert "主要指标" in openpyxl.load_workbook(results / "baseline" / "result.xlsx").sheetnames


def test_a_run_that_was_exported_can_be_run_again(jjj_sim, results):
    jjj_sim("export", results / "baseline", "--xlsx", "--csv")
    status, _, err = jjj_sim("run", "baseline", *SHORT, "--out", results)
    assert status == 0, err
    assert not (results / "baseline" / "result.xlsx").exists()


def test_a_document_has_charts_and_a_table_between_rules(jjj_sim, results, tmp_path):
    status, out, err = jjj_sim(
        "export", results / "baseline", "--docx", "--only", "population", "--table", "headline", "--out", tmp_path,
        "--lang", "zh",
    )  # fmt: skip
    assert status == 0, err
    assert out.endswith("result.docx\n")
    paper = Document(tmp_path / "result.docx")
    assert [p.text for p in paper.paragraphs if p.style.name == "Caption"] == ["图1", "表1　主要指标"]
    assert len(paper.inline_shapes) == 1
    (table,) = paper.tables
    assert [cell.text for cell in table.rows[0].cells][:3] == ["指标", "地区", "单位"]
    assert "w:tcBorders" in table.rows[0].cells[0]._tc.xml
    assert "w:tcBorders" not in table.rows[1].cells[0]._tc.xml


def test_a_comparison_exports_its_differences(jjj_sim, results, tmp_path):
    folder = results / "compare-baseline--open_hukou"
    status, _, err = jjj_sim("export", folder, "--csv", "--out", tmp_path)
    assert status == 0, err
    text = (tmp_path / "tables" / "differences.csv").read_text("utf-8-sig")
    assert text.startswith("Scenario,Indicator,Area,Year,Base,Unit,Difference")


def test_refusals_are_clear_and_write_nothing(jjj_sim, results, tmp_path):
    status, _, err = jjj_sim("export", results / "baseline", "--only", "population", "--out", tmp_path)
    assert status == 2
    assert "add --docx" in err
    status, _, err = jjj_sim("export", results / "baseline", "--docx", "--table", "golas", "--out", tmp_path)
    assert status == 2
    assert "Did you mean goals" in err
    status, _, err = jjj_sim("export", tmp_path / "nowhere", "--out", tmp_path)
    assert status in (2, 4)
    assert "Traceback" not in err
    assert list(tmp_path.iterdir()) == []
