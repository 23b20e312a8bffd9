"""What differences are made of, by hand numbers: flows that close, logarithmic means, the residual shown."""

import numpy as np
import pandas as pd
import pytest

import jjj_sim as jjj
from jjj_sim.charts import causes as cause_charts
from jjj_sim.comparing.causes import ALL, COLUMNS, MOVES, PER_JOB, bridge, causes, logarithmic_mean
from jjj_sim.comparing.comparison import pair
from jjj_sim.indicators import areas, indicators
from jjj_sim.regions import default
from jjj_sim.running.result import Result

JJJ = default()
KINDS = {a.name: a.kind for a in areas(JJJ) if a.kind != "zone"}
YEARS = (2029, 2030)


def _result(name, figures, moves):
    rows = [
        (name, m, year, area, KINDS[area], variable, value + m * (variable == "births"))
        for m in (0, 1)
        for (variable, area), values in figures.items()
        for year, value in zip(YEARS, values, strict=True)
    ]
    table = pd.DataFrame(rows, columns=["scenario", "member", "period", "area", "area_kind", "variable", "value"])
    table["unit"] = [indicators(JJJ)[v].unit for v in table["variable"]]
    flows = pd.DataFrame(
        [(m, y, "residents", "all", a, b, n, "persons", "region") for m in (0, 1) for (y, a, b), n in moves.items()],
        columns=["member", "period", "kind", "group", "origin", "destination", "value", "unit", "area_kind"],
    )
    told = {"title": name, "title_zh": name, "members": 2, "seed": 1, "failed": {}}
    return Result(name=name, annual=table, series=table.iloc[:0], flows=flows, manifest=told, scenario="")


@pytest.fixture(scope="module")
def found():
    base = {
        ("population", "beijing"): (1000.0, 1000.0),
        ("births", "beijing"): (10.0, 10.0),
        ("deaths", "beijing"): (5.0, 5.0),
        ("gdp_nominal", "beijing"): (100.0, 100.0),
        ("gdp_real", "beijing"): (80.0, 80.0),
        ("labour_productivity", "beijing"): (2e5, 2e5),
        ("capital", "beijing"): (300.0, 300.0),
        ("capital_share", "beijing"): (40.0, 40.0),
    }
    variant = {
        ("population", "beijing"): (993.0, 985.0),
        ("births", "beijing"): (10.0, 9.0),
        ("deaths", "beijing"): (5.0, 4.0),
        ("gdp_nominal", "beijing"): (100.0, 121.0),
        ("gdp_real", "beijing"): (80.0, 88.0),
        ("labour_productivity", "beijing"): (2e5, 2.1e5),
        ("capital", "beijing"): (300.0, 360.0),
        ("capital_share", "beijing"): (40.0, 50.0),
    }
    outside = JJJ.outside
    before = {(2029, "beijing", "xiongan"): 3.0, (2029, "xiongan", "beijing"): 1.0, (2030, outside, "beijing"): 9.0}
    after = {(2029, "beijing", "xiongan"): 10.0, (2029, "xiongan", "beijing"): 1.0, (2030, outside, "beijing"): 1.0}
    return pair(_result("base", base, before), [_result("variant", variant, after)])


@pytest.fixture(scope="module")
def table(found):
    return causes(found)


def _mean(table, variable, year, cause, partner=""):
    at = table[(table["variable"] == variable) & (table["year"] == year) & (table["cause"] == cause)]
    return at[at["partner"] == partner]["mean"].item()


def test_people_are_births_deaths_and_moves_added_up(table):
    assert tuple(table.columns) == COLUMNS
    assert _mean(table, "population", 2029, MOVES, "xiongan") == -7.0
    assert _mean(table, "population", 2030, MOVES, "xiongan") == -7.0
    assert _mean(table, "population", 2029, MOVES, JJJ.outside) == 0.0
    assert _mean(table, "population", 2030, MOVES, JJJ.outside) == -8.0
    assert _mean(table, "population", 2030, "births") == -1.0
    assert _mean(table, "population", 2030, "deaths") == 1.0
    for year, whole in ((2029, -7.0), (2030, -15.0)):
        rows = bridge(table, "population", "beijing", year)
        assert rows[-1]["cause"] == ALL
        assert rows[-1]["mean"] == whole == sum(row["mean"] for row in rows[:-1])


def test_output_is_prices_output_a_job_and_jobs_without_residual(table):
    weight = 21 / np.log(1.21)
    assert _mean(table, "gdp_nominal", 2030, "price") == pytest.approx(weight * np.log(1.21 / 1.1))
    assert _mean(table, "gdp_nominal", 2030, PER_JOB) == pytest.approx(weight * np.log(1.05))
    assert _mean(table, "gdp_nominal", 2030, "jobs") == pytest.approx(weight * np.log(1.1 / 1.05))
    # capital of the year is 300 in the base and (300 + 360) / 2 in the variant, its share 45 %
    a_job = 0.45 * np.log(330 / 300 / (1.1 / 1.05))
    assert _mean(table, "gdp_nominal", 2030, "capital_per_job") == pytest.approx(weight * a_job)
    assert _mean(table, "gdp_nominal", 2030, "rest") == pytest.approx(weight * (np.log(1.05) - a_job))
    rows = bridge(table, "gdp_nominal", "beijing", 2030)
    assert [row["cause"] for row in rows] == ["price", "capital_per_job", "rest", "jobs", ALL]
    assert sum(row["mean"] for row in rows[:-1]) == pytest.approx(21.0)
    assert not table[(table["variable"] == "gdp_nominal") & (table["year"] == 2029)]["mean"].any()


def test_a_logarithmic_mean_of_equals_is_what_they_are():
    assert logarithmic_mean(np.array([4.0, 3.0]), np.array([4.0, 1.0])) == pytest.approx([4.0, 2 / np.log(3)])


def test_what_is_not_recorded_is_left_out():
    base, variant = (_result(n, {("population", "beijing"): (1.0, 2.0)}, {}) for n in ("base", "variant"))
    found = pair(base, [variant])
    assert causes(found).empty
    assert list(cause_charts.figures(found, "en")) == []


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_chart_draws_the_steps(found, lang):
    ((name, figure),) = cause_charts.figures(found, lang)
    assert name == "causes-variant"
    said = {tick.get_text() for ax in figure.axes for tick in ax.get_yticklabels()}
    assert ("moves, Xiong'an" if lang == "en" else "迁移，雄安") in said


@pytest.mark.slow
def test_the_people_of_every_area_close_to_the_person():
    base = jjj.load_scenario("baseline", **{"horizon.end": "2014Q4", "population.residents_per_agent": 20000})
    path = {"levers.beijing_population_cap.path": [["2013Q2", 0.8]]}
    found = jjj.compare(base, jjj.load_scenario(base, **path), members=2, fixed_parameters=True)
    table = causes(found)
    people = table[table["variable"] == "population"]
    assert set(people["area"]) == {*JJJ.areas, "jjj"}
    whole = people[people["cause"] == ALL].set_index(["area", "year"])["mean"]
    parts = people[people["cause"] != ALL].groupby(["area", "year"])["mean"].sum()
    assert (whole != 0.0).any()
    assert (parts - whole).abs().max() == 0.0
    output = table[(table["variable"] == "gdp_nominal") & (table["part_of"] == "")]
    whole = output[output["cause"] == ALL].set_index(["area", "year"])["mean"]
    parts = output[output["cause"] != ALL].groupby(["area", "year"])["mean"].sum()
    assert (parts - whole).abs().max() < 1e-9
