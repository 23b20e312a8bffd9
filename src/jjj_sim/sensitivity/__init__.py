"""Sensitivity: which parameters decide what a run says of a year, and which decide what a policy changes.

    outcomes -> points of the priors -> twin (and its variant) at each -> Morris -> the largest -> Sobol'

`analysis.analyse` does all of it.
"""

from jjj_sim.sensitivity.analysis import Sensitivity, analyse
from jjj_sim.sensitivity.request import Request

__all__ = ["Request", "Sensitivity", "analyse"]
