"""Technology firms by hand: the record, then certificates that spread, lapse and stop at the pool; AI firms."""

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of

from jjj_sim import quarters
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.satellites.technology_firms import TechnologyFirms

CORE, INNER, BINHAI = map(JJJ.index, ("bj_core", "bj_inner", "tj_binhai"))
SERVICES = [JJJ.sector("producer_services"), JJJ.sector("research")]
HIGHTECH = JJJ.sector("hightech_manufacturing")
SINCE = quarters.parse("2017Q1")


def world(law, graduates=1000.0, research=30.0, output=15.0, t=0):
    """A world of equal zones: graduates at work in each sector, research, output of each sector a quarter."""
    found = world_of(law)
    found.tables.workers[..., -1] = graduates
    found.tables.value_added[...] = output
    found.tables.va_nominal[...] = output
    found.stocks.rd_stock[...] = research
    found.t = t
    return found


def pool(law, graduates=1000.0, research=30.0, output=15.0):
    return law.pool * 3 * graduates * research / (4 * 3 * output)


def lived(law, start, n, **more):
    """A world in which every zone begins with `start` certificates in 2017 and lives `n` quarters."""
    found = world(law, t=SINCE, **more)
    found.satellites["hightech_firms"] = start
    for _ in range(n):
        law.act(found)
        found.t += 1
    return found


def test_to_2016_a_province_has_what_was_published():
    law = TechnologyFirms(JJJ)
    found = world(law, t=quarters.parse("2016Q4"))
    law.act(found)
    firms = found.satellites["hightech_firms"]
    by_province = np.bincount(JJJ.inner_province, firms)
    published = [value("region_series_4", "hnte", area, 2016) for area in ("beijing", "tianjin", "hebei_official")]
    assert by_province == pytest.approx(published)
    assert firms[INNER] == pytest.approx(published[0] / 4)  # four equal zones


def test_zones_of_a_province_share_as_graduates_and_research_do():
    law = TechnologyFirms(JJJ)
    found = world(law)
    found.tables.workers[INNER, ..., -1] *= 2.0
    found.stocks.rd_stock[INNER] *= 3.0
    law.open(found)
    assert found.satellites["hightech_firms"][INNER] == pytest.approx(6.0 * found.satellites["hightech_firms"][CORE])


def test_a_quarter_by_hand():
    law = TechnologyFirms(JJJ, pool=0.03, spread=0.8, renewed=0.7)
    found = lived(law, 10.0, 1)
    room = 1.0 - 10.0 / pool(law)
    awarded, lapsed = 0.8 / 4 * 10.0 * room, 0.3 / 12 * 10.0
    assert found.satellites["hightech_awarded"][INNER] == pytest.approx(awarded)
    assert found.satellites["hightech_lapsed"][INNER] == pytest.approx(lapsed)
    assert found.satellites["hightech_firms"][INNER] == pytest.approx(10.0 + awarded - lapsed)


def test_certificates_settle_where_awards_meet_lapses():
    law = TechnologyFirms(JJJ, pool=0.03, spread=0.8, renewed=0.7)
    expected = pool(law) * (1.0 - (1.0 - 0.7) / (3.0 * 0.8))
    for start in (0.1 * expected, 2.0 * expected):
        assert lived(law, start, 200).satellites["hightech_firms"][INNER] == pytest.approx(expected, rel=1e-3)


def test_above_the_pool_none_is_awarded():
    law = TechnologyFirms(JJJ)
    assert (lived(law, 2.0 * pool(law), 1).satellites["hightech_awarded"] == 0.0).all()


@pytest.mark.parametrize("more", [{"graduates": 1100.0}, {"research": 33.0}, {"output": 13.0}])
def test_more_graduates_or_research_for_its_output_is_more_certificates(more):
    law = TechnologyFirms(JJJ)
    less, found = lived(law, 10.0, 4), lived(law, 10.0, 4, **more)
    assert (found.satellites["hightech_firms"] > less.satellites["hightech_firms"]).all()


def artificial(law, quarter, **more):
    found = world(law, t=quarters.parse(quarter), **more)
    law.act(found)
    return found.satellites


def test_ai_revenue_and_firms_by_hand():
    law = TechnologyFirms(JJJ, ai_ceiling=0.3, ai_pace=0.26, ai_middle=2022.125, ai_firms_at=1326.0)
    kept = artificial(law, "2022Q1", output=100.0)  # half the ceiling in the middle of that quarter
    revenue = 0.15 * 100.0 * 4 * len(SERVICES)  # four zones of the capital
    assert kept["ai_core_revenue"].sum() == pytest.approx(revenue)
    assert kept["ai_firms"].sum() == pytest.approx(1326.0 * (4 * revenue / 100.0) ** 0.465)
    assert kept["ai_firms"][BINHAI] == 0.0


def test_ai_grows_with_its_share_and_with_output_and_stays_below_the_ceiling():
    law = TechnologyFirms(JJJ)
    kept = {q: artificial(law, q)["ai_core_revenue"].sum() for q in ("2020Q1", "2025Q1", "2030Q4")}
    assert kept["2020Q1"] < kept["2025Q1"] < kept["2030Q4"] < law.ai_ceiling * 15.0 * 4 * len(SERVICES)
    richer = artificial(law, "2025Q1", output=18.0)
    assert richer["ai_core_revenue"].sum() == pytest.approx(1.2 * kept["2025Q1"])
    assert richer["ai_firms"].sum() == pytest.approx(1.2**0.465 * artificial(law, "2025Q1")["ai_firms"].sum())


def test_ai_counts_services_and_no_manufacturing():
    law = TechnologyFirms(JJJ)
    found = world(law, t=40)
    found.tables.va_nominal[:, HIGHTECH] *= 9.0
    law.act(found)
    assert found.satellites["ai_core_revenue"] == pytest.approx(artificial(law, "2023Q1")["ai_core_revenue"])


def test_the_record_is_not_known_before_it_was_published():
    assert not JJJ.tables(2015).technology_firms.knows("certified")
    assert JJJ.tables(2016).technology_firms.knows("certified")
