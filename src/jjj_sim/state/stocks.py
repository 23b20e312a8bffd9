"""Stocks: what changes only by a named flow, and is held to an identity every quarter."""

from __future__ import annotations

from jjj_sim.book import Book, Field


class Stocks(Book):
    """Declared by the process that alone writes them; the lines in between name it."""

    __slots__ = ()

    # migration
    settled = Field(("province",), "persons", "K: who became local (hukou) and is still there")

    # relief
    relieved_manufacturing = Field(("zone",), "firms", "manufacturers closed or moved, since 2014")
    relieved_markets = Field(("zone",), "sites", "market sites closed, moved or upgraded, since 2014")

    # branching
    firms_of_capital_origin = Field(("zone",), "firms", "offers taken by the capital's firms, cumulative")
    central_soe_branches = Field(("zone",), "units", "units of central enterprises, cumulative")
    park_branches = Field(("zone",), "branches", "branches of firms of the capital's science park outside it")

    # new_area
    new_area_invested = Field((), "bn yuan", "investment since the beginning, current prices")

    # production
    capital = Field(("zone", "sector"), "bn yuan", "production capital at 2013 prices")

    # demand
    inventories = Field(("zone", "sector"), "bn yuan", "N: stocks of unsold output at 2013 prices")

    # innovation
    rd_stock = Field(("zone",), "bn yuan of 2013", "research stock R")

    # housing
    housing = Field(("zone",), "m2", "floor area of family households")

    # services
    service_capital = Field(("zone",), "bn yuan of 2013", "capital of public services, K")
