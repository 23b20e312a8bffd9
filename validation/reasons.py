"""What was looked at when parameters were set, which concepts differ, and why the worst errors are there."""

from __future__ import annotations

LOOKED_AT = """Trends of the provinces are neutral (offsets 0): GDP by region was looked at and not fitted. The skill
bias common to all zones is .5, between two theories. But net migration of 2013-2020 is inverted, so that people follow
the censuses by construction; deflators of the provinces are data to 2024, so that GDP at current prices errs as real GDP
does; budgets and research over GDP are data; founding of firms is set on the registers of 2013, 2018 and 2023; the
friction of commuting across Beijing's border (1.2) was set on the commuters of 2022, the trend of technology contracts on
the whole series, the yearly decline of air from outside and abatement on PM2.5 by region; that what a deflator differs by
falls on goods was chosen on consumer prices after the shares of sectors had been seen."""
CONCEPTS = """Income per head is of the national accounts, some 1.4 times the survey's, and wages are of all who work,
farmers too, where the published mean is of towns: both stand as growth since 2013, and so do house prices (new homes sold
of a mix that moves outwards, asking prices by city) beside the price of all homes. Unemployment is of town and country
beside a survey of towns. Sectors are compared from 2019 on, the only years on the fifth census' base. Binhai's borders
and count changed between the censuses."""
REASONS: dict[tuple[str, str], str] = {}
