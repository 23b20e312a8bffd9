"""The variance split: each part's own variance, whatever the others do; refused where nothing can be split."""

import numpy as np
import pandas as pd
import pytest

from jjj_sim import regions
from jjj_sim.comparing import variance as law
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.scenario import load_scenario, posterior


def frame(values):
    columns = pd.MultiIndex.from_tuples([("jjj", "gdp_nominal", 2030)], names=["area", "variable", "period"])
    return pd.DataFrame(np.asarray(values)[:, None], columns=columns)


def test_half_the_mean_square_of_what_drawing_anew_changes():
    assert law.split(np.array([1.0, 5.0]), np.array([3.0, 5.0])) == pytest.approx(1.0)  # (4 + 0) / 2 / 2


def test_parts_that_add_up_get_their_own_variances():
    """y = p + 2 o + 3 l with all three normal: variances 1, 4 and 9, shares 1/14, 4/14 and 9/14."""
    luck = np.random.default_rng(1)
    p, o, p2, o2, a, b = luck.normal(size=(6, 40_000))
    read = {
        "own": frame(p + 2 * o),
        "parameters": frame(p2 + 2 * o),
        "outside": frame(p + 2 * o2),
        "luck 0": frame(p + 2 * o + 3 * a),
        "luck 1": frame(p + 2 * o + 3 * b),
    }
    row = law._split("made up", read).iloc[0]
    assert [row[f"sd_{name}"] for name in law.PARTS] == pytest.approx([1.0, 2.0, 3.0], rel=0.02)
    assert [row[f"share_{name}"] for name in law.PARTS] == pytest.approx([1 / 14, 4 / 14, 9 / 14], abs=0.01)


def test_what_never_changes_has_no_shares():
    still = frame(np.ones(5))
    row = law._split("made up", dict.fromkeys(("own", "parameters", "outside", "luck 0", "luck 1"), still)).iloc[0]
    assert row["sd_luck"] == 0.0
    assert np.isnan(row["share_luck"])


def test_without_a_posterior_or_members_it_says_so(monkeypatch):
    base = load_scenario("baseline")
    monkeypatch.setattr(law, "draws_of", lambda region: None)
    with pytest.raises(ScenarioError, match="no posterior"):
        law.variance(base)
    some = posterior.Draws(pd.DataFrame({"assumptions.roc_pull": [0.0] * 9}), "0", {})
    monkeypatch.setattr(law, "draws_of", lambda region: some)
    with pytest.raises(ScenarioError, match="least is 4"):
        law.variance(base, draws=3)


def test_the_headline_is_of_places_that_the_region_has():
    told = law.headline(regions.default())
    assert ("population", "xiongan") in told
    assert ("population", "beijing") in told
    assert len(told) == 6


def saved(folder):
    base, variant = load_scenario("baseline"), load_scenario("no_relief")
    table = law._split("baseline", dict.fromkeys(("own", "parameters", "outside", "luck 0", "luck 1"), frame([1, 2.0])))
    told = {"kind": law.KIND, "region": "jingjinji", "base": "baseline", "variants": ["no_relief"]}
    return law.Variance(base, (variant,), table, told).save(folder)


def test_what_was_saved_is_read_again(tmp_path):
    found = law.load(saved(tmp_path / "variance"))
    assert [found.base.digest] == [load_scenario("baseline").digest]
    assert [one.digest for one in found.variants] == [load_scenario("no_relief").digest]
    assert found.table["middle"].tolist() == [1.5]


def test_a_folder_that_lacks_a_file_is_refused(tmp_path):
    folder = saved(tmp_path / "variance")
    (folder / "no_relief.toml").unlink()
    with pytest.raises(DataError, match=r"no_relief\.toml not there"):
        law.load(folder)
    with pytest.raises(DataError, match="no split of a variance"):
        law.load(tmp_path)


@pytest.mark.slow
def test_a_small_split_end_to_end(monkeypatch):
    """Two quarters short of two years, four members: wages are of the parameters drawn, not of luck alone."""
    settings = {"horizon.end": "2013Q4", "population.residents_per_agent": 5000}
    base = load_scenario("baseline", **settings)
    drawn = {
        "parameters.labour.wage_speed": [0.12, 0.2, 0.3, 0.45],
        "assumptions.roc_pull": [0.01, -0.01, 0.005, 0.0],
    }
    some = posterior.Draws(pd.DataFrame(drawn), "0", {})
    monkeypatch.setattr(law, "draws_of", lambda region: some)
    found = law.variance(base, draws=4, members=4)
    table = found.table.set_index(["variable", "area", "period"])
    wage = table.loc[("wage", "jjj", 2013)]
    assert wage["sd_parameters"] > 0.0
    assert found.manifest["twin_draws"] == 4
