"""Memory: what a law remembers, moving means, levels reached and last quarter's values."""

from __future__ import annotations

from jjj_sim.book import Book, Field


class Memory(Book):
    """Declared by the process that alone writes them; the lines in between name it."""

    __slots__ = ()

    # transport
    traffic_capacity = Field((), "1", "K: capacity of roads and rail built within the capital, multiple of history's")

    # demography
    mortality_level = Field(("zone",), "1", "level of mortality on the base hazards by age")

    # firm_dynamics
    year_of_output = Field(("quarter", "province", "sector"), "bn yuan", "real value added by quarter of the year")

    # relief
    jobs_freed = Field(("zone",), "persons", "jobs whose floor relief freed in the last quarter")

    # labour
    labour_force_before = Field(("zone", "education"), "persons", "labour force of the quarter before")
    joined = Field(("zone",), "log", "p: participation at given age over the province's, by what work there was")
    usual_unemployment = Field(("zone",), "share", "unemployment that residents are used to")
    recent_wage = Field(("quarter", "zone", "education"), "yuan/year", "earnings in the last four quarters")
    outside_gap = Field(("zone", "education"), "log", "d: the zone's own lasting difference to the other zones")
    income_index = Field((), "2013Q1 = 1", "the nation's income per head when wages were last set")
    sector_pay = Field(("sector",), "1", "the nation's value added a worker over its mean, last quarter")

    # branching
    offers_at_work = Field(("2",), "units", "W: offers whose firm began to work, and units of central enterprises")
    offer_posts = Field(
        ("21", "zone"), "persons", "J: posts moved by offers, net, by age in quarters, 5 years and more"
    )

    # new_area
    new_area_builders = Field((), "persons", "workers present at the sites of the new area, B")

    # production
    base_productivity = Field(("zone", "sector"), "1", "Abar, inverted at 2013")
    national_capital = Field(("sector",), "years of opening output", "the nation's production capital")

    # demand
    customers = Field(("place", "place", "sector"), "share", "theta: suppliers (rows) in a buyer's spending")
    market_standing = Field(("zone", "sector"), "log", "kappa: supply over the nation's, smoothed")
    reference_capacity = Field(("zone", "sector"), "bn yuan", "capacity of 2013Q1")
    taste = Field(("sector",), "2013 = 1", "lambda: what the nation's structure makes all zones buy")
    deflator_before = Field(("sector",), "2013 = 1", "the nation's deflators of the quarter before")

    # innovation
    national_rd_stock = Field((), "years of GDP of 2013", "the nation's research stock")
    learned = Field(("zone", "sector"), "log", "sum of what was learned from contracts and the frontier")
    piloted = Field(("quarter",), "bn yuan", "the pilot province's purchases from the capital by quarter of the year")

    # housing
    housing_trend = Field(("zone",), "m2", "the stock on its trend after 2020, before prices")
    price_growth = Field(("zone",), "1/quarter", "d ln p* of the last quarter")
    announced_growth = Field(("zone",), "1/quarter", "d X of the last quarter")
    price_reference = Field(("zone",), "yuan/m2", "price over building cost in 2020, where supply stands still")

    # emissions
    abatement = Field(("source",), "log", "abatement of intensity since mid-2013, A")
    material_saving = Field((), "log", "materials saved a value added since mid-2013, D")
    zone_abatement = Field(("zone",), "log", "abatement of a zone beyond that of its sources, P")
    stricter = Field(("zone",), "log", "industry's abatement beyond the nation's, B")
    recent_pm25 = Field(("quarter", "zone"), "ug/m3", "PM2.5 by quarter of the year")
    weather = Field((), "log", "common weather, w")

    # services
    budget = Field(("zone",), "bn yuan/year", "budget in force; data to 2024")
    recent_output = Field(("quarter", "zone"), "bn yuan", "nominal value added by quarter of the year")
    last_output = Field(("zone",), "bn yuan", "the same of the whole year before")

    # tax_sharing
    recent_taxes = Field(
        ("12", "zone", "sector"), "bn yuan per job", "three taxes, local part, by quarter of three years"
    )
    sharing_jobs = Field(("40", "zone", "zone", "listed"), "persons", "by quarter of the move, origin, place")
    sharing_left = Field(("40", "zone", "zone", "listed"), "bn yuan", "what the origin may still receive")

    # tax_holiday
    holiday_jobs = Field(
        ("40", "zone", "sector"), "persons", "jobs of firms that came, times the share promised, by quarter of coming"
    )

    # budgets
    need_per_head = Field((), "yuan/year", "the nation's local budget spending a resident, n")
    shortfall = Field(("zone",), "bn yuan", "what revenue and grants of the last quarter lacked to need")
    last_income = Field((), "2013Q1 = 1", "the nation's nominal GDP a head of the quarter before")
