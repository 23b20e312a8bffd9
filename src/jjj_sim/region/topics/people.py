"""Tables of people."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class People(Topic):
    """Declared here, read from tables/people/."""

    name: ClassVar[str] = "people"
