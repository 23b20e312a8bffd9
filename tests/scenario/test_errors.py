"""One bad file per error, with its exact wording."""

import tempfile
from pathlib import Path

import pytest

from jjj_sim.errors import ScenarioError
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.scenario import load_scenario, shipped

ZONES = ", ".join(REGION.ids)
SHIPPED = ", ".join(shipped())


def problems(folder: Path, text: str | bytes, settings: list[str] | None = None) -> list[str]:
    """Return what is wrong with a file of this text."""
    path = folder / "bad.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path, settings or [])
    return caught.value.problems


ONE_PROBLEM = {
    "unknown key": (
        'titel = "x"',
        "titel: no such key. Did you mean title?",
    ),
    "unknown lever": (
        '[levers.relief_markts]\npath = [["2026Q1", 1]]',
        "levers.relief_markts: no such lever. Did you mean levers.relief_markets?",
    ),
    "unknown key of a lever": (
        '[levers.relief_markets]\npaht = [["2026Q1", 1]]',
        "levers.relief_markets.paht: no such key. Did you mean levers.relief_markets.path?",
    ),
    "a key that this lever lacks": (
        "[levers.relief_markets]\nzones = []",
        "levers.relief_markets.zones: no such key. There are path, scale, shift, from, paths, source.",
    ),
    "unknown sector": (
        "[levers.negative_list.shares]\nhightec_manufacturing = 0.5",
        "levers.negative_list.shares.hightec_manufacturing: no such key. "
        "Did you mean levers.negative_list.shares.hightech_manufacturing?",
    ),
    "unknown assumption": (
        "[assumptions.national_grwth]",
        "assumptions.national_grwth: no such assumption. Did you mean assumptions.national_growth?",
    ),
    "unknown process": (
        "[parameters.relocatoin]\nhazard = 0.1",
        "parameters.relocatoin: no such process. Did you mean parameters.relocation?",
    ),
    "unknown parameter": (
        "[parameters.relocation]\nhazrd = 0.1",
        "parameters.relocation.hazrd: no such parameter. Did you mean parameters.relocation.hazard?",
    ),
    "wrong type": (
        '[parameters.relocation]\nhazard = "high"',
        "parameters.relocation.hazard = 'high' is not a number; legal is [0, 0.1].",
    ),
    "true is no number": (
        "[parameters.relocation]\nhazard = true",
        "parameters.relocation.hazard = True is not a number; legal is [0, 0.1].",
    ),
    "half an agent": (
        "[population]\nresidents_per_agent = 99.5",
        "population.residents_per_agent = 99.5 is not a whole number; legal is [1, 60000].",
    ),
    "no table": (
        "horizon = 5",
        "horizon = 5 is not a table of keys and values.",
    ),
    "no text": (
        "title = 5",
        "title = 5 is not a text in quotes.",
    ),
    "no list": (
        'with = "no_relief"',
        "with = 'no_relief' is not a list.",
    ),
    "no path": (
        "[levers.xiongan_investment]\npath = 200",
        'levers.xiongan_investment.path = 200 is not a path; write points like [["2026Q1", 200], ["2030Q1", 120]].',
    ),
    "no point": (
        '[levers.xiongan_investment]\npath = [["2026Q1", 200, 300]]',
        "levers.xiongan_investment.path: ['2026Q1', 200, 300] is not a point; write it like [\"2026Q1\", 200].",
    ),
    "out of bounds": (
        "[parameters.relocation]\nhazard = 1.4",
        "parameters.relocation.hazard = 1.4 is outside [0, 0.1].",
    ),
    "a path out of bounds": (
        '[levers.xiongan_investment]\npath = [["2026Q1", 2000]]',
        "levers.xiongan_investment.path at 2026Q1 = 2000 is outside [0, 1000].",
    ),
    "nan": (
        "[parameters.relocation]\nhazard = nan",
        "parameters.relocation.hazard = nan is not a finite number; legal is [0, 0.1].",
    ),
    "inf in a path": (
        '[levers.xiongan_investment]\npath = [["2026Q1", inf]]',
        "levers.xiongan_investment.path at 2026Q1 = inf is not a finite number; legal is [0, 1000].",
    ),
    "unknown zone": (
        '[levers.relocation_subsidy]\nzones = ["xiongang"]',
        f"levers.relocation_subsidy.zones[0] = 'xiongang' is no zone. Did you mean xiongan? There are {ZONES}.",
    ),
    "bad quarter": (
        '[horizon]\nend = "2026Q5"',
        "horizon.end = '2026Q5' is not a quarter; write it like \"2026Q1\".",
    ),
    "bad quarter of an event": (
        '[levers.headquarters_moves.events]\nhuaneng = "soon"',
        "levers.headquarters_moves.events.huaneng.quarter = 'soon' is not a quarter; "
        'write it like "2026Q1", or "never".',
    ),
    "quarters that go back": (
        '[levers.xiongan_investment]\npath = [["2027Q1", 1], ["2026Q1", 1]]',
        "levers.xiongan_investment.path: 2026Q1 does not come after 2027Q1.",
    ),
    "a horizon too far": (
        '[horizon]\nend = "2099Q4"',
        "horizon.end = '2099Q4' is outside [2013Q4, 2050Q4].",
    ),
    "another start": (
        '[horizon]\nstart = "2014Q1"',
        "horizon.start = '2014Q1' is outside [2013Q1, 2013Q1].",
    ),
    "an event misspelt": (
        '[levers.headquarters_moves.events]\nhuanneng = "2026Q1"',
        "levers.headquarters_moves.events.huanneng: no such move. "
        "Did you mean levers.headquarters_moves.events.huaneng? A new one needs quarter, jobs.",
    ),
    "a line misspelt": (
        '[levers.rail_programme.openings]\ntianjin_baodign = "never"',
        "levers.rail_programme.openings.tianjin_baodign: no such line. "
        "Did you mean levers.rail_programme.openings.tianjin_baoding_railway? "
        "A new one needs quarter, from, to, minutes, km.",
    ),
    "a name that leaves the folder": (
        'name = "../../elsewhere"',
        "name = '../../elsewhere' is not the name of a folder.",
    ),
    "missing parent": (
        'extends = "no_releif"',
        "extends = 'no_releif': no such file beside bad.toml, and no shipped scenario. "
        f"Did you mean no_relief? Shipped are {SHIPPED}.",
    ),
    "not TOML": (
        "title =",
        "bad.toml is not TOML: Invalid value (at end of document).",
    ),
    "GBK": (
        '# 情景\ntitle_zh = "雄安加速承接"'.encode("gbk"),
        "bad.toml, line 1: not UTF-8. It looks like GBK: save it as UTF-8, "
        "or iconv -f GBK -t UTF-8 bad.toml > utf8.toml.",
    ),
    "UTF-16": (
        'title = "x"'.encode("utf-16"),
        "bad.toml, line 1: not UTF-8. It looks like UTF-16: save it as UTF-8, "
        "or iconv -f UTF-16 -t UTF-8 bad.toml > utf8.toml.",
    ),
    "too large": (
        "#" * 1_000_001,
        "bad.toml holds 1,000,001 bytes; a scenario is text of at most 1,000,000.",
    ),
    "nested without end": (
        "x = " + "[" * 100_000,
        "bad.toml is not a scenario: its lists are nested too deeply.",
    ),
}


