"""How much of Beijing's technology sales gravity explains, year by year, and what is left as trend and dip.

    python validation/contract_trend.py [--scenario baseline]

Runs the twin to 2024 twice. Without trend and dip the gap to the published series is regressed on a trend and
a dip in 2021-22 (all years), on a trend to 2020, and on a trend and a step in 2023: the estimates stand behind
`innovation.trend` and `innovation.dip`. With the parameters as they are it prints the error of every year,
the scale of Hebei's own count, and two figures that nothing was fitted to.
"""

from __future__ import annotations

import argparse
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.quarters import FIRST_YEAR, parse
from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.research import AREAS
from jjj_sim.regions.jingjinji.statistics.tables import series, value
from jjj_sim.running import clock
from jjj_sim.scenario import load_scenario
from jjj_sim.state.world import World

F64 = NDArray[np.float64]
YEARS = range(FIRST_YEAR, 2025)
TABLE, FLOW = "region_series", "tech_contract_flow_to_tianjin_hebei"
PROVINCE = REGION.province[:N_ZONES]


def contracts(scenario: str, **changes: float) -> F64:
    """Return the twin's contracts by year and province, from, to: shape (n_years, 3, 3), bn yuan."""
    settings: dict[str, Any] = {f"parameters.innovation.{k}": v for k, v in changes.items()}
    plan = load_scenario(scenario, **settings).plan()
    found: list[F64] = []

    def keep(world: World) -> None:
        found.append(world.flows.technology_contracts.copy())

    clock.simulate(clock.build(plan, 1, twin=True), until=parse("2024Q4"), on_quarter=keep)
    member = (PROVINCE[None, :] == np.arange(3)[:, None]).astype(float)
    return np.asarray(member @ np.array(found).reshape(len(YEARS), 4, N_ZONES, N_ZONES).sum(axis=1) @ member.T)


def fit(gap: F64, columns: list[F64]) -> tuple[F64, F64, float, float]:
    """Return least-squares coefficients, their standard errors, the residual sd and the BIC."""
    x = np.column_stack([np.ones(len(gap)), *columns])
    b = np.linalg.lstsq(x, gap, rcond=None)[0]
    left = gap - x @ b
    n, k = x.shape
    variance = left @ left / (n - k)
    errors = np.sqrt(np.diag(np.linalg.inv(x.T @ x)) * variance)
    bic = float(n * np.log(left @ left / n) + k * np.log(n))
    return np.asarray(b), np.asarray(errors), float(np.sqrt(variance)), bic


def main() -> None:
    """Print the fits, the errors and the figures never fitted."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--scenario", default="baseline")
    scenario = parser.parse_args().scenario
    published = np.array([series(TABLE, FLOW, "beijing")[y] for y in YEARS])
    bare = contracts(scenario, trend=0.0, dip=0.0)[:, 0, 1:].sum(axis=1)
    span = len(YEARS) - 1
    print(f"growth a year, log: published {np.log(published[-1] / published[0]) / span:.3f}, ", end="")
    print(f"gravity {np.log(bare[-1] / bare[0]) / span:.3f}")
    gap, time, year = np.log(published / bare), np.arange(len(YEARS), dtype=float), np.array(YEARS)
    dip, step, early = ((year == 2021) | (year == 2022)).astype(float), (year >= 2023).astype(float), year <= 2020
    cases = (("trend and dip", gap, [time, dip]), ("trend and step", gap, [time, step]), ("trend", gap, [time]))
    for name, y, columns in (*cases, ("trend to 2020", gap[early], [time[early]])):
        b, errors, sd, bic = fit(y, columns)
        terms = ", ".join(f"{x:.3f} ({e:.3f})" for x, e in zip(b[1:], errors[1:], strict=True))
        print(f"{name:15s} {terms:32s} sd {sd:.3f}  BIC {bic:.0f}")
    found = contracts(scenario)
    sold = found[:, 0, 1:].sum(axis=1)
    for y, p, m in zip(YEARS, published, sold, strict=True):
        print(f"{y}  published {p:6.2f}  model {m:6.2f}  log error {np.log(m / p):+.3f}")
    counted = series(TABLE, "tech_contracts_absorbed_from_jingjin", "hebei_official")
    scales = {y: round(float(counted[y] / found[y - FIRST_YEAR, :2, 2].sum()), 2) for y in counted}
    print(f"Hebei's own count over the model: {scales}")
    mutual = value(TABLE, "tech_contracts_mutual_value", "jjj", 2023)
    across = found[2023 - FIRST_YEAR][~np.eye(3, dtype=bool)].sum()
    print(f"never fitted: sold between the provinces in 2023, published {mutual:.1f}, model {across:.1f}")
    for p, area in enumerate(AREAS):
        for name, side in (("output", found[:, p]), ("absorbed", found[:, :, p])):
            total = series(TABLE, f"tech_contracts_{name}_value", area)
            over = [y for y in YEARS if y in total and side[y - FIRST_YEAR].sum() > total[y]]
            print(f"  {area} {name}: over the published total in {over or 'no year'}")


if __name__ == "__main__":
    main()
