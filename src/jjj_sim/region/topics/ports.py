"""Tables of ports: what they handled at the opening."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Topic


class Ports(Topic):
    """Containers and tonnes by the zone that a port lies in; 0 where there is none."""

    name: ClassVar[str] = "ports"
    optional: ClassVar[bool] = True

    containers_2013 = Fixed(("zone",), "TEU/year", "containers handled in 2013", lo=0, merge="sum")
    cargo_2013 = Fixed(("zone",), "t/year", "cargo handled in 2013, what is in containers included", lo=0, merge="sum")
