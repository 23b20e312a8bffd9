"""Tables of trips between cities: passengers at the opening, and what the epidemic left of travel."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Trips(Topic):
    """Passengers by rail as published, both ways."""

    name: ClassVar[str] = "trips"
    optional: ClassVar[bool] = True

    rail_capital_pilot = Fixed((), "passengers/year", "by rail between the capital and the pilot at the opening", lo=0)
    rail_departures = Fixed((), "passengers/year", "departures by rail to anywhere at the opening", lo=0)
    travelled = Timed((), "share", "trips that were made of those that would have been without the epidemic", lo=0)
