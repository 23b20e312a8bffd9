"""The twin against the agents, every recorded variable, and how the gap falls with the number of agents.

    python validation/twin.py [--seeds 6 8 3] [--out docs/twin.md]

    e_asy = (x_asy - x*_ay) / rms_y x*_ay        agents of seed s less the twin, area a, year y
    gap   = rms of e over areas, years, seeds;   slope: of ln gap on ln N over the three sizes
    bias  = rms of the mean of e over seeds, less what the seeds' scatter leaves in it

Weather is switched off: the twin has none. Areas are the four regions, or those a variable is reported for.
Writes the page and images/twin.png beside it.
"""

from __future__ import annotations

import argparse
import textwrap
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim import regions
from jjj_sim.draws import member_seed
from jjj_sim.errors import BalanceError
from jjj_sim.indicators import Indicator, areas, indicators
from jjj_sim.running import clock
from jjj_sim.running.recorder import Recorder
from jjj_sim.scenario import load_scenario

Array = NDArray[np.float64]
Record = Mapping[str, Array]

ROOT = Path(__file__).resolve().parents[1]
KNOWN, AREAS = indicators(regions.default()), areas(regions.default())
SIZES = (10_000, 1_000, 100)
FALLING = -0.35
DRAWN = ("population", "net_migration", "firms", "firms_relocated_in", "unemployment_rate", "gdp_real", "tax_shared")

_HEAD = """# The twin against the agents

Written by `python validation/twin.py`. The twin runs the tables of the agents with expected counts; what the agents
do beyond it is luck, which must fall as one over the root of their number, or a non-linearity that sees luck, or a
fault. Here both live the baseline, 2013-2030, and every recorded variable is compared, year by year, in the four
regions (Hebei without Xiong'an), or where it is reported. Weather is off. A *gap* is the root mean square over areas,
years and seeds of agents less twin, as a share of the twin's own root mean square over the years in that area; *slope*
is that of log gap on log residents over {sizes} residents an agent; *bias* is the root mean square of the mean over
{middle_seeds} seeds at {middle} residents an agent, less what their scatter leaves in it.

The twin lives {quarters} quarters in {twin_seconds:.1f} s on one of the cores that drew this page, agents at {fine}
residents an agent ({residents:,} residents, {firms:,} firms) in {agent_seconds:.1f} s. {broken}
"""
_BROKEN = (
    "Of {tried} seeds at {size:,} residents an agent {n} ended in a broken identity (*{name}*): a cell whose firms are "
    "fewer than one agent stands for."
)


class Life(NamedTuple):
    """What one run leaves: values by year and area, agents, seconds."""

    record: Record
    residents: int
    firms: int
    seconds: float


class Row(NamedTuple):
    """What is found of a variable: gap by size, the largest at the finest and where, slope, bias."""

    name: str
    areas: str
    gaps: tuple[float, ...]
    largest: float
    where: str
    slope: float
    bias: float


def lived(residents_per_agent: int, seed: int, *, twin: bool = False) -> Life:
    """Return the record of the baseline without weather; BalanceError when an identity breaks."""
    settings = {"population.residents_per_agent": residents_per_agent, "parameters.emissions.weather": 0.0}
    plan = load_scenario("baseline", **settings).plan()
    world, recorder = clock.build(plan, member_seed(seed, 0), twin=twin), Recorder(plan)
    began = time.perf_counter()
    clock.simulate(world, on_quarter=recorder.record)
    seconds = time.perf_counter() - began
    record = {name: recorder.yearly(indicator) for name, indicator in KNOWN.items()}
    return Life(record, len(world.residents), len(world.firms), seconds)


def areas_of(indicator: Indicator) -> list[int]:
    """Return the areas a variable is compared in: the regions it is reported for, else all that it has."""
    covered = [a for a, area in enumerate(AREAS) if indicator.covers(area)]
    return [a for a in covered if AREAS[a].kind == "region"] or covered


