"""Precedence, inheritance, resolved files, the log, and what a setting may look like."""

import copy
import json
import logging
import pickle
import tomllib
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from plans import JJJ, LEVERS, default

from jjj_sim import quarters
from jjj_sim.scenario import idle_levers, load_scenario, shipped, shipped_folder
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.schema import json_schema, parameters
from jjj_sim.scenario.settings import value_of


def at(scenario, lever: str, quarter: str, key: str | None = None) -> float:
    """Return a lever's value in a quarter."""
    return scenario.levers[lever].at(quarters.parse(quarter), key)


def write(folder: Path, **files: str) -> Path:
    """Write files by name and return the folder."""
    for name, text in files.items():
        (folder / f"{name}.toml").write_text(text, encoding="utf-8")
    return folder


@pytest.mark.parametrize("name", list(shipped()))
def test_every_shipped_file_loads_and_does_something(name):
    scenario = load_scenario(name)
    assert scenario.name == name
    assert scenario.title != name
    assert scenario.title_zh
    assert not scenario.idle
    assert name == "baseline" or scenario.digest != load_scenario("baseline").digest


def test_code_default_extends_with_this_file_set_in_this_order(tmp_path):
    def hazard(value: float) -> str:
        return f"[parameters.relocation]\nhazard = {value}\n"

    write(
        tmp_path,
        parent=hazard(0.01) + "moving = 3.0\nsize = 0.2\n",
        package=hazard(0.02) + "moving = 4.0\n",
        child='extends = "parent.toml"\nwith = ["package.toml"]\n' + hazard(0.03),
    )
    behaviour = load_scenario(tmp_path / "child.toml").parameters["relocation"]
    assert (behaviour["hazard"], behaviour["moving"], behaviour["size"]) == (0.03, 4.0, 0.2)
    assert behaviour["distance"] == parameters()["relocation"]["distance"].default
    found = load_scenario(tmp_path / "child.toml", ["relocation.hazard=0.04"])
    assert found.parameters["relocation"]["hazard"] == 0.04


def test_a_path_keeps_what_it_inherits_before_its_first_point(tmp_path):
    write(
        tmp_path,
        parent='[levers.xiongan_investment]\npath = [["2026Q1", 200], ["2030Q1", 120]]',
        child='extends = "parent.toml"\n[levers.xiongan_investment]\npath = [["2028Q1", 10]]',
    )
    child, base = load_scenario(tmp_path / "child.toml"), load_scenario("baseline")
    assert at(child, "xiongan_investment", "2025Q4") == at(base, "xiongan_investment", "2025Q4")
    assert at(child, "xiongan_investment", "2026Q1") == 200
    assert at(child, "xiongan_investment", "2027Q4") == pytest.approx(200 - 80 * 7 / 16)
    assert at(child, "xiongan_investment", "2028Q1") == 10
    assert at(child, "xiongan_investment", "2030Q4") == 10


def test_a_list_replaces_whole_and_a_table_key_by_key(tmp_path):
    write(
        tmp_path,
        child='[levers.relocation_subsidy]\nzones = ["xiongan"]\n[levers.negative_list.shares]\nresearch = 0.9',
    )
    child, base = load_scenario(tmp_path / "child.toml"), load_scenario("baseline")
    assert len(child.levers["relocation_subsidy"].zones) == 1
    shares = dict(base.levers["negative_list"].shares) | {"research": 0.9}
    assert child.levers["negative_list"].shares == shares


def test_a_child_changes_one_key_of_one_event(tmp_path):
    write(
        tmp_path,
        parent="[levers.headquarters_moves.events]\nhuaneng = { jobs = 2500 }",
        child='extends = "parent.toml"\n[levers.headquarters_moves.events]\nhuaneng = "2026Q2"',
    )
    moves = load_scenario(tmp_path / "child.toml").levers["headquarters_moves"].events
    assert moves["huaneng"].quarter == quarters.parse("2026Q2")
    assert moves["huaneng"].numbers == {"jobs": 2500}
    assert moves["huaneng"].words["destination"] == "xiongan"
    assert len(moves) == len(default("headquarters_moves").events)


def test_a_line_may_be_called_by_its_ends_and_a_new_one_is_described():
    scenario = load_scenario(
        "baseline",
        [
            "levers.rail_programme.openings.tianjin_baoding=never",
            'levers.rail_programme.openings.mine={quarter="2027Q1",from="xiongan",to="hengshui",minutes=25,km=90}',
        ],
    )
    lines = scenario.levers["rail_programme"].events
    assert lines["tianjin_baoding_railway"].quarter is None
    assert "tianjin_baoding" not in lines
    assert lines["mine"].numbers == {"minutes": 25, "km": 90}
    assert lines["mine"].words == {"from": "xiongan", "to": "hengshui"}


def test_a_new_move_goes_where_its_list_goes_unless_it_says_otherwise():
    new = 'levers.headquarters_moves.events.mine={quarter="2029Q1",jobs=300,origin="bj_core"}'
    mine = load_scenario("baseline", [new]).levers["headquarters_moves"].events["mine"]
    assert mine.words == {"origin": "bj_core", "destination": "xiongan"}


