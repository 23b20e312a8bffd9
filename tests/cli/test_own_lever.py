"""A lever from an outside package works everywhere without a change here: listed, checked, in the schema, run."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

EXAMPLE = Path(__file__).resolve().parents[2] / "docs" / "own_lever"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The example as if installed: its module and its entry point on the path."""
    site = tmp_path_factory.mktemp("site")
    (site / "technology_vouchers.py").write_bytes((EXAMPLE / "technology_vouchers.py").read_bytes())
    info = site / "technology_vouchers-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: technology-vouchers\nVersion: 0.1.0\n")
    entry = "[jjj_sim.levers]\ntechnology_vouchers = technology_vouchers:TechnologyVouchers\n"
    (info / "entry_points.txt").write_text(entry)
    return site


def told(site, *arguments, cwd=None):
    """What a command prints in a process of its own that has the package on its path."""
    path = os.pathsep.join([str(site), *filter(None, [os.environ.get("PYTHONPATH")])])
    command = [sys.executable, "-m", "jjj_sim", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, env=os.environ | {"PYTHONPATH": path})
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_is_listed_with_the_others(installed):
    listed = json.loads(told(installed, "levers", "--json"))["levers"]
    mine = listed[-1]
    assert (mine["name"], mine["zh"], mine["decider"]) == ("technology_vouchers", "技术券", "C")
    assert mine["keys"] == ["path", "zones"]


def test_the_schema_knows_it(installed):
    schema = json.loads(told(installed, "schema"))
    assert "technology_vouchers" in schema["$defs"]["levers"]["properties"]


def test_a_scenario_with_it_is_checked(installed):
    assert "technology_vouchers" in told(installed, "check", str(EXAMPLE / "vouchers.toml"))


def test_it_runs_and_the_accounts_close(installed, tmp_path):
    options = ["--twin", "--no-charts", "--quiet", "--out", str(tmp_path), "--set", "horizon.end=2013Q4"]
    early = ["--set", 'levers.technology_vouchers.path=[["2013Q1", 0.1]]']
    told(installed, "run", str(EXAMPLE / "vouchers.toml"), *options, *early)
    manifest = json.loads((tmp_path / "vouchers" / "manifest.json").read_text("utf-8"))
    assert max(manifest["largest_residuals"].values()) < 1e-8
    resolved = (tmp_path / "vouchers" / "scenario.toml").read_text("utf-8")
    assert "[levers.technology_vouchers]" in resolved


def test_a_package_that_offers_no_lever_is_told_plainly(tmp_path):
    info = tmp_path / "broken-0.1.0.dist-info"
    info.mkdir()
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: broken\nVersion: 0.1.0\n")
    (info / "entry_points.txt").write_text("[jjj_sim.levers]\nbroken = json:dumps\n")
    path = os.pathsep.join([str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])])
    done = subprocess.run(
        [sys.executable, "-m", "jjj_sim", "levers"],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONPATH": path},
    )
    assert done.returncode == 4
    assert "json:dumps, offered as a lever, is no named subclass" in done.stderr
    assert "Traceback" not in done.stderr
