"""Tables of one card and shared services: counts of the region by year."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.region.table import Timed, Topic


class OneCard(Topic):
    """What can be used in another province of the region, ends of years."""

    name: ClassVar[str] = "one_card"
    optional: ClassVar[bool] = True

    one_card_services = Timed((), "items", "services of employment and social insurance on one card", lo=0)
    settling_institutions = Timed((), "institutions", "medical institutions that settle on one card", lo=0)
    recognising_institutions = Timed((), "institutions", "medical institutions that recognise each other's tests", lo=0)
    medical_alliances = Timed((), "alliances", "alliances of the hinterland's hospitals with the others'", lo=0)
    schools_together = Timed((), "schools", "schools of the hinterland run together with the others'", lo=0)
    ftz_same_standard_items = Timed((), "items", "items handled alike in the free-trade zones", lo=0)


PATHS: Mapping[str, Timed] = {name: found for name, found in vars(OneCard).items() if isinstance(found, Timed)}
