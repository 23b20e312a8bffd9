"""Industries of the provinces since 2013, and what their mix is worth."""

import numpy as np
import pytest

from jjj_sim.regions.jingjinji.statistics import industries, output, provincial
from jjj_sim.regions.jingjinji.statistics.tables import value


def test_an_industry_of_the_fourth_census_is_brought_to_the_fifth_as_gdp_was_revised():
    """Beijing's real estate: 173.15 bn of 2013 and 260.38 of 2019 on the fourth census, 459.15 of 2019 on the fifth.

    GDP went from 2,113.46 to 2,174.60 bn in 2013 and from 3,544.51 to 3,776.70 in 2019.
    """
    estate = provincial.industry("beijing", "real_estate")
    part = np.log(2174.60 / 2113.46) / np.log(3776.70 / 3544.51)
    assert 0.4 < part < 0.5
    assert estate[2013] == pytest.approx(173.15 * (459.15 / 260.38) ** part, rel=1e-4)
    assert estate[2019] == pytest.approx(459.15)
    assert sorted(estate) == list(range(2013, 2025))
    assert provincial._revised("tianjin", 2013) == 1.0


def test_software_and_business_services_of_the_capital_are_those_of_the_first_estimate():
    """Other services of the first estimate: 14,986.5 less trade, transport, catering, finance and real estate."""
    other = 14986.5 - 2372.4 - 883.6 - 374.8 - 2822.1 - 1339.5
    shares = provincial._told_apart("beijing")
    assert shares["information"] == pytest.approx(1749.6 / other)
    assert shares["business"] == pytest.approx(1537.4 / other)
    told = value("sector_base", "share_of_other_services_va", "tianjin", 2020, sector="ict")
    assert provincial._told_apart("tianjin")["information"] < told  # the nation's has gained since


@pytest.mark.parametrize("area", output.AREAS)
def test_services_and_building_hold_every_industry_once(area):
    made = provincial.value_added_2013(area)
    names = ("construction", "real_estate", "wholesale_retail", "transport", "accommodation_catering", "finance")
    total = sum(provincial.industry(area, name)[2013] for name in (*names, "other_services"))
    assert made.sum() == pytest.approx(total)
    assert (made[:3] == 0.0).all()
    assert (made[3:] > 0.0).all()


def test_mix_by_hand():
    """Producer services of Tianjin: finance, software and business services as the nation's, over the nation's own."""
    nation, parts = industries.by_industry()[0], provincial._parts("tianjin")
    weight = {name: parts[5, name] for name in ("finance", "information", "business")}
    grown = sum(w * nation[name][11] / nation[name][0] for name, w in weight.items()) / sum(weight.values())
    theirs = industries.value_added()[11, 5] / industries.value_added()[0, 5]
    assert provincial.mix("tianjin")[11, 5] == pytest.approx(grown / theirs)
    np.testing.assert_array_equal(provincial.mix("tianjin")[0], 1.0)
    np.testing.assert_array_equal(provincial.mix("tianjin")[:, :3], 1.0)
    assert provincial.mix("beijing")[11, 5] > 1.05 > 0.95 > provincial.mix("tianjin")[11, 5]


def test_the_mix_of_the_nation_itself_is_worth_nothing(monkeypatch):
    nation = industries.by_industry()[0]
    own = {(5, name): float(nation[name][0]) for name in ("finance", "information", "business")}
    monkeypatch.setattr(provincial, "_parts", lambda area: own)
    np.testing.assert_allclose(provincial.mix.__wrapped__("nation")[:, 5], 1.0)
