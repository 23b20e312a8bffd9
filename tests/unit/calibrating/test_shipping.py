"""Draws in the region's folder: an order whose beginning stands for all, read back, refused where they do not fit."""

import json

import numpy as np
import pandas as pd
import pytest
from plans import JJJ

from jjj_sim.calibrating.shipping import herded
from jjj_sim.calibrating.space import others, outside, space
from jjj_sim.errors import DataError
from jjj_sim.running.result import write_manifest, write_parquet
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.posterior import MANIFEST, TABLE, drawn, drawn_of, moved, read

DRAW = {"parameters.labour.wage_speed": 0.3, "parameters.emissions.plan.beijing": 0.05, "assumptions.roc_pull": 0.002}


def kept(folder, table):
    folder.mkdir()
    write_manifest({"files": {TABLE: write_parquet(table, folder / TABLE)}}, folder)
    return folder


def test_the_first_draw_is_the_most_central_and_the_next_stand_for_all():
    points = np.array([[9.0], [0.0], [4.0], [5.0], [10.0], [1.0]])
    order = herded(points)
    assert order[0] in (2, 3)  # 4 and 5 are both in the middle
    assert sorted(order) == list(range(6))
    assert {float(points[k, 0] > 4.5) for k in order[1:3]} == {0.0, 1.0}  # then one from either side


def test_the_first_draws_of_a_normal_have_its_mean_and_spread():
    points = np.random.default_rng(1).normal(size=(200, 4))
    points[:, 0] *= 3.0
    first, luck = points[herded(points)[:20]], np.random.default_rng(2)
    whole = points.std(axis=0)
    away = np.abs(first.mean(axis=0) - points.mean(axis=0)) / whole
    usual = [np.abs(points[luck.choice(200, 20)].mean(axis=0) - points.mean(axis=0)) / whole for _ in range(100)]
    assert away.mean() < 0.5 * np.mean(usual)
    assert first.std(axis=0) == pytest.approx(whole, rel=0.35)


def test_a_draw_sets_parameters_and_shifts_whole_paths():
    before = load_scenario("baseline")
    after = drawn(before, DRAW)
    assert after.parameters["labour"]["wage_speed"] == 0.3
    assert after.parameters["emissions"]["plan"]["beijing"] == 0.05
    assert {k: v for k, v in after.parameters["emissions"]["plan"].items() if k != "beijing"} == {
        k: v for k, v in before.parameters["emissions"]["plan"].items() if k != "beijing"
    }
    assert after.assumptions["roc_pull"].at(0) == pytest.approx(0.007)
    assert before.parameters["labour"]["wage_speed"] == 0.25
    assert after.digest != before.digest


def test_a_shifted_path_keeps_to_its_bounds():
    assert moved(load_scenario("baseline"), {"assumptions.roc_pull": 9.0}).assumptions["roc_pull"].at(0) == 0.2


def test_what_a_scenario_sets_itself_is_not_drawn():
    mine = load_scenario("baseline", ["parameters.labour.wage_speed=0.2", "parameters.emissions.plan.beijing=0.06"])
    assert list(drawn_of(mine, DRAW)) == ["assumptions.roc_pull"]
    assert drawn(mine, DRAW).parameters["labour"]["wage_speed"] == 0.2


def test_draws_are_read_back_and_begin_again_after_the_last(tmp_path):
    table = pd.DataFrame([DRAW, {**DRAW, "assumptions.roc_pull": 0.004}])
    found = read(kept(tmp_path / "posterior", table), JJJ)
    assert len(found) == 2
    assert found.of(0) == found.of(2) == DRAW
    assert found.of(1)["assumptions.roc_pull"] == 0.004


def test_draws_of_something_else_are_refused(tmp_path):
    strange = kept(tmp_path / "strange", pd.DataFrame([{"parameters.labour.wage_sped": 0.3}]))
    with pytest.raises(DataError, match=r"labour\.wage_sped is nothing that can be drawn.*labour\.wage_speed"):
        read(strange, JJJ)
    damaged = kept(tmp_path / "damaged", pd.DataFrame([DRAW]))
    told = json.loads((damaged / MANIFEST).read_text())
    told["files"][TABLE] = "0" * 64
    (damaged / MANIFEST).write_text(json.dumps(told))
    with pytest.raises(DataError, match="damaged"):
        read(damaged, JJJ)


def test_what_is_not_estimated_is_drawn_with_the_outside_world():
    here = space(JJJ)
    names = others(JJJ, here).dotted
    assert set(outside().dotted) <= set(names)
    assert not set(here.dotted) & set(names)
    assert "parameters.production.offset.beijing" not in names
