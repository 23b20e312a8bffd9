"""A coarser region from the shipped one: what adds up, what is a mean, what is renamed, left out, or refused."""

import csv
import tomllib

import numpy as np
import pytest
from plans import JJJ
from typer.testing import CliRunner

from jjj_sim import merging
from jjj_sim.cli import app
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.merging.rules import Rules
from jjj_sim.policy.events import Line
from jjj_sim.policy.registry import levers
from jjj_sim.processes.transport import closed, network, quickest
from jjj_sim.region import load
from jjj_sim.region.data import TOPICS
from jjj_sim.region.records import Records
from jjj_sim.region.table import Fixed, Series
from jjj_sim.satellites import QUARTER
from jjj_sim.scenario.draft import published

PLACES = {"zone", "to_zone", "place", "city", "to_city", "budget_unit"}
PEOPLE = JJJ.tables().people.residents
AREA = JJJ.area


@pytest.fixture(scope="module")
def rules():
    return Rules(merging.groups(JJJ, merging.by_column(JJJ, "area")), JJJ.tables())


@pytest.fixture(scope="module")
def mean_minutes():
    """A function to minutes between areas: means over residents of both ends, inside them those inside zones."""
    share = np.array([np.where(AREA == k, PEOPLE, 0.0) for k in range(4)])
    share /= share.sum(axis=1, keepdims=True)

    def mean(t, dates):
        minutes = closed(quickest(network(JJJ, JJJ.tables().travel, dates), t), 0.0)
        found = share @ minutes @ share.T
        np.fill_diagonal(found, share @ np.diagonal(minutes))
        return found

    return mean


def table(data, topic, name):
    found = getattr(getattr(data, topic.name), name)
    return found.values if isinstance(found, Series) else found


def by_area(values):
    return np.array([values[AREA == k].sum(axis=0) for k in range(4)])


def test_the_region_of_four_is_in_order(four):
    told = CliRunner().invoke(app, ["region", "check", str(four.folder)])
    assert told.exit_code == 0
    assert "4 zones in 3 provinces" in told.output
    assert "all in order" in told.output
    assert four.ids == ("beijing", "tianjin", "xiongan", "hebei_rest")
    assert four.name_en[3] == "Hebei without Xiong'an"
    assert four.provinces == JJJ.provinces


def test_everything_with_places_says_how_it_merges():
    tables = [d for topic in TOPICS for d in topic.declared().values()]
    assert [d.name for d in tables if PLACES & set(d.axes) and not d.merge] == []
    assert [d.name for d in tables if d.merge and not PLACES & set(d.axes)] == []
    parameters = [p for kind in QUARTER for p in kind.parameters().values() if p.by == "zone"]
    assert [p.name for p in parameters if not p.merge] == []
    paths = [(key, r) for lever in levers(JJJ).values() for key, r in lever.paths.items()]
    assert [
        key for key, r in paths if any(key.endswith(f"_{zone}") for zone in JJJ.ids) and not (r.zone and r.merge)
    ] == []


def test_merging_nothing_changes_nothing(tmp_path):
    groups = merging.groups(JJJ, {zone: [zone] for zone in JJJ.ids})
    same = merging.merge(groups, tmp_path / "same")
    assert same.notes == ()
    for topic in TOPICS:
        for name, declared in topic.declared().items():
            old, new = (table(region.tables(), topic, name) for region in (JJJ, same.region))
            if isinstance(declared, Records):
                assert new == old, name
            else:
                np.testing.assert_array_equal(new, old, err_msg=f"{topic.name}.{name}")
    for name in ("roles", "wholes"):
        for key, mask in getattr(JJJ, name).items():
            np.testing.assert_array_equal(getattr(same.region, name)[key], mask)
    for name in ("lon", "lat", "area_km2", "area", "province"):
        np.testing.assert_array_equal(getattr(same.region, name), getattr(JJJ, name))
    for kind, (names, index) in JJJ.groups.items():
        known, at = same.region.groups[kind]
        assert [known[i] for i in at] == [names[i] for i in index]
    for kind in QUARTER:
        for name in kind.parameters():
            np.testing.assert_array_equal(getattr(kind(same.region), name), getattr(kind(JJJ), name))
    for name, lever in published(JJJ).items():
        found = published(same.region)[name]
        assert (found.zones, found.shares, found.events) == (lever.zones, lever.shares, lever.events)
        for key, path in lever.paths.items():
            np.testing.assert_array_equal(found.paths[key].values, path.values)


