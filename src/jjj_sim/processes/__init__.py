"""The order of a quarter. Tables are synchronous: every process computes its table from the state at the
quarter's opening, before any of them acts; then they act in this order.

    the world outside and the railways    Outside, Transport
    residents are born, die and move      Demography, Migration
    firms are founded, grow and close     FirmDynamics
    firms move, by policy or of their own Relocation, Relief, Branching, NamedMoves
    jobs settle, firms are counted        Labour, FirmCensus
    the new area is built                 NewArea
    output, capital                       Production
    spending, trade, prices               Demand
    research and technology sold          Innovation
    homes, air, public services           Housing, Emissions, Services
    taxes, transfers, spending            TaxSharing, TaxHoliday, Budgets

An event list that names the same zone twice in a quarter acts in the order of the list.
"""

from jjj_sim.processes.branching import Branching
from jjj_sim.processes.budgets import Budgets
from jjj_sim.processes.demand import Demand
from jjj_sim.processes.demography import Demography
from jjj_sim.processes.emissions import Emissions
from jjj_sim.processes.firm_census import FirmCensus
from jjj_sim.processes.firm_dynamics import FirmDynamics
from jjj_sim.processes.housing import Housing
from jjj_sim.processes.innovation import Innovation
from jjj_sim.processes.labour import Labour
from jjj_sim.processes.migration import Migration
from jjj_sim.processes.named_moves import NamedMoves
from jjj_sim.processes.new_area import NewArea
from jjj_sim.processes.outside import Outside
from jjj_sim.processes.process import Process
from jjj_sim.processes.production import Production
from jjj_sim.processes.relief import Relief
from jjj_sim.processes.relocation import Relocation
from jjj_sim.processes.services import Services
from jjj_sim.processes.tax_holiday import TaxHoliday
from jjj_sim.processes.tax_sharing import TaxSharing
from jjj_sim.processes.transport import Transport

SCHEDULE: tuple[type[Process], ...] = (
    Outside,
    Transport,
    Demography,
    Migration,
    FirmDynamics,
    Relocation,
    Relief,
    Branching,
    NamedMoves,
    Labour,
    FirmCensus,
    NewArea,
    Production,
    Demand,
    Innovation,
    Housing,
    Emissions,
    Services,
    TaxSharing,
    TaxHoliday,
    Budgets,
)

# The opening needs jobs before firms, and everything before migration is inverted.
OPENING: tuple[type[Process], ...] = (
    Outside,
    Transport,
    Demography,
    Labour,
    NewArea,
    Production,
    Housing,
    Services,
    TaxSharing,
    TaxHoliday,
    Budgets,
    Demand,
    Innovation,
    Emissions,
    FirmCensus,
    FirmDynamics,
    Relocation,
    Relief,
    Branching,
    NamedMoves,
    Migration,
)
