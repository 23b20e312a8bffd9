"""The article's other systems: satellites, which act after the core in this order, and which it never reads.

what leaves by sea          Ports
water used, pumped, cleaned  Water
steel and its grade A        Steel
who applies to the register  Points
the capital's full streets   Congestion
"""

from jjj_sim.processes import SCHEDULE
from jjj_sim.processes.process import Process
from jjj_sim.satellites.congestion import Congestion
from jjj_sim.satellites.points import Points
from jjj_sim.satellites.ports import Ports
from jjj_sim.satellites.satellite import Satellite
from jjj_sim.satellites.steel import Steel
from jjj_sim.satellites.water import Water

SATELLITES: tuple[type[Satellite], ...] = (Ports, Water, Steel, Points, Congestion)

# All that acts in a quarter, the core first.
QUARTER: tuple[type[Process], ...] = (*SCHEDULE, *SATELLITES)
