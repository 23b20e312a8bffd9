"""Write the page of the calibration from a folder of `jjj-sim calibrate` and one of `jjj-sim validate`.

    jjj-sim calibrate --out results/calibration
    jjj-sim validate --out results/validation
    jjj-sim run baseline --members 40 --scale 2000
    python validation/calibration.py [--calibration results/calibration] [--validation results/validation]
        [--run results/baseline]

Writes docs/calibration.md between its marks and docs/images/calibration_*.png. Runs nothing; a folder that is not there
leaves its part of the page as it is.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Sequence
from pathlib import Path

from calibration_page import fit, write_page
from evidence_page import beside
from holdout_page import out_of_sample, recovered
from images import keep
from jjj_sim import charts
from jjj_sim.calibrating import calibration
from jjj_sim.running.result import kind_of, load
from jjj_sim.validating import validation

ROOT = Path(__file__).resolve().parents[1]
# Charts of the page; the fit of every series is too large for it.
_SHOWN = ("loss", "parameters", "coverage", "skill", "reliability")


def main(arguments: Sequence[str] | None = None) -> None:
    """Read the folders, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calibration", type=Path, default=ROOT / "results" / "calibration")
    parser.add_argument("--validation", type=Path, default=ROOT / "results" / "validation")
    parser.add_argument("--run", type=Path, default=ROOT / "results" / "baseline")
    args = parser.parse_args(arguments)
    parts: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as drawn:
        if kind_of(args.calibration) == calibration.KIND:
            found = calibration.load(args.calibration)
            parts["fit"] = fit(found)
            charts.draw(found, drawn, formats=("png",))
        if kind_of(args.validation) == validation.KIND:
            judged = validation.load(args.validation)
            parts["holdout"] = out_of_sample(judged)
            if len(judged.recovery):
                parts["recovery"] = recovered(judged.recovery)
            charts.draw(judged, drawn, formats=("png",))
        for path in Path(drawn).glob("*.png"):
            if path.stem in _SHOWN:
                keep(path, ROOT / "docs" / "images" / f"calibration_{path.name}")
    if args.run.is_dir():
        parts["evidence"] = beside(load(args.run))
    write_page(ROOT / "docs" / "calibration.md", parts)
    print("docs/calibration.md:", ", ".join(parts) or "no folder was there, nothing was written")


if __name__ == "__main__":
    main()
