"""Tables: what processes tell one another of the quarter, computed anew by their owners."""

from __future__ import annotations

from jjj_sim.book import Book, Field


class Tables(Book):
    """Declared by the process that alone writes them; the lines in between name it."""

    __slots__ = ()

    # outside
    national_growth = Field((), "1/quarter", "log growth of the nation's real GDP in the quarter")
    national_sector_growth = Field(("sector",), "1/quarter", "log growth of the nation's real value added")
    national_real_gdp = Field((), "2013 = 1", "the nation's real GDP at a yearly rate")
    national_output = Field(("sector",), "2013 = 1", "the nation's real value added at a yearly rate")
    national_deflator = Field(("sector",), "2013 = 1", "the nation's deflator of value added")
    construction_deflator = Field((), "2013 = 1", "the nation's deflator of construction without real estate")
    national_gdp = Field((), "bn yuan", "the nation's nominal GDP of the quarter, 5th economic census")
    national_population = Field((), "persons", "the nation's residents")
    national_income = Field((), "2013Q1 = 1", "the nation's nominal GDP per head")
    outside_pm25_factor = Field((), "2013 = 1", "PM2.5 that reaches the region from outside")
    roc_pull = Field((), "utility", "drift of the rest of China's pull since 2013Q1")
    covid = Field((), "log", "the nation's shortfall of output in 2020-22; zero elsewhere")

    # transport
    minutes_outside = Field(("zone",), "minutes", "to the rest of China's markets, by the lines that lead there")
    minutes = Field(("place", "place"), "minutes", "door to door by the faster mode; diagonal inside the zone")
    traffic_works = Field(("zone",), "bn yuan", "roads and rail built in the quarter beyond history's, current prices")
    high_speed_km = Field((), "km", "high-speed and intercity line in the region, with the named residual")

    # labour
    labour_force = Field(("zone",), "persons", "residents who work or look for work")
    jobs = Field(("zone", "sector"), "persons", "jobs by zone of work")
    workers = Field(("zone", "sector", "education"), "persons", "L: employed by zone and sector of work")
    employed = Field(("zone", "zone", "education"), "persons", "C: employed by zone of residence and of work")
    unemployment = Field(("zone", "education"), "share", "unemployed in the labour force")
    wage = Field(("zone", "education"), "yuan/year", "mean earnings of residents, last four quarters")
    labour_income = Field(("zone",), "bn yuan", "earnings of the quarter by zone of residence")
    wages_paid = Field(("zone",), "bn yuan", "wages of the quarter by zone of work")
    pay_by_link = Field(("zone", "zone"), "bn yuan", "wages of the quarter, from zone of work, to residence")
    labour_share = Field(("sector",), "share", "labour's share in the cost of factors, 1 - a")
    effective_labour = Field(("zone", "sector"), "persons", "H: labour by CES over education")
    national_skill = Field(("sector",), "2013Q1 = 1", "the nation's labour a worker by the same CES")
    left_share = Field(("zone", "sector"), "share", "jobs that left with establishments in the quarter")
    closed_share = Field(("zone", "sector"), "share", "jobs that closed by relief in the quarter")
    arrival_split = Field(
        ("zone", "zone", "sector"), "share", "where the jobs that left a zone arrived; the rest left the region"
    )
    arrived_share = Field(("zone", "sector"), "share", "jobs that arrived over those then there")
    technique_left = Field(
        ("zone", "zone", "sector"), "share", "part of technique and pay that arrivals do not bring, from, to"
    )
    skill_weight = Field(("zone", "sector", "education"), "1", "b, weights of education in labour")
    tightness = Field(("zone", "education"), "log", "vacancies a searcher over those of 2013")

    # firm_census
    firm_units = Field(("zone", "sector"), "units", "legal units")
    firm_size_sum = Field(("zone", "sector"), "1", "sum of w exp(x) over legal units")
    firm_jobs = Field(("zone", "sector"), "persons", "jobs in legal units")
    own_account = Field(("zone", "sector"), "persons", "jobs without a legal unit, the remainder")
    firm_offset = Field(("zone", "sector"), "log", "o: log jobs of a unit with x = 0")

    # new_area
    new_area_investment = Field((), "bn yuan", "investment of the quarter, current prices")
    new_area_construction = Field((), "bn yuan of 2013", "value added of the new area's own builders, quarter")
    new_area_works = Field((), "bn yuan", "building done by the new area's own builders, quarter, current prices")
    new_area_construction_jobs = Field((), "persons", "posts at the sites of the new area, B*")
    new_area_resident = Field((), "share", "builders who live there, and spend their wages there")
    new_area_public_capital = Field((), "bn yuan of 2013", "schools and hospitals built in the quarter")
    new_area_housing = Field((), "m2", "dwellings added in the quarter, net of those pulled down")
    posts_drawn = Field(("zone",), "share", "posts that came with building and named moves, over the labour force")
    settlement_pull = Field(("zone",), "utility", "pull of posts that came with building and named moves")

    # production
    value_added = Field(("zone", "sector"), "bn yuan", "value added of the quarter at 2013 prices")
    capacity = Field(("zone", "sector"), "bn yuan", "value added that labour and capital can make in a quarter")
    profit = Field(("zone", "sector"), "2013 mean = 1", "unit profit a Y / K")
    market_access = Field(("zone",), "share", "the nation's output within reach, weighted by minutes")
    density = Field(("zone",), "jobs/km2", "density of jobs")
    construction_share = Field(("zone",), "share", "construction's share of construction and real estate")
    research_paid = Field(("zone",), "bn yuan of 2013", "investment of firms that became research above the published")
    productivity_level = Field(("zone", "sector"), "1", "A, the level of productivity in force")
    national_productivity = Field(("sector",), "2013Q1 = 1", "A_s, the nation's productivity")

    # demand
    va_nominal = Field(("zone", "sector"), "bn yuan", "value added of the quarter at current prices")
    labour_bill = Field(("zone", "sector"), "bn yuan", "labour's cost share of the quarter's value added")
    expected_bill = Field(("zone", "sector"), "bn yuan", "the same of the value added expected next")
    expected_output = Field(("zone", "sector"), "bn yuan", "value added expected to sell next, 2013 prices")
    consumer_price = Field(("zone",), "2013 = 1", "prices of what households buy")
    household_income = Field(("zone",), "bn yuan", "disposable income of the quarter")
    consumption = Field(("zone",), "bn yuan", "household consumption of the quarter")
    operating_surplus = Field(("zone",), "bn yuan", "value added less wages")
    exports = Field(("zone",), "bn yuan", "sales to other zones and the rest of China")
    imports = Field(("zone",), "bn yuan", "purchases from other zones and the rest of China")
    rationed = Field(("zone", "sector"), "share", "part of demand that output and stocks did not meet")

    # innovation
    knowledge = Field(("zone", "sector"), "log", "productivity gained since 2013 over the nation's")
    research_funding = Field(("zone",), "2013Q1 = 1", "real expenditure on research")

    # housing
    house_price = Field(("zone",), "yuan/m2", "price of new homes")
    rent = Field(("zone",), "yuan/m2/year", "rent")
    dwelling_works = Field(("zone",), "bn yuan", "building of dwellings in the quarter, current prices")
    rationing = Field(("zone",), "share", "newcomers who find a home at a capped price, q; 1 without a ceiling")

    # emissions
    pm25 = Field(("zone",), "ug/m3", "PM2.5 of the quarter")
    pm25_year = Field(("zone",), "ug/m3", "mean of the last four quarters")
    pm25_observed = Field(("zone",), "ug/m3", "PM2.5 of the quarter as the network reports it")
    emissions = Field(("zone",), "region 2013 = 100", "emissions at the rate of the quarter, PM2.5 equivalents")
    emissions_by_source = Field(
        ("source", "zone"), "region 2013 = 100", "the same by source: sectors, households, vehicles"
    )

    # services
    service_index = Field(("zone",), "2013 = 1", "services per resident, G; the region's mean of 2013 is 1")
    service_access = Field(("zone",), "2013 = 1", "services within reach, own and next door")
    spending_per_head = Field(("zone",), "yuan/year", "service spending per resident, current prices")
    budget_spending = Field(("zone",), "bn yuan", "all budget spending of the quarter, current prices")
    services_works = Field((), "bn yuan", "schools and hospitals that the new area buys with the centre's grant")
    portability = Field((), "share", "part of services that is open across provinces")
    guests = Field(
        ("zone", "zone"), "persons", "residents' worth of services used beyond the record, from user, to host"
    )

    # tax_sharing
    firm_tax = Field((), "share", "tax on profit in the value added of firms")
    firm_tax_local = Field((), "share", "part of it that the place of the firm receives")

    # budgets
    budget_revenue = Field(("zone",), "bn yuan", "general budget revenue of the quarter, by where it is raised")
    central_transfers = Field(("zone",), "bn yuan", "returned taxes, grants and equalisation of the quarter")
    household_taxes = Field(("zone",), "bn yuan", "income tax and social contributions of the quarter")
    social_transfers = Field(("zone",), "bn yuan", "pensions and assistance to households in the quarter")
    public_purchases = Field(("zone",), "bn yuan", "goods and services bought in the quarter, services included")
