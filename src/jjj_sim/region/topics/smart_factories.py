"""Tables of smart factories: what governments grant for them."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Topic


class SmartFactories(Topic):
    """Grants for manufacturers that modernise, by province; 0 where none is published."""

    name: ClassVar[str] = "smart_factories"
    optional: ClassVar[bool] = True

    grant_share = Fixed(("province",), "share", "grants for smart manufacturing over all budget spending", lo=0, hi=0.1)
