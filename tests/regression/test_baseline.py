"""The baseline's numbers change only by update.py."""

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from pin import YEARS, measure, pinned

from jjj_sim.regions.jingjinji.statistics.geography import REGION


def test_the_baseline_is_as_pinned():
    found, committed = measure(), pinned()
    assert set(committed) == {str(y) for y in YEARS}
    for year in committed:
        for region in REGION.areas:
            assert found[year][region] == pytest.approx(committed[year][region], rel=2e-6), (year, region)
