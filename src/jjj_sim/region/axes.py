"""The axes that no region chooses: ages one by one, in bands and in groups, who moves alike, and where hukou lies."""

from __future__ import annotations

AGES = tuple(str(age) for age in range(101))
AGE_BANDS = ("0-14", "15-24", "25-44", "45-59", "60-74", "75+")
BAND_STARTS = (0, 15, 25, 45, 60, 75)
# Bands that the censuses count by.
CENSUS_BANDS = ("0-14", "15-24", "25-44", "45-59", "60-64", "65-74", "75+")
CENSUS_STARTS = (0, 15, 25, 45, 60, 65, 75)
# Adults who choose a place alike, and the streams of people who move alike: of those over 75 some decide alone.
GROUPS = ("15-24", "25-44", "45-59", "60+")
GROUP_STARTS = (15, 25, 45, 60)
STREAMS = (*AGE_BANDS[:-1], "75+ alone", "75+ with family")
# The years that a run can live.
YEARS = tuple(str(year) for year in range(2013, 2051))
# Where a resident's hukou (户口) lies, seen from the zone of residence.
HUKOU = ("here", "same_province", "elsewhere")