def test_two_packages_and_a_parent_may_share_an_ancestor(tmp_path):
    write(
        tmp_path,
        slow='extends = "baseline"\n[levers.xiongan_services]\npath = [["2026Q1", 0.5]]',
        both='extends = "baseline"\nwith = ["no_relief", "slow.toml"]',
    )
    scenario = load_scenario(tmp_path / "both.toml")
    assert at(scenario, "relief_manufacturing", "2017Q1") == 0
    assert at(scenario, "xiongan_services", "2027Q1") == 0.5
    assert scenario.title == "both"


def test_shipped_parents_go_by_name_with_or_without_their_ending(tmp_path):
    for name in ("no_relief", "no_relief.toml"):
        write(tmp_path, child=f'extends = "{name}"')
        assert load_scenario(tmp_path / "child.toml").digest == load_scenario("no_relief").digest


def test_a_new_name_alone_changes_neither_digest_nor_numbers(tmp_path):
    write(tmp_path, null='title = "Another name"\nextends = "baseline"')
    null, base = load_scenario(tmp_path / "null.toml"), load_scenario("baseline")
    assert (null.name, null.title) == ("null", "Another name")
    assert null.digest == base.digest
    assert null.parameters == base.parameters


@pytest.mark.parametrize("name", list(shipped()))
def test_a_resolved_file_gives_the_same_plan_and_keeps_name_and_log(name, tmp_path):
    given_ = ["relocation.hazard=0.0031", "horizon.end=2027Q3", "title=A title", "run.members=3"]
    scenario = load_scenario(name, given_)
    path = tmp_path / "scenario.toml"
    path.write_text(scenario.to_toml(), encoding="utf-8")
    again = load_scenario(path)
    assert again.digest == scenario.digest
    assert again.plan().digest == scenario.plan().digest
    assert (again.name, again.title, again.title_zh) == (name, "A title", scenario.title_zh)
    assert again.overrides == scenario.overrides
    assert (again.members, again.seed) == (3, None)
    assert not again.idle
    assert again.to_toml() == scenario.to_toml()
    for lever in LEVERS:
        mine, theirs = scenario.levers[lever], again.levers[lever]
        assert (mine.zones, mine.shares, mine.events) == (theirs.zones, theirs.shares, theirs.events)


def test_the_digest_is_of_all_that_decides_a_run():
    base = load_scenario("baseline").digest
    for text in (
        "horizon.end=2030Q3",
        "population.residents_per_agent=101",
        "relocation.hazard=0.00251",
        'levers.xiongan_investment.path=[["2030Q4", 81]]',
        'levers.hukou_openness.paths.tianjin=[["2030Q4", 0.5]]',
        "levers.negative_list.shares.research=0.21",
        'levers.relocation_subsidy.zones=["xiongan"]',
        "levers.headquarters_moves.events.datang=never",
        "levers.headquarters_moves.events.datang.jobs=1",
        'assumptions.national_growth.path=[["2026Q1", 4]]',
    ):
        assert load_scenario("baseline", [text]).digest != base, text
    for text in ("title=x", "run.seed=5", "levers.xiongan_investment.source=x"):
        assert load_scenario("baseline", [text]).digest == base, text


def test_every_override_is_stored_and_logged(tmp_path, caplog):
    write(tmp_path, mine='[levers.xiongan_investment]\npath = [["2026Q1", 7]]')
    with caplog.at_level(logging.INFO, "jjj_sim"):
        scenario = load_scenario(tmp_path / "mine.toml", ["relocation.hazard=0.003"])
    assert scenario.overrides == (
        "mine.toml: levers.xiongan_investment.path = [2026Q1 7] (was [2013Q1 0, ..., 2030Q4 80])",
        "--set: parameters.relocation.hazard = 0.003 (was 0.0025)",
    )
    assert "--set: parameters.relocation.hazard = 0.003 (was 0.0025)" in caplog.text


def test_python_names_are_those_of_files_short_or_long():
    scenario = load_scenario(
        "baseline",
        **{
            "relocation.hazard": np.float64(0.003),
            "parameters.relocation.moving": 3,
            "population.residents_per_agent": np.int64(500),
            "horizon.end": "2026Q4",
            "levers.xiongan_investment.path": [("2026Q1", 7)],
        },
    )
    assert scenario.parameters["relocation"]["hazard"] == 0.003
    assert scenario.parameters["relocation"]["moving"] == 3.0
    assert (scenario.residents_per_agent, scenario.end) == (500, 55)
    assert at(scenario, "xiongan_investment", "2026Q4") == 7
    further = load_scenario(scenario, **{"horizon.end": "2027Q4"})
    assert (further.end, further.residents_per_agent) == (59, 500)
    assert further.overrides[:-1] == scenario.overrides
    assert load_scenario(scenario).digest == scenario.digest


