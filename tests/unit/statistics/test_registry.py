"""The register of legal units: published totals are met, and so are Beijing's published industries."""

import numpy as np
import pytest

from jjj_sim.regions.jingjinji.statistics import registry
from jjj_sim.regions.jingjinji.statistics.tables import value


def test_totals_of_2013_are_published():
    np.testing.assert_allclose(registry.units_2013().sum(axis=1), registry.UNITS_2013)


def test_beijing_of_2013_keeps_its_published_industries():
    units = registry.units_2013()[0]
    both = value("region_series", "corporate_units_sec_ter", "beijing", 2013)
    scale = registry.UNITS_2013[0] / both
    assert units[1:3].sum() == pytest.approx(scale * registry.BEIJING_MANUFACTURING_2013)
    science = value("region_series", "corporate_units_scientific_technical", "beijing", 2013)
    assert units[7] == pytest.approx(scale * science)
    assert units[5] > scale * value("region_series", "corporate_units_leasing_business", "beijing", 2013)


def test_the_register_of_2024_is_published_but_for_agriculture():
    for p, area in enumerate(registry.PROVINCE_AREAS):
        farms = value("region_series", "legal_units_agriculture_forestry_animal_fishing", area, 2024)
        total = value("region_series", "legal_units_total", area, 2024)
        assert registry.units_2024()[p].sum() == pytest.approx(total - farms, rel=0.01)
    assert np.all(registry.units_2024()[:, 0] == 0)
