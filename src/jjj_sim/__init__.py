"""Jing-Jin-Ji (京津冀): firms and residents relocating among Beijing, Tianjin, Xiong'an and Hebei.

    import jjj_sim as jjj

    result = jjj.run("baseline", members=20, seed=1)
    difference = jjj.compare("baseline", "xiongan_sooner", members=50)
    model = jjj.RegionModel("baseline", rng=1)  # a mesa.Model

The names are imported when first used, so that `import jjj_sim` takes no time.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jjj_sim.charts import chart as chart
    from jjj_sim.comparing.comparison import Comparison as Comparison
    from jjj_sim.comparing.comparison import compare as compare
    from jjj_sim.exporting.frames import html as html
    from jjj_sim.exporting.frames import tidy as tidy
    from jjj_sim.exporting.frames import to_csv as to_csv
    from jjj_sim.exporting.frames import to_excel as to_excel
    from jjj_sim.exporting.frames import to_xarray as to_xarray
    from jjj_sim.judging.judge import run as run
    from jjj_sim.reporting.report import report as report
    from jjj_sim.running.model import RegionModel as RegionModel
    from jjj_sim.running.result import Result as Result
    from jjj_sim.running.result import load as load
    from jjj_sim.running.store import Store as Store
    from jjj_sim.scenario import Scenario as Scenario
    from jjj_sim.scenario import load_scenario as load_scenario
    from jjj_sim.sensitivity.experiment import Experiment as Experiment
    from jjj_sim.sensitivity.experiment import experiment as experiment
    from jjj_sim.sensitivity.experiment import sample as sample

    __version__: str

_HOMES = {
    "Comparison": "jjj_sim.comparing.comparison",
    "Experiment": "jjj_sim.sensitivity.experiment",
    "RegionModel": "jjj_sim.running.model",
    "Result": "jjj_sim.running.result",
    "Scenario": "jjj_sim.scenario",
    "Store": "jjj_sim.running.store",
    "chart": "jjj_sim.charts",
    "compare": "jjj_sim.comparing.comparison",
    "experiment": "jjj_sim.sensitivity.experiment",
    "html": "jjj_sim.exporting.frames",
    "load": "jjj_sim.running.result",
    "load_scenario": "jjj_sim.scenario",
    "report": "jjj_sim.reporting.report",
    "run": "jjj_sim.judging.judge",
    "sample": "jjj_sim.sensitivity.experiment",
    "tidy": "jjj_sim.exporting.frames",
    "to_csv": "jjj_sim.exporting.frames",
    "to_excel": "jjj_sim.exporting.frames",
    "to_xarray": "jjj_sim.exporting.frames",
}
__all__ = [*_HOMES, "__version__"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first asked for."""
    if name == "__version__":
        from importlib import metadata

        return metadata.version("jjj-sim")
    if name not in _HOMES:
        raise AttributeError(f"module 'jjj_sim' has no attribute {name!r}")
    found = getattr(importlib.import_module(_HOMES[name]), name)
    globals()[name] = found
    return found


def __dir__() -> list[str]:
    return sorted(__all__)
