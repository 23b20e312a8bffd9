"""Tables of nation."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Nation(Topic):
    """Declared here, read from tables/nation/."""

    name: ClassVar[str] = "nation"
