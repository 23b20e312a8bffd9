"""Workbooks, CSV and frames of a made-up result and comparison: sheets, units, words that stay words, same bytes."""

import csv
import dataclasses

import openpyxl
import pandas as pd
import pytest

import jjj_sim as jjj
from jjj_sim.errors import ScenarioError
from jjj_sim.exporting import book
from jjj_sim.exporting.table import inert, number_format
from jjj_sim.reporting.subject import Subject

FORMULA = '=HYPERLINK("x";"y")'


@pytest.fixture(scope="module")
def named(result):
    """The made-up result under titles that look like formulas."""
    return dataclasses.replace(result, manifest={**result.manifest, "title": FORMULA, "title_zh": f"@{FORMULA}"})


def test_the_workbook_has_its_sheets_heads_and_units_in_chinese(result, tmp_path):
    file = jjj.to_excel(result, tmp_path / "r.xlsx", lang="zh")
    book_ = openpyxl.load_workbook(file)
    assert book_.sheetnames[:3] == ["概览", "主要指标", "图表"]
    assert book_.sheetnames[-1] == "说明"
    sheet = book_["主要指标"]
    assert [c.value for c in sheet[1]][:4] == ["指标", "地区", "单位", "2013"]
    assert sheet.freeze_panes == "D2"
    assert book_["图表"]._charts
    read = pd.read_excel(file, sheet_name="主要指标")
    band = jjj.tidy(result, "population", "beijing", 2030).iloc[0]
    beijing = read[(read["地区"] == "北京") & (read["指标"] == "常住人口")].iloc[0]
    assert beijing["单位"] == "万人"
    assert beijing["2030"] == pytest.approx(band["median"] / 1e4)
    assert beijing["2030年5%分位"] == pytest.approx(band["low"] / 1e4)


def test_titles_that_look_like_formulas_stay_words(named, tmp_path):
    for lang, title in (("en", FORMULA), ("zh", f"@{FORMULA}")):
        found = openpyxl.load_workbook(jjj.to_excel(named, tmp_path / f"{lang}.xlsx", lang=lang))
        cells = [cell for sheet in found for row in sheet.iter_rows() for cell in row if cell.value is not None]
        assert [cell for cell in cells if cell.data_type == "f"] == []
        assert any(str(cell.value).startswith(title) for cell in cells)
        folder = jjj.to_csv(named, tmp_path / f"tables-{lang}", lang=lang)
        with (folder / "overview.csv").open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file))
        assert any(cell.startswith(f"'{title}") for row in rows for cell in row)
        assert not any(cell.startswith(("=", "@", "+")) for row in rows for cell in row)


def test_the_same_result_gives_the_same_bytes(result, tmp_path):
    one, two = (jjj.to_excel(result, tmp_path / f"{n}.xlsx").read_bytes() for n in (1, 2))
    assert one == two


def test_a_comparison_begins_with_what_changes(comparison, tmp_path):
    file = jjj.to_excel(comparison, tmp_path / "c.xlsx")
    found = openpyxl.load_workbook(file)
    assert found.sheetnames[0] == "Overview"
    assert {"Differences", "Who gains", "Headline", "Flows", "Sources"} <= set(found.sheetnames)
    read = pd.read_excel(file, sheet_name="Differences")
    row = comparison.table[
        (comparison.table["variable"] == "population")
        & (comparison.table["area"] == "beijing")
        & (comparison.table["period"] == 2030)
    ].iloc[0]
    mine = read[(read["Area"] == "Beijing") & (read["Indicator"].str.startswith("Resident population"))].iloc[0]
    scale = {"million persons": 1e6, "thousand persons": 1e3, "persons": 1.0}[mine["Unit (difference)"]]
    assert mine["Difference"] * scale == pytest.approx(row["median"])
    assert mine["Verdict"] == row["verdict"]


def test_every_table_is_as_wide_as_its_heads(result, comparison):
    for subject in (Subject(result), Subject(comparison.base, comparison)):
        for lang in ("en", "zh"):
            for table in book.tables(subject, lang):
                assert {len(row) for row in table.rows} == {len(table.heads)}, table.key
                assert len(set(table.heads)) == len(table.heads), table.key
                assert not table.row_formats or len(table.row_formats) == len(table.rows), table.key


def test_csv_opens_in_a_spreadsheet(result, tmp_path):
    folder = jjj.to_csv(result, tmp_path / "tables", lang="zh")
    head = (folder / "headline.csv").read_bytes()
    assert head.startswith(b"\xef\xbb\xbf")
    assert head.decode("utf-8-sig").startswith("指标,地区,单位,2013")
    again = jjj.to_csv(result, tmp_path / "tables", lang="en")
    assert (again / "headline.csv").read_text("utf-8-sig").startswith("Indicator,")


def test_inert_text_and_formats():
    assert inert("-5 %") == "'-5 %"
    assert inert("Beijing") == "Beijing"
    assert [number_format(x) for x in (0.5, 5.0, 500.0, 5e4)] == ["0.0000", "0.00", "#,##0.0", "#,##0"]


def test_tidy_and_wide(result):
    tidy = result.table("population", ["beijing", "tianjin"], [2013, 2030])
    assert list(tidy.columns) == ["variable", "area", "unit", "year", "median", "low", "high"]
    assert len(tidy) == 4
    values = result.annual.query("variable == 'population' and area == 'beijing' and period == 2030")["value"]
    assert tidy.iloc[1]["median"] == pytest.approx(values.median())
    wide = result.table("population", wide=True, lang="zh")
    assert wide.loc[("常住人口", "北京", "万人"), 2030] == pytest.approx(values.median() / 1e4)
    with pytest.raises(ScenarioError, match=r"popluation: no such variable\. Did you mean population"):
        result.table("popluation")


def test_arrays_have_dimensions_and_units(result):
    found = result.to_xarray()
    one = found["population"]
    assert one.dims == ("area", "member", "year")
    assert one.attrs["units"] == "persons"
    assert one.indexes["area"].is_unique
    value = result.annual.query("variable == 'population' and area == 'jjj' and period == 2020 and member == 1")[
        "value"
    ]
    assert float(one.sel(area="jjj", year=2020, member=1)) == pytest.approx(float(value.iloc[0]))


def test_notebooks_show_a_table_that_no_title_can_break(named, comparison):
    assert "&lt;b&gt;" in jjj.html(dataclasses.replace(named, manifest={**named.manifest, "title": "<b>"}))
    assert "Resident population" in named._repr_html_()
    assert comparison.table["verdict"].iloc[0] in comparison._repr_html_() or "higher" in comparison._repr_html_()
