"""Pictures: what their data say, that Vega-Lite draws them, that their words tell the numbers."""

import json

import pandas as pd
import pytest
from plans import JJJ

alt = pytest.importorskip("altair")
vl_convert = pytest.importorskip("vl_convert")

from jjj_sim.reporting import pictures  # noqa: E402
from jjj_sim.reporting.outlines import outlines  # noqa: E402
from jjj_sim.reporting.scheme import looks  # noqa: E402

LOOKS = looks(["base", "more"])
OVER_TIME = pd.DataFrame(
    {
        "scenario": ["base", "base", "more", "more"],
        "name": ["Base", "Base", "More", "More"],
        "year": [2013, 2030, 2013, 2030],
        "median": [1.2e6, 2.0e6, 1.2e6, 2.5e6],
        "low": [1.1e6, 1.9e6, 1.1e6, 2.4e6],
        "high": [1.3e6, 2.1e6, 1.3e6, 2.6e6],
    }
)


def drawn(picture):
    """The picture as SVG, drawn by Vega-Lite itself."""
    spec = picture.whole()
    assert "http" not in json.dumps({**spec, "datasets": {}})
    return vl_convert.vegalite_to_svg({**spec, "width": 400}, vl_version="6.4")


def test_lines_are_in_the_unit_of_the_language():
    published = pd.DataFrame({"year": [2020], "value": [1.25e6], "source": ["census"]})
    en = pictures.lines(OVER_TIME, LOOKS, unit="persons", lang="en", title="People", points=published, ends=2024)
    zh = pictures.lines(OVER_TIME, LOOKS, unit="persons", lang="zh", title="人口", key=True)
    assert [row["median"] for row in en.data["rows"]] == [1.2, 2.0, 1.2, 2.5]
    assert en.data["points"] == [{"year": 2020, "value": 1.25, "source": "census"}]
    assert [row["high"] for row in zh.data["rows"]] == [130, 210, 130, 260]
    assert "More, 2013: 1.20, 2030: 2.50 (2.40 to 2.60) million persons" in en.alt
    assert "2030: 250（240至260） 万人" in zh.alt
    assert "million persons" in drawn(en)
    assert "单位：万人" in drawn(zh)
    assert "More" in drawn(zh)


def test_a_scenario_keeps_its_colour_and_dash():
    assert LOOKS["base"].dash == ()
    many = looks([str(n) for n in range(7)])
    assert len({look.colour for look in many.values()}) == 7


def test_dots_that_are_not_clear_are_hollow():
    rows = pd.DataFrame(
        {
            "what": ["Here", "There"],
            "median": [-120e3, 10.0],
            "low": [-150e3, -20e3],
            "high": [-90e3, 20e3],
            "verdict": ["lower in all 5 members", "no clear difference"],
            "clear": [True, False],
        }
    )
    picture = pictures.forest(rows, unit="persons", lang="en", title="People in 2030")
    assert picture.data["rows"][0]["median"] == -120
    assert picture.alt.startswith("People in 2030: Here −120 (−150 to −90.0); There")
    assert 'fill="white"' in drawn(picture)


def test_a_map_has_a_value_by_zone_and_year_and_all_outlines():
    rows = pd.DataFrame(
        [(zone, year, n * (year - 2029) * 1e4) for n, zone in enumerate(JJJ.ids) for year in (2029, 2030)]
    )
    rows.columns = ["zone", "year", "value"]
    picture = pictures.zone_map(JJJ, rows, unit="persons", lang="en", year=2030, title="Change")
    assert {"key": f"{JJJ.ids[3]}-2030", "value": 30} in picture.data["rows"]
    assert len(picture.data["zones"]) == JJJ.n_zones == len(outlines(JJJ))
    assert drawn(picture).count("<path") >= JJJ.n_zones
    assert picture.spec["params"][0] == {"name": "year", "value": 2030}


def test_bars_of_goals_say_the_share():
    rows = pd.DataFrame({"goal": ["Air"] * 2, "scenario": ["base", "more"], "name": ["B", "M"], "share": [0.4, 1.0]})
    picture = pictures.goal_bars(rows, LOOKS, lang="en", title="Goals", key=True)
    assert picture.alt == "Goals: Air, B 40%; Air, M 100%"
    assert "Air" in drawn(picture)


def test_flows_keep_their_order():
    rows = pd.DataFrame({"way": ["A → B", "B → C"], "value": [2e4, 5e4], "low": [1e4, 4e4], "high": [3e4, 6e4]})
    picture = pictures.flows(rows, unit="persons", lang="en", a_year=True)
    assert picture.alt == "A → B 20.0 (10.0 to 30.0); B → C 50.0 (40.0 to 60.0) thousand persons a year"
    svg = drawn(picture)
    assert svg.index("A → B") < svg.index("B → C")


def test_steps_begin_where_the_one_above_ends():
    rows = pd.DataFrame({"what": ["births", "moves", "all"], "value": [3e4, -1e4, 2e4], "low": 0.0, "high": 0.0})
    picture = pictures.steps(rows, unit="persons", lang="en")
    found = [(row["begin"], row["end"], row["kind"]) for row in picture.data["rows"]]
    assert found == [(0, 30, "up"), (30, 20, "down"), (0, 20, "sum")]
    assert "births" in drawn(picture)
