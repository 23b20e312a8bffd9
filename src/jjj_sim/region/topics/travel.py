"""Tables of travel."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Travel(Topic):
    """Declared here, read from tables/travel/."""

    name: ClassVar[str] = "travel"
