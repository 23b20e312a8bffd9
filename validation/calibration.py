"""Calibrate, hold out, recover, and write the page that says what came of it.

    python validation/calibration.py [--quick] [--origins 2016,2018,2020,2022] [--truths 20] [--workers N]
                                     [--out results/calibrating]

Writes docs/calibration.md and docs/images/calibration_*.png. What was made before by the same sources is read from
--out; without truths (0) what the page says of them stays. Nothing of the model is set here.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

import holdout
from calibration_page import write_page
from jjj_sim import charts, regions
from jjj_sim.calibrating import FULL, QUICK, calibration
from jjj_sim.calibrating.figures import figures
from jjj_sim.calibrating.problem import problem
from jjj_sim.calibrating.recovery import recovery
from jjj_sim.calibrating.runs import Runs
from jjj_sim.calibrating.space import space
from jjj_sim.calibrating.twin import twin
from jjj_sim.progress import Progress
from jjj_sim.running.provenance import n_processors
from jjj_sim.sources import code_sha256

ROOT = Path(__file__).resolve().parents[1]
_MOST = 3

# Charts of the page; the fit of every series is too large for it.
_SHOWN = ("loss", "parameters")


def recovered(folder: Path, truths: int, workers: int | None) -> pd.DataFrame:
    """Return what became of `truths` known points; the runs are kept in `folder`, under the code they were made by."""
    region = regions.default()
    here = space(region)
    points = folder / code_sha256()[:12]
    n = n_processors() if workers is None else workers
    total = truths * (1 + (_MOST - 1) * (len(here) + 1)) + len(here) + 1
    with Progress("recovery", total) as progress, Runs(twin("baseline"), n, points, progress) as runs:
        asked = problem(runs, here, figures(runs.model.figures, region))
        return recovery(asked, truths, _MOST)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--origins", default=",".join(map(str, holdout.ORIGINS)))
    parser.add_argument("--truths", type=int, default=20)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "calibrating")
    args = parser.parse_args(arguments)
    asked = calibration.Request(effort=QUICK if args.quick else FULL)
    found = holdout.calibrated(args.out / "baseline", asked, args.workers)
    origins = [int(year) for year in args.origins.split(",")]
    rows = holdout.lived(args.out / "holdout", origins, args.workers)
    truths = recovered(args.out / "recovery", args.truths, args.workers) if args.truths else None
    images = ROOT / "docs" / "images"
    for path in charts.draw(found, args.out / "charts", formats=("png",)):
        if path.stem in _SHOWN:
            (images / f"calibration_{path.name}").write_bytes(path.read_bytes())
    rows.to_csv(args.out / "holdout.csv", index=False)
    if truths is not None:
        truths.to_csv(args.out / "recovery.csv", index=False)
    write_page(ROOT / "docs" / "calibration.md", found, rows, truths)
    print(holdout.wins(rows).to_string(index=False))


if __name__ == "__main__":
    main()
