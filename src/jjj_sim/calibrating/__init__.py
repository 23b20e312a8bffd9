"""Calibrating: what the published figures say of the parameters, and what they leave open.

    targets -> figures -> loss -> fit -> posterior -> draws
                            ^       ^        ^
                     a twin a point, kept in a folder

`calibration.calibrate` does all of it.
"""

from jjj_sim.calibrating.calibration import Calibration, calibrate
from jjj_sim.calibrating.effort import FULL, QUICK, Effort

__all__ = ["FULL", "QUICK", "Calibration", "Effort", "calibrate"]