def errors(agents: Sequence[Array], twin: Array) -> Array:
    """Return e by seed, year and area from values by year and area; NaN where the twin has none or only zeros."""
    scale = np.sqrt(np.nanmean(np.where(np.isfinite(twin), twin, np.nan) ** 2, axis=0))
    return np.asarray((np.stack(agents) - twin) / np.where(scale > 0.0, scale, np.nan))


def rms(values: Array) -> float:
    """Return the root mean square of what is finite."""
    return float(np.sqrt(np.nanmean(values**2)))


def bias(found: Array) -> float:
    """Return the root mean square of the mean of `found` (seeds first) that the scatter over seeds does not explain."""
    n = len(found)
    square = (n * rms(found.mean(axis=0)) ** 2 - rms(found) ** 2) / (n - 1)
    return float(np.sqrt(max(square, 0.0)))


def compare(twin: Record, agents: Mapping[int, Sequence[Life]]) -> list[Row]:
    """Return a row a variable, the largest gap at the finest size first."""
    residents = [np.log(np.mean([life.residents for life in agents[size]])) for size in SIZES]
    rows = []
    for name, indicator in KNOWN.items():
        chosen = areas_of(indicator)
        found = [
            errors([life.record[name][:, chosen] for life in agents[size]], twin[name][:, chosen]) for size in SIZES
        ]
        gaps = tuple(rms(e) for e in found)
        worst = np.abs(found[-1])
        slope = np.polyfit(residents, np.log(gaps), 1)[0] if min(gaps) > 0.0 else np.nan
        rows.append(
            Row(
                name,
                "regions" if len(chosen) > 2 else ", ".join(AREAS[a].name for a in chosen),
                gaps,
                float(np.nanmax(worst)),
                AREAS[chosen[int(np.nanargmax(worst)) % len(chosen)]].name,
                float(slope),
                bias(found[1]),
            )
        )
    return sorted(rows, key=lambda row: -row.gaps[-1])


def note(row: Row) -> str:
    """Return what a row says of itself."""
    if np.isnan(row.slope) or row.slope < FALLING:
        return ""
    if row.bias > 0.5 * row.gaps[1]:
        return "bias"
    return "floor"


def table(rows: Sequence[Row]) -> str:
    """Return the table of the rows that differ at all."""
    lines = [
        "| variable | areas | gap at a million, % | largest, % | in | slope | bias, % | note |",
        "|---|---|---:|---:|---|---:|---:|---|",
    ]
    for row in rows:
        if max(row.gaps) > 0.0:
            slope = "" if np.isnan(row.slope) else f"{row.slope:.2f}".replace("-", "−")
            cells = (f"`{row.name}`", row.areas, f"{100 * row.gaps[-1]:.2f}", f"{100 * row.largest:.1f}", row.where)
            lines.append("| " + " | ".join((*cells, slope, f"{100 * row.bias:.2f}", note(row))) + " |")
    return "\n".join(lines)


