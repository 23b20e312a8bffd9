"""Ask the model for published facts it was not fitted to, and write the page that says how it does.

    python validation/run.py [--only NAME] [--members 12] [--seeds 3] [--out docs/validation] [--posterior]

NAME is an experiment or a fact. Without --only every fact is asked and OUT.md and OUT/*.png are written anew;
with it the answers are printed and the figures renewed. Draws are of the priors; with --posterior they are the first
ones of the region's posterior, its most central stands for the defaults, and OUT.csv is all that is written.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import pandas as pd

import air
import hukou
import migration
import multipliers
import places
import policy
import pollution
import railways
import registration
import relief
import sizes
import spending
import subcentre
import wages
from fact import Experiment, Fact, Finding, Results, Trial
from jjj_sim import regions
from jjj_sim.scenario.posterior import draws_of
from lab import Draw, opens
from page import write_page
from picture import draw as draw_picture
from priors import parameter_draws

BLOCKS: dict[str, tuple[Fact, ...]] = {
    "relief": relief.FACTS,
    "the programme": policy.FACTS,
    "air": pollution.FACTS + air.FACTS,
    "housing": subcentre.FACTS,
    "railways": railways.FACTS,
    "hukou and migration": hukou.FACTS + registration.FACTS + migration.FACTS + wages.FACTS,
    "zones": places.FACTS,
    "labour": multipliers.FACTS + spending.FACTS,
    "sizes": sizes.FACTS,
}
FACTS = tuple(fact for block in BLOCKS.values() for fact in block)
ROOT = Path(__file__).resolve().parents[1]
_CANDIDATES_A_MEMBER = 3


def experiments(facts: Sequence[Fact], by_seed: bool) -> list[Experiment]:
    """Return the experiments that the facts need, each once, in order."""
    found = [fact.experiment for fact in facts if fact.experiment is not None]
    return [e for e in dict.fromkeys(found) if e.by_seed == by_seed]


class Lives(NamedTuple):
    """Trials by experiment, of each draw with its parameters, of the defaults, and of each seed; `tried` draws."""

    draws: list[dict[str, Trial]]
    settings: list[dict[str, float]]
    default: dict[str, Trial]
    seeds: list[dict[str, Trial]]
    tried: int

    def of(self, experiment: Experiment) -> Results:
        """Return the results of one experiment."""
        name = experiment.name
        if experiment.by_seed:
            return Results([trials[name] for trials in self.seeds])
        return Results([trials[name] for trials in self.draws], self.settings, self.default[name])


def live(names: Sequence[str], by_seed: bool, number: int, settings: dict[str, float]) -> dict[str, Trial]:
    """Return the trials of the experiments `names` for one draw or seed."""
    draw = Draw(number, settings, seed=number if by_seed else 0)
    return {e.name: e.trial(draw) for e in experiments(FACTS, by_seed) if e.name in names}


def posterior_draws(n: int) -> list[dict[str, float]]:
    """Return the parameters of the region's first `n` draws; facts are of years whose outside world is known."""
    draws = draws_of(regions.default())
    if draws is None:
        raise SystemExit("the region has no posterior; make one: jjj-sim calibrate --ship")
    found = [draws.of(k) for k in range(n)]
    return [{name: value for name, value in draw.items() if name.startswith("parameters.")} for draw in found]


def lives(facts: Sequence[Fact], members: int, seeds: int, workers: int, posterior: bool = False) -> Lives:
    """Live the experiments of `facts` over draws whose opening stands, over the defaults and over seeds.

    With `posterior` the draws are the region's, and the first of them stands for the defaults.
    """
    by_draw, by_seed = ([e.name for e in experiments(facts, seeded)] for seeded in (False, True))
    os.environ.setdefault("NUMBA_NUM_THREADS", "1")  # read by the workers, which share the machine
    began = time.time()
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        seeded = [pool.submit(live, by_seed, True, m, {}) for m in range(seeds if by_seed else 0)]
        drawer = posterior_draws if posterior else parameter_draws
        candidates = drawer(_CANDIDATES_A_MEMBER * members) if by_draw else []
        stand: list[int] = []
        for first in range(0, len(candidates), members):
            if len(stand) < members:
                opened = pool.map(opens, candidates[first : first + members])
                stand += [first + k for k, does in enumerate(opened) if does]
        stand = stand[:members]
        settings = [candidates[k] for k in stand]
        usual = candidates[0] if posterior and candidates else {}
        drawn = [pool.submit(live, by_draw, False, len(candidates), usual) for _ in by_draw[:1]]
        drawn += [pool.submit(live, by_draw, False, k, candidates[k]) for k in stand]
        for number, future in enumerate(as_completed([*seeded, *drawn]), start=1):
            future.result()
            print(f"{number} of {len(seeded) + len(drawn)} lived, {time.time() - began:.0f} s", flush=True)
    default, *rest = [future.result() for future in drawn] or [{}]
    return Lives(rest, settings, default, [future.result() for future in seeded], stand[-1] + 1 if stand else 0)


def main() -> None:
    """Run, print, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="one experiment or fact")
    parser.add_argument("--members", type=int, default=12, help="draws of the parameters")
    parser.add_argument("--seeds", type=int, default=3, help="seeds, where agents are needed")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "validation")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    parser.add_argument("--posterior", action="store_true", help="draws of the region's posterior, not of the priors")
    args = parser.parse_args()
    facts = [f for f in FACTS if args.only in (None, f.name, f.experiment.name if f.experiment else "")]
    if not facts:
        parser.error(f"no fact or experiment {args.only!r}; there are {', '.join(f.name for f in FACTS)}")
    lived = lives(facts, args.members, args.seeds, args.workers, args.posterior)
    found: list[Finding] = []
    if not args.posterior:
        args.out.mkdir(parents=True, exist_ok=True)
    for fact in facts:
        results = lived.of(fact.experiment) if fact.experiment else None
        finding = fact.finding(results)
        found.append(finding)
        band = f"{finding.median:9.3g} [{finding.low:.3g}, {finding.high:.3g}]"
        print(f"{fact.name:28s} {band} {fact.unit}: {finding.verdict}")
        if args.posterior:
            continue
        picture = args.out / f"{fact.name}.png"
        if results is not None and finding.finite:
            draw_picture(fact, results, finding, picture)
        elif picture.exists():
            picture.unlink()
    if args.posterior:
        rows = [
            {"fact": f.fact.name, "verdict": f.verdict, "median": f.median, "low": f.low, "high": f.high} for f in found
        ]
        pd.DataFrame(rows).to_csv(args.out.with_suffix(".csv"), index=False, lineterminator="\n")
    elif args.only is None:
        by_name = {finding.fact.name: finding for finding in found}
        blocks = {block: [by_name[fact.name] for fact in facts] for block, facts in BLOCKS.items()}
        write_page(args.out, blocks, draws=len(lived.draws), tried=lived.tried, seeds=len(lived.seeds))


if __name__ == "__main__":
    main()
