"""Prices: what the market carries from one quarter to the next."""

from __future__ import annotations

from jjj_sim.book import Book, Field


class Prices(Book):
    """Declared by the process that alone writes them; the lines in between name it."""

    __slots__ = ()

    # labour
    work_wage = Field(("zone", "education"), "yuan/year", "w: wage by zone of work")
    premium = Field(("zone", "sector", "education"), "ratio", "pay of a sector over the zone's wage")

    # demand
    relative_price = Field(("zone", "sector"), "2013 = 1", "q, the cell's price over its province's")
    deflator_shift = Field(("zone",), "ratio", "the province's prices over the nation's, sector by sector")
    province_price = Field(("zone",), "2013 = 1", "the province's deflator, published or carried on")

    # housing
    fundamental_price = Field(("zone",), "yuan/m2", "p*, price without cycle and announcements")
    announced = Field(("zone",), "log", "announced gain that buyers already pay, X")
