"""The region whose statistics these are, and the sizes and names that their tables are told by."""

from __future__ import annotations

from jjj_sim.regions import find

REGION = find("jingjinji")
PROVINCES = REGION.provinces
EDUCATION = REGION.education
SECTORS = REGION.sectors
N_ZONES = REGION.n_zones
N_SECTORS = REGION.n_sectors
N_EDUCATION = REGION.n_education
ROC = REGION.roc
SECTOR_INDEX = {sector.key: i for i, sector in enumerate(SECTORS)}
