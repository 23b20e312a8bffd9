"""Paired differences and plain verdicts, by hand."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from plans import make_plan

from jjj_sim.comparing import comparison
from jjj_sim.comparing.comparison import DIFFERENCES, VERDICTS, pair, summary, warnings
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
    ],
)
def test_verdicts(differences, verdict, share):
    found = summary(np.array(differences))
    assert found["verdict"] == verdict
    assert found["same_sign_share"] == pytest.approx(share)


def test_the_interval_of_the_mean_is_students(make_world):
    found = summary(np.array([1.0, 2.0, 3.0, 6.0]))
    # t(0.95, 3) = 2.353363, s = 2.160247
    assert found["mean"] == 3.0
    assert found["mean_high"] - 3.0 == pytest.approx(2.353363 * 2.160247 / 2, rel=1e-6)
    assert found["median"] == 2.5
    assert (found["low"], found["high"]) == pytest.approx((1.15, 5.55))
    assert np.isnan(summary(np.array([2.0]))["mean_low"])


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
    found = pair(make_result("base"), [make_result("cleaner", add=-0.01)])
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
        "verdicts.csv",
    ]
    again = pd.read_csv(folder / "verdicts.csv")
    assert tuple(again.columns) == VERDICTS


def test_other_assumptions_and_parameters_are_named():
    def plan(name, growth, moving):
        assumptions = {"national_growth": Path([0], [growth])}
        parameters = {"migration": {"moving": moving}}
        return replace(make_plan(assumptions=assumptions), name=name, parameters=parameters)

    base = plan("base", 4.8, 2.5)
    assert warnings([base, plan("same", 4.8, 2.5)]) == []
    (found,) = warnings([base, plan("other", 4.2, 3.0)])
    assert "assumptions.national_growth, parameters.migration.moving" in found
    assert comparison.VERDICTS[-1] == "verdict_zh"
