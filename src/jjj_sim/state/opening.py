"""Opening: constants set once when the world is opened, and never afterwards."""

from __future__ import annotations

from jjj_sim.book import Book, Field


class Opening(Book):
    """Declared by the process that alone writes them; the lines in between name it."""

    __slots__ = ()

    # migration
    amenity = Field(("group", "place"), "utility", "zeta: zone by age group, inverted at the opening")
    origin_pull = Field(("home", "place"), "utility", "kappa: home province by zone, inverted")
    zone_pull = Field(("year", "zone"), "utility", "xi: what the account of a year asks beyond the drivers")
    openness = Field(("place",), "1", "h0: published openness, mean over the window of the inversion")
    admitted = Field(("place",), "share", "s0: admitted there of those who wish and qualify")
    wish = Field(("province",), "share", "omega: of the non-locals and those registered, who wished to be local")
    housing = Field(("zone",), "m2", "housing stock of the opening, reference of theta_H")
    air = Field((), "ug/m3", "PM2.5 of the region at the opening, mean over residents")
    slots = Field(("stream", "education", "place"), "agents", "candidate slots of arrivals by class, fixed")
    arrival_ages = Field(("band", "age"), "share", "age profile of arrivals by band: the opening's migrants")

    # labour
    workers = Field(("zone", "sector", "education"), "persons", "employed by cell and education, 2013")
    skill_weight = Field(("zone", "sector", "education"), "1", "b of 2013")
    wage = Field(("zone", "education"), "yuan/year", "w of 2013")
    minutes = Field(("zone", "zone"), "minutes", "door to door at the opening")
    minutes_outside = Field(("zone",), "minutes", "to the rest of China at the opening")
    commute = Field(("zone", "zone"), "share", "where the workers of a zone work, 2013")
    vacancies = Field(("zone", "education"), "persons", "vacancies of the opening's steady state")
    tightness = Field(("zone", "education"), "1", "vacancies a searcher, 2013")
    matching = Field(("zone", "education"), "1", "m: matches a quarter at one searcher and one vacancy")

    # firm_census
    legal_unit_share = Field(("zone", "sector"), "share", "jobs in legal units, held at its 2013 value")

    # production
    density = Field(("zone",), "jobs/km2", "density of jobs at the opening")
    research_made = Field(("zone",), "bn yuan", "value added of research in the first quarter")
    access = Field(("zone",), "share", "market access at the opening")
    national_output = Field(("sector",), "2013 = 1", "the nation's output at the opening")

    # demand
    outside_demand = Field(("sector",), "bn yuan", "spending of the rest of China, 2013Q1")
    national_nominal = Field(("sector",), "2013 = 1", "the nation's nominal output, 2013Q1")
    consumption = Field((), "yuan/quarter", "cbar: the region's consumption a head, 2013Q1")

    # innovation
    research = Field(("zone",), "bn yuan of 2013", "real expenditure on research, first quarter")
    rd = Field(("zone",), "bn yuan of 2013/job", "research stock a job at the opening")
    national_rd = Field((), "years of GDP/person", "the same of the nation")
    contract_level = Field((), "bn yuan a year", "psi: contracts at unit R and Abs")
    piloted = Field((), "bn yuan", "the same in a quarter of the opening")
    purchases = Field(("zone",), "share", "contracts bought over GDP at the opening")

    # housing
    demand_level = Field(("zone",), "1", "const, so that demand meets the stock in 2013")

    # emissions
    emission_factor = Field(("source",), "region 2013 = 100 per activity", "intensity at the opening, e")
    income = Field(("zone",), "bn yuan of 2013 per person", "value added per resident, opening")
    outside_pm25 = Field(("zone",), "ug/m3", "part from outside the region, mean of 2013, b")
    transport = Field(("zone", "zone"), "ug/m3 per emissions", "receptor by source, M")
    season = Field(("quarter", "zone"), "1", "season by quarter, net of heating, s")

    # services
    past_output = Field(("year", "zone"), "bn yuan", "nominal value added of history's years, 0 in others")
    service_scale = Field(("zone",), "1", "k: brings the opening's index to a regional mean of 1")
