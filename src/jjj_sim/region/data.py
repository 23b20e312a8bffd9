"""Everything that a model reads of a region's tables, as it was known in some year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING

from jjj_sim.errors import DataError
from jjj_sim.region.table import Topic
from jjj_sim.region.topics.air import Air
from jjj_sim.region.topics.budgets import Budgets
from jjj_sim.region.topics.congestion import Congestion
from jjj_sim.region.topics.elder_homes import ElderHomes
from jjj_sim.region.topics.firms import Firms
from jjj_sim.region.topics.homes import Homes
from jjj_sim.region.topics.hospitals import Hospitals
from jjj_sim.region.topics.nation import Nation
from jjj_sim.region.topics.one_card import OneCard
from jjj_sim.region.topics.output import Output
from jjj_sim.region.topics.parks import Parks
from jjj_sim.region.topics.people import People
from jjj_sim.region.topics.ports import Ports
from jjj_sim.region.topics.research import Research
from jjj_sim.region.topics.smart_factories import SmartFactories
from jjj_sim.region.topics.steel import Steel
from jjj_sim.region.topics.technology_firms import TechnologyFirms
from jjj_sim.region.topics.travel import Travel
from jjj_sim.region.topics.trips import Trips
from jjj_sim.region.topics.water import Water
from jjj_sim.region.topics.work import Work

if TYPE_CHECKING:
    from jjj_sim.region.region import Region

TOPICS: tuple[type[Topic], ...] = (
    Air,
    Budgets,
    Congestion,
    ElderHomes,
    Firms,
    Homes,
    Hospitals,
    Nation,
    OneCard,
    Output,
    Parks,
    People,
    Ports,
    Research,
    SmartFactories,
    Steel,
    TechnologyFirms,
    Travel,
    Trips,
    Water,
    Work,
)


@dataclass(frozen=True, eq=False)
class Data:
    """The tables by topic. `as_of` is the year whose knowledge they hold, None for all there is."""

    as_of: int | None
    air: Air
    budgets: Budgets
    congestion: Congestion
    elder_homes: ElderHomes
    firms: Firms
    homes: Homes
    hospitals: Hospitals
    nation: Nation
    one_card: OneCard
    output: Output
    parks: Parks
    people: People
    ports: Ports
    research: Research
    smart_factories: SmartFactories
    steel: Steel
    technology_firms: TechnologyFirms
    travel: Travel
    trips: Trips
    water: Water
    work: Work

    @classmethod
    def read(cls, region: Region, as_of: int | None = None) -> Data:
        """Read every table of a region; DataError lists all that is wrong with its files."""
        problems: list[str] = []
        known = labels(region)
        topics = {t.name: t(region.folder / "tables", known, as_of, problems) for t in TOPICS}
        if problems:
            raise DataError(f"{region.folder.name} has {len(problems)} problems:\n  * " + "\n  * ".join(problems))
        return cls(as_of, **{f.name: topics[f.name] for f in fields(cls) if f.name != "as_of"})  # type: ignore[arg-type]


def labels(region: Region) -> Mapping[str, Sequence[str]]:
    """Return the ids along every axis that a table can have."""
    from jjj_sim.region.axes import AGE_BANDS, AGES, CENSUS_BANDS, GROUPS, HUKOU

    return {
        "zone": region.ids,
        "to_zone": region.ids,
        "place": (*region.ids, region.outside),
        "province": region.provinces[:-1],
        "home": region.provinces,
        "sector": [s.key for s in region.sectors],
        "to_sector": [s.key for s in region.sectors],
        "education": region.education,
        "broad": ("primary", "secondary", "tertiary"),
        "band": AGE_BANDS,
        "group": GROUPS,
        "age": AGES,
        "census_band": CENSUS_BANDS,
        "hukou": HUKOU,
        "use": ("household_consumption", "government_consumption", "capital_formation"),
        "part": ("capital", "others"),
        "quarter": ("1", "2", "3", "4"),
        **{name: names for name, (names, _) in region.groups.items()},
        **{f"to_{name}": names for name, (names, _) in region.groups.items()},
    }
