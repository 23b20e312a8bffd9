"""The article's other systems: satellites, which act after the core in this order, and which it never reads.

what leaves by sea          Ports
what knowledge makes        TechnologyFirms
who goes to a park          Parks
what grants modernise        SmartFactories
"""

from jjj_sim.processes import SCHEDULE
from jjj_sim.processes.process import Process
from jjj_sim.satellites.parks import Parks
from jjj_sim.satellites.ports import Ports
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.satellites.smart_factories import SmartFactories
from jjj_sim.satellites.technology_firms import TechnologyFirms

SATELLITES: tuple[type[Satellite], ...] = (Ports, TechnologyFirms, Parks, SmartFactories)

# All that acts in a quarter, the core first.
QUARTER: tuple[type[Process], ...] = (*SCHEDULE, *SATELLITES)
