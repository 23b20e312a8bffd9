"""The defaults of the levers: what the statistics say, a source for each number."""

import re

import pytest
from plans import JJJ, LEVERS, default

from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.regions.jingjinji.prepare.policy import by_year

TAG = re.compile(r"\[[LRDA]\d+\]")


def quarters(year, since=0):
    """The quarters of a year, from `since` on."""
    return [t for t in range(4 * (year - FIRST_YEAR), 4 * (year - FIRST_YEAR) + 4) if t >= since]


@pytest.mark.parametrize(("lever", "key"), by_year(), ids="_".join)
def test_history_is_what_the_statistics_say(lever, key):
    since = 17 if lever == "xiongan_investment" else 0  # its second quarter of 2017
    for year, level in by_year()[lever, key].items():
        for t in quarters(year, since):
            assert default(lever).at(t, key or None) == level, (year, t)


def test_history_ends_with_the_statistics_or_goes_on_as_assumed():
    assert default("relief_manufacturing").at(48) == 8.0
    assert default("relief_markets").at(3) == default("relief_markets").at(48) == 0.0
    assert default("xiongan_investment").at(16) == 0.0
    for province in JJJ.provinces[:-1]:
        plan = default("rd_intensity")
        assert plan.at(71, province) - plan.at(47, province) == pytest.approx(0.6)


@pytest.mark.parametrize("lever", LEVERS.values(), ids=lambda lever: lever.name)
def test_every_number_names_a_source(lever):
    table = lever.table()
    tags = [TAG.match(source) for source in lever.sources]
    assert all(tags), "a source begins with its tag"
    known = {tag[0] for tag in tags}
    assert len(known) == len(lever.sources), "a tag stands once"
    points = [*table.get("path", []), *(point for path in table.get("paths", {}).values() for point in path)]
    cited = [point[2] for point in points]
    kind = lever.events
    cited += [event["source"] for event in (table.get(kind.table, {}) if kind else {}).values()]
    for source in cited:
        assert TAG.match(source), source
        assert set(TAG.findall(source)) <= known, source
    assert all(set(TAG.findall(source)) <= known for source in lever.sources)
    together = " ".join(lever.sources)
    assert all(f"shares.{key}" in together for key in table.get("shares", {}))
    assert "zones" not in table or "zones" in together