def test_a_lever_set_to_what_it_was_is_idle(tmp_path):
    write(
        tmp_path,
        parent='[levers.relief_markets]\npath = [["2013Q1", 0]]',
        child='extends = "parent.toml"\n[levers.relief_markets]\npath = [["2020Q1", 0]]\n'
        '[levers.xiongan_investment]\npath = [["2026Q1", 7]]\n'
        '[levers.headquarters_moves.events]\nhuaneng = "2025Q4"\n'
        '[assumptions.births_trend]\npath = [["2020Q1", -2]]',
    )
    child = tmp_path / "child.toml"
    same = ["levers.relief_markets", "levers.headquarters_moves", "assumptions.births_trend"]
    assert idle_levers(load_scenario(child)) == same
    late = load_scenario(child, ["horizon.end=2025Q4"])
    assert idle_levers(late) == [*same[:2], "levers.xiongan_investment", same[2]]
    assert idle_levers(load_scenario(tmp_path / "parent.toml")) == []


def test_a_scenario_travels_to_workers_and_is_no_container():
    scenario = load_scenario("xiongan_sooner")
    assert pickle.loads(pickle.dumps(scenario)).digest == scenario.digest
    assert copy.deepcopy(scenario.plan()).digest == scenario.digest
    assert not hasattr(scenario, "__iter__")
    with pytest.raises(AttributeError):
        scenario.end = 3


def test_a_byte_order_mark_is_no_matter(tmp_path):
    path = tmp_path / "windows.toml"
    path.write_bytes(b"\xef\xbb\xbf" + 'title_zh = "雄安"\r\n'.encode())
    assert load_scenario(path).title_zh == "雄安"


def test_the_shipped_schema_is_the_present_one():
    text = (shipped_folder() / "scenario.schema.json").read_text("utf-8")
    present = json.loads(json.dumps(json_schema(JJJ)))
    assert json.loads(text) == present, "run: jjj-sim schema --out scenarios/scenario.schema.json"


def test_the_schema_knows_every_lever_assumption_and_parameter():
    schema = json_schema(JJJ)
    assert set(schema["$defs"]["levers"]["properties"]) == set(LEVERS)
    hazard = schema["$defs"]["relocation_parameters"]["properties"]["hazard"]
    assert (hazard["minimum"], hazard["maximum"]) == (0, 0.1)
    assert schema["additionalProperties"] is False


def test_every_property_of_the_schema_has_a_description_of_its_own_place():
    schema = json_schema(JJJ)
    tables = [schema, *schema["$defs"].values()]
    properties = [(table.get("title"), k, p) for table in tables for k, p in table.get("properties", {}).items()]
    assert len(properties) > 400
    assert [(table, key) for table, key, p in properties if len(p.get("description", "")) < 10] == []

    def said(table, key):
        return schema["$defs"][table]["properties"][key]["description"]

    hazard = parameters()["relocation"]["hazard"]
    assert said("relocation_parameters", "hazard") == f"{hazard.doc}. Unit: 1/quarter. Default: 0.0025."
    assert said("relief_manufacturing", "path").startswith(f"{LEVERS['relief_manufacturing'].mechanism} Unit: ")
    assert said("headquarters_moves_move", "jobs") == "Jobs of the move. Unit: jobs."
    assert (
        said("headquarters_moves_move", "destination")
        == "Destination of the move: a zone. Unless said otherwise: xiongan."
    )
    assert said("national_growth", "path").startswith(ASSUMPTIONS["national_growth"].meaning)
    assert schema["properties"]["extends"]["description"].startswith("The one parent")


_scalars = st.one_of(
    st.integers(-(10**15), 10**15),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.sampled_from(["2026Q1", "never", "雄安", "a=b", "x y", "-", ""]),
)


@given(_scalars)
def test_a_setting_is_read_as_in_a_file_and_plain_words_need_no_quotes(value):
    if isinstance(value, str):
        assert value_of(value) == value
        assert value_of(json.dumps(value, ensure_ascii=False)) == value
    else:
        written = json.dumps(value) if isinstance(value, bool) else repr(value)
        assert value_of(written) == tomllib.loads(f"v = {written}")["v"] == value


@given(st.text(max_size=30))
def test_any_text_is_a_value_and_never_a_second_key(text):
    found = value_of(text)
    assert isinstance(found, str | int | float | bool | list | dict) or hasattr(found, "isoformat")


@settings(max_examples=25, deadline=None)
@given(
    hazard=st.floats(0, 0.1),
    cap=st.lists(st.floats(0, 1), min_size=1, max_size=5),
    first=st.integers(0, 60),
    scale=st.integers(1, 60_000),
)
def test_settings_survive_a_resolved_file(hazard, cap, first, scale, tmp_path_factory):
    path = [[quarters.label(first + 3 * i), value] for i, value in enumerate(cap)]
    scenario = load_scenario(
        "baseline",
        [f"relocation.hazard={hazard!r}", f"population.residents_per_agent={scale}"],
        **{"levers.beijing_population_cap.path": path},
    )
    assert scenario.parameters["relocation"]["hazard"] == hazard
    file = tmp_path_factory.getbasetemp() / "resolved.toml"
    file.write_text(scenario.to_toml(), encoding="utf-8")
    assert load_scenario(file).digest == scenario.digest
