"""What levers announce and processes read: declared arrays, and the dated lists of moves and lines."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from jjj_sim.book import Book, Field
from jjj_sim.policy.events import Line, Move


class Policy(Book):
    """The policy in force in the quarter. Cleared and announced anew every quarter; nothing here is remembered.

    `moves` and `lines` list all that is scheduled, dated or not. Arrays that levers from outside the package
    declare of their own are reached by name: ``policy["name"]``.
    """

    __slots__ = ("lines", "moves")

    hukou_openness = Field(("place",), "1", "openness h to people without local hukou, 0 closed, 1 open")
    entitlement = Field(("place",), "share", "public services open to people without local hukou")
    points_quota = Field(("province",), "persons a year", "admitted to the register by a points system")
    points_quota_as_published = Field(("province",), "persons a year", "the same in the record of conversions")
    elder_care = Field((), "share", "gap in services that follows the old of the capital elsewhere in the region")
    elder_care_as_published = Field((), "share", "the same that published budgets were made with")
    cap_price = Field(("zone", "education"), "utility", "administrative price of living in a place under a cap")
    refused = Field(("zone", "sector"), "share", "applications for new firms refused by a list")
    refused_as_published = Field(("zone", "sector"), "share", "the same under the list as published")
    relocation_subsidy = Field(("zone",), "yuan per yuan of value added", "offered to firms that move in or open")
    talent_grant = Field(("zone",), "yuan", "paid once to a graduate who comes from another province")
    founding_subsidy = Field(("zone",), "yuan per yuan of value added", "offered to firms founded, a year")
    founding_subsidy_years = Field((), "years", "for how long")
    tax_holiday = Field(("zone",), "share", "tax on profit remitted to firms that come in the quarter, as promised")
    tax_holiday_years = Field((), "years", "for how long")
    technology_subsidy = Field(("zone",), "share of the contract", "of technology bought from another province")
    relief_firms = Field((), "firms", "listed firms that the capital takes in the quarter, a whole number")
    relief_sites = Field((), "sites", "market sites that the capital takes in the quarter, a whole number")
    resited = Field(("zone",), "sites", "of them, sites that named destinations take, whole numbers")
    land_reuse = Field((), "share", "floor freed by relief that is given to new units of the capital's functions")
    tax_share = Field((), "share", "taxes of a relieved large firm that its place pays to its origin")
    tax_share_years = Field((), "years", "for how long")
    tax_share_threshold = Field((), "million yuan a year", "taxes from which a firm counts as large")
    offers = Field(("zone",), "units", "offers to the capital's firms in the quarter, whole numbers")
    central_units = Field(("zone",), "units", "units of central enterprises posted in the quarter, whole numbers")
    new_area_investment = Field((), "bn yuan a year", "public investment in the new area")
    service_target = Field(("zone",), "share", "target index of services over the capital's; 0 is none")
    announced_gain = Field(("zone",), "log", "gain of house prices expected where offices are to move")
    border_trade = Field((), "share", "rise of what is sold across the provinces' borders")
    research_intensity = Field(("province",), "percent of GDP", "spending on research")
    research_as_published = Field(("province",), "percent of GDP", "the same on the published path")
    abatement_pace = Field((), "1", "multiple of the announced abatement rate")
    clean_heating = Field((), "share", "households that do not heat with coal")
    steel_capacity = Field((), "million tonnes a year", "steel that may be made")
    land = Field(("zone",), "1", "multiple of history's land for building")
    price_ceiling = Field(("zone",), "yuan/m2", "ceiling on the price of new homes; 0 is none")
    compensation = Field(("province",), "bn yuan", "what a province pays in the quarter to zones upstream of its water")
    compensation_as_published = Field(("province",), "bn yuan", "the same under the agreements as published")
    equalisation = Field((), "share", "shortfall of revenue behind need that the centre covers")
    equalisation_as_published = Field((), "share", "the coefficient that published budgets were made with")
    portable_services = Field((), "items", "services that residents can use in another province of the region")
    portable_services_as_published = Field((), "items", "the same on the published path")
    traffic_capacity = Field((), "1", "capacity of roads and rail wanted within the capital, multiple of history's")

    def __init__(self, sizes: Mapping[str, int], more: Mapping[str, Field] | None = None) -> None:
        super().__init__(sizes)
        self._arrays |= {name: np.zeros(field.shape(sizes)) for name, field in (more or {}).items()}
        self.moves: list[Move] = []
        self.lines: list[Line] = []

    def __getitem__(self, name: str) -> NDArray[np.float64]:
        """Return an array by name, declared here or by a lever from outside."""
        return self._arrays[name]

    def clear(self) -> None:
        """Forget what was announced."""
        super().clear()
        self.moves.clear()
        self.lines.clear()
