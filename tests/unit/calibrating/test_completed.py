"""Draws that lack a later law are completed from its priors; what was fitted stays as it was."""

import json
import shutil

import numpy as np
import pandas as pd
import pytest

from jjj_sim import regions
from jjj_sim.calibrating.shipping import completed
from jjj_sim.scenario.posterior import FOLDER, read

REGION = regions.default()
LATE = "parameters.ports.trade_share"


@pytest.fixture
def folder(tmp_path):
    """The shipped draws without one parameter."""
    from jjj_sim.running.result import write_parquet

    place = tmp_path / FOLDER
    shutil.copytree(REGION.folder / FOLDER, place)
    table = pd.read_parquet(place / "draws.parquet").drop(columns=LATE)
    manifest = json.loads((place / "manifest.json").read_text("utf-8"))
    manifest["files"] = {"draws.parquet": write_parquet(table, place / "draws.parquet")}
    manifest["drawn_later"] = []
    (place / "manifest.json").write_text(json.dumps(manifest), "utf-8")
    return place


def test_what_is_lacking_is_drawn_from_its_prior_and_nothing_else_changes(folder):
    before = read(folder, REGION).table
    assert completed(REGION, folder) == (LATE,)
    after = read(folder, REGION)
    pd.testing.assert_frame_equal(after.table[before.columns], before)
    assert after.manifest["drawn_later"] == [LATE]
    drawn = after.table[LATE]
    assert drawn.between(0.3, 0.9).all()
    assert drawn.mean() == pytest.approx(0.6, abs=0.01)
    assert len(np.unique(drawn)) == len(drawn)


def test_complete_draws_are_left_alone(folder):
    completed(REGION, folder)
    bits = (folder / "draws.parquet").read_bytes()
    assert completed(REGION, folder) == ()
    assert (folder / "draws.parquet").read_bytes() == bits


def test_the_shipped_draws_lack_nothing():
    from jjj_sim.calibrating.space import Space, others

    wanted = {c.dotted for c in others(REGION, Space(())).coordinates}
    assert wanted <= set(read(REGION.folder / FOLDER, REGION).table.columns)
