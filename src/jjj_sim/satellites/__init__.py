"""The article's other systems: satellites, which act after the core in this order, and which it never reads.

what leaves by sea                       Ports
who travels between cities               Trips
who goes to school with relocated staff  Pupils
who lives in homes for the old           ElderHomes
what offices open to each other          OneCard
what knowledge makes                     TechnologyFirms
who goes to a park                       Parks
what grants modernise                    SmartFactories
water used, pumped, cleaned              Water
steel and its grade A                    Steel
who applies to the register              Points
the capital's full streets               Congestion
who studies on campuses that moved       Campuses
where beds in hospitals are              Hospitals
"""

from jjj_sim.processes import SCHEDULE
from jjj_sim.processes.process import Process
from jjj_sim.satellites.campuses import Campuses
from jjj_sim.satellites.congestion import Congestion
from jjj_sim.satellites.elder_homes import ElderHomes
from jjj_sim.satellites.hospitals import Hospitals
from jjj_sim.satellites.one_card import OneCard
from jjj_sim.satellites.parks import Parks
from jjj_sim.satellites.points import Points
from jjj_sim.satellites.ports import Ports
from jjj_sim.satellites.pupils import Pupils
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.satellites.smart_factories import SmartFactories
from jjj_sim.satellites.steel import Steel
from jjj_sim.satellites.technology_firms import TechnologyFirms
from jjj_sim.satellites.trips import Trips
from jjj_sim.satellites.water import Water

SATELLITES: tuple[type[Satellite], ...] = (
    Ports,
    Trips,
    Pupils,
    ElderHomes,
    OneCard,
    TechnologyFirms,
    Parks,
    SmartFactories,
    Water,
    Steel,
    Points,
    Congestion,
    Campuses,
    Hospitals,
)

# All that acts in a quarter, the core first.
QUARTER: tuple[type[Process], ...] = (*SCHEDULE, *SATELLITES)
