"""Validating: how a calibration fares in years that it never saw, beside forecasts that need no model.

    as of each origin:   calibrating -> holdout -> scores, coverage        naive, shift_share, gravity: the rivals
                                     -> checks of the fit by its own figures
    known truths:        calibrating.recovery

`validation.validate` does all of it.
"""

from jjj_sim.validating.validation import Request, Validation, validate

__all__ = ["Request", "Validation", "validate"]
