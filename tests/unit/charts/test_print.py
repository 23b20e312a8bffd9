"""Charts for print: sizes, the numbers beside them, languages kept apart, years and names chosen, letters of an SVG."""

import csv
import dataclasses
import itertools

import pytest
from matplotlib.text import Text
from plans import JJJ

from jjj_sim import charts
from jjj_sim.charts.look import LOOKS, drawn_as
from jjj_sim.charts.numbers import Number, Picture, write
from jjj_sim.charts.reader import Reader
from jjj_sim.charts.sheet import Sheet
from jjj_sim.errors import ScenarioError
from jjj_sim.indicators import indicators

TRACES = ("github", "http", "recalled", "blog", "prompt", ".csv", " via ", "derived:")


def _words(figure):
    return [text for text in figure.findobj(Text) if text.get_visible() and text.get_text().strip()]


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("name", charts.CHARTS)
def test_at_words_width_letters_are_large_enough_and_stay_on_the_sheet(result, name, lang):
    figure = charts.figure(result, name, lang, size="word")
    assert figure.get_size_inches()[0] == pytest.approx(15 / 2.54)
    figure.canvas.draw()
    width = figure.get_size_inches()[0] * figure.dpi
    for text in figure.texts:
        box = text.get_window_extent()
        assert text.get_fontsize() >= 8.0
        assert 0 <= box.x0 < box.x1 <= width, text.get_text()
    assert min(text.get_fontsize() for text in _words(figure)) >= 8.0
    headings = [text for ax in figure.axes for text in ax.get_children() if isinstance(text, Text) and text.get_text()]
    for text in headings:
        assert text.get_window_extent().x1 <= width + 1, text.get_text()


@pytest.mark.parametrize("name", charts.CHARTS)
def test_captions_cite_publications_in_one_language(result, name):
    for lang in ("en", "zh"):
        caption = " ".join(text.get_text() for text in charts.figure(result, name, lang).texts)
        caption = caption.replace("goals.csv", "")
        assert not any(trace in caption for trace in TRACES), caption
        if lang == "en":
            assert not any("\u4e00" <= letter <= "\u9fff" for letter in caption), caption


def test_a_slide_is_laid_out_smaller_and_enlarged_as_a_whole(result):
    figure = charts.figure(result, "pm25", size="slide")
    assert figure.get_size_inches()[0] == pytest.approx(25.4 / 2.54)
    ticks = figure.axes[0].yaxis.get_major_ticks()[0].label1
    assert ticks.get_fontsize() == pytest.approx(14.0)
    assert figure.axes[0].lines[0].get_linewidth() == pytest.approx(1.8 * 14 / 9)
    with pytest.raises(ScenarioError, match="'wrod' is not one of screen, word, slide"):
        charts.figure(result, "pm25", size="wrod")


def test_three_panels_become_two_and_the_key_stands_in_the_cell_that_is_left(result):
    lefts = {round(ax.get_position().x0, 3) for ax in charts.figure(result, "pm25", size="word").axes}
    assert len(lefts) == 2
    screen = charts.figure(result, "pm25")
    legend, last = screen.legends[0], screen.axes[-1].get_position()
    screen.canvas.draw()
    assert legend.get_window_extent().x0 > last.x1 * screen.get_size_inches()[0] * screen.dpi
    assert legend.get_window_extent().y0 > last.y0 * screen.get_size_inches()[1] * screen.dpi - 60


def test_the_unit_stands_upright_above_its_axis(result):
    figure = charts.figure(result, "gdp_nominal", "zh")
    for ax in figure.axes:
        assert ax.get_ylabel() == ""
        assert any(text.get_text().startswith("单位：") and text.get_rotation() == 0.0 for text in ax.texts)


def test_the_last_published_year_is_named_once_on_the_chart(result):
    figure = charts.figure(result, "pm25", "zh")
    assert [text.get_text() for ax in figure.axes for text in ax.texts].count("2025年后为推演") == 1


def test_the_numbers_beside_a_chart_are_those_drawn_in_the_unit_of_the_axis(result, tmp_path):
    charts.draw(result, tmp_path, formats=("svg",), langs=("zh",), only=("population",))
    file = tmp_path / "data" / "population.csv"
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(file.read_text("utf-8-sig").splitlines()))
    assert rows[0] == ["分图", "系列", "年份或项目", "数值", "下限", "上限", "单位", "来源"]
    beijing = {row[2]: row for row in rows if row[:2] == ["北京", "模型中位数"]}
    drawn = charts.figure(result, "population", "zh").axes[0].lines[0]
    for year, value in zip(drawn.get_xdata(), drawn.get_ydata(), strict=True):
        assert float(beijing[str(year)][3]) == pytest.approx(value)
    assert beijing["2024"][6:] == ["万人", "本模型"]
    assert float(beijing["2024"][4]) < float(beijing["2024"][3]) < float(beijing["2024"][5])
    published = next(row for row in rows if row[0] == "北京" and row[1] == "公布数据" and row[2] == "2024")
    assert float(published[3]) == pytest.approx(2183.2, abs=1.0)
    assert published[7] == "国家统计局：分省年度数据"


