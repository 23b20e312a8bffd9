"""Tables of work."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Work(Topic):
    """Declared here, read from tables/work/."""

    name: ClassVar[str] = "work"
