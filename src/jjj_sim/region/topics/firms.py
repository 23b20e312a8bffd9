"""Tables of firms."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Firms(Topic):
    """Declared here, read from tables/firms/."""

    name: ClassVar[str] = "firms"
