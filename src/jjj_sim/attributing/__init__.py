"""Attributing: what each lever of a variant does in the difference that all of them make together.

    base and variant -> players -> twin at subsets of them -> Shapley's shares -> agents

`attribution.attribute` does all of it.
"""

from jjj_sim.attributing.attribution import Attribution, Request, attribute

__all__ = ["Attribution", "Request", "attribute"]