def test_what_is_counted_adds_up(four):
    for topic in TOPICS:
        for name, declared in topic.declared().items():
            if declared.merge == "sum":
                old, new = (table(region.tables(), topic, name) for region in (JJJ, four))
                for at in sorted({declared.dims.index(d) for d in set(declared.dims) & PLACES}):
                    axis = at + declared.timed
                    old, new = old.sum(axis=axis, keepdims=True), new.sum(axis=axis, keepdims=True)
                np.testing.assert_allclose(new, old, rtol=1e-12, err_msg=f"{topic.name}.{name}")


def test_homes_open_as_their_sum_and_nobody_knows_more_for_it(four):
    homes = four.tables().homes
    assert homes.floor_area.times.tolist() == [2010.83, 2013.0, 2020.83]
    np.testing.assert_allclose(
        homes.floor_area.of(2013), by_area(JJJ.tables().homes.floor_area.along(2013)), rtol=1e-12
    )
    np.testing.assert_allclose(homes.opening_area, homes.floor_area.of(2013), rtol=1e-12)
    assert four.tables(as_of=2018).homes.floor_area.times.tolist() == [2010.83]


def test_shares_are_still_shares_and_means_lie_between_what_they_are_means_of(four):
    old, new = JJJ.tables(), four.tables()
    np.testing.assert_allclose(new.people.age_bands.sum(axis=1), 1.0, rtol=1e-9)
    _, index = JJJ.groups["city"]
    causes = old.air.origin.sum(axis=1) + old.air.outside
    expected = [np.average(causes[index[AREA == k]], weights=PEOPLE[AREA == k]) for k in range(4)]
    np.testing.assert_allclose(new.air.origin.sum(axis=1) + new.air.outside, expected)
    np.testing.assert_allclose(new.people.ages, by_area(old.people.ages * PEOPLE[:, None]) / by_area(PEOPLE)[:, None])
    for k in range(4):
        for a, b in ((old.homes.opening_price, new.homes.opening_price), (old.air.urban, new.air.urban)):
            assert a[AREA == k].min() - 1e-9 <= b[k] <= a[AREA == k].max() + 1e-9


def test_a_merged_zone_publishes_for_itself_and_a_publisher_keeps_what_is_left(four):
    names, index = four.groups["budget_unit"]
    assert [names[i] for i in index] == ["beijing", "tianjin", "pref_baoding", "hebei_rest"]
    old, new = (region.tables().budgets.spending.of(2013) for region in (JJJ, four))
    unit = JJJ.groups["budget_unit"][0].index("pref_baoding")
    zones = JJJ.groups["budget_unit"][1] == unit
    part = PEOPLE[JJJ.index("xiongan")] / PEOPLE[zones].sum()
    assert new[names.index("pref_baoding")] == pytest.approx(old[unit] * part)
    air, city = four.tables().air.pm25.of(2013), four.groups["city"][0].index("pref_baoding")
    assert air[city] == JJJ.tables().air.pm25.of(2013)[JJJ.groups["city"][0].index("pref_baoding")]


def test_an_empty_cell_makes_a_mean_empty(rules):
    prices = Fixed(("city",), "1", "made up", merge="mean by people.residents")
    names = JJJ.groups["city"][0]
    values = np.where(np.array(names) == "handan", np.nan, 5.0)
    found = dict(zip(rules.groups.publishers["city"].names, rules.table(prices, values, "made up"), strict=True))
    assert np.isnan(found.pop("hebei_rest"))
    assert list(found.values()) == pytest.approx([5.0, 5.0, 5.0])


@pytest.mark.parametrize("year", [2013, 2024, 2030])
def test_minutes_are_the_mean_over_residents_of_both_ends(four, year, mean_minutes):
    """At the ends of the states that were looked up, and once all lines are open."""
    t = 4 * (year - 2013) + 3
    new = closed(quickest(network(four, four.tables().travel, ()), t), 0.0)
    np.testing.assert_allclose(new, mean_minutes(t, ()), rtol=1e-9)


@pytest.mark.parametrize("year", [2021, 2030])
@pytest.mark.parametrize("line", ["tianjin_baoding_railway", "beijing_zhangjiakou_hsr"])
def test_without_a_line_minutes_are_near_the_mean_over_residents_too(line, year, four, mean_minutes):
    """Near and not the same: what a line brings is known for its own date, with the lines that were there before."""
    t, without, pairs = 4 * (year - 2013) + 3, [Line(line, None)], np.triu_indices(4, 1)
    found = [closed(quickest(network(four, four.tables().travel, dates), t), 0.0) for dates in ((), without)]
    assert (found[1] - found[0])[pairs].max() > 3.0
    np.testing.assert_allclose(found[1][pairs], mean_minutes(t, without)[pairs], rtol=0.02)


