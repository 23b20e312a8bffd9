"""What a region is: zones, provinces, sectors, roles and tables, loaded from a folder, checked, frozen."""

from jjj_sim.region.load import load
from jjj_sim.region.region import Region, Sector

__all__ = ["Region", "Sector", "load"]
