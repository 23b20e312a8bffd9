"""A made-up result and a comparison, with what a manifest tells of a run."""

import dataclasses

import pytest
from unit.charts.conftest import make_result

from jjj_sim.comparing.comparison import pair
from jjj_sim.judging.goals import goals
from jjj_sim.judging.readings import Readings

_TOLD = {"scenario_sha256": "ab" * 32, "residents_per_agent": 1000, "version": "0.1.0", "twin": False}
_SOONER = "[levers.xiongan_investment]\npath = [['2026Q1', 220], ['2030Q1', 160]]\n"


def _whole(result, scenario=""):
    manifest = {**result.manifest, **_TOLD, "scenario": result.name}
    return dataclasses.replace(result, manifest=manifest, scenario=scenario, goals=goals(Readings.of(result)))


@pytest.fixture(scope="session")
def result():
    return _whole(make_result(n_members=3))


@pytest.fixture(scope="session")
def comparison(result):
    return pair(result, [_whole(make_result("xiongan_sooner", n_members=3, scale=0.2), _SOONER)])
