"""Tables of research."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Research(Topic):
    """Declared here, read from tables/research/."""

    name: ClassVar[str] = "research"
