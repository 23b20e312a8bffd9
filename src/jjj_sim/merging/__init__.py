"""A coarser region made from another: its zones put together in groups, and every file of its folder with them."""

from jjj_sim.merging.folder import merge
from jjj_sim.merging.groups import Groups, by_column, from_file, groups

__all__ = ["Groups", "by_column", "from_file", "groups", "merge"]
