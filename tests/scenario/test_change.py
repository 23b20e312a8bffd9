"""Changes relative to what is inherited: scale, shift, stop_after, groups of events, and years for quarters."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import LEVERS, default

from jjj_sim import quarters
from jjj_sim.errors import ScenarioError
from jjj_sim.param import Path as TimePath
from jjj_sim.scenario import load_scenario
from jjj_sim.scenario.change import changed

INVESTMENT = "levers.xiongan_investment"
HALF = "path = [[2026, 100], [2028, 50]]"


def written(folder: Path, text: str, *settings: str):
    """Return the scenario of a file of this text."""
    path = folder / "mine.toml"
    path.write_text(text, "utf-8")
    return load_scenario(path, list(settings))


def problems(folder: Path, text: str) -> list[str]:
    """Return what is wrong with a file of this text."""
    with pytest.raises(ScenarioError) as caught:
        written(folder, text)
    return caught.value.problems


def values(scenario, lever: str, key: str | None = None):
    """Return a lever's value in every quarter to 2035."""
    return np.array([scenario.levers[lever].at(t, key) for t in range(92)])


def test_a_scale_from_a_year_on_leaves_all_before_it_as_it_was_to_the_bit(tmp_path):
    base = values(load_scenario("xiongan_sooner"), "xiongan_investment")
    doubled = written(tmp_path, f'extends = "xiongan_sooner"\n[{INVESTMENT}]\nscale = 2.0\nfrom = 2028')
    assert np.array_equal(values(doubled, "xiongan_investment")[:60], base[:60])
    assert np.allclose(values(doubled, "xiongan_investment")[60:], 2 * base[60:], rtol=1e-12, atol=0)


def test_a_scale_and_a_shift_over_time_are_linear_between_their_points(tmp_path):
    base = values(load_scenario("baseline"), "xiongan_investment")
    text = f'[{INVESTMENT}]\nscale = [["2026Q1", 1], ["2028Q1", 3]]\nshift = [[2027, 50], [2029, 10]]'
    found = values(written(tmp_path, text), "xiongan_investment")
    t = np.arange(92)
    scale = np.where(t < 52, 1, np.interp(t, [52, 60], [1, 3]))
    shift = np.where(t < 56, 0, np.interp(t, [56, 64], [50, 10]))
    assert np.allclose(found, base * scale + shift, rtol=1e-12, atol=1e-12)
    assert np.array_equal(found[:52], base[:52])


def test_points_of_the_file_come_first_then_its_scale_then_its_shift(tmp_path):
    found = written(tmp_path, f"[{INVESTMENT}]\n{HALF}\nscale = 2\nshift = 5\nfrom = 2028")
    assert [found.levers["xiongan_investment"].at(t) for t in (52, 59, 60, 70)] == [100, 56.25, 105, 105]


def test_a_change_is_laid_on_what_parent_and_packages_give(tmp_path):
    (tmp_path / "parent.toml").write_text(f"[{INVESTMENT}]\n{HALF}", "utf-8")
    (tmp_path / "package.toml").write_text(f'extends = "parent.toml"\n[{INVESTMENT}]\nscale = 3\nfrom = 2028', "utf-8")
    found = written(tmp_path, f'with = ["package.toml"]\n[{INVESTMENT}]\nshift = 1\nfrom = 2029')
    assert [found.levers["xiongan_investment"].at(t) for t in (52, 60, 64)] == [100, 150, 151]
    again = load_scenario(tmp_path / "mine.toml", [f"{INVESTMENT}.shift=-2", f"{INVESTMENT}.from=2030"])
    assert again.levers["xiongan_investment"].at(68) == 149


def test_keyed_paths_and_assumptions_are_changed_alike(tmp_path):
    text = (
        '[levers.hukou_openness.paths]\ntianjin = { shift = 0.2, from = 2026 }\nhebei = [["2027", 0.9]]\n'
        "[assumptions.national_growth]\nshift = -1\nfrom = 2026"
    )
    found, base = written(tmp_path, text), load_scenario("baseline")
    assert found.levers["hukou_openness"].at(52, "tianjin") == pytest.approx(0.6)
    assert found.levers["hukou_openness"].at(51, "tianjin") == 0.4
    assert found.levers["hukou_openness"].at(56, "hebei") == 0.9
    gap = [found.assumptions["national_growth"].at(t) - base.assumptions["national_growth"].at(t) for t in (51, 52, 80)]
    assert gap == pytest.approx([0, -1, -1])


def test_a_resolved_file_holds_plain_paths_and_dates_and_runs_to_the_same_bits(tmp_path):
    text = (
        f"[{INVESTMENT}]\nscale = 1.1\nfrom = 2026\n[levers.rail_programme]\nstop_after = 2024\n"
        "[levers.headquarters_moves.groups]\npower = 2027\n"
    )
    found = written(tmp_path, text)
    stored = tmp_path / "stored.toml"
    stored.write_text(found.to_toml(), "utf-8")
    assert "scale" not in found.table()["levers"]["xiongan_investment"]
    again = load_scenario(stored)
    assert again.digest == found.digest
    assert np.array_equal(values(again, "xiongan_investment"), values(found, "xiongan_investment"))
    assert again.levers["rail_programme"].events == found.levers["rail_programme"].events


