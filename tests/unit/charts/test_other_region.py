"""A region of four zones with names of its own: its charts draw, or say what it lacks."""

import dataclasses

import numpy as np
import pandas as pd
import pytest

from jjj_sim import charts, regions
from jjj_sim.charts.reader import MissingVariable
from jjj_sim.commands.summary import show
from jjj_sim.errors import DataError
from jjj_sim.indicators import areas, indicators
from jjj_sim.judging.judge import judge
from jjj_sim.judging.summary import rows
from jjj_sim.region import load
from jjj_sim.running.result import Result
from jjj_sim.running.result import load as load_result

REGION = """
id = "bay"
title = "Bay"
title_zh = "湾区"
provinces = ["city", "plain"]
outside = "elsewhere"
areas = ["city", "harbour", "plain"]
education = ["junior", "senior", "college"]

[wholes]
whole_plain = ["plain"]
bay = ["city", "plain"]

[roles]
capital = ["city"]
new_area = ["harbour"]
hinterland = ["plain"]

[sector_roles]
listed = ["works"]
industry = ["works"]

[groups]
city = ["city", "plain"]

[[sectors]]
key = "farms"
en = "Farms"
zh = "农业"
broad = "primary"

[[sectors]]
key = "works"
en = "Works"
zh = "工业"
broad = "secondary"

[[sectors]]
key = "shops"
en = "Shops"
zh = "服务业"
broad = "tertiary"
"""
ZONES = """id,name_en,name_zh,province,area,area_km2,lon,lat,city
centre,Centre,中心,city,city,100,10,50,city
ring,Ring,外环,city,city,900,10.2,50.1,city
harbour,Harbour,海港,plain,harbour,300,11,50.5,plain
fields,Fields,田野,plain,plain,5000,12,51,plain
"""
YEARS = range(2013, 2031)
# What the charts of the shipped region show by map, by an area it has, or of figures published about it.
LACKING = {
    *("population_change", "destinations", "article_figures", "goals", "goals_scoreboard", "parameters"),
    *("flows_people", "flows_commuters", "flows_firms", "housing_and_commuting"),
}


@pytest.fixture(scope="module")
def bay(tmp_path_factory):
    """The folder of a region that is not shipped."""
    folder = tmp_path_factory.mktemp("bay")
    (folder / "region.toml").write_text(REGION, encoding="utf-8")
    (folder / "zones.csv").write_text(ZONES, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def result(bay):
    """Three members of a made-up run: every figure that the region reports grows a little."""
    region = load(bay)
    annual = [
        (m, y, area.name, area.kind, i.name, 10.0 + a + 0.1 * m + 0.2 * (y - 2013), i.unit)
        for i in indicators(region).values()
        for a, area in enumerate(areas(region))
        if i.covers(area)
        for m in range(3)
        for y in YEARS
    ]
    columns = ["member", "period", "area", "area_kind", "variable", "value", "unit"]
    flows = [
        (m, y, kind, "all", origin, to, 5.0, "units", level)
        for kind in ("firms_relocated", "firms_branched")
        for level, origin, to in (("zone", "ring", "harbour"), ("region", "city", "harbour"))
        for m in range(3)
        for y in YEARS
    ]
    table = pd.DataFrame(annual, columns=columns)
    names = ["member", "period", "kind", "group", "origin", "destination", "value", "unit", "area_kind"]
    manifest = {"scenario": "calm", "title": "Calm", "title_zh": "平静", "members": 3, "seed": 1}
    manifest |= {"largest_residuals": {"people": 1e-12}, **regions.told(region)}
    series = table.iloc[:0].assign(period=pd.Series(dtype=str))
    return judge(Result("calm", table, series, pd.DataFrame(flows, columns=names), manifest, ""))


@pytest.mark.parametrize("name", charts.CHARTS)
def test_a_chart_draws_or_says_what_the_region_lacks(result, name):
    if name in LACKING:
        with pytest.raises(MissingVariable):
            charts.figure(result, name)
        return
    figure = charts.figure(result, name, "zh")
    figure.canvas.draw()
    assert figure.axes


def test_names_are_the_regions_own(result):
    headings = [ax.get_title(loc="left") for ax in charts.figure(result, "population").axes]
    assert headings == ["City", "Harbour", "Whole plain", "Bay"]


def test_the_summary_tells_its_areas(result, capsys):
    assert {row["area"] for row in rows(result)} == {"city", "harbour", "plain", "whole_plain", "bay"}
    assert all(row["published"] is None for row in rows(result))
    show(result, "en")
    assert "Harbour" in capsys.readouterr().out


def test_a_run_that_nobody_judged_draws_all_but_its_judgement(result, capsys):
    plain = dataclasses.replace(result, evidence=pd.DataFrame(), goals=pd.DataFrame())
    assert charts.figure(plain, "gdp_nominal").axes
    with pytest.raises(MissingVariable, match="no figure of the article"):
        charts.figure(plain, "article_figures")
    show(plain, "en")
    assert "Harbour" in capsys.readouterr().out


def test_a_saved_result_finds_its_region_again(result, bay, tmp_path):
    found = load_result(result.save(tmp_path / "calm"))
    assert found.region is load(bay)
    np.testing.assert_array_equal(found.annual["value"], result.annual["value"])


def test_a_region_that_is_gone_is_told(result, tmp_path):
    gone = dataclasses.replace(result, manifest={**result.manifest, "region_folder": str(tmp_path / "gone")})
    with pytest.raises(DataError, match="the region bay is not there"):
        _ = gone.region
    with pytest.raises(DataError, match="no region 'by' is shipped"):
        regions.find("by")
