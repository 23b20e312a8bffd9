"""The defaults of the levers add up to what is published."""

import pytest
from plans import LEVERS, default

from jjj_sim import quarters
from jjj_sim.regions.jingjinji.statistics.geography import REGION
from jjj_sim.regions.jingjinji.statistics.rail import rail_lines
from jjj_sim.scenario.assumptions import ASSUMPTIONS


def total(lever: str, first: str, last: str) -> float:
    """Return the sum of a lever's path over quarters, both included."""
    plan = default(lever)
    return sum(plan.at(t) for t in range(quarters.parse(first), quarters.parse(last) + 1))


def test_relief_adds_up_to_the_published_counts():
    assert total("relief_manufacturing", "2013Q1", "2017Q4") == 1992
    assert total("relief_manufacturing", "2014Q1", "2018Q4") == 2360
    assert total("relief_manufacturing", "2017Q1", "2022Q4") == 2093
    assert total("relief_manufacturing", "2024Q1", "2024Q4") == 104
    assert total("relief_manufacturing", "2014Q1", "2024Q4") == 3362
    assert total("relief_markets", "2013Q1", "2017Q4") == 594
    assert total("relief_markets", "2013Q1", "2020Q4") == 980
    assert total("relief_markets", "2013Q1", "2030Q4") == 1004


def test_investment_adds_up_to_the_published_totals():
    assert total("xiongan_investment", "2013Q1", "2017Q1") == 0
    assert total("xiongan_investment", "2019Q1", "2019Q4") / 4 == pytest.approx(32.5)
    assert total("xiongan_investment", "2013Q1", "2022Q4") / 4 == pytest.approx(510)
    assert total("xiongan_investment", "2013Q1", "2024Q4") / 4 == pytest.approx(835.4)
    to_2025 = total("xiongan_investment", "2013Q1", "2024Q4") / 4
    to_2025 += default("xiongan_investment").at(quarters.parse("2025Q4")) * 10.5 / 12
    assert to_2025 == pytest.approx(1000)


def test_offers_pass_the_published_thresholds():
    offers = default("xiongan_offers")
    assert offers.at(quarters.parse("2019Q4")) == 2450
    assert 4000 < offers.at(quarters.parse("2024Q4")) < 4500
    assert 300 < offers.at(quarters.parse("2024Q4"), "central_soe") < 400
    assert offers.at(quarters.parse("2025Q4"), "central_soe") > 400


def test_every_line_has_its_opening():
    lines = default("rail_programme").events
    assert list(lines) == [line.id for line in rail_lines()]
    assert quarters.label(lines["beijing_xiongan_intercity"].quarter) == "2020Q4"
    assert quarters.label(lines["xiongan_daxing_airport_express"].quarter) == "2027Q4"


@pytest.mark.parametrize("spec", LEVERS.values(), ids=lambda spec: spec.name)
def test_defaults_lie_inside_their_bounds_and_name_real_things(spec):
    plan = default(spec.name)
    assert plan.name == spec.name
    assert spec.sources
    assert all(source[:2] in ("[L", "[R", "[D", "[A") for source in spec.sources)
    assert spec.mechanism.count(".") == 1
    assert (plan.path is not None) == spec.has_path
    if plan.path is not None:
        assert spec.lo <= plan.path.values.min() <= plan.path.values.max() <= spec.hi
    assert set(plan.paths) == set(spec.paths)
    for key, path in plan.paths.items():
        assert spec.paths[key].lo <= path.values.min() <= path.values.max() <= spec.paths[key].hi
    assert set(plan.shares) == set(spec.shares)
    assert all(0 <= zone < REGION.n_zones for zone in plan.zones)
    for event in plan.events.values():
        assert spec.events is not None
        for key, number in event.numbers.items():
            assert spec.events.numbers[key].lo <= number <= spec.events.numbers[key].hi
        for key, word in event.words.items():
            assert word in spec.events.words[key].legal


@pytest.mark.parametrize("assumption", ASSUMPTIONS.values(), ids=lambda a: a.name)
def test_assumptions_lie_inside_their_bounds(assumption):
    values = assumption.default().values
    assert assumption.lo <= values.min() <= values.max() <= assumption.hi
    assert assumption.source[:3] in ("[L]", "[R]", "[D]", "[A]")
