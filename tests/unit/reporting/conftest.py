"""A made-up comparison whose variant has a title that would run as a script, and its report."""

import dataclasses

import pytest
from unit.charts.conftest import make_result

from jjj_sim.comparing.comparison import pair
from jjj_sim.reporting import report, subject

HOSTILE = "<script>alert('here')</script> & \"sooner\""


@pytest.fixture(scope="session")
def comparison():
    base, variant = make_result(n_members=3), make_result("xiongan_sooner", n_members=3, scale=0.2)
    told = {"scenario_sha256": "ab" * 32, "residents_per_agent": 1000, "version": "0.1.0"}
    told |= {
        "command": ["jjj-sim", "compare", "baseline", "it's.toml", "--out", "/tmp/x", "--members", "3", "--lang", "zh"]
    }
    base = dataclasses.replace(base, manifest={**base.manifest, **told, "scenario": base.name})
    setting = "[levers.xiongan_investment]\npath = [['2026Q1', 220], ['2030Q1', 160]]\n"
    hostile = {**variant.manifest, **told, "scenario": variant.name, "title": HOSTILE, "title_zh": HOSTILE}
    return pair(base, [dataclasses.replace(variant, manifest=hostile, scenario=setting)])


@pytest.fixture(scope="session")
def subject_of(comparison):
    return subject.Subject(comparison.base, comparison)


@pytest.fixture(scope="session")
def page(subject_of):
    pytest.importorskip("vl_convert")
    return report.html(subject_of, "zh")
