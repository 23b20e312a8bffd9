"""Education of the employed by sector: the census's counts are kept, the contrast is right."""

import numpy as np
import pytest

from jjj_sim.regions.jingjinji.statistics import education
from jjj_sim.regions.jingjinji.statistics.tables import value


def test_every_employed_of_the_census_has_a_sector():
    assert education.employed_by_sector().sum() == pytest.approx(71_547_989 - 658)


def test_manufacturing_keeps_its_counts_and_its_ratios():
    both = education.employed_by_sector()[[1, 2]]
    outside = [
        value("education_by_sector", "employed_college", i, 2010) for i in ("mining", "electricity_heat_gas_water")
    ]
    college = value("education_by_sector", "employed_college", "manufacturing", 2010)
    assert both[:, 2].sum() == pytest.approx(college + sum(outside))
    rest = both[0, 2] - sum(outside)
    jobs = education.ADVANCED_JOBS
    assert (both[1, 2] / jobs) / (rest / (1 - jobs)) == pytest.approx(2.0)


def test_shares_by_sector():
    shares = education.college_by_sector()
    np.testing.assert_allclose(shares.sum(axis=1), 1.0)
    assert (shares > 0).all()
    assert shares[0, 2] == pytest.approx(206_844 / 34_584_219)
    assert shares[7, 2] == pytest.approx((54_916 + 74_503 + 20_549) / 229_615)
