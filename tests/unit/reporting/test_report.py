"""The report: one file that asks for nothing, says what the verdicts say, and runs nothing that a scenario wrote."""

import base64
import io
import json
import re
import string
from html.parser import HTMLParser

import pandas as pd
import pytest
from plans import JJJ

pytest.importorskip("altair")
pytest.importorskip("jinja2")

import itertools

from jjj_sim.attributing import Attribution
from jjj_sim.comparing.movers import Movers
from jjj_sim.reporting import amounts, asked, moves, report, trust
from jjj_sim.reporting.prose import texts
from jjj_sim.reporting.subject import Subject
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.difference import Difference

ROW = {
    "variable": "population",
    "area": "beijing",
    "year": 2030,
    "unit": "persons",
    "base_median": 21.8e6,
    "median": -120e3,
    "low": -150e3,
    "high": -90.4e3,
    "same_sign_share": 1.0,
    "verdict": "lower in all 20 members",
    "verdict_zh": "全部20次运行均较低",
    "matters": 21.8e3,
}


class Read(HTMLParser):
    """Every element of a page with its attributes, in order."""

    def __init__(self, page):
        super().__init__()
        self.found = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.found.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def read(page):
    return Read(page).found


def test_a_difference_is_told_with_its_interval_and_how_sure_it_is():
    en = amounts.sentence(JJJ, ROW, 20, "en")
    zh = amounts.sentence(JJJ, ROW, 20, "zh")
    assert en == (
        "In 2030 Beijing would have 120 thousand fewer residents (90 % of members: −150 to −90): "
        "lower in all 20 members."
    )
    assert zh == "2030年北京常住人口比基准少12万人（90%区间：−15至−9），20次运行全部较低。"


def test_certainty_has_its_words():
    most = {**ROW, "same_sign_share": 0.95, "verdict": "lower"}
    average = {**ROW, "same_sign_share": 0.8, "verdict": "lower on average"}
    assert amounts.certainty(most, 20, "en") == "lower in 19 of 20 members"
    assert amounts.certainty(average, 20, "en") == "lower on average, but only in 16 of 20 members"
    assert (
        amounts.certainty({**ROW, "verdict": "no clear difference", "verdict_zh": "无明显差异"}, 20, "zh")
        == "无明显差异"
    )
    assert "no interval" in amounts.sentence(JJJ, ROW, 1, "en")


def test_percent_differs_in_points_and_an_index_in_percent_of_the_base():
    share = {
        **ROW,
        "variable": "gdp_share_tertiary",
        "area": "jjj",
        "unit": "percent",
        "median": 0.4,
        "low": 0.2,
        "high": 0.5,
    }
    index = {**ROW, "variable": "services_theil", "area": "jjj", "unit": "1", "base_median": 0.1, "median": 0.002}
    index |= {"low": 0.001, "high": 0.003}
    assert "0.4 percentage points higher" in amounts.sentence(JJJ, share, 20, "en")
    assert "2% higher (90 % of members: +1 to +3)" in amounts.sentence(JJJ, index, 20, "en")


def test_a_change_is_told_in_words():
    path = Difference(
        "levers", "xiongan_investment", "path", [["2026Q1", 150.0], ["2030Q4", 80.0]], [["2026Q1", 220.0]], 52
    )
    assert asked.change(path, JJJ, "en") == (
        "Xiong'an investment",
        "bn yuan a year",
        "2026Q1",
        "2026Q1: 150 → 2030Q4: 80",
        "220",
    )
    assert asked.change(path, JJJ, "zh")[:2] == ("雄安新区投资", "10亿元/年")
    stay = {"jobs": 1000, "origin": "bj_core", "destination": "xiongan"}
    event = Difference(
        "levers", "headquarters_moves", "events.datang", {"quarter": "2028Q2", **stay}, {"quarter": "never", **stay}
    )
    assert asked.change(event, JJJ, "en") == ("Headquarters moves · Datang", "", "", "2028Q2", "never")
    gone = Difference("levers", "headquarters_moves", "events.datang", None, {"quarter": "2026Q4", **stay})
    assert asked.change(gone, JJJ, "en")[3:] == ("–", "2026Q4; 1,000 jobs; Beijing core; Xiong'an")


def test_a_path_is_told_by_its_corners():
    still = [["2013Q1", 72.0], ["2014Q1", 72.0], ["2015Q1", 72.0], ["2016Q1", 8.0]]
    assert asked._path(still) == "2013Q1: 72 → 2015Q1: 72 → 2016Q1: 8"


def test_moves_are_net():
    rows = [(0, "beijing", "hebei", 50.0), (0, "hebei", "beijing", 80.0), (1, "beijing", "hebei", 10.0)]
    table = pd.DataFrame(rows, columns=["member", "origin", "destination", "value"])
    both = moves._netted(table)
    assert both.loc[("beijing", "hebei")].to_list() == [-30.0, 10.0]
    assert len(both) == 1
    assert moves._clear(both).tolist() == [False]