@pytest.mark.parametrize("case", ONE_PROBLEM)
def test_each_error_is_told_in_these_words(case, tmp_path):
    text, told = ONE_PROBLEM[case]
    assert problems(tmp_path, text) == [told]


def test_all_problems_are_told_at_once_with_a_missing_parent_beside_them(tmp_path):
    found = problems(
        tmp_path,
        'titel = "x"\nextends = "nowhere"\n[levers.relief_markts]\n[levers.headquarters_moves.events]\n'
        "huanneng = { jobs = 5 }\n[parameters.relocation]\nhazard = 9",
        ["migration.movng=1", "foo"],
    )
    starts = [
        "levers.relief_markts",
        "parameters.relocation.hazard = 9",
        "titel",
        "extends = 'nowhere'",
        "levers.headquarters_moves.events.huanneng",
        "parameters.migration.movng",
        "--set foo",
    ]
    assert len(found) == len(starts)
    assert all(any(text.startswith(start) for text in found) for start in starts)


def test_the_message_counts_lists_and_says_that_nothing_was_run(tmp_path):
    path = tmp_path / "faster.toml"
    path.write_text("[levers.relief_markts]\n[parameters.relocation]\nhazard = 1.4\n")
    with pytest.raises(ScenarioError) as caught:
        load_scenario(path)
    assert str(caught.value) == (
        f"{path} has 2 problems:\n"
        "  * levers.relief_markts: no such lever. Did you mean levers.relief_markets?\n"
        "  * parameters.relocation.hazard = 1.4 is outside [0, 0.1].\n"
        "Nothing was run."
    )
    assert caught.value.exit_status == 2


