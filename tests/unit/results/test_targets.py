"""Published figures as the region's tables have them, and what is said of a table that is wrong."""

import csv
import re
import shutil

import pytest
from plans import JJJ

from jjj_sim.errors import DataError
from jjj_sim.indicators import areas
from jjj_sim.judging.goal_indicators import goals_of
from jjj_sim.judging.targets import Discrepancy, article, citations, counts, targets
from jjj_sim.region import load
from jjj_sim.regions.jingjinji.prepare import census
from jjj_sim.regions.jingjinji.prepare import targets as prepared
from jjj_sim.regions.jingjinji.statistics.tables import frame


@pytest.fixture
def copy(tmp_path):
    """The shipped region without its tables, in a folder that can be changed."""
    for name in ("region.toml", "zones.csv", "targets.csv", "goals.toml"):
        shutil.copy(JJJ.folder / name, tmp_path / name)
    return tmp_path


def test_the_table_is_what_prepare_writes(tmp_path):
    prepared.write(tmp_path / "targets.csv")
    assert (tmp_path / "targets.csv").read_bytes() == (JJJ.folder / "targets.csv").read_bytes()


def test_figures_name_areas_of_the_region_and_are_in_base_units():
    by_id = {t.id: t for t in targets(JJJ)}
    assert len(by_id) == len(targets(JJJ))
    assert len(article(JJJ)) == len(frame("article_targets"))
    names = {a.name for a in areas(JJJ)}
    assert {name for t in targets(JJJ) for name in t.area.split("+")} <= names
    assert by_id["binhai_zgc_firms_2024"].area == "tj_binhai"
    assert by_id["beijing_municipal_move"].area == "bj_subcentre"
    assert by_id["hebei_hnte_2024"].area == "hebei_official"
    gdp = by_id["gdp_jjj_2024"]
    assert (gdp.value, gdp.unit, gdp.printed, gdp.printed_unit) == (11_500.0, "bn yuan", 11.5, "trillion CNY")
    xiongan = by_id["xiongan_population_2024"]
    assert (xiongan.accept_low, xiongan.value, xiongan.accept_high) == (1_300_000, 1_360_700, 1_420_000)
    assert by_id["pm25_2024_vs_2013"].value is None
    assert all(t.unit and t.en and t.zh and t.area_en and t.area_zh and t.source for t in targets(JJJ))


def test_bounds_are_the_sources_own_else_of_the_discrepancy_else_of_the_figure():
    by_id = {t.id: t for t in targets(JJJ)}
    assert by_id["gdp_jjj_2024"].bounds == (11_200.0, 11_800.0)
    series = by_id["population_xiongan_2024"]
    assert series.discrepancy == Discrepancy(0.05, True)
    assert series.bounds == pytest.approx((series.value * (1 - 1.645 * 0.05), series.value * (1 + 1.645 * 0.05)))
    assert by_id["soe_hq_moves"].bounds == (3.0, None)
    assert by_id["pm25_2024_vs_2013"].bounds == (None, None)


def test_a_figure_is_of_one_year_or_of_a_span_that_ends_in_it():
    years = {t.period: t.year for t in targets(JJJ)}
    assert (years["2024"], years["2014-2024"], years["2013/2024"], years["2025-01/2025-08"]) == (2024, 2024, None, None)


def test_every_wrong_cell_is_told(copy):
    path = copy / "targets.csv"
    rows = path.read_text("utf-8").splitlines()
    rows[1] = rows[1].replace(",approx,11500.0,", ",about,eleven,")
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"gdp_jjj_2024: comparator 'about'[^\n]*\n[^\n]*value 'eleven' is no number"):
        targets(load(copy))


def test_a_region_without_figures_and_goals_has_none(copy):
    (copy / "targets.csv").unlink()
    (copy / "goals.toml").unlink()
    assert targets(load(copy)) == ()
    assert goals_of(load(copy)).indicators == ()


def test_a_goal_of_what_nobody_measures_is_told_with_the_nearest(copy):
    path = copy / "goals.toml"
    text = path.read_text("utf-8").replace('variable = "rd_intensity"', 'variable = "rd_intensty"')
    path.write_text(text.replace('formula = "mean3"', 'formula = "mean"'), encoding="utf-8")
    with pytest.raises(DataError, match=r"no formula 'mean'.*no variable|no variable 'rd_intensty'") as error:
        goals_of(load(copy))
    assert "Did you mean rd_intensity?" in str(error.value)


def test_an_area_or_a_period_that_is_none_is_named(copy):
    rows = (copy / "targets.csv").read_text("utf-8").replace(",jjj,2024,", ",jjjj,2024x,")
    (copy / "targets.csv").write_text(rows, encoding="utf-8")
    with pytest.raises(DataError, match=r"'jjjj' is no area\. Did you mean jjj\?") as told:
        targets(load(copy))
    assert "'2024x' is no period" in str(told.value)


def test_every_source_is_cited_as_a_report_would_and_none_by_where_a_copy_was_found():
    cited = citations(JJJ)
    assert {t.source for t in targets(JJJ)} == set(cited)
    with (JJJ.folder / "citations.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.DictReader(file))) == len(cited)
    traces = re.compile(r"github|http|recalled|prompt|blog|\.csv|\bvia\b|derived:|anchor|\.(com|cn|org|tw)\b", re.I)
    for english, chinese in cited.values():
        assert not traces.search(english + chinese), (english, chinese)
        assert not re.search("[\u4e00-\u9fff]", english), english
        assert not re.search("[A-Za-z]{2}", chinese), chinese
    national = "NBS 分省年度数据 export; github Liushenwuzhu-Alpaca/province-economy:分省年度数据2024.csv"
    assert cited[national] == ("National Bureau of Statistics, annual data by province", "国家统计局：分省年度数据")


def test_a_region_without_citations_falls_back_to_its_sources(copy):
    first = targets(load(copy))[0]
    assert first.citation_en == first.citation_zh == first.source


def test_half_a_citation_is_refused(copy):
    (copy / "citations.csv").write_text("source,citation_en,citation_zh\nyearbook,Yearbook,\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"citations\.csv: no citation_en or citation_zh of yearbook"):
        citations(load(copy))


def test_the_census_of_zones_is_shown_and_not_judged(tmp_path):
    census.write(tmp_path / "census.csv", JJJ.ids)
    assert (tmp_path / "census.csv").read_bytes() == (JJJ.folder / "census.csv").read_bytes()
    counted = {one.area: one for one in counts(JJJ)}
    assert set(counted) == set(JJJ.ids)
    assert (counted["bj_core"].year, counted["bj_core"].value) == (2020, 1_815_043.0)
    assert sum(one.value for one in counted.values()) == pytest.approx(110.4e6, rel=0.001)
    assert not any(t.area == "bj_core" and t.variable == "population" for t in targets(JJJ))


def test_a_census_of_no_zone_is_refused(copy):
    (copy / "census.csv").write_text(
        "area,year,variable,value,unit,citation_en,citation_zh\nbj_cor,2020,population,1,persons,A,B\n",
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"'bj_cor' is no zone\. Did you mean bj_core\?"):
        counts(load(copy))
