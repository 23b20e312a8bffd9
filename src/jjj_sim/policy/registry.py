"""The levers of a region: those of the package in their order, then those that installed packages offer."""

from __future__ import annotations

import functools
import hashlib
import inspect
from collections.abc import Iterable, Mapping
from importlib import metadata
from pathlib import Path

from jjj_sim.book import Field
from jjj_sim.errors import DataError
from jjj_sim.policy.beijing_congestion import BeijingCongestion
from jjj_sim.policy.beijing_population_cap import BeijingPopulationCap
from jjj_sim.policy.chain_coordination import ChainCoordination
from jjj_sim.policy.ecological_compensation import EcologicalCompensation
from jjj_sim.policy.elder_care import ElderCare
from jjj_sim.policy.emission_standards import EmissionStandards
from jjj_sim.policy.fiscal_equalisation import FiscalEqualisation
from jjj_sim.policy.founding_subsidy import FoundingSubsidy
from jjj_sim.policy.headquarters_moves import HeadquartersMoves
from jjj_sim.policy.housing_supply import HousingSupply
from jjj_sim.policy.hukou_openness import HukouOpenness
from jjj_sim.policy.land_reuse import LandReuse
from jjj_sim.policy.lever import Lever
from jjj_sim.policy.negative_list import NegativeList
from jjj_sim.policy.points_hukou import PointsHukou
from jjj_sim.policy.rail_programme import RailProgramme
from jjj_sim.policy.rd_intensity import RdIntensity
from jjj_sim.policy.relief_manufacturing import ReliefManufacturing
from jjj_sim.policy.relief_markets import ReliefMarkets
from jjj_sim.policy.relocation_subsidy import RelocationSubsidy
from jjj_sim.policy.service_portability import ServicePortability
from jjj_sim.policy.shared_parks import SharedParks
from jjj_sim.policy.steel_cap import SteelCap
from jjj_sim.policy.subcentre_move import SubcentreMove
from jjj_sim.policy.talent_subsidy import TalentSubsidy
from jjj_sim.policy.tax_holiday import TaxHoliday
from jjj_sim.policy.technology_subsidy import TechnologySubsidy
from jjj_sim.policy.university_hospital_moves import UniversityHospitalMoves
from jjj_sim.policy.xiongan_investment import XionganInvestment
from jjj_sim.policy.xiongan_offers import XionganOffers
from jjj_sim.policy.xiongan_services import XionganServices
from jjj_sim.region.region import Region

ENTRY_POINTS = "jjj_sim.levers"
OWN: tuple[type[Lever], ...] = (
    ReliefManufacturing,
    ReliefMarkets,
    LandReuse,
    NegativeList,
    HeadquartersMoves,
    UniversityHospitalMoves,
    SubcentreMove,
    XionganInvestment,
    XionganServices,
    XionganOffers,
    BeijingPopulationCap,
    HukouOpenness,
    PointsHukou,
    RailProgramme,
    RelocationSubsidy,
    TalentSubsidy,
    ElderCare,
    FoundingSubsidy,
    TaxHoliday,
    TechnologySubsidy,
    RdIntensity,
    ChainCoordination,
    HousingSupply,
    EmissionStandards,
    SteelCap,
    SharedParks,
    EcologicalCompensation,
    FiscalEqualisation,
    ServicePortability,
    BeijingCongestion,
)


@functools.cache
def levers(region: Region) -> Mapping[str, Lever]:
    """Return the levers of `region` by name; DataError when a package offers what is no lever, or a name twice."""
    found: dict[str, Lever] = {}
    for kind in (*OWN, *_offered()):
        if kind.name in found:
            raise DataError(f"there are two levers {kind.name!r}, the second from {kind.__module__}")
        found[kind.name] = kind(region)
    return found


def own_arrays(kinds: Iterable[Lever]) -> dict[str, Field]:
    """Return the policy arrays that levers declare of their own; ValueError when two differ on one."""
    found: dict[str, Field] = {}
    for lever in kinds:
        for name, field in lever.announces.items():
            if field is not None and found.setdefault(name, field) is not field:
                raise ValueError(f"policy.{name} is declared twice, the second time by {lever.name}")
    return found


@functools.cache
def offered_sha256() -> str:
    """Return the sha256 over the modules of the levers that installed packages offer; empty where there are none."""
    found = hashlib.sha256()
    kinds = _offered()
    for kind in kinds:
        source = inspect.getsourcefile(kind)
        content = b"" if source is None else Path(source).read_bytes()
        found.update(f"{kind.__module__}.{kind.__qualname__}\0{len(content)}\0".encode() + content)
    return found.hexdigest() if kinds else ""


def _offered() -> list[type[Lever]]:
    """Return the lever classes that installed packages offer, by the name of their entry point."""
    kinds = []
    for point in sorted(metadata.entry_points(group=ENTRY_POINTS), key=lambda p: (p.name, p.value)):
        try:
            kind = point.load()
        except Exception as error:
            raise DataError(f"the lever {point.name} of {point.value} cannot be imported: {error}") from error
        if not (isinstance(kind, type) and issubclass(kind, Lever) and kind.name):
            raise DataError(f"{point.value}, offered as a lever, is no named subclass of jjj_sim.policy.lever.Lever")
        kinds.append(kind)
    return kinds
