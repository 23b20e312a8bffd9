"""Tables of budgets."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Topic


class Budgets(Topic):
    """Declared here, read from tables/budgets/."""

    name: ClassVar[str] = "budgets"
