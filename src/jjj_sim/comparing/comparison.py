"""Compare policies: paired members that share their luck, and their differences.

    d_m = variant_m - base_m          member by member, so that luck common to both cancels

What the differences say, and how sure they are, is `verdict`'s.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.comparing.alarms import of_comparison, settings_apart
from jjj_sim.comparing.matter import Matter, thresholds
from jjj_sim.comparing.verdict import summaries
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.judging import judge
from jjj_sim.policy.plan import Plan
from jjj_sim.running.result import MANIFEST, Filler, Result, kind_of, whole_folder, write_manifest, write_parquet
from jjj_sim.running.result import load as read
from jjj_sim.running.store import Store
from jjj_sim.scenario import Scenario, load_scenario

F64 = NDArray[np.float64]
KIND, SCENARIOS = "comparison", "scenarios"
DIFFERENCES_FILE, VERDICTS_FILE = "differences.parquet", "verdicts.csv"
KEYS = ["member", "period", "area", "area_kind", "variable"]
DIFFERENCES = ("base", "variant", *KEYS, "difference", "relative", "unit")
VERDICTS = (
    "base",
    "variant",
    "period",
    "area",
    "variable",
    "unit",
    "median",
    "low",
    "high",
    "mean",
    "mean_low",
    "mean_high",
    "same_sign_share",
    "verdict",
    "area_kind",
    "verdict_zh",
    "base_median",
    "matters",
)
# What a result's manifest tells of its own folder and scenario.
_ITS_OWN = ("files", "sheets", "contents", "scenario", "title", "title_zh")


@dataclass(frozen=True)
class Comparison:
    """A base and its variants run with the same luck.

    `differences`: one row per member and figure; `table`: median, intervals and verdict over members by
    variable, area and year, beside the base's level and the difference that `matters`; `warnings`: what else differs
    between the scenarios besides their levers.
    """

    base: Result
    variants: tuple[Result, ...]
    differences: pd.DataFrame
    table: pd.DataFrame
    warnings: tuple[str, ...]
    manifest: Mapping[str, Any]

    @property
    def name(self) -> str:
        """Name of the folder: ``compare-<base>--<variant>...``."""
        return named([self.base.name, *(v.name for v in self.variants)])

    @property
    def results(self) -> tuple[Result, ...]:
        """The base and the variants, as they were given."""
        return (self.base, *self.variants)

    def report(self, path: Path | str, lang: str = "en") -> Path:
        """Write a report to `path`, one HTML file, and return it; see `jjj_sim.report`."""
        import jjj_sim

        return jjj_sim.report(self, path, lang=lang)

    def save(self, folder: Path | str, fill: Sequence[Filler] = ()) -> Path:
        """Write the comparison's folder whole and return it; each of `fill` may add files to it.

        Beside the differences it keeps every scenario's own result, under ``scenarios/<name>``.
        """
        with whole_folder(Path(folder)) as part:
            digest = write_parquet(self.differences, part / DIFFERENCES_FILE)
            self.table.to_csv(part / VERDICTS_FILE, index=False, lineterminator="\n")
            for result in dict.fromkeys(r.name for r in self.results):
                self.result(result).save(part / SCENARIOS / result)
            write_manifest({**self.manifest, "files": {DIFFERENCES_FILE: digest}}, part)
            for add in fill:
                add(part)
        return Path(folder)

    def to_excel(self, path: Path | str, lang: str = "en") -> Path:
        """Write the workbook and return its path."""
        import jjj_sim

        return jjj_sim.to_excel(self, path, lang=lang)

    def to_csv(self, folder: Path | str, lang: str = "en") -> Path:
        """Write the tables as CSV for spreadsheets and return the folder."""
        import jjj_sim

        return jjj_sim.to_csv(self, folder, lang=lang)

    def _repr_html_(self) -> str:
        import jjj_sim

        return jjj_sim.html(self)

    def result(self, name: str) -> Result:
        """Return the result of the scenario `name`."""
        return next(r for r in self.results if r.name == name)


def load(folder: Path | str) -> Comparison:
    """Return the comparison saved in `folder`; DataError when it is none, or a file is missing or damaged."""
    path = Path(folder)
    if kind_of(path) != KIND:
        raise DataError(f"{path} is no comparison: its {MANIFEST} is not there, or of something else")
    manifest = json.loads((path / MANIFEST).read_text("utf-8"))
    results = [read(path / SCENARIOS / name) for name in (manifest["base"], *manifest["variants"])]
    own = {name: Matter(*numbers) for name, numbers in manifest["matters"].items()}
    found = pair(results[0], results[1:], manifest["warnings"], manifest["wall_seconds"], own)
    return replace(found, manifest=manifest)


def named(scenarios: Sequence[str]) -> str:
    """Return the name of the folder of a comparison of scenarios, the base first."""
    return "compare-" + "--".join(scenarios)


def compare(
    base: str | Path | Scenario,
    *variants: str | Path | Scenario,
    members: int = 10,
    seed: int = 1,
    twin: bool = False,
    fixed_parameters: bool = False,
    matters: Mapping[str, Matter] | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    store: Store | Path | str | None = None,
    quiet: bool = True,
) -> Comparison:
    """Run `base` and each of `variants` with the same seeds and draws and return their differences.

    `matters` replaces by variable how large a difference must be to matter; where members are lived through and kept is
    said as in `run`. ScenarioError when a scenario is not valid
    or no variant is given; otherwise as `run`.
    """
    if not variants:
        raise ScenarioError("compare", ["there is no variant; name a base and at least one variant"])
    settings = [load_scenario(s) for s in (base, *variants)]
    plans = [s.plan() for s in settings]
    start = time.monotonic()
    how: dict[str, Any] = {"twin": twin, "fixed_parameters": fixed_parameters, "quiet": quiet}
    how |= {"workers": workers, "scheduler": scheduler, "store": store}
    results = [judge.run(s, members, seed, **how) for s in settings]
    apart = {s.name: settings_apart(settings[0], s) for s in settings[1:]}
    return pair(results[0], results[1:], warnings(plans), time.monotonic() - start, matters, apart)


def pair(
    base: Result,
    variants: Sequence[Result],
    warned: Sequence[str] = (),
    seconds: float = 0.0,
    matters: Mapping[str, Matter] | None = None,
    apart: Mapping[str, Sequence[str]] | None = None,
) -> Comparison:
    """Return the comparison of results that were run with the same seed.

    `apart` tells by variant what it sets differently from the base, where alarms are to be rung about it.
    """
    own = dict(matters or {})
    pairs = [_pairs(base, variant) for variant in variants]
    differences = pd.concat([rows[list(DIFFERENCES)] for rows in pairs], ignore_index=True)
    table = pd.concat([_table(rows, own) for rows in pairs], ignore_index=True)
    manifest = {
        "kind": KIND,
        **{k: v for k, v in base.manifest.items() if k not in _ITS_OWN},
        "base": base.name,
        "variants": [v.name for v in variants],
        "scenario_sha256": {r.name: r.manifest.get("scenario_sha256") for r in (base, *variants)},
        "failed": {r.name: r.manifest.get("failed", {}) for r in (base, *variants)},
        "from_store": {r.name: r.manifest.get("from_store", 0) for r in (base, *variants)},
        "warnings": list(warned),
        "alarms": of_comparison((base, *variants), differences, apart or {}),
        "matters": own,
        "wall_seconds": round(seconds, 2),
    }
    return Comparison(base, tuple(variants), differences, table, tuple(warned), manifest)


def warnings(plans: Sequence[Plan]) -> list[str]:
    """Return what makes a difference more than one of levers: other assumptions, parameters or horizons."""
    base, found = plans[0], []
    for plan in plans[1:]:
        names = [
            f"assumptions.{name}"
            for name in sorted({*base.assumptions, *plan.assumptions})
            if _points(base, name) != _points(plan, name)
        ]
        names += [
            f"parameters.{process}.{name}"
            for process in sorted({*base.parameters, *plan.parameters})
            for name in sorted({*base.parameters.get(process, {}), *plan.parameters.get(process, {})})
            if base.parameters.get(process, {}).get(name) != plan.parameters.get(process, {}).get(name)
        ]
        if base.end != plan.end:
            names.append("horizon.end")
        if base.residents_per_agent != plan.residents_per_agent:
            names.append("population.residents_per_agent")
        if names:
            found.append(
                f"{base.name} and {plan.name} also differ in {', '.join(names)}: "
                "their difference is not that of the levers alone"
            )
    return found


def _points(plan: Plan, assumption: str) -> list[tuple[int, float]] | None:
    path = plan.assumptions.get(assumption)
    return None if path is None else path.points()


def _pairs(base: Result, variant: Result) -> pd.DataFrame:
    """Return the base's rows, the variant's value beside them and variant less base, where both have a figure."""
    pairs = base.annual.merge(variant.annual[[*KEYS, "value"]], on=KEYS, suffixes=("", "_variant"))
    pairs = pairs[pairs["value"].notna() & pairs["value_variant"].notna()]
    change = pairs["value_variant"] - pairs["value"]
    at_zero = pairs["value"] == 0
    return pairs.assign(
        base=base.name,
        variant=variant.name,
        difference=change,
        relative=change / pairs["value"].abs().mask(at_zero),
    ).reset_index(drop=True)


def _table(pairs: pd.DataFrame, own: Mapping[str, Matter]) -> pd.DataFrame:
    """Return the verdicts of one pair of scenarios."""
    keys = [k for k in KEYS if k != "member"]
    groups = pairs.groupby(keys, observed=True, sort=False)
    row, column = groups.ngroup().to_numpy(), groups.cumcount().to_numpy()
    shape = (int(row.max()) + 1, int(column.max()) + 1) if len(row) else (0, 1)
    change, level = np.full(shape, np.nan), np.full(shape, np.nan)
    change[row, column], level[row, column] = pairs["difference"], pairs["value"]
    first = groups[["base", "variant", "unit"]].first().reset_index()
    first["base_median"] = np.nanmedian(level, axis=1)
    first["matters"] = thresholds(first["variable"], first["unit"], first["base_median"].to_numpy(), own)
    return pd.concat([first, summaries(change, first["matters"].to_numpy())], axis=1)[list(VERDICTS)]
