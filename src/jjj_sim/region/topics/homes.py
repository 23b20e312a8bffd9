"""Tables of homes."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Homes(Topic):
    """Declared here, read from tables/homes/."""

    name: ClassVar[str] = "homes"
