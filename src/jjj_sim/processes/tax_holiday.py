"""Tax holiday (税收优惠): firms that come to a zone keep part of the tax on their profit for some years.

    came      M_zs    = moved in freely, by relief, on offers + in branches + chi founded         persons, a quarter
    holds     C_zs,0  = h_z M_zs,   C_zs,a+1 = (1 - q) C_zs,a             by quarters a since they came, below 4 Y
    remitted  R_z     = tau m sum VA_zs / J_zs sum C_zs,a                sums over sectors and a    bn yuan, the quarter
    borne     a_c R_z by the zone, (1 - a_c) R_z by the centre

h is the share promised when a firm came, which it keeps; Y the years in force. tau m is the tax on profit in value
added and a_c its local part, those of TaxSharing; chi what a founded unit, small, pays of the rate of others and q the
chance that it closes in a quarter, those of FirmDynamics. Value added is that of a job in the cell. What it is worth to
who chooses a zone, tau m h times the years of it that q leaves, FirmDynamics adds to the subsidy. Of what relief moves
the listed firms alone: merchants of markets pay no such tax. Named institutions are promised nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.processes.firm_table import FirmTable
from jjj_sim.processes.process import StockProcess
from jjj_sim.state.world import World

F64 = NDArray[np.float64]


class TaxHoliday(StockProcess):
    """Keep the clocks of firms that came, and let zones and the centre remit what was promised them."""

    name = "tax_holiday"
    zh = "税收优惠"
    after = ("firm_dynamics",)
    writes = ("memory.holiday_jobs", "flows.tax_remitted", "flows.tax_remitted_by_centre")

    def table(self, world: World, firm_dynamics: FirmTable) -> FirmTable:
        """Return what founded units pay and how they close."""
        return firm_dynamics

    def act(self, world: World, table: Any = None) -> None:
        """Let who is here before age by a quarter, enter who came, and remit."""
        memory, policy, t = world.memory, world.policy, world.tables
        longest = len(memory.holiday_jobs)
        memory.holiday_jobs = memory.holiday_jobs * (1.0 - table.young)
        memory.holiday_jobs[world.t % longest] = policy.tax_holiday[:, None] * self._came(world, table.small)
        age = (world.t - np.arange(longest)) % longest
        held = memory.holiday_jobs[age < round(4.0 * float(policy.tax_holiday_years))].sum(axis=0)
        remitted = float(t.firm_tax) * (held * t.va_nominal / np.maximum(t.jobs, 1.0)).sum(axis=1)
        world.flows.tax_remitted += float(t.firm_tax_local) * remitted
        world.flows.tax_remitted_by_centre += (1.0 - float(t.firm_tax_local)) * remitted

    def _came(self, world: World, small: float) -> F64:
        """Return the jobs of firms that came in the quarter, those of founded units as far as they pay, `small`."""
        f, n, listed = world.flows, self.region.n_zones, list(self.region.sector_roles["listed"])
        came = (f.jobs_moved_freely + f.jobs_moved_by_offer)[:, :n].sum(axis=0)
        came[:, listed] += f.jobs_moved_by_relief[:, :n, listed].sum(axis=0)
        return np.asarray(came + f.jobs_branched + small * f.jobs_founded)
