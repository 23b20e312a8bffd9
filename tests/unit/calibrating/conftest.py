"""Published figures for the stand-ins."""

from dataclasses import replace

import pytest

from jjj_sim import regions
from jjj_sim.judging.targets import Discrepancy, targets


@pytest.fixture(scope="session")
def region():
    """The shipped region."""
    return regions.default()


@pytest.fixture(scope="session")
def series(region):
    """Seven figures of one series, 50 to 56, each with a discrepancy of one."""
    found = next(t for t in targets(region) if t.id == "pm25_beijing_2019")
    return tuple(
        replace(found, id=f"x{i}", period=str(2014 + i), value=50.0 + i, discrepancy=Discrepancy(1.0, False))
        for i in range(7)
    )
