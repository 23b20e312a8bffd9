"""Paired differences and plain verdicts, by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from plans import make_plan

from jjj_sim.comparing import comparison
from jjj_sim.comparing.comparison import DIFFERENCES, VERDICTS, pair, warnings
from jjj_sim.comparing.headline import headline, saved
from jjj_sim.comparing.matter import Matter, parse, thresholds
from jjj_sim.comparing.verdict import summaries
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.param import Path
from jjj_sim.running.recorder import Recorder
from jjj_sim.running.result import Result


@pytest.mark.parametrize(
    ("differences", "verdict", "share"),
    [
        ([0.0] * 5, "exactly the same", 1.0),
        ([1.0, 2.0, 0.5, 3.0], "higher in all 4 members", 1.0),
        ([-1.0] * 3, "lower in all 3 members", 1.0),
        ([5.0] * 9 + [-1.0], "higher", 0.9),
        ([-3.0, -2.0, -4.0, -3.0, 1.0, -2.0, -3.0, 0.5], "lower on average", 0.75),
        ([3.0, -2.0, 1.0, -3.0], "no clear difference", 0.5),
        ([1.0, -1.0, 0.0], "no clear difference", 1 / 3),
        ([2.0], "higher (one member)", 1.0),
        ([0.0] * 18 + [1.0, 1.0], "no clear difference", 0.1),
        ([0.01, 0.02, 0.03], "no difference that matters", 1.0),
        ([-0.09], "no difference that matters", 1.0),
        ([-0.1], "lower (one member)", 1.0),
        ([0.01, 0.02, 2.0], "higher in all 3 members", 1.0),  # the mean's interval reaches beyond what is small
    ],
)
def test_verdicts(differences, verdict, share):
    found = summaries(np.array([differences]), np.array([0.1])).iloc[0]
    assert found["verdict"] == verdict
    assert found["same_sign_share"] == pytest.approx(share)


def test_the_interval_of_the_mean_is_students():
    found = summaries(np.array([[1.0, 2.0, 3.0, 6.0]]), np.zeros(1)).iloc[0]
    # t(0.95, 3) = 2.353363, s = 2.160247
    assert found["mean"] == 3.0
    assert found["mean_high"] - 3.0 == pytest.approx(2.353363 * 2.160247 / 2, rel=1e-6)
    assert found["median"] == 2.5
    assert (found["low"], found["high"]) == pytest.approx((1.15, 5.55))
    assert np.isnan(summaries(np.array([[2.0]]), np.zeros(1)).iloc[0]["mean_low"])


def test_members_that_a_row_lacks_do_not_count():
    d = np.array([[4.0, np.nan, 1.0, 2.0, np.nan], [5.0, 1.0, 2.0, 3.0, 4.0]])
    found = summaries(d, np.zeros(2))
    assert found["median"].tolist() == [2.0, 3.0]
    assert found["low"].tolist() == pytest.approx([np.quantile([4.0, 1.0, 2.0], 0.05), 1.2])
    assert found["verdict"].tolist() == ["higher in all 3 members", "higher in all 5 members"]


def test_what_matters_is_a_share_of_the_base_or_a_number_in_the_unit():
    variables = ("population", "pm25", "gdp_share_of_nation", "gdp_nominal")
    units, base = ("persons", "ug/m3", "percent", "bn yuan"), np.array([2e6, 40.0, 8.5, -300.0])
    found = thresholds(variables, units, base, {"population": Matter(share=0.01)})
    assert found == pytest.approx([2e4, 0.1, 0.01, 0.3])


def test_thresholds_of_matter_are_read_and_refused():
    assert parse(["pm25=0.2", "population = 0.5%"], ["pm25", "population"]) == {
        "pm25": Matter(size=0.2),
        "population": Matter(share=0.005),
    }
    with pytest.raises(ScenarioError) as problems:
        parse(["pm52=1", "population=a lot", "pm25=-1"], ["pm25", "population"])
    assert "Did you mean pm25?" in str(problems.value)
    assert "'population=a lot'" in str(problems.value)
    assert "'pm25=-1'" in str(problems.value)


@pytest.fixture
def make_result(make_world, live):
    def make(name, members=3, add=0.0):
        annual, series, flows = [], [], []
        for m in range(members):
            world = make_world()
            recorder = Recorder(world.plan)
            for t in range(8):
                live(world, t + 100 * m)
                world.t = t
                world.tables.pm25_observed += add * (m + 1)
                recorder.record(world)
            frames = recorder.frames(name, m)
            annual.append(frames.annual), series.append(frames.series), flows.append(frames.flows)
        tables = (pd.concat(x, ignore_index=True) for x in (annual, series, flows))
        return Result(name, *tables, {"scenario": name, "failed": {}}, "")

    return make


def test_a_variant_that_changes_nothing_is_exactly_zero(make_result):
    found = pair(make_result("base"), [make_result("null")])
    assert (found.differences.difference == 0.0).all()
    assert set(found.table.verdict) == {"exactly the same"}
    assert set(found.table.verdict_zh) == {"完全相同"}
    assert found.name == "compare-base--null"


def test_members_are_paired_by_number_and_columns_are_those_of_the_interface(make_result):
    found = pair(make_result("base"), [make_result("cleaner", add=-0.01)], matters={"pm25": Matter(size=0.01)})
    assert tuple(found.differences.columns) == DIFFERENCES
    assert tuple(found.table.columns) == VERDICTS
    one = found.table[
        (found.table.variable == "pm25") & (found.table.area == "jjj") & (found.table.period == 2014)
    ].iloc[0]
    assert one["median"] == pytest.approx(-0.02)
    assert one.verdict == "lower in all 3 members"
    assert one.unit == "ug/m3"
    others = found.table[~found.table.variable.isin(["pm25", "pm25_breathed"])]
    assert set(others.verdict) == {"exactly the same"}


def test_members_that_failed_in_one_scenario_are_left_out(make_result):
    base, variant = make_result("base"), make_result("variant", members=2)
    assert set(pair(base, [variant]).differences.member) == {0, 1}


def test_a_comparison_is_saved_whole(make_result, tmp_path):
    found = pair(make_result("base"), [make_result("cleaner", add=-0.01)])
    folder = found.save(tmp_path / found.name)
    assert sorted(p.name for p in folder.iterdir()) == [
        "differences.parquet",
        "manifest.json",
        "scenarios",
        "verdicts.csv",
    ]
    assert tuple(pd.read_csv(folder / "verdicts.csv").columns) == VERDICTS


def test_a_saved_comparison_is_read_again_with_every_scenario(make_result, tmp_path):
    own = {"pm25": Matter(size=9.0)}
    found = pair(
        make_result("base"), [make_result("cleaner", add=-0.01), make_result("b")], ["they differ"], matters=own
    )
    again = comparison.load(found.save(tmp_path / found.name))
    pd.testing.assert_frame_equal(again.table, found.table)
    pd.testing.assert_frame_equal(again.differences, found.differences)
    assert [r.name for r in again.results] == ["base", "cleaner", "b"]
    assert again.warnings == ("they differ",)
    pm25 = again.table[(again.table.variable == "pm25") & (again.table.variant == "cleaner")]
    assert set(pm25.verdict) == {"no difference that matters"}
    (tmp_path / found.name / "scenarios" / "b" / "annual.parquet").unlink()
    with pytest.raises(DataError, match=r"annual\.parquet not there"):
        comparison.load(tmp_path / found.name)
    with pytest.raises(DataError, match="no comparison"):
        comparison.load(tmp_path)


def test_other_assumptions_and_parameters_are_named():
    def plan(name, growth, moving):
        assumptions = {"national_growth": Path([0], [growth])}
        parameters = {"migration": {"moving": moving}}
        return replace(make_plan(assumptions=assumptions), name=name, parameters=parameters)

    base = plan("base", 4.8, 2.5)
    assert warnings([base, plan("same", 4.8, 2.5)]) == []
    (found,) = warnings([base, plan("other", 4.2, 3.0)])
    assert "assumptions.national_growth, parameters.migration.moving" in found


def test_how_many_members_pairing_saves(make_result):
    """Base 1, 2, 6 and variant 2, 4, 7: variances 7 and 19/3, of the differences 1, 2, 1 a third: 40 times."""
    one, two = make_result("base"), make_result("variant")
    for result, values in ((one, [1.0, 2.0, 6.0]), (two, [2.0, 4.0, 7.0])):
        mine = (result.annual.variable == "pm25") & (result.annual.area == "jjj") & (result.annual.period == 2014)
        result.annual.loc[mine, "value"] = values
    found = pair(one, [two])
    assert saved(found, "variant", "pm25", "jjj", 2014) == pytest.approx((7.0 + 19.0 / 3.0) * 3.0)
    assert np.isnan(saved(found, "variant", "gdp_nominal", "jjj", 2014))
    table = headline(found, 2014)
    assert table.set_index(["variable", "area"]).loc[("pm25", "jjj"), "saved"] == pytest.approx(40.0)
    assert table["peak_year"].dropna().tolist() == [2014]
