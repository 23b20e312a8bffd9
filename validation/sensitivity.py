"""Which parameters decide 2030, and which decide what three policies change; writes docs/sensitivity.md and pictures.

    python validation/sensitivity.py --trajectories 10 --samples 64 --top 10

First the baseline alone, then with its variants, which share every point with it, so that a difference is that of the
policy alone. Finished runs are kept under results/ until the page is written, and what was interrupted goes on from
there. Nothing of the model is set here.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path

from calibration_page import between, table
from errors_page import filled
from images import keep
from jjj_sim import charts
from jjj_sim.calibrating.workspace import REQUEST
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.sensitivity import Request, Sensitivity, analysis
from jjj_sim.sensitivity.outcomes import DIFFERENCE, LEVEL
from jjj_sim.sensitivity.reading import effects, title, way
from jjj_sim.sensitivity.words import called
from jjj_sim.sources import code_sha256
from jjj_sim.wording.units import number, unit_for

ROOT = Path(__file__).resolve().parents[1]
# Charts of the page, by what they stand below.
_SHOWN = {
    LEVEL: {"morris": "What decides the levels", "sobol": "Parts of the variance"},
    DIFFERENCE: {"morris-no_xiongan_investment": "What decides the effect of investment in Xiong'an"},
}
_SIGN = {1: "+", -1: "-", 0: "both ways"}
_MOST = 4
# Indices whose interval is wider than this each way tell nothing and are left out.
_WIDE = 0.2


def policies() -> list[Scenario]:
    """Return what the baseline is compared with: three policies that never were."""
    off = load_scenario("baseline", **{"levers.xiongan_investment.path": [["2013Q1", 0.0]]})
    named = {"title": "No public investment in Xiong'an", "title_zh": "不对雄安新区进行公共投资"}
    unbuilt = dataclasses.replace(off, name="no_xiongan_investment", **named)
    return [unbuilt, load_scenario("no_relief"), load_scenario("no_rail_after_2013")]


def lived(out: Path, variants: Sequence[Scenario], asked: Request, workers: int | None) -> Sensitivity:
    """Return the analysis saved in `out`, gone on with where these sources have begun the same one there."""
    workspace = out.with_name(out.name + ".unfinished")
    told = json.loads((workspace / REQUEST).read_text("utf-8")) if (workspace / REQUEST).is_file() else {}
    wanted = json.loads(json.dumps(dataclasses.asdict(asked))) | {"code": code_sha256()}
    if {**told, **wanted} == told:
        found = analysis.resume(workspace, workers=workers, quiet=False)
    else:
        found = analysis.analyse("baseline", variants, asked, workers=workers, workspace=workspace, quiet=False)
    found.save(out)
    return found


def draw(found: Sensitivity, kind: str, images: Path) -> None:
    """Draw the charts that the page shows, in few colours, so that they are small."""
    with tempfile.TemporaryDirectory() as folder:
        for path in charts.draw(found, folder, formats=("png",)):
            if path.stem in _SHOWN[kind]:
                keep(path, images / f"sensitivity_{path.name}")


def write_page(file: Path, found: Sensitivity, kind: str) -> None:
    """Write what was found of levels or of differences between the marks of `file`."""
    text = file.read_text("utf-8")
    file.write_text(between(text, f"{kind}s", _told(found, kind)), "utf-8")


def _told(found: Sensitivity, kind: str) -> str:
    told = found.manifest
    out = told["trajectories_left_out"]
    say = (
        f"{told['runs']} points of {len(told['moved'])} parameters and paths: {told['trajectories'] - out} of "
        f"{told['trajectories']} trajectories of Morris ({out} left out at a wall), {told['samples']} samples of "
        f"Sobol' on the {told['top']} that lead ({told['walls_of_sobol']} walls). Of each outcome the {_MOST} largest; "
        f"indices only where their interval is narrower than {_WIDE} each way."
    )
    parts = [filled(say)]
    rows = found.outcomes[found.outcomes["kind"] == kind]
    for name, group in rows.groupby("scenario", sort=False):
        lines = [line for outcome in group.to_dict("records") for line in _lines(found, outcome)]
        head = ("outcome in 2030", "at the defaults", "parameter", "mu*", "+-", "sigma", "way", "S1", "ST")
        if kind == DIFFERENCE:
            parts.append(f"**{told['titles'][name][0]}**, less the baseline:\n")
        parts.append(table(head, lines))
    parts += [f"![{words}](images/sensitivity_{name}.png)\n" for name, words in _SHOWN[kind].items()]
    return "\n".join(parts)


def _lines(found: Sensitivity, outcome: dict[str, object]) -> list[tuple[str, ...]]:
    """Return the rows of one outcome: its leading parameters by mu*."""
    unit = unit_for(str(outcome["unit"]), "en", abs(float(str(outcome["default"]))))
    name = title(found, outcome, zh=False).partition(":")[0].removesuffix(f", {found.manifest['year']}")
    first = (f"{name}, {unit.name}", number(float(str(outcome["default"])) / unit.divisor))
    lines = []
    for row in effects(found, outcome).head(_MOST).to_dict("records"):
        sizes = [number(row[key] / unit.divisor) for key in ("mu_star", "conf", "sigma")]
        shares = ["" if not row[f"{key}_conf"] < _WIDE else number(row[key], 2) for key in ("S1", "ST")]
        lines.append((*first, called(found.region, row["parameter"])[0], *sizes, _SIGN[way(row)], *shares))
        first = ("", "")
    return lines or [(*first, "none", "", "", "", "", "", "")]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run, draw and write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--trajectories", type=int, default=10)
    parser.add_argument("--samples", type=int, default=64)
    parser.add_argument("--top", type=int, default=10)
    parser.add_argument("--workers", type=int, default=None)
    parser.add_argument("--out", type=Path, default=ROOT / "results" / "sensitivity")
    args = parser.parse_args(arguments)
    asked = Request(trajectories=args.trajectories, samples=args.samples, top=args.top)
    for kind, variants in ((LEVEL, []), (DIFFERENCE, policies())):
        found = lived(args.out / f"{kind}s", variants, asked, args.workers)
        draw(found, kind, ROOT / "docs" / "images")
        write_page(ROOT / "docs" / "sensitivity.md", found, kind)
        shutil.rmtree(args.out / f"{kind}s.unfinished", ignore_errors=True)


if __name__ == "__main__":
    main()