def test_shares_of_levers_and_movers_are_drawn_where_they_were_run(comparison):
    base, variant = load_scenario("baseline"), load_scenario("xiongan_sooner")
    cell = {"variable": "population", "area": "xiongan", "year": 2030}
    ends = {"low": 1e4, "high": 9e4}
    players = ("levers.xiongan_offers", "levers.xiongan_investment")
    shares = pd.DataFrame([{"player": p, **cell, "share": x, **ends} for p, x in zip(players, (2e4, 6e4), strict=True)])
    totals = pd.DataFrame([{**cell, "twin": 8e4, **ends}])
    taken = Attribution(base, variant, shares, pd.DataFrame(), totals, {})
    rows = [(0, "residents", "hebei", "xiongan", 5e3), (0, "residents", "xiongan", "elsewhere", 1e3)]
    went = Movers(base, variant, pd.DataFrame(rows, columns=["member", "kind", "origin", "destination", "value"]), {})
    whole = Subject(comparison.base, comparison, (taken,), (went,))
    (bars,) = moves.attributed(whole, "en")
    told = [(row["what"], row["value"]) for row in bars.data["rows"]]
    assert told == [("Xiong'an investment", 60), ("Xiong'an offers", 20), ("all together", 80)]
    (ways,) = moves.matched(whole, "zh")
    assert [(row["way"], row["value"]) for row in ways.data["rows"]] == [
        ("河北（不含雄安） → 雄安", 5000),
        ("雄安 → 区域外", 1000),
    ]


def test_the_command_is_told_without_where_it_wrote():
    words = [
        "/x/__main__.py",
        "compare",
        "base",
        "it's.toml",
        "--out",
        "/tmp/x",
        "--members",
        "3",
        "--lang=zh",
        "--quiet",
    ]
    assert trust.command(words) == "jjj-sim compare base 'it'\"'\"'s.toml' --members 3"


def test_the_page_refers_to_nothing_outside(page, read):
    asked_for = [
        (tag, name, value) for tag, attrs in read for name, value in attrs.items() if name in ("src", "href", "data")
    ]
    assert [one for one in asked_for if not one[2].startswith("#")] == []
    without_libraries = page[: page.rindex("<script>", 0, page.rindex("<script>"))]
    assert re.findall(r"https?:[^\s\"')]*", without_libraries) == []
    assert "@import" not in without_libraries
    assert [url for url in re.findall(r"url\(([^)]{0,30})", without_libraries) if not url.startswith("data:")] == []
    assert re.findall(r"\b(?:fetch|XMLHttpRequest|WebSocket)\b", page[page.rindex("<script>") :]) == []
    assert len(page) < 6e6


def test_titles_of_scenarios_are_inert(page):
    parts = page.split('<script type="application/json"')
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(&#39;here&#39;)&lt;/script&gt;" in parts[0]
    assert "\\u003cscript>alert" in parts[1]
    assert page.count("</script>") == page.count("<script") == 3


def test_it_holds_both_languages_with_headings_in_order(page, read):
    mains = [attrs for tag, attrs in read if tag == "main"]
    assert [(one["id"], one["lang"], "hidden" in one) for one in mains] == [
        ("part-en", "en", True),
        ("part-zh", "zh-CN", False),
    ]
    levels = [int(tag[1]) for tag, _ in read if re.fullmatch(r"h[1-6]", tag)]
    assert levels.count(1) == 2
    assert all(after - before <= 1 for before, after in itertools.pairwise(levels))
    anchors = {attrs["id"] for _, attrs in read if "id" in attrs}
    assert {attrs["href"][1:] for tag, attrs in read if tag == "a"} <= anchors
    assert [attrs for tag, attrs in read if tag == "th" and "scope" not in attrs] == []


def test_every_picture_is_told_in_words(page, read):
    told = json.loads(re.search(r'id="pictures">(.*?)</script>', page, re.DOTALL)[1])
    shown = {attrs["data-picture"]: attrs["aria-label"] for _, attrs in read if "data-picture" in attrs}
    assert shown.keys() == told["pictures"].keys()
    assert all(any(letter.isdigit() for letter in words) for words in shown.values())
    used = {digest for picture in told["pictures"].values() for digest in picture["data"].values()}
    assert used == told["data"].keys()


def test_the_answer_is_that_of_the_verdicts(page, comparison):
    table = comparison.table
    one = table[(table["variable"] == "population") & (table["area"] == "xiongan") & (table["area_kind"] == "region")]
    middle = float(one.loc[one["period"] == 2030, "median"].iloc[0])
    assert middle > 1e5
    assert f"2030年雄安常住人口比基准多{amounts.plain(middle / 1e4)}万人" in page
    assert "3次运行全部较高" in page
    assert "jjj-sim compare baseline &#39;it&#39;&#34;&#39;&#34;&#39;s.toml&#39; --members 3" in page


def test_the_font_has_every_letter_of_the_page(page):
    from fontTools.ttLib import TTFont

    text = re.search(r"data:font/woff2?;base64,([A-Za-z0-9+/=]+)", page)[1]
    letters = TTFont(io.BytesIO(base64.b64decode(text))).getBestCmap()
    body = page[page.index("<main") : page.index('<script type="application/json"')]
    assert sorted(c for c in set(body) if "\u4e00" <= c <= "\u9fff" and ord(c) not in letters) == []


def test_a_single_result_has_no_comparison_and_the_same_bytes_twice(comparison):
    one = report.html(Subject(comparison.base), "en")
    assert one == report.html(Subject(comparison.base), "en")
    assert 'id="en-answer"' in one
    assert 'id="en-causes"' not in one
    assert "Population, Beijing, 2030:" in one


def test_prose_says_the_same_in_both_languages():
    def asks(text):
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    assert [key for key, text in texts().items() if set(text) != {"en", "zh"}] == []
    assert [key for key, text in texts().items() if not asks(text["zh"]) <= asks(text["en"])] == []


def test_what_stands_is_what_the_pages_tell():
    import standing

    assert trust.standing() == standing.pages()