def test_lines_leave_a_merged_zone_by_the_nearest_of_its_gates(four, rules):
    gates = four.tables().travel.gates
    by_line = {gate.line: gate for gate in gates}
    assert len(gates) == len(by_line) < len(JJJ.tables().travel.gates)
    assert {gate.zone for gate in gates} == {four.index(rules.groups.new("cangzhou"))}
    assert by_line["beijing_shanghai_hsr"].minutes == 19.0
    assert rules.groups.new("rest_of_china") == "rest_of_china"


def test_parameters_by_zone_are_means_and_those_by_province_stay(four):
    rate = JJJ.by_zone("relief.rate", JJJ.keyed["relief.rate"])
    listed = list(JJJ.sector_roles["listed"])
    worth = JJJ.tables().output.value_added_2013[:, listed].sum(axis=1)
    beijing = AREA == 0
    assert four.keyed["relief.rate"]["beijing"] == pytest.approx(np.average(rate[beijing], weights=worth[beijing]))
    assert four.keyed["housing.supply"]["xiongan"] == 3.0
    assert four.keyed["labour.wage_curve"] == JJJ.keyed["labour.wage_curve"]


def test_levers_name_the_new_places(four, made_four):
    found = published(four)
    moves = found["headquarters_moves"].events
    assert {(e.words["origin"], e.words["destination"]) for e in moves.values()} == {("beijing", "xiongan")}
    assert set(moves) == set(published(JJJ)["headquarters_moves"].events)
    assert [four.ids[z] for z in found["relocation_subsidy"].zones] == ["tianjin", "xiongan", "hebei_rest"]
    assert found["housing_supply"].paths["ceiling_xiongan"].at(40) == 12_000
    merchants = published(JJJ)["relief_markets"].paths.values()
    for t in (8, 17, 33, 50):
        assert found["relief_markets"].paths["merchants_hebei_rest"].at(t) == pytest.approx(
            sum(p.at(t) for p in merchants)
        )
    assert found["subcentre_move"].events == {}
    assert "subcentre_move: first_wave, second_wave left out: a move inside one zone" in made_four.notes


def test_every_number_of_a_lever_still_names_a_source(four):
    for path in (four.folder / "policy").glob("*.toml"):
        told = tomllib.loads(path.read_text("utf-8"))
        tags = {source.split("]")[0] + "]" for source in told["sources"]}
        for points in (told.get("path", []), *told.get("paths", {}).values()):
            assert {point[2].split("]")[0] + "]" for point in points} <= tags, path.name


def test_sources_say_what_was_merged(four):
    homes = tomllib.loads((four.folder / "tables" / "homes.toml").read_text("utf-8"))
    assert homes["opening_price"]["source"].endswith("; [D] zones of jingjinji merged: mean by homes.opening_area")
    nation = tomllib.loads((four.folder / "tables" / "nation.toml").read_text("utf-8"))
    assert "merged" not in nation["gdp"]["source"]


def test_roles_hold_where_a_zone_of_theirs_is_and_areas_are_the_same(four, made_four):
    held = {name: [four.ids[z] for z in np.flatnonzero(mask)] for name, mask in four.roles.items()}
    assert held["capital"] == held["core"] == held["inner"] == ["beijing"]
    assert held["new_area"] == ["xiongan"]
    assert held["hinterland"] == ["xiongan", "hebei_rest"]
    assert four.areas == JJJ.areas
    assert set(four.wholes) == set(JJJ.wholes)
    assert "the role core held for a part of beijing" in made_four.notes
    with (four.folder / "targets.csv").open(encoding="utf-8") as file:
        assert "bj_subcentre" not in {row["area"] for row in csv.DictReader(file)}


def test_paths_of_zones_put_together_by_hand(tmp_path):
    zones = {zone: [zone] for zone in JJJ.ids if zone not in ("tj_urban", "tj_binhai")}
    region = merging.merge(merging.groups(JJJ, {"tianjin": ["tj_urban", "tj_binhai"], **zones}), tmp_path / "r").region
    assert region.ids[0] == "tianjin"
    assert region.n_zones == 18
    assert published(region)["housing_supply"].paths["ceiling_xiongan"].at(40) == 12_000


def refused(zones):
    with pytest.raises(ScenarioError) as error:
        merging.groups(JJJ, zones)
    return error.value.problems