def test_no_such_scenario():
    with pytest.raises(ScenarioError) as caught:
        load_scenario("no_releif")
    assert caught.value.problems == [f"no such scenario. Did you mean no_relief? Shipped are {SHIPPED}."]


def test_a_folder_is_no_scenario(tmp_path):
    with pytest.raises(ScenarioError, match="that is a folder"):
        load_scenario(tmp_path)


def test_a_circle_is_named(tmp_path):
    (tmp_path / "a.toml").write_text('extends = "b.toml"')
    (tmp_path / "b.toml").write_text('extends = "a.toml"')
    with pytest.raises(ScenarioError) as caught:
        load_scenario(tmp_path / "a.toml")
    assert caught.value.problems == ["extends goes round in a circle: a.toml -> b.toml -> a.toml."]


def test_a_problem_of_a_parent_says_which_file(tmp_path):
    (tmp_path / "parent.toml").write_text("[parameters.relocation]\nhazard = 9")
    assert problems(tmp_path, 'extends = "parent.toml"') == [
        "parent.toml: parameters.relocation.hazard = 9 is outside [0, 0.1]."
    ]


@pytest.mark.parametrize("key", ["extends", "with"])
def test_nothing_outside_the_folder_tree_is_read(key):
    with tempfile.TemporaryDirectory() as outer:
        (Path(outer) / "secret.toml").write_text('title = "outside"')
        inner = Path(outer) / "mine"
        inner.mkdir()
        (inner / "link.toml").symlink_to(Path(outer) / "secret.toml")
        for name in ("../secret.toml", "link.toml"):
            value = f'"{name}"' if key == "extends" else f'["{name}"]'
            assert problems(inner, f"{key} = {value}") == [
                f"{key} = '{name}' lies outside the scenario's own folder tree, {inner.resolve()}."
            ]


def test_two_packages_that_set_the_same_lever(tmp_path):
    (tmp_path / "mine.toml").write_text('[levers.relief_markets]\npath = [["2020Q1", 0]]')
    assert problems(tmp_path, 'with = ["no_relief", "mine.toml"]') == [
        "with: no_relief and mine.toml both set levers.relief_markets; drop one of them."
    ]


SET = {
    "foo": "--set foo: write name=value, like --set relocation.hazard=0.003.",
    "relocatoin.hazard=0.1": "relocatoin.hazard: no such name. Did you mean relocation.hazard?",
    "xiongan_investment.path=1": "xiongan_investment.path: no such name. Did you mean levers.xiongan_investment.path?",
    "relocation.hazard=1.4": "parameters.relocation.hazard = 1.4 is outside [0, 0.1].",
    "relocation=1": "parameters.relocation = 1 is not a table of keys and values.",
    "extends=baseline": "extends cannot be set here; it belongs in a file.",
}


@pytest.mark.parametrize("text", SET)
def test_what_is_wrong_with_a_setting(text):
    with pytest.raises(ScenarioError) as caught:
        load_scenario("baseline", [text])
    assert caught.value.problems == [SET[text]]
