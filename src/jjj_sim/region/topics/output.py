"""Tables of output."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Output(Topic):
    """Declared here, read from tables/output/."""

    name: ClassVar[str] = "output"
