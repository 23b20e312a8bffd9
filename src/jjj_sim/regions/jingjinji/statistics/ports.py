"""Ports: containers and cargo of 2013 by the zone that a port lies in."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jjj_sim.regions.jingjinji.statistics.geography import N_ZONES, REGION
from jjj_sim.regions.jingjinji.statistics.tables import value

TABLE = "region_series_4"
# Hebei's ports by zone: their containers of 2014 (Tangshan, Qinhuangdao, Huanghua), million TEU, in the note to that
# row; their cargo of 2021 (Tangshan, Huanghua, Qinhuangdao), 100 million tonnes, in the note to that row.
_CONTAINERS_2014 = {"tangshan": 1.109, "qinhuangdao": 0.414, "cangzhou": 0.314}
_CARGO_2021 = {"tangshan": 7.22, "qinhuangdao": 2.01, "cangzhou": 3.11}


def opening(variable: str) -> NDArray[np.float64]:
    """Return what ports handled in 2013 by zone: Tianjin's, and Hebei's in the shares of a later year [D]."""
    shares = _CONTAINERS_2014 if variable == "port_containers" else _CARGO_2021
    found = np.zeros(N_ZONES)
    found[REGION.index("tj_binhai")] = value(TABLE, variable, "tianjin", 2013)
    for zone, part in shares.items():
        found[REGION.index(zone)] = value(TABLE, variable, "hebei_official", 2013) * part / sum(shares.values())
    return found
