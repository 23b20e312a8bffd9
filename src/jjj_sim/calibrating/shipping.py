"""Shipping: a calibration's draws put into the region's folder, for runs of it to take their members from.

Draws are put in an order in which the first m stand for all, whatever m: each next one is that which brings the energy
distance between those before it and the whole down most (greedy support points: Szekely, Rizzo 2013; Mak, Joseph 2018,
recalled), in the readings of published figures, each over its spread. So the first draw is the most central, and a
run of one member is no accident of the posterior.

    D(S) = 2 / |S| sum_s mean_k |x_s - x_k| - 1 / |S|^2 sum_ss' |x_s - x_s'|
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.spatial.distance import cdist
from scipy.stats import qmc

from jjj_sim.calibrating.calibration import Calibration
from jjj_sim.calibrating.space import Space, others
from jjj_sim.region import Region
from jjj_sim.running.result import whole_folder, write_manifest, write_parquet
from jjj_sim.scenario.posterior import FOLDER, TABLE, read

F64 = NDArray[np.float64]

# What of a calibration's manifest tells how its draws came about.
_TOLD = (
    *("scenario", "scenario_sha256", "as_of", "seed", "effort", "names", "figures_in_the_loss", "fit", "fit_inflated"),
    *("posterior", "inflation", "redrawn", "wave", "runs", "wall_seconds", "version", "code_sha256", "data_sha256"),
)


def ship(found: Calibration, folder: Path | None = None) -> Path:
    """Write the draws of a calibration and their manifest into `folder`, the region's by default; return it."""
    place = found.region.folder / FOLDER if folder is None else folder
    wide = found.readings.pivot(index="draw", columns="id", values="value").dropna(axis=1)
    spread = wide.std()
    kept = wide.loc[:, spread > 1e-9 * wide.abs().mean()]
    order = herded((kept / kept.std()).to_numpy())
    names = [name for name in found.draws.columns if "." in name]
    table = found.draws.iloc[order][names].reset_index(drop=True)
    origin = {key: found.manifest[key] for key in _TOLD if key in found.manifest}
    with whole_folder(place) as part:
        digest = write_parquet(table, part / TABLE)
        write_manifest({"kind": "posterior", "draws": len(table), **origin, "files": {TABLE: digest}}, part)
    return place


def completed(region: Region, folder: Path | None = None) -> tuple[str, ...]:
    """Draw from their priors the uncertain numbers that the shipped draws lack, and return their names.

    These are of laws that came after the calibration and that no figure of its loss speaks of: the other columns stay
    as they were fitted, to the bit. A Latin hypercube over the draws, by the calibration's seed.
    """
    place = region.folder / FOLDER if folder is None else folder
    draws = read(place, region)
    lacking = [c for c in others(region, Space(())).coordinates if c.dotted not in draws.table.columns]
    if not lacking:
        return ()
    chance = qmc.LatinHypercube(len(lacking), seed=int(draws.manifest["seed"])).random(len(draws))
    more = {c.dotted: [c.param.draw(float(u)) for u in chance[:, k]] for k, c in enumerate(lacking)}
    table = draws.table.assign(**more)
    names = tuple(more)
    with whole_folder(place) as part:
        digest = write_parquet(table, part / TABLE)
        later = [*draws.manifest.get("drawn_later", ()), *names]
        write_manifest({**draws.manifest, "drawn_later": later, "files": {TABLE: digest}}, part)
    return names


def herded(points: F64) -> NDArray[np.int64]:
    """Return the order of points (n, k) in which the first ones stand for all, (n,)."""
    distance = cdist(points, points)
    whole = distance.mean(axis=1)
    among = np.zeros(len(points))
    order: list[int] = []
    for size in range(1, len(points) + 1):
        # what one more adds, but for what is the same for all
        energy = 2.0 * whole / size - 2.0 * among / size**2
        energy[order] = np.inf
        order.append(int(np.argmin(energy)))
        among += distance[:, order[-1]]
    return np.array(order)
