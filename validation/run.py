"""Ask the model for published facts it was not fitted to, and write the page that says how it does.

    python validation/run.py [--only NAME] [--members 12] [--seeds 3] [--out docs/validation]

NAME is an experiment or a fact. Without --only every fact is asked and OUT.md and OUT/*.png are written anew;
with it the answers are printed and the figures renewed.
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

import air
import hukou
import migration
import multipliers
import places
import policy
import pollution
import railways
import relief
import sizes
import subcentre
import unasked
import wages
from fact import Experiment, Fact, Finding, Results, Trial
from lab import Draw, opens
from page import write_page
from picture import draw as draw_picture
from priors import parameter_draws

MODULES = (
    relief,
    policy,
    pollution,
    air,
    subcentre,
    railways,
    hukou,
    migration,
    wages,
    places,
    multipliers,
    sizes,
    unasked,
)
FACTS: tuple[Fact, ...] = tuple(fact for module in MODULES for fact in module.FACTS)
ROOT = Path(__file__).resolve().parents[1]
_CANDIDATES_A_MEMBER = 3


def experiments(facts: Sequence[Fact], by_seed: bool) -> list[Experiment]:
    """Return the experiments that the facts need, each once, in order."""
    found = [fact.experiment for fact in facts if fact.experiment is not None]
    return [e for e in dict.fromkeys(found) if e.by_seed == by_seed]


def live(names: Sequence[str], by_seed: bool, number: int, settings: dict[str, float]) -> dict[str, Trial]:
    """Return the trials of the experiments `names` for one draw or seed."""
    draw = Draw(number, settings, seed=number if by_seed else 0)
    return {e.name: e.trial(draw) for e in experiments(FACTS, by_seed) if e.name in names}


def main() -> None:
    """Run, print, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", help="one experiment or fact")
    parser.add_argument("--members", type=int, default=12, help="draws of the parameters")
    parser.add_argument("--seeds", type=int, default=3, help="seeds, where agents are needed")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "validation")
    parser.add_argument("--workers", type=int, default=min(2, os.cpu_count() or 1))
    args = parser.parse_args()
    facts = [f for f in FACTS if args.only in (None, f.name, f.experiment.name if f.experiment else "")]
    if not facts:
        parser.error(f"no fact or experiment {args.only!r}; there are {', '.join(f.name for f in FACTS)}")
    began = time.time()
    by_draw, by_seed = ([e.name for e in experiments(facts, seeds)] for seeds in (False, True))
    os.environ.setdefault("NUMBA_NUM_THREADS", "1")  # read by the workers, which share the machine
    with ProcessPoolExecutor(args.workers, mp_context=get_context("spawn")) as pool:
        seeded = [pool.submit(live, by_seed, True, m, {}) for m in range(args.seeds)] if by_seed else []
        candidates = parameter_draws(_CANDIDATES_A_MEMBER * args.members) if by_draw else []
        numbers: list[int] = []
        for first in range(0, len(candidates), args.members):
            if len(numbers) < args.members:
                stand = pool.map(opens, candidates[first : first + args.members])
                numbers += [first + k for k, stands in enumerate(stand) if stands]
        numbers = numbers[: args.members]
        drawn = pool.map(partial(live, by_draw, False), numbers, [candidates[k] for k in numbers])
        trials: list[dict[str, Trial]] = []
        for lived in chain(drawn, (future.result() for future in seeded)):
            trials.append(lived)
            print(f"{len(trials)} of {len(numbers) + len(seeded)} lived, {time.time() - began:.0f} s", flush=True)
    args.out.mkdir(parents=True, exist_ok=True)
    found: list[tuple[Fact, Finding]] = []
    for fact in facts:
        name = fact.experiment.name if fact.experiment else ""
        results = Results([t[name] for t in trials if name in t])
        finding = fact.finding(results)
        found.append((fact, finding))
        print(
            f"{fact.name:28s} {finding.median:9.3g} [{finding.low:.3g}, {finding.high:.3g}] {fact.unit}: "
            f"{finding.verdict}"
        )
        if results.trials and finding.finite:
            draw_picture(fact, results, finding, args.out / f"{fact.name}.png")
    if args.only is None:
        tried = numbers[-1] + 1 if numbers else 0
        write_page(args.out, found, draws=len(numbers), tried=tried, seeds=len(seeded))
    print(f"{time.time() - began:.0f} s")


if __name__ == "__main__":
    main()
