"""attribute as a user types it: shares that add up, a folder, errors; once for real."""

import pandas as pd
import pytest

from jjj_sim import charts
from jjj_sim.attributing.attribution import load
from jjj_sim.comparing.comparison import compare


def test_what_does_not_differ_is_refused(jjj_sim, tmp_path):
    status, _, err = jjj_sim("attribute", "baseline", "baseline", "--out", tmp_path / "a")
    assert status == 2
    assert "no difference to take apart" in err
    status, _, err = jjj_sim(
        "attribute", "baseline", "no_relief", "--draws", 0, "--out", tmp_path / "a", "--lang", "zh"
    )
    assert status == 2
    assert "--draws" in err
    assert list(tmp_path.iterdir()) == []


def test_two_levers_to_2014_add_up_and_are_drawn(jjj_sim, tmp_path):
    """Relief and its markets stop in 2013Q3: the shares of six quarters add up, and the same are read again."""
    short = ["--set", "horizon.end=2014Q4", "--draws", 1, "--workers", 1]
    folder = tmp_path / "a"
    status, out, err = jjj_sim("attribute", "baseline", "no_relief", *short, "--out", folder, "--lang", "zh")
    assert status == 0, err
    assert "各杠杆的份额，2014年" in out
    assert "合计（孪生模型）" in out
    found = load(folder)
    assert found.manifest["exact"]
    total = found.totals.set_index(["variable", "area", "year"])["twin"]
    summed = found.shares.groupby(["variable", "area", "year"])["share"].sum()
    pd.testing.assert_series_equal(summed.sort_index(), total.sort_index(), check_names=False, rtol=1e-9, atol=1e-9)
    assert total.abs().max() > 0.0
    told = compare(found.base, found.variant, members=1, twin=True).table
    whole = told[told["area_kind"] != "zone"].set_index(["variable", "area", "period"])["median"]
    for cell, value in total.items():  # a world that branches off later is the world lived from the start
        assert value == pytest.approx(whole[cell], rel=1e-12, abs=1e-12)
    assert {p.stem for p in (folder / "charts").glob("*.png")} == {"shapley", "shapley-by-year"}
    assert len(charts.draw(found, tmp_path / "again", ("png",), ("en",))) == 2
    assert [p.name for p in tmp_path.iterdir() if "unfinished" in p.name] == []


@pytest.mark.slow
def test_the_same_bits_at_any_number_of_workers(jjj_sim, tmp_path):
    for n in (1, 2):
        ask = ["attribute", "baseline", "xiongan_sooner", "--draws", 2, "--workers", n, "--no-charts", "--quiet"]
        assert jjj_sim(*ask, "--out", tmp_path / str(n))[0] == 0
    for name in ("shares.csv", "interactions.csv", "totals.csv"):
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes()
