"""Where and what: the zones, their provinces and reporting regions, and the sectors."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from importlib import resources

import numpy as np
from numpy.typing import NDArray

PROVINCES = ("beijing", "tianjin", "hebei", "rest_of_china")
REGIONS = ("beijing", "tianjin", "xiongan", "hebei")
EDUCATION = ("junior", "senior", "college")


@dataclass(frozen=True)
class Sector:
    """One model sector: key as in ``va_<key>``, labels, and its place in the three-sector split."""

    key: str
    en: str
    zh: str
    broad: str


SECTORS = (
    Sector("agriculture", "Agriculture", "农业", "primary"),
    Sector(
        "general_manufacturing",
        "General manufacturing, mining, energy",
        "一般制造业、采矿与能源",
        "secondary",
    ),
    Sector(
        "hightech_manufacturing",
        "High-technology and advanced manufacturing",
        "高技术与先进制造业",
        "secondary",
    ),
    Sector("construction_real_estate", "Construction and real estate", "建筑与房地产", "mixed"),
    Sector("wholesale_logistics", "Wholesale markets and logistics", "批发市场与物流", "tertiary"),
    Sector("producer_services", "Producer services", "生产性服务业", "tertiary"),
    Sector("consumer_services", "Consumer services", "生活性服务业", "tertiary"),
    Sector("research", "Research and innovation", "研发与创新", "tertiary"),
    Sector("public_hq", "Public functions and headquarters", "公共职能与总部", "tertiary"),
)
N_SECTORS = len(SECTORS)
SECTOR_INDEX = {sector.key: i for i, sector in enumerate(SECTORS)}
N_EDUCATION = len(EDUCATION)


@dataclass(frozen=True)
class Geography:
    """The zones in the order of zones.csv; index `n_zones` stands for the rest of China.

    `province` (n_zones + 1,) indexes PROVINCES, Xiong'an counted in Hebei; `region` (n_zones,) indexes
    REGIONS; `area_km2` (n_zones,); `lon`, `lat` (n_zones,) degrees of the population-weighted centre.
    """

    ids: tuple[str, ...]
    name_en: tuple[str, ...]
    name_zh: tuple[str, ...]
    province: NDArray[np.int64]
    region: NDArray[np.int64]
    area_km2: NDArray[np.float64]
    lon: NDArray[np.float64]
    lat: NDArray[np.float64]

    @property
    def n_zones(self) -> int:
        """Number of internal zones."""
        return len(self.ids)

    @property
    def roc(self) -> int:
        """Index of the rest of China."""
        return len(self.ids)

    def index(self, zone: str) -> int:
        """Return the index of a zone id; KeyError when there is none."""
        try:
            return self.ids.index(zone)
        except ValueError:
            raise KeyError(zone) from None

    def in_region(self, name: str) -> NDArray[np.bool_]:
        """Return a mask of the zones of `name`: a region, `hebei_official` (with Xiong'an) or `jjj`."""
        if name == "jjj":
            return np.ones(self.n_zones, dtype=bool)
        if name == "hebei_official":
            return np.asarray(self.province[: self.n_zones] == PROVINCES.index("hebei"))
        return np.asarray(self.region == REGIONS.index(name))


def load_geography() -> Geography:
    """Read the zones shipped with the package."""
    text = resources.files("jjj_sim.evidence").joinpath("tables/zones.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    region = np.array([REGIONS.index(r["region"]) for r in rows])
    province = np.array([PROVINCES.index("hebei" if r["region"] == "xiongan" else r["region"]) for r in rows] + [3])
    return Geography(
        ids=tuple(r["id"] for r in rows),
        name_en=tuple(r["name_en"] for r in rows),
        name_zh=tuple(r["name_zh"] for r in rows),
        province=province,
        region=region,
        area_km2=np.array([float(r["area_official_km2"]) for r in rows]),
        lon=np.array([float(r["popw_lon"]) for r in rows]),
        lat=np.array([float(r["popw_lat"]) for r in rows]),
    )


GEOGRAPHY = load_geography()
N_ZONES = GEOGRAPHY.n_zones
ROC = GEOGRAPHY.roc
