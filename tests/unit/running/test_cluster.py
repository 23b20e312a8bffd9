"""An outside scheduler: the same bits there, and clear words where it cannot be."""

import pytest

import jjj_sim
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.running import cluster, executors
from jjj_sim.scenario import load_scenario

distributed = pytest.importorskip("distributed")
SHORT = {"horizon.end": "2013Q4", "population.residents_per_agent": 20000}
TABLES = ("annual", "series", "flows")


@pytest.fixture(scope="module")
def scheduler():
    """A scheduler with one worker of two threads in this process."""
    options = {"n_workers": 1, "threads_per_worker": 2, "dashboard_address": None}
    with distributed.LocalCluster(processes=False, **options) as found:
        yield found.scheduler_address


@pytest.fixture(scope="module")
def short():
    return load_scenario("baseline", **SHORT)


def test_members_there_are_the_members_here(scheduler, short, tmp_path):
    here = jjj_sim.run(short, members=3, twin=True, fixed_parameters=True, workers=1)
    there = jjj_sim.run(short, members=3, twin=True, fixed_parameters=True, scheduler=scheduler, store=tmp_path)
    for table in TABLES:
        assert getattr(there, table).equals(getattr(here, table))
    again = jjj_sim.run(short, members=3, twin=True, fixed_parameters=True, workers=1, store=tmp_path)
    assert again.manifest["from_store"] == 3  # on the same processor it is the same member


@pytest.mark.parametrize(
    ("field", "other", "message"),
    [
        ("code", "0" * 64, "has other sources of jjj_sim: it has 0{12}, here is "),
        ("versions", "numpy 1.0", "computes with other packages: it has numpy 1.0, here is python"),
        ("region", "", "has not this region's folder, or another one: it has none"),
    ],
)
def test_a_worker_with_other_numbers_is_refused(scheduler, short, monkeypatch, field, other, message):
    makes = cluster._makes
    changed = lambda *asked: {at: make._replace(**{field: other}) for at, make in makes(*asked).items()}  # noqa: E731
    monkeypatch.setattr(cluster, "_makes", changed)
    with pytest.raises(DataError, match=message):
        jjj_sim.run(short, twin=True, scheduler=scheduler)


def test_a_region_that_a_worker_cannot_find_is_empty():
    assert cluster._make("elsewhere", "/no/such/folder").region == ""
    assert cluster._make("jingjinji").region == load_scenario("baseline").region.sha256


def test_what_cannot_be_asked_together_is_said(short, scheduler, tmp_path):
    with pytest.raises(ScenarioError, match="not both"):
        executors.executor(2, workers=2, scheduler=scheduler)
    with pytest.raises(ScenarioError, match="a checkpoint cannot be had with --scheduler"):
        jjj_sim.run(short, twin=True, scheduler=scheduler, checkpoint="2013Q2", workspace=tmp_path / "work")


def test_where_no_scheduler_answers_or_dask_is_not_installed_it_is_said(short, monkeypatch):
    monkeypatch.setattr(cluster, "_PATIENCE", "1s")
    with pytest.raises(ScenarioError, match=r"no scheduler answers at tcp://127.0.0.1:1 "):
        jjj_sim.run(short, twin=True, scheduler="tcp://127.0.0.1:1")
    monkeypatch.setattr(cluster, "find_spec", lambda name: None)
    with pytest.raises(ScenarioError, match=r"pip install 'jjj-sim\[distributed\]'"):
        jjj_sim.run(short, twin=True, scheduler="tcp://127.0.0.1:1")
