"""Tables of air."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Air(Topic):
    """Declared here, read from tables/air/."""

    name: ClassVar[str] = "air"
