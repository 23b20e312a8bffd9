"""Compare policies: paired members that share their luck, the differences, their intervals, a plain verdict.

    d_m = variant_m - base_m          member by member, so that luck common to both cancels
    median and 90 % interval: quantiles .05, .5, .95 of d over members
    mean and its 90 % interval: mean +- t(.95, n - 1) s / sqrt(n)

The verdict, by the first rule that holds: all d are zero; all have one sign; nine in ten have one sign; the
interval of the mean leaves out zero; otherwise the difference is not clear.
"""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import t as student

from jjj_sim.errors import ScenarioError
from jjj_sim.policy.plan import Plan
from jjj_sim.running import ensemble
from jjj_sim.running.result import Filler, Result, whole_folder, write_manifest, write_parquet
from jjj_sim.scenario import Scenario, load_scenario

F64 = NDArray[np.float64]
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
)


@dataclass(frozen=True)
class Comparison:
    """A base and its variants run with the same luck.

    `differences`: one row per member and figure; `table`: median, intervals and verdict over members by
    variable, area and year; `warnings`: what else differs between the scenarios besides their levers.
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

    def save(self, folder: Path | str, fill: Sequence[Filler] = ()) -> Path:
        """Write the comparison's folder whole and return it; each of `fill` may add files to it."""
        with whole_folder(Path(folder)) as part:
            digest = write_parquet(self.differences, part / "differences.parquet")
            self.table.to_csv(part / "verdicts.csv", index=False, lineterminator="\n")
            write_manifest({**self.manifest, "files": {"differences.parquet": digest}}, part)
            for add in fill:
                add(part)
        return Path(folder)


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
    quiet: bool = True,
) -> Comparison:
    """Run `base` and each of `variants` with the same seeds and draws and return their differences.

    ScenarioError when a scenario is not valid or no variant is given; otherwise as `run`.
    """
    if not variants:
        raise ScenarioError("compare", ["there is no variant; name a base and at least one variant"])
    settings = [load_scenario(s) for s in (base, *variants)]
    plans = [s.plan() for s in settings]
    start = time.monotonic()
    results = [
        ensemble.run(s, members, seed, twin=twin, fixed_parameters=fixed_parameters, quiet=quiet) for s in settings
    ]
    return pair(results[0], results[1:], warnings(plans), time.monotonic() - start)


def pair(base: Result, variants: Sequence[Result], warned: Sequence[str] = (), seconds: float = 0.0) -> Comparison:
    """Return the comparison of results that were run with the same seed."""
    parts = [_differences(base, variant) for variant in variants]
    differences = pd.concat(parts, ignore_index=True)
    table = pd.concat([_table(d) for d in parts], ignore_index=True)
    manifest = {
        **{k: v for k, v in base.manifest.items() if k not in ("files", "scenario", "title", "title_zh")},
        "base": base.name,
        "variants": [v.name for v in variants],
        "scenario_sha256": {r.name: r.manifest.get("scenario_sha256") for r in (base, *variants)},
        "failed": {r.name: r.manifest.get("failed", {}) for r in (base, *variants)},
        "warnings": list(warned),
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


def _differences(base: Result, variant: Result) -> pd.DataFrame:
    """Return variant less base, row by row, where both have a figure."""
    pairs = base.annual.merge(variant.annual[[*KEYS, "value"]], on=KEYS, suffixes=("", "_variant"))
    pairs = pairs[pairs["value"].notna() & pairs["value_variant"].notna()]
    change = pairs["value_variant"] - pairs["value"]
    at_zero = pairs["value"] == 0
    return pairs.assign(
        base=base.name,
        variant=variant.name,
        difference=change,
        relative=change / pairs["value"].abs().mask(at_zero),
    ).reset_index(drop=True)[list(DIFFERENCES)]


def _table(differences: pd.DataFrame) -> pd.DataFrame:
    """Return the verdicts of one pair of scenarios."""
    keys = [k for k in KEYS if k != "member"]
    grouped = differences.groupby(keys, observed=True, sort=False)
    first = grouped[["base", "variant", "unit"]].first().reset_index()
    found = [summary(d.to_numpy()) for _, d in grouped["difference"]]
    return pd.concat([first, pd.DataFrame(found)], axis=1)[list(VERDICTS)]


def summary(d: F64) -> dict[str, object]:
    """Return the statistics and the verdict of differences `d` over members."""
    low, median, high = np.quantile(d, [0.05, 0.5, 0.95])
    mean, reach = float(d.mean()), np.nan
    if len(d) > 1:
        reach = float(student.ppf(0.95, len(d) - 1) * d.std(ddof=1) / np.sqrt(len(d)))
    leading = np.sign(median) or np.sign(mean)
    same = float((np.sign(d) == leading).mean())
    english, chinese = _verdict(d, mean, reach, same if leading else 0.0, leading > 0)
    return {
        "median": float(median),
        "low": float(low),
        "high": float(high),
        "mean": mean,
        "mean_low": mean - reach,
        "mean_high": mean + reach,
        "same_sign_share": same,
        "verdict": english,
        "verdict_zh": chinese,
    }


def _verdict(d: F64, mean: float, reach: float, same: float, higher: bool) -> tuple[str, str]:
    """Return the plain verdict in English and Chinese."""
    n = len(d)
    en, zh = ("higher", "较高") if higher else ("lower", "较低")
    if not d.any():
        return "exactly the same", "完全相同"
    if n == 1:
        return f"{en} (one member)", f"{zh}(单次运行)"
    if same == 1.0:
        return f"{en} in all {n} members", f"全部{n}次运行均{zh}"
    if same >= 0.9:
        return en, zh
    if abs(mean) > reach:
        on_average = ("higher", "较高") if mean > 0 else ("lower", "较低")
        return f"{on_average[0]} on average", f"平均{on_average[1]}"
    return "no clear difference", "无明显差异"
