"""Flows: what happened in the quarter; cleared when the next one begins."""

from __future__ import annotations

from jjj_sim.book import Book, Field


class Flows(Book):
    """Declared by the process that alone writes them; the lines in between name it."""

    __slots__ = ()

    # demography
    births = Field(("zone",), "persons", "births of the quarter")
    deaths = Field(("zone",), "persons", "deaths of the quarter")
    natural_increase = Field(("zone", "education"), "persons", "births less deaths, newborns as their mothers")
    schooled = Field(("zone", "education"), "persons", "net change of education at 15, sums to zero")

    # migration
    moves = Field(("place", "place"), "persons", "moves from, to; the last index is the rest of China")
    net_moves = Field(("zone", "education"), "persons", "people who came less those who left")
    conversions = Field(("zone",), "persons", "people who became local (hukou)")
    settled_gone = Field(("province",), "persons", "of those who became local earlier, who left or died")
    talent_subsidies_paid = Field(("zone",), "bn yuan", "grants to graduates who came, paid by the zone of arrival")

    # firm_dynamics
    firm_entries = Field(("zone", "sector"), "units", "legal units founded")
    firm_exits = Field(("zone", "sector"), "units", "legal units closed, relief apart")
    entries_refused = Field(("zone", "sector"), "units", "foundings refused by the list")
    branch_exits = Field(("zone", "sector"), "units", "branches closed")
    founding_subsidies_paid = Field(("zone",), "bn yuan", "the relocation subsidy to founders, paid by the zone")
    jobs_founded = Field(("zone", "sector"), "persons", "jobs of legal units founded, within those of their cell")
    start_up_subsidies_paid = Field(("zone",), "bn yuan", "the founding subsidy, all its years, paid by the zone")
    jobs_moved_by_founding = Field(
        ("place", "place", "sector"), "persons", "posts founded there and not in another zone of the province, from, to"
    )

    # relocation
    firms_moved_freely = Field(("place", "place", "sector"), "units", "voluntary relocations from, to")
    jobs_moved_freely = Field(("place", "place", "sector"), "persons", "their jobs, from, to")
    subsidies_paid = Field(("zone",), "bn yuan", "relocation subsidies, paid by the zone")

    # relief
    firms_closed_by_relief = Field(("zone", "sector"), "units", "listed units closed")
    firms_moved_by_relief = Field(("place", "place", "sector"), "units", "listed units moved from, to")
    jobs_moved_by_relief = Field(("place", "place", "sector"), "persons", "their jobs, from, to")
    jobs_closed_by_relief = Field(("zone", "sector"), "persons", "jobs of listed units and market sites closed")
    jobs_without_technique = Field(
        ("place", "place", "sector"), "persons", "jobs moved by relief, in the part of technique that they do not bring"
    )
    taxed_jobs_moved = Field(
        ("zone", "zone", "sector"), "persons", "jobs of moved firms large enough to share their taxes, from, to"
    )
    relief_subsidies_paid = Field(("zone",), "bn yuan", "relocation subsidies to them, paid by the zone")
    sites_closed = Field(("zone",), "sites", "market sites closed or upgraded")
    sites_moved = Field(("place", "place"), "sites", "market sites re-sited from, to")

    # branching
    firms_branched = Field(("place", "place", "sector"), "units", "branches opened from, to")
    jobs_branched = Field(("zone", "sector"), "persons", "jobs of branches opened, within those of their cell")
    central_units_posted = Field(("zone",), "units", "units of central enterprises opened in the new area")
    park_branches_opened = Field(("zone",), "branches", "branches that firms of the science park opened")
    park_branches_closed = Field(("zone",), "branches", "branches of the science park's firms that closed")
    offers_taken = Field(("zone", "zone"), "units", "offers in the new area taken by firms from, to")
    jobs_moved_by_offer = Field(("place", "place", "sector"), "persons", "posts moved with offers and central units")

    # named_moves
    institutions_moved = Field(("place", "place"), "institutions", "named institutions moved from, to")
    jobs_moved_by_name = Field(("place", "place", "sector"), "persons", "their jobs, from, to")
    jobs_between = Field(("place", "place", "sector"), "persons", "jobs carried with all that moved, from, to")
    jobs_carried = Field(("zone", "sector"), "persons", "net jobs that arrived with all that moved")

    # labour
    commuters = Field(("place", "place"), "person-years", "people who live in (row) and work in, a quarter's part")

    # firm_census
    firms_relocated = Field(("place", "place", "sector"), "units", "legal units moved, all causes")

    # production
    capital_invested = Field(("zone", "sector"), "bn yuan", "production capital built, at 2013 prices")
    capital_worn = Field(("zone", "sector"), "bn yuan", "production capital worn out")
    capital_moved = Field(
        ("zone", "sector"), "bn yuan", "production capital that came with firms less what left with them"
    )
    capital_closed = Field(("zone", "sector"), "bn yuan", "production capital of what closed by relief")
    investment = Field(("zone",), "bn yuan", "investment in production capital at 2013 prices")

    # demand
    income_gdp = Field(("zone",), "bn yuan", "wages and operating surplus, from the firms' receipts")
    expenditure_gdp = Field(("zone",), "bn yuan", "consumption, government, investment, stocks, net sales")
    stored = Field(("zone", "sector"), "bn yuan", "output less sales, added to inventories, at 2013 prices")
    sales = Field(("place", "place"), "bn yuan", "goods and services sold from, to")

    # innovation
    technology_subsidies_paid = Field(("zone",), "bn yuan", "paid by local governments to buyers of technology")
    technology_contracts = Field(("zone", "zone"), "bn yuan", "technology sold from, to, current prices")
    contracts_as_buyers_count = Field(
        ("zone",), "bn yuan", "bought from the other provinces, as the buyers' province counts"
    )
    research_built = Field(("zone",), "bn yuan of 2013", "research added to the stock in the quarter")
    research_worn = Field(("zone",), "bn yuan of 2013", "research stock worn in the quarter")
    research_spending = Field(("zone",), "bn yuan", "expenditure on research and development, current prices")

    # housing
    homes_built = Field(("zone",), "m2", "floor area completed in the quarter")
    homes_removed = Field(("zone",), "m2", "floor area pulled down in the quarter")
    dwelling_sales = Field(("zone",), "bn yuan", "new homes sold in the quarter, current prices")

    # services
    services_built = Field(("zone",), "bn yuan of 2013", "capital of public services added in the quarter")
    services_worn = Field(("zone",), "bn yuan of 2013", "capital of public services worn in the quarter")
    service_spending = Field(("zone",), "bn yuan", "services bought by local governments from firms")
    new_area_services_grant = Field((), "bn yuan", "paid by the centre to close the new area's gap")
    services_settled = Field(
        ("zone", "zone"), "bn yuan", "paid for services used in another province, from user, to host"
    )

    # tax_sharing
    tax_shared = Field(("zone", "zone"), "bn yuan", "paid from the place of the firm, to its origin")

    # tax_holiday
    tax_remitted = Field(("zone",), "bn yuan", "tax on profit remitted by zones to firms that came")
    tax_remitted_by_centre = Field(("zone",), "bn yuan", "the same remitted by the centre, by zone of the firms")

    # budgets
    land_income = Field(("zone",), "bn yuan", "land income of local governments")
    ecological_compensation = Field(("zone", "zone"), "bn yuan", "paid from, to, for water and its sources")
    elder_care = Field(("zone", "zone"), "bn yuan", "paid from the home of the capital's old, to where they live")
    equalisation = Field(("zone",), "bn yuan", "paid by the centre to zones whose revenue falls behind need")
    net_lending = Field(("zone",), "bn yuan", "receipts less spending of local governments; minus is borrowing")
