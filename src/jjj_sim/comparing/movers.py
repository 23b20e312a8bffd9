"""Who moved because of a policy: agents of two runs with the same luck, matched by their keys.

    moved(a, b)   who lives in zone a in the base and in b in the variant
    out, in       who is in the region in one of the two runs only: elsewhere in China, or not born, dead, not founded

so that for every zone  sum over a of moved(a, z) - sum over b of moved(z, b) + in(z) - out(z)  is the difference of
its residents, and of its legal units, to the person.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.draws import member_seed
from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say
from jjj_sim.policy.plan import Plan
from jjj_sim.progress import Progress
from jjj_sim.region import Region
from jjj_sim.running import clock
from jjj_sim.running.beside import opened, write_scenarios
from jjj_sim.running.provenance import n_processors, provenance
from jjj_sim.running.result import Filler, whole_folder, write_manifest
from jjj_sim.running.workers import Workers, tick
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.scenario.posterior import drawn, draws_of

KIND, TABLE = "movers", "movers.csv"
KINDS = {"residents": "persons", "firms": "units"}
COLUMNS = ("member", "kind", "origin", "destination", "value", "unit")
# Where one is who is in the region in one of the two runs only.
NOWHERE = "elsewhere"


class Places(NamedTuple):
    """Agents of a run by their keys (n,): zone as an index, and what each stands for."""

    id: NDArray[np.uint64]
    zone: NDArray[np.int64]
    weight: NDArray[np.float64]


@dataclass(frozen=True)
class Movers:
    """`table`: one row per member, kind (residents, firms), zone in the base and other zone in the variant."""

    base: Scenario
    variant: Scenario
    table: pd.DataFrame
    manifest: Mapping[str, Any]

    def save(self, folder: Path | str, fill: Sequence[Filler] = ()) -> Path:
        """Write the folder whole and return it; each of `fill` may add files to it."""
        with whole_folder(Path(folder)) as part:
            self.table.to_csv(part / TABLE, index=False, lineterminator="\n")
            write_scenarios(part, (self.base, self.variant))
            write_manifest({**self.manifest, "files": {}}, part)
            for add in fill:
                add(part)
        return Path(folder)


def named(base: str, variant: str) -> str:
    """Return the name of the folder."""
    return f"movers-{base}--{variant}"


def load(folder: Path | str) -> Movers:
    """Return the movers saved in `folder`; DataError when it holds none, or a file is missing."""
    path = Path(folder)
    manifest, (base, variant) = opened(path, KIND, "folder of movers", [TABLE], ("base", "variant"))
    return Movers(base, variant, pd.read_csv(path / TABLE), manifest)


def movers(
    base: str | Path | Scenario,
    variant: str | Path | Scenario,
    members: int = 4,
    seed: int = 1,
    year: int = 2030,
    *,
    fixed_parameters: bool = False,
    quiet: bool = True,
) -> Movers:
    """Run members of both scenarios to the end of `year` with the same luck and draw, and match their agents.

    ScenarioError where a scenario is not valid, or does not reach the year.
    """
    if members < 1:
        raise ScenarioError("--members", [f"{members} is not a number of members; the least is 1"])
    settings = [_until(load_scenario(s), year) for s in (base, variant)]
    known = None if fixed_parameters else draws_of(settings[0].region)
    jobs = [
        ((s if known is None else drawn(s, known.of(m))).plan(), member_seed(seed, m))
        for m in range(members)
        for s in settings
    ]
    found: dict[int, Mapping[str, Places]] = {}
    with Progress("movers", sum(plan.end + 1 for plan, _ in jobs), quiet=quiet) as progress:
        if min(len(jobs), n_processors()) == 1:
            found = {i: places(plan, luck, progress.step) for i, (plan, luck) in enumerate(jobs)}
        else:
            with Workers(min(len(jobs), n_processors())) as workers:
                for i, outcome in workers.outcomes(_work, jobs, lambda: progress.at(workers.ticks)):
                    if isinstance(outcome, BaseException):
                        raise outcome
                    found[i] = outcome
    region = settings[0].region
    rows = [
        {"member": m, "kind": kind, **row, "unit": unit}
        for m in range(members)
        for kind, unit in KINDS.items()
        for row in matched(found[2 * m][kind], found[2 * m + 1][kind], region)
    ]
    one, two = settings
    told = {"kind": KIND, **regions.told(region), "base": one.name, "variant": two.name, "year": year}
    told |= {"titles": {s.name: [s.title, s.title_zh or s.title] for s in settings}}
    told |= {"members": members, "seed": seed, "residents_per_agent": one.residents_per_agent}
    told |= {"draws": None if known is None else known.sha256, **provenance(region)}
    return Movers(one, two, pd.DataFrame(rows, columns=list(COLUMNS)), told)


def _until(scenario: Scenario, year: int) -> Scenario:
    settings: dict[str, Any] = {"horizon.end": f"{year}Q4"}
    if load_scenario(scenario, **settings).end > scenario.end:
        raise ScenarioError("movers", [say("not_reached", scenario=scenario.name, year=year)])
    return load_scenario(scenario, **settings)


def places(plan: Plan, luck: int, tick: Any) -> Mapping[str, Places]:
    """Return where the agents of one member are when it ends."""
    world = clock.build(plan, luck, twin=False)
    clock.simulate(world, on_quarter=lambda _: tick())
    residents, firms = world.residents, world.firms
    legal = np.flatnonzero(firms.flags == 0)
    return {
        "residents": Places(residents.id.copy(), residents.zone.astype(np.int64), residents.weight.astype(np.float64)),
        "firms": Places(firms.id[legal], firms.zone[legal].astype(np.int64), firms.weight[legal].astype(np.float64)),
    }


def _work(plan: Plan, luck: int) -> Mapping[str, Places]:
    return places(plan, luck, tick)


def matched(base: Places, variant: Places, region: Region) -> list[dict[str, Any]]:
    """Return one row per pair of different zones that agents of one key have in the base and in the variant.

    Where one stands for less in one of the runs, the rest is in the other only.
    """
    n = region.n_zones
    _, one, two = np.intersect1d(base.id, variant.id, assume_unique=True, return_indices=True)
    both = np.minimum(base.weight[one], variant.weight[two])
    table = np.zeros((n + 1, n + 1))
    np.add.at(table, (base.zone[one], variant.zone[two]), both)
    for run, index, axis in ((base, one, 0), (variant, two, 1)):
        left = run.weight.copy()
        left[index] -= both
        alone = np.bincount(run.zone, weights=left, minlength=n)
        if axis == 0:
            table[:n, n] += alone
        else:
            table[n, :n] += alone
    np.fill_diagonal(table, 0.0)
    names = [*region.ids, NOWHERE]
    return [
        {"origin": names[a], "destination": names[b], "value": float(table[a, b])} for a, b in np.argwhere(table > 0.0)
    ]


def net(table: pd.DataFrame, kind: str) -> pd.DataFrame:
    """Return by member (rows) and zone (columns) who came less who went: the difference of residents or units."""
    rows = table[table["kind"] == kind]
    came = rows.groupby(["member", "destination"])["value"].sum().unstack(fill_value=0)
    went = rows.groupby(["member", "origin"])["value"].sum().unstack(fill_value=0)
    return came.sub(went, fill_value=0.0).drop(columns=NOWHERE, errors="ignore").fillna(0.0)


def pairs(found: Movers, kind: str) -> pd.DataFrame:
    """Return one row per pair of zones between which more moved one way than the other, the largest first.

    `origin`, `destination`, `net`: the mean over members of who moved less who moved the other way; `each`: of all who
    moved. Where one end is `elsewhere` it is who is in the region in one of the two runs only.
    """
    members = int(found.manifest["members"])
    rows = found.table[found.table["kind"] == kind].groupby(["origin", "destination"])["value"].sum()
    there = {
        (str(r["origin"]), str(r["destination"])): float(r["value"]) / members
        for r in rows.reset_index().to_dict("records")
    }
    told = []
    for (a, b), value in there.items():
        back = there.get((b, a), 0.0)
        if value > back or (value == back and a < b):
            told.append({"origin": a, "destination": b, "net": value - back, "each": value + back})
    table = pd.DataFrame(told, columns=["origin", "destination", "net", "each"])
    return table.sort_values("net", ascending=False, kind="stable").reset_index(drop=True)