def test_no_event_happens_after_the_last_quarter_but_those_that_the_file_names(tmp_path):
    text = "[levers.rail_programme]\nstop_after = 2024\nopenings = { tianjin_weifang_hsr = 2029 }"
    lines = written(tmp_path, text).levers["rail_programme"].events
    usual = default("rail_programme").events
    assert lines["tianjin_weifang_hsr"].quarter == quarters.parse("2029Q1")
    for name, line in lines.items():
        if name != "tianjin_weifang_hsr":
            last = quarters.parse("2024Q4")
            assert line.quarter == (usual[name].quarter if usual[name].quarter <= last else None)
    whole = written(tmp_path, '[levers.rail_programme]\nstop_after = "2024Q4"').levers["rail_programme"].events
    assert sum(line.quarter is None for line in whole.values()) == 11


def test_a_group_sets_every_event_with_its_tag_but_those_that_the_file_names(tmp_path):
    text = (
        "[levers.headquarters_moves.groups]\nsecond_batch = { quarter = 2027, jobs = 1500 }\n"
        '[levers.headquarters_moves.events]\ncnadc = "never"\n'
        '[levers.rail_programme.groups]\nplanned = "never"'
    )
    found = written(tmp_path, text)
    moves, usual = found.levers["headquarters_moves"].events, default("headquarters_moves").events
    assert (moves["datang"].quarter, moves["datang"].numbers["jobs"]) == (56, 1500)
    assert moves["cnadc"].quarter is None
    assert moves["huaneng"] == usual["huaneng"]
    lines = found.levers["rail_programme"].events
    assert all((line.quarter is None) == ("planned" in line.tags) for line in lines.values())


def test_every_event_of_the_region_has_tags_and_every_tag_says_what_it_means():
    for name in ("rail_programme", "headquarters_moves", "university_hospital_moves", "subcentre_move"):
        used = {tag for event in default(name).events.values() for tag in event.tags}
        assert used == set(LEVERS[name].tags)
        assert all(event.tags for event in default(name).events.values())
        assert all(set(meaning) == {"en", "zh"} for meaning in LEVERS[name].tags.values())


def test_a_year_is_its_first_quarter_where_something_begins_and_its_last_where_it_ends(tmp_path):
    text = (
        '[horizon]\nend = "2027"\n[levers.xiongan_investment]\npath = [["2026", 7]]\n'
        "[levers.headquarters_moves.events]\ndatang = 2026"
    )
    found = written(tmp_path, text)
    assert found.end == quarters.parse("2027Q4")
    assert found.levers["xiongan_investment"].at(quarters.parse("2026Q1")) == 7
    assert found.levers["headquarters_moves"].events["datang"].quarter == quarters.parse("2026Q1")
    assert load_scenario("baseline", ["horizon.end=2027"]).end == quarters.parse("2027Q4")
    for value in (True, 26, "26", "2026Q5", 2026.0, None, "２０２６"):
        assert quarters.written(value) is None


WRONG = {
    "no since when": (
        f"[{INVESTMENT}]\nscale = 2.0",
        f'{INVESTMENT}.scale = 2 does not say since when; add from = "2026Q1", or write points like [["2026Q1", 2]].',
    ),
    "since when of nothing": (
        f"[{INVESTMENT}]\nfrom = 2026",
        f"{INVESTMENT}.from = 2026Q1 belongs to a scale or shift that is one number; there is none.",
    ),
    "out of bounds in the end": (
        f"[{INVESTMENT}]\nscale = 20\nfrom = 2028",
        f"{INVESTMENT}: scale 20 from 2028Q1 makes 2410.53 in 2028Q1, outside [0, 1000].",
    ),
    "no number": (
        f'[{INVESTMENT}]\nscale = "double"',
        f"{INVESTMENT}.scale = 'double' is not a number; legal is [0, 1000].",
    ),
    "no group": (
        "[levers.rail_programme.groups]\ninter_city = 2030",
        "levers.rail_programme.groups.inter_city: no such group. Did you mean levers.rail_programme.groups.intercity?",
    ),
    "two groups that differ": (
        '[levers.headquarters_moves.groups]\nfirst_batch = "never"\npower = { jobs = 5 }',
        "levers.headquarters_moves.groups: first_batch and power both set huaneng; "
        "say under levers.headquarters_moves.events which of them holds for it.",
    ),
    "a move before the start": (
        '[levers.headquarters_moves.events]\nold = { quarter = "1999Q4", jobs = 5 }',
        "levers.headquarters_moves.events.old.quarter = '1999Q4' is before 2013Q1, the first quarter of a run.",
    ),
    "no tag": (
        '[levers.subcentre_move.events]\nfirst_wave = { tags = ["office"] }',
        "levers.subcentre_move.events.first_wave.tags[0] = 'office' is no tag. Did you mean offices? "
        "There are offices.",
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_change(case, tmp_path):
    text, told = WRONG[case]
    assert problems(tmp_path, text) == [told]


@given(
    points=st.lists(st.tuples(st.integers(0, 70), st.floats(0, 100)), min_size=1, max_size=6, unique_by=lambda p: p[0]),
    start=st.integers(0, 70),
    scale=st.floats(0, 5),
)
def test_before_its_first_point_no_change_moves_a_bit(points, start, scale):
    points = sorted(points)
    before = TimePath([t for t, _ in points], [value for _, value in points])
    told: list[str] = []
    for key in ("scale", "shift"):
        after = changed(before, {key: scale, "from": quarters.label(start)}, "x", (-1e9, 1e9), told)
        assert [after.at(t) for t in range(start)] == [before.at(t) for t in range(start)]
        for t in range(start, 75):
            expected = before.at(t) * scale if key == "scale" else before.at(t) + scale
            assert after.at(t) == pytest.approx(expected, rel=1e-9, abs=1e-9)
    assert told == []