def test_words_that_a_spreadsheet_would_reckon_are_kept_words(tmp_path):
    figure = Picture()
    figure.numbers = [Number("=1+1", "a\nb", "2024", 1.5, float("nan"), float("nan"), "%", "@x")]
    assert write(figure, tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1] == "'=1+1,a b,2024,1.5,,,%,'@x"


def test_charts_in_another_language_stand_beside_those_there_are(result, tmp_path):
    chosen = {"formats": ("svg",), "only": ("pm25",)}
    assert charts.language_drawn(tmp_path) is None
    charts.draw(result, tmp_path, langs=("zh",), **chosen)
    assert charts.language_drawn(tmp_path) == "zh"
    before = (tmp_path / "pm25.svg").read_bytes()
    (other,) = charts.draw(result, tmp_path, langs=("en",), **chosen)
    assert other.name == "pm25.en.svg"
    assert (tmp_path / "pm25.svg").read_bytes() == before
    assert (tmp_path / "data" / "pm25.en.csv").is_file()
    (again,) = charts.draw(result, tmp_path, langs=("zh",), **chosen)
    assert (again.name, charts.language_drawn(tmp_path)) == ("pm25.svg", "zh")


def test_only_what_is_asked_for_is_drawn_and_a_name_that_is_none_draws_nothing(result, comparison, tmp_path):
    files = charts.draw(result, tmp_path / "a", formats=("svg",), only=("pm25", "wage"))
    assert [file.name for file in files] == ["pm25.svg", "wage.svg"]
    for found, name, guess in ((result, "pm52", "pm25"), (comparison, "levls", "levels")):
        with pytest.raises(ScenarioError, match=rf"no chart '{name}'\. Did you mean {guess}\?"):
            charts.draw(found, tmp_path / "b", only=(name,))
    assert not (tmp_path / "b").exists()


def test_years_are_those_asked_for_and_must_be_there(result, comparison):
    some = charts.within(result, (2015, 2024))
    assert charts.figure(some, "pm25").axes[0].get_xlim() == (2014.5, 2024.5)
    assert charts.within(comparison, (2020, 2030)).differences["period"].min() == 2020
    with pytest.raises(ScenarioError, match="2013-2035 is no span of years of this result, which has 2013-2030"):
        charts.within(result, (2013, 2035))
    with pytest.raises(ScenarioError, match="only charts of a run or a comparison"):
        charts.within(object(), (2013, 2030))


def test_letters_of_an_svg_are_paths_or_text_in_a_named_font(result, tmp_path):
    charts.draw(result, tmp_path / "a", formats=("svg",), langs=("zh",), only=("pm25",), svg_text=True)
    text = (tmp_path / "a" / "pm25.svg").read_text("utf-8")
    assert "单位：微克/立方米" in text
    assert "'JJJ Sans SC', 'Noto Sans SC'" in text
    charts.draw(result, tmp_path / "b", formats=("svg",), langs=("zh",), only=("pm25",))
    assert "<text" not in (tmp_path / "b" / "pm25.svg").read_text("utf-8")


def test_a_tiny_difference_is_drawn_flat(comparison):
    from jjj_sim.charts.comparison import differences, scale

    tiny = comparison.differences.assign(difference=comparison.differences["difference"] * 1e-6)
    flat = dataclasses.replace(comparison, differences=tiny)
    figure = differences(flat, comparison.variants[0], "en")
    for ax in figure.axes:
        for line in ax.lines[:1]:
            bottom, top = ax.get_ylim()
            assert abs(line.get_ydata()).max() < 0.01 * (top - bottom)
    one, other = (Picture().add_subplot() for _ in range(2))
    scale(one, 3.0)
    scale(other, 9.0)
    assert one.get_xlim() == other.get_xlim()


def test_a_long_title_in_a_key_is_cut(result):
    sheet = Sheet(Reader(result), "en", "A title")
    (ax,) = sheet.axes(1, 1)
    (line,) = ax.plot([0, 1], [0, 1])
    sheet.key("a very long title of a scenario " * 8, line)
    (said,) = sheet.finish().legends[0].get_texts()
    assert said.get_text().endswith("…")
    assert len(said.get_text()) < 200


def test_looks_do_not_leak():
    with drawn_as(LOOKS["word"]), pytest.raises(ScenarioError):
        charts.figure(None, "nothing", size="no")
    assert {look.name for look in LOOKS.values()} == {"screen", "word", "slide"}
    assert all(one.scale * one.width in (0.0, pytest.approx(15 / 2.54), pytest.approx(10.0)) for one in LOOKS.values())


def test_every_indicator_still_has_a_chart_at_words_size(result):
    for name in itertools.islice(indicators(JJJ), 0, None, 12):
        assert charts.figure(result, name, "zh", size="word").axes
