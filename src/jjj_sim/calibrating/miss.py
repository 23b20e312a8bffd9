"""The miss: how far a fitted model may stand from what will be published, by year of lead.

    z = (model - published) / sd          of the fit, for every figure in the loss; sd with its measurement error
    levels, shares     var z = v L        a random walk: the run is on the data at its opening, and each year adds
    rates of growth    var z = v          a year's miss is its own
    v = sum w z^2 / sum w L               least squares of z^2 on L through zero, weights w / L      (rates: L = 1)
    sd at lead L  =  sd s sqrt(L / M),    s = max(1, sqrt(v M)),    M = sum w L / sum w              (rates: sd s)
    forecast      =  model + sd at lead L  x  t_n,                  n = series of the group + 1

L is the years since the run was last set on the data: the opening, for what enters as data its last year, for a
forecast anchored at its origin that origin. At the mean lead M the sd is that of the figure times the root mean square
of its group, at least one: what it was when no lead was told. A group is a block's levels, or its rates. Neighbouring
years of a walk repeat each other, so that a series is worth about one square, and the sd set beforehand one more [A]:
of walks made for the purpose, from 1 to 20 series of 3 to 9 years, intervals of 90 % so hold 89 to 92 % [D]. Of a block
without a figure in the loss all figures of the kind speak, and n is the number of their blocks + 1.

The form was chosen after intervals of one width at every lead had turned out too narrow; no number here was fitted to
how often they hold.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from jjj_sim.calibrating.figures import INPUTS, LAST_FITTED, block, spread_of, year_in
from jjj_sim.judging.targets import Target
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region import Region

if TYPE_CHECKING:
    from jjj_sim.calibrating.calibration import Calibration

F64 = NDArray[np.float64]

LEVEL, RATE = "level", "rate"
_RATE = "_growth"
# Input by year: the table of a topic whose last year it is.
_TABLES = {
    "population": ("people", "net_migration"),
    "budget_spending": ("budgets", "spending"),
    "firms": ("firms", "entry"),
}


class Group(NamedTuple):
    """What a group of figures says: factor `s` of the sds at the mean `lead` in years, degrees of freedom."""

    s: float
    lead: float
    df: float


class Spread(NamedTuple):
    """Sds by year (n_years,), in logs where `relative`, else in the unit of the variable; degrees of freedom."""

    sd: F64
    df: float
    relative: bool = False


@dataclass(frozen=True)
class Miss:
    """The groups of a fit as of `as_of`, by block and kind; `pooled` those of all blocks, by kind."""

    region: Region
    as_of: int | None
    groups: dict[tuple[str, str], Group]
    pooled: dict[str, Group]

    def group(self, variable: str) -> Group:
        """Return the group that speaks for a variable."""
        return self.groups.get((block(variable), kind(variable)), self.pooled[kind(variable)])

    def factor(self, variable: str, years: Sequence[int], anchored: int | None = None) -> tuple[F64, float]:
        """Return factors of a figure's sd in `years` (n_years,), and the degrees of freedom.

        `anchored` is the year at which the forecast was set on the published figure, where it was.
        """
        group = self.group(variable)
        lead = np.array(years, dtype=float) - (self.since(variable) if anchored is None else anchored)
        if kind(variable) == RATE:
            return np.full(len(lead), group.s), group.df
        return group.s * np.sqrt(np.maximum(lead, 0.0) / group.lead), group.df

    def since(self, variable: str) -> int:
        """Return the year at whose end the run was last set on the data of a variable.

        The opening stands for the end of FIRST_YEAR, of which it is the state.
        """
        if variable in _TABLES:
            topic, name = _TABLES[variable]
            last: int = getattr(getattr(self.region.tables(self.as_of), topic), name).last
            return max(last, FIRST_YEAR)
        until = INPUTS.get(variable, ("", FIRST_YEAR))[1]
        return until if self.as_of is None or self.as_of >= until else FIRST_YEAR

    def spread(self, found: Sequence[Target], years: Sequence[int], anchored: int | None = None) -> Spread | None:
        """Return how far a forecast of a series may miss in `years`, published or not; None where it has no sd.

        `found` are the published figures of the series: the last one with a discrepancy gives the sd.
        """
        with_sd = [t for t in found if t.discrepancy is not None and t.value and t.year is not None]
        if not with_sd:
            return None
        last = max(with_sd, key=lambda t: t.year or 0)
        assert last.discrepancy is not None
        assert last.value is not None
        relative = last.discrepancy.relative
        factor, df = self.factor(last.variable, years, anchored)
        return Spread(factor * spread_of(last) / (abs(last.value) if relative else 1.0), df, relative)


def kind(variable: str) -> str:
    """Return whether a variable is a level, which carries its miss from year to year, or a rate of growth."""
    return RATE if variable.endswith(_RATE) else LEVEL


def miss(found: Calibration) -> Miss:
    """Return what the misses of a calibration's figures say."""
    return estimated(found.figures, found.region, found.manifest["as_of"])


def estimated(figures: pd.DataFrame, region: Region, as_of: int | None = None) -> Miss:
    """Return the miss from the figures in the loss: `block`, `variable`, `area`, `period`, `weight`, `z_mode` each."""
    table = pd.DataFrame(
        {
            "block": figures["block"],
            "kind": [kind(str(v)) for v in figures["variable"]],
            "series": figures["variable"].astype(str) + " " + figures["area"].astype(str),
            "weight": figures["weight"],
            "square": figures["z_mode"] ** 2,
            "lead": [(year_in(str(p)) or LAST_FITTED) - FIRST_YEAR for p in figures["period"]],
        }
    )
    table = table[table["lead"] > 0]
    groups = {
        (str(b), str(k)): _group(part, str(k), part["series"].nunique())
        for (b, k), part in table.groupby(["block", "kind"])
    }
    pooled = {}
    for name in (LEVEL, RATE):
        part = table[table["kind"] == name]
        part = table if part.empty else part
        pooled[name] = _group(part, name, part["block"].nunique())
    return Miss(region, as_of, groups, pooled)


def _group(part: pd.DataFrame, name: str, n: int) -> Group:
    """Return the group of some figures that are worth `n` squares."""
    if part.empty:
        return Group(1.0, 1.0, 1.0)
    weight, lead = part["weight"].to_numpy(), part["lead"].to_numpy(dtype=float)
    mean = float(weight @ lead / weight.sum())
    year = lead if name == LEVEL else np.ones(len(lead))
    v = float(weight @ part["square"].to_numpy() / (weight @ year))
    typical = mean if name == LEVEL else 1.0
    return Group(max(1.0, float(np.sqrt(v * typical))), mean, n + 1.0)