def draw(rows: Sequence[Row], agents: Mapping[int, Sequence[Life]], file: Path) -> None:
    """Draw the gaps of some variables over the number of residents, with the line of the inverse root."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    residents = np.array([np.mean([life.residents for life in agents[size]]) for size in SIZES])
    by_name = {row.name: row for row in rows}
    figure, axes = plt.subplots(figsize=(7.0, 4.2), layout="constrained")
    for name in DRAWN:
        axes.loglog(residents, 100.0 * np.array(by_name[name].gaps), marker="o", label=KNOWN[name].en)
    axes.loglog(residents, 3.0 * np.sqrt(residents[0] / residents), color="black", ls="--", lw=1, label="slope -1/2")
    axes.set(xlabel="residents simulated", ylabel="gap to the twin, %")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8, loc="center left", bbox_to_anchor=(1.0, 0.5))
    figure.savefig(file, dpi=100, metadata={"Software": None}, pil_kwargs={"optimize": True})
    plt.close(figure)


def page(rows: Sequence[Row], twin: Life, agents: Mapping[int, Sequence[Life]], broken: str) -> str:
    """Return the text of the page."""
    finest = agents[SIZES[-1]]
    head = _HEAD.format(
        sizes=", ".join(f"{size:,}" for size in SIZES),
        middle_seeds=len(agents[SIZES[1]]),
        middle=f"{SIZES[1]:,}",
        quarters=len(next(iter(twin.record.values()))) * 4,
        twin_seconds=twin.seconds,
        fine=SIZES[-1],
        residents=finest[0].residents,
        firms=finest[0].firms,
        agent_seconds=float(np.mean([life.seconds for life in finest])),
        broken=broken,
    )
    same = ", ".join(f"`{row.name}`" for row in rows if max(row.gaps) == 0.0)
    kinds = {kind: [row for row in rows if note(row) == kind] for kind in ("floor", "bias")}
    said = (
        f"{len(rows)} variables: {sum(row.slope < FALLING for row in rows)} fall with a slope below {FALLING}, "
        f"{len(kinds['floor'])} stand on the floor and {len(kinds['bias'])} on a bias. No luck touches {same}.",
        _FLOOR,
        _BIAS,
    )
    paragraphs = [*head.split("\n\n"), *said]
    filled = [
        textwrap.fill(" ".join(p.split()), 120, break_long_words=False, break_on_hyphens=False) for p in paragraphs
    ]
    return "\n\n".join([*filled, "![Gap to the twin](images/twin.png)", table(rows)]) + "\n"


_FLOOR = """**Floor**: not all agents grow lighter. Establishments of 500 jobs and more, Beijing's manufacturers, market
sites and named institutions weigh one at every size (45,000 of the firms of a run), because they are one each in fact:
which of them moves or closes in a year is luck that no number of agents averages out, and the twin has none of it. What
hangs on few of them stays on the floor: taxes shared after moves (a few large firms a year), contracts of technology,
what relief moves, and through jobs moved the output of single sectors."""
_BIAS = """**Bias**: the mean over seeds differs from the twin, as a law that is not linear sees luck. One mechanism
is at hand, inferred and not isolated. An establishment that arrives brings its technique, capital and pay in the
proportion of its jobs in the cell, p = jobs / (jobs + those there), and ln((1 - p) A + p B) is concave in what
arrives: one lump spreads less than the same jobs in small portions. Agents move in lumps (at 1,000 residents an agent
a mover stands for about a thousand jobs), the twin in portions, so that the twin's productivity, and with it output,
capital, wages and what is paid from them, lies above the mean of agents; jobs moved in all are the same. The lumps of
large firms are real."""


def main() -> None:
    """Live, compare, and write the page and its figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, nargs=len(SIZES), default=(6, 8, 3), help="seeds by size, coarse first")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "twin.md")
    args = parser.parse_args()
    lived(SIZES[0], 0)  # compiles
    twin = lived(SIZES[0], 0, twin=True)
    agents: dict[int, list[Life]] = {size: [] for size in SIZES}
    broken = ""
    for size, seeds in zip(SIZES, args.seeds, strict=True):
        failed = []
        for seed in range(seeds):
            try:
                agents[size].append(lived(size, seed))
            except BalanceError as error:
                failed.append(str(error).partition(":")[0])
            print(f"{size} residents an agent, seed {seed}", flush=True)
        if failed:
            broken += _BROKEN.format(tried=seeds, size=size, n=len(failed), name=failed[0])
    rows = compare(twin.record, agents)
    images = args.out.parent / "images"
    images.mkdir(parents=True, exist_ok=True)
    draw(rows, agents, images / "twin.png")
    args.out.write_text(page(rows, twin, agents, broken), "utf-8")
    for row in rows[:20]:
        print(
            f"{row.name:44s} {100 * row.gaps[-1]:8.2f} %, slope {row.slope:.2f}, bias {100 * row.bias:.2f} %{note(row)}"
        )


if __name__ == "__main__":
    main()
