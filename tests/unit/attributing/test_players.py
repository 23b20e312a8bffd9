"""Players: what a variant sets differently, from which quarter on, and the base with some of it."""

from jjj_sim import quarters
from jjj_sim.attributing.players import mixed, players_of
from jjj_sim.scenario import load_scenario


def start_of(player):
    return quarters.label(player.start)


def test_nothing_differs_from_itself():
    assert players_of(load_scenario("baseline"), load_scenario("baseline")) == ()


def test_each_setting_is_a_player_with_its_first_quarter():
    base = load_scenario("baseline")
    changes = {
        "levers.xiongan_investment.path": [["2026Q1", 220]],
        "levers.headquarters_moves.events": {"datang": "2026Q4"},
        "levers.relocation_subsidy.zones": ["xiongan"],
        "levers.relocation_subsidy.path": [["2027Q1", 0.0], ["2028Q1", 0.1]],
        "assumptions.national_growth.path": [["2029Q1", 3.0]],
        "parameters.migration.reconsider": 0.03,
    }
    found = {p.dotted: start_of(p) for p in players_of(base, load_scenario(base, **changes))}
    assert found["levers.xiongan_investment"] == "2026Q1"
    assert found["levers.headquarters_moves"] == "2026Q4"
    assert found["assumptions.national_growth"] in ("2025Q2", "2029Q1")  # the line to 2029 may bend before
    assert found["parameters.migration.reconsider"] == "2013Q1"
    assert "levers.relocation_subsidy" in found
    assert len(found) == 5


def test_the_base_with_all_players_is_the_variant_and_with_none_the_base():
    base, variant = load_scenario("baseline"), load_scenario("xiongan_sooner")
    players = players_of(base, variant)
    assert {p.name for p in players} == {
        "xiongan_investment",
        "xiongan_services",
        "xiongan_offers",
        "headquarters_moves",
    }
    assert mixed(base, variant, players).digest == variant.digest
    assert mixed(base, variant, ()).digest == base.digest
    one = mixed(base, variant, players[:1])
    assert [p.name for p in players_of(base, one)] == [players[0].name]
