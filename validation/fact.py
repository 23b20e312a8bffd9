"""A published fact and what the model says to it: the accepted range, the finding, the verdict."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from lab import Draw

AGREES, DISAGREES, WRONG_SIGN, CANNOT = "agrees", "disagrees", "wrong sign", "cannot be asked"
_TAIL = 0.05
# A rank correlation that one of 25 parameters reaches by chance in one of twenty facts, with a dozen draws.
_STANDS_OUT, _FEW = 0.8, 10

Trial = Mapping[str, Any]


@dataclass(frozen=True)
class Results:
    """What the trials of an experiment returned, one a draw; `settings` are the parameters of each draw by name,
    `default` what the trial at the defaults returned.
    """

    trials: Sequence[Trial]
    settings: Sequence[Mapping[str, float]] = ()
    default: Trial | None = None

    def stack(self, key: str) -> NDArray[np.float64]:
        """Return the values of `key` over trials, the trials along the first axis."""
        return np.array([trial[key] for trial in self.trials], dtype=np.float64)

    def band(self, key: str) -> NDArray[np.float64]:
        """Return the 5th percentile, median and 95th percentile of `key` over trials, first axis of length 3.

        Trials that return nan are left out; where more than half do, the band is nan.
        """
        values = self.stack(key)
        if np.isnan(values).mean() > 0.5:
            return np.full((3, *values.shape[1:]), np.nan)
        return np.asarray(np.nanquantile(values, [_TAIL, 0.5, 1.0 - _TAIL], axis=0))

    def driver(self, key: str) -> tuple[str, float]:
        """Return the parameter that the number `key` follows most, and their rank correlation over the draws.

        An empty name where there are too few draws, or none that stands out.
        """
        values = self.stack(key)
        if (
            len(self.settings) != len(values)
            or len(values) < _FEW
            or not np.isfinite(values).all()
            or not np.ptp(values)
        ):
            return "", 0.0
        table = np.array([list(setting.values()) for setting in self.settings])
        places = stats.rankdata(table, axis=0), stats.rankdata(values)
        rank = np.array([np.corrcoef(column, places[1])[0, 1] for column in places[0].T])
        best = int(np.argmax(np.abs(rank)))
        name = list(self.settings[0])[best].removeprefix("parameters.")
        return (name, float(rank[best])) if abs(rank[best]) >= _STANDS_OUT else ("", 0.0)


@dataclass(frozen=True)
class Experiment:
    """Runs of the model that answer one or more facts.

    `trial` lives them for one draw of the parameters (or, with `by_seed`, for one seed of the agents at the
    default parameters) and returns numbers and arrays by name.
    """

    name: str
    trial: Callable[[Draw], Trial]
    by_seed: bool = False


@dataclass(frozen=True)
class Fact:
    """One published figure.

    `value` names the number that the experiment's trials return, in `unit`. The median must lie in
    [`low`, `high`] to agree; `reason` says why that range. `study` tells what was compared with what to find it,
    `did` what was done in the model, `mechanism` what in the model makes the number, `miss` what is behind a miss,
    shown only where there is one. `cannot` says why the question as published cannot be put, though a number may be
    shown beside it; `void` the same where the experiment itself finds that it does not apply, and returns no
    number. `asked_before` holds an earlier question or range and why it gave way, written before the model was
    asked anew. `beside` are further numbers to show: what they are, and their names among those that the trials
    return.
    """

    name: str
    title: str
    published: str
    source: str
    unit: str
    low: float
    high: float
    reason: str
    did: str
    mechanism: str
    study: str = ""
    miss: str = ""
    cannot: str = ""
    void: str = ""
    asked_before: str = ""
    experiment: Experiment | None = None
    value: str = ""
    picture: Callable[[Axes, Results], None] | None = None
    beside: tuple[tuple[str, str], ...] = ()
    digits: int = 1

    def finding(self, results: Results | None) -> Finding:
        """Return the median and 90 % interval over draws, and the verdict."""
        if results is None or not results.trials:
            return Finding(self, np.nan, np.nan, np.nan, 0, 0)
        low, median, high = _three(results.band(self.value))
        values = results.stack(self.value)
        values = values[np.isfinite(values)]
        inside = int(((self.low <= values) & (values <= self.high)).sum())
        beside = tuple((label, *_three(results.band(key))) for label, key in self.beside)
        default = float(results.default[self.value]) if results.default else np.nan
        return Finding(self, median, low, high, len(values), inside, beside, default, *results.driver(self.value))


@dataclass(frozen=True)
class Finding:
    """The model's number for a fact: median, 90 % interval, how many draws stand behind it and how many of them
    agree; `beside` are further numbers, each a label, 5th percentile, median and 95th percentile; `default` the
    number at the default parameters, `driver` the parameter that it follows over the draws, with `rank` correlation.
    """

    fact: Fact
    median: float
    low: float
    high: float
    members: int
    inside: int
    beside: tuple[tuple[str, float, float, float], ...] = ()
    default: float = np.nan
    driver: str = ""
    rank: float = 0.0

    @property
    def finite(self) -> bool:
        """Return whether there is a number."""
        return bool(np.isfinite(self.median))

    @property
    def verdict(self) -> str:
        """Return one of the four verdicts.

        A sign is wrong only where the whole interval has the other sign; where a sign alone is published, the median
        must lie as far on that side as the range begins on its own: less counts as none.
        """
        if self.fact.cannot or not self.finite:
            return CANNOT
        if self.fact.low <= self.median <= self.fact.high:
            return AGREES
        if self.fact.low > 0 > self.high and self.median <= -self._least:
            return WRONG_SIGN
        if self.fact.high < 0 < self.low and self.median >= self._least:
            return WRONG_SIGN
        return DISAGREES

    @property
    def _least(self) -> float:
        """Return what counts as more than none: the finite bound of a range that is open on one side."""
        bounds = abs(self.fact.low), abs(self.fact.high)
        return min(bounds) if np.isinf(max(bounds)) else 0.0


def _three(band: NDArray[np.float64]) -> tuple[float, float, float]:
    """Return a band of one number as floats."""
    low, median, high = band.tolist()
    return low, median, high