def test_groups_that_are_none_are_refused_with_all_that_is_wrong():
    whole = merging.by_column(JJJ, "area")
    assert refused({**whole, "tianjin": [], "t": ["tj_urban"]}) == [
        "in no group: tj_binhai; every zone belongs to one",
        "tianjin holds no zone",
    ]
    assert refused({**whole, "more": ["tangshan"]}) == [
        "tangshan is there 2 times, in hebei_rest and more; every zone belongs to one group"
    ]
    assert refused({**whole, "tianjin": ["tj_urban", "tj_binhai", "tj_binhia"]}) == [
        "tianjin: 'tj_binhia' is no zone. Did you mean tj_binhai?"
    ]
    both = {"cities": [*whole["beijing"], *whole["tianjin"]], "xiongan": ["xiongan"], "hebei_rest": whole["hebei_rest"]}
    assert refused(both) == ["cities crosses provinces, beijing and tianjin; a zone lies in one"]
    assert "crosses the reporting areas hebei and xiongan" in refused(merging.by_column(JJJ, "city"))[0]
    part = {"hebei" if name == "hebei_rest" else name: zones for name, zones in whole.items()}
    assert refused(part) == ["hebei is a whole province; call a part of it otherwise, hebei_rest"]


def test_a_zone_that_goes_by_the_name_of_its_province_and_is_less_is_no_region(four, tmp_path):
    for name in ("region.toml", "zones.csv"):
        text = (four.folder / name).read_text("utf-8").replace("hebei_rest", "hebei")
        (tmp_path / name).write_text(text, "utf-8")
    with pytest.raises(DataError, match="hebei is a zone and a province of several"):
        load(tmp_path)


def test_a_table_with_places_and_no_rule_is_refused(rules):
    with pytest.raises(DataError, match=r"made\.up has places, zone, and declares no rule by which they merge"):
        rules.table(Fixed(("zone",), "1", "made up"), np.ones(19), "made.up")
    with pytest.raises(DataError, match="'mean by luck' is no rule"):
        rules.table(Fixed(("zone",), "1", "made up", merge="mean by luck"), np.ones(19), "made.up")
    with pytest.raises(DataError, match=r"nation\.gdp is no table by zone"):
        rules.table(Fixed(("zone",), "1", "made up", merge="mean by nation.gdp"), np.ones(19), "made.up")


def test_a_parameter_without_a_rule_leaves_no_half_written_folder(tmp_path, monkeypatch):
    (rate,) = (p for kind in QUARTER if kind.name == "relief" for n, p in kind.parameters().items() if n == "rate")
    monkeypatch.setattr(rate, "merge", "")
    with pytest.raises(DataError, match=r"relief\.rate is by zone and declares no rule"):
        merging.merge(merging.groups(JJJ, merging.by_column(JJJ, "area")), tmp_path / "r")
    assert list(tmp_path.iterdir()) == []


def invoked(*words):
    result = CliRunner().invoke(app, ["region", "merge", *map(str, words)])
    return result.exception, result.output


def test_the_command_makes_a_region_and_tells_what_was_left_out(tmp_path):
    error, told = invoked("jingjinji", tmp_path / "four", "--by", "area")
    assert error is None
    assert "4 zones in 3 provinces" in told
    assert "note: the role core held for a part of beijing" in told
    file = tmp_path / "groups.toml"
    file.write_text(
        "".join(f'{zone} = ["{zone}"]\n' for zone in ("beijing", "tianjin", "xiongan", "hebei_rest")), "utf-8"
    )
    error, told = invoked(tmp_path / "four", tmp_path / "again", "--zones", file)
    assert error is None
    assert load(tmp_path / "again").ids == load(tmp_path / "four").ids


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("jingjinji", "{}/r"), "--by COLUMN or --zones FILE"),
        (
            ("jingjinji", "{}/r", "--by", "colour"),
            "no such column of zones.csv; there are province, area, city, budget_unit",
        ),
        (("jingjinji", "{}", "--by", "area"), "is there already"),
        (("jingjinji", "{}/no/r", "--by", "area"), "there is no folder"),
        (("nowhere", "{}/r", "--by", "area"), "no region 'nowhere' is shipped"),
        (("jingjinji", "{}/r", "--zones", "{}/none.toml"), "cannot be read"),
        (("jingjinji", "{}/r", "--zones", "{}"), "cannot be read"),
        (("jingjinji", "{}/r", "--zones", "{}/bad.toml"), 'write a = ["zone", "zone"]'),
        (("jingjinji", "{}/r", "--zones", "{}/broken.toml"), "is no TOML file"),
    ],
)
def test_a_request_that_cannot_be_met_is_a_usage_error(words, told, tmp_path):
    (tmp_path / "bad.toml").write_text("a = 3\n", "utf-8")
    (tmp_path / "broken.toml").write_text("a = [\n", "utf-8")
    error, _ = invoked(*(word.format(tmp_path) for word in words))
    assert isinstance(error, ScenarioError)
    assert told in str(error)
    assert {p.name for p in tmp_path.iterdir()} == {"bad.toml", "broken.toml"}
