"""Winners and losers by hand numbers: relative sizes, sides, order, what the terminal picks and prints."""

import numpy as np
import pandas as pd
import pytest

from jjj_sim.charts import winners as winner_charts
from jjj_sim.commands import comparison_tables
from jjj_sim.comparing.comparison import pair
from jjj_sim.comparing.winners import COLUMNS, GAIN, GROUPS, LOSS, leading, measures, winners
from jjj_sim.indicators import areas, indicators
from jjj_sim.regions import default
from jjj_sim.running.result import Result

JJJ = default()
KINDS = {a.name: a.kind for a in areas(JJJ) if a.kind != "zone"}
# variable, area: base and variant of the members
FIGURES = {
    ("population", "beijing"): ([100.0, 200.0], [90.0, 190.0]),
    ("population", "xiongan"): ([10.0, 10.0], [12.0, 11.0]),
    ("pm25", "beijing"): ([40.0, 40.0], [50.0, 44.0]),
    ("pm25", "tianjin"): ([40.0, 40.0], [40.01, 40.01]),
    ("house_price", "beijing"): ([100.0, 100.0], [98.0, 97.0]),
    ("budget_revenue", "beijing"): ([50.0, 50.0], [50.0, 50.0]),
    ("net_lending", "beijing"): ([0.1, -0.1], [-1.9, -1.1]),
    ("centre_payments", "jjj"): ([20.0, 20.0], [25.0, 25.0]),
    ("centre_net_payments", "jjj"): ([-2.0, -2.0], [0.0, 0.0]),
    ("unemployment_college", "jjj"): ([5.0, 6.0], [5.5, 6.7]),
    ("va_research", "jjj"): ([8.0, 8.0], [8.0, 8.0]),
}


def _result(name, which):
    rows = [
        (name, m, year, area, KINDS[area], variable, value if year == 2030 else values[0][m])
        for (variable, area), values in FIGURES.items()
        for m, value in enumerate(values[which])
        for year in (2029, 2030)
    ]
    columns = ["scenario", "member", "period", "area", "area_kind", "variable", "value"]
    table = pd.DataFrame(rows, columns=columns)
    table["unit"] = [indicators(JJJ)[v].unit for v in table["variable"]]
    empty = table.iloc[:0]
    told = {"title": name, "title_zh": name, "members": 2, "seed": 1, "failed": {}}
    return Result(name=name, annual=table, series=empty, flows=empty, manifest=told, scenario="")


@pytest.fixture(scope="module")
def found():
    return pair(_result("base", 0), [_result("variant", 1)])


@pytest.fixture(scope="module")
def table(found):
    return winners(found)


def _row(table, who, measure):
    return table[(table["who"] == who) & (table["measure"] == measure)].iloc[0]


def test_every_measure_is_an_indicator_of_its_area():
    known, inside = indicators(JJJ), {a.name: a for a in areas(JJJ) if a.kind != "zone"}
    rows = list(measures(JJJ))
    assert {row.group for row in rows} == set(GROUPS)
    assert all(known[row.variable].covers(inside[row.area]) for row in rows)
    assert len({(row.group, row.who, row.what) for row in rows}) == len(rows)


def test_relative_sizes_have_what_they_are_measured_by(table):
    assert tuple(table.columns) == COLUMNS
    beijing = _row(table, "Beijing", "people")
    assert (beijing["relative"], beijing["median"]) == pytest.approx((-7.5, -10.0))
    assert (beijing["relative_low"], beijing["relative_high"]) == pytest.approx((-9.75, -5.25))
    assert _row(table, "Beijing", "net lending")["relative"] == pytest.approx(-3.0)  # of a revenue of 50
    assert _row(table, "The centre", "net payments")["relative"] == pytest.approx(10.0)  # of the 20 that it pays
    assert _row(table, "College", "unemployment")["relative"] == pytest.approx(0.6)  # points
    assert beijing[["year", "peak_year"]].tolist() == [2030, 2030]


def test_who_gains_depends_on_whose_side_it_is(table):
    assert _row(table, "Xiong'an", "people")["outcome"] == GAIN
    assert _row(table, "Beijing", "PM2.5")["outcome"] == LOSS
    assert _row(table, "Tianjin", "PM2.5")["outcome"] == ""  # does not matter
    assert _row(table, "Buyers, Beijing", "price")["outcome"] == GAIN
    assert _row(table, "Beijing", "house price")["outcome"] == ""  # a place has no side in it
    assert _row(table, "The centre", "net payments")["outcome"] == LOSS
    assert _row(table, "Research and innovation", "value added")["outcome"] == ""
    assert pd.isna(_row(table, "Research and innovation", "value added")["peak_year"])


def test_rows_stand_by_benefit_within_their_group(table):
    assert list(dict.fromkeys(table["group"])) == list(GROUPS)
    places = table[table["group"] == "places"]
    told = list(zip(places["who"], places["measure"], strict=True))
    assert told == [
        ("Xiong'an", "people"),
        ("Tianjin", "PM2.5"),
        ("Beijing", "people"),
        ("Beijing", "PM2.5"),
        ("Beijing", "house price"),
    ]


def test_the_leading_ones_are_few_of_each(table):
    losses = leading(table, LOSS, most=3)
    assert losses["who"].tolist() == ["Beijing", "The centre", "Beijing"]
    assert np.abs(losses["relative"]).tolist() == pytest.approx([17.5, 10.0, 7.5])
    assert len(leading(table, LOSS, each=1)) == 4


@pytest.mark.parametrize(("zh", "word"), [(False, "The centre: net payments"), (True, "中央：净支付")])
def test_the_terminal_says_them_in_80_columns(table, zh, word, capsys, monkeypatch):
    from rich.cells import cell_len

    monkeypatch.setenv("COLUMNS", "80")
    comparison_tables.show_sides(table, zh)
    told = capsys.readouterr().out
    assert word in told
    assert max(map(cell_len, told.splitlines())) <= 80


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_chart_is_drawn_where_there_is_something_to_tell(found, lang):
    ((name, figure),) = winner_charts.figures(found, lang)
    assert name == "winners-variant"
    said = {tick.get_text() for ax in figure.axes for tick in ax.get_yticklabels()}
    assert ("Xiong'an: people" if lang == "en" else "雄安：人口") in said
