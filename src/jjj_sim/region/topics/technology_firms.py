"""Tables of technology firms: certificates before targets were set."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Timed, Topic


class TechnologyFirms(Topic):
    """National high-technology enterprises by province."""

    name: ClassVar[str] = "technology_firms"
    optional: ClassVar[bool] = True

    certified = Timed(
        ("province",), "firms", "high-technology enterprises with a valid certificate at the year's end", lo=0
    )
