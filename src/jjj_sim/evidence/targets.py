"""The figures of the founding article: what the model is fitted to, judged by, driven by, or only shows."""

from __future__ import annotations

import csv
import functools
import io
from dataclasses import dataclass

from jjj_sim.errors import DataError
from jjj_sim.evidence.tables import base_unit, text, to_base

ROLES = ("calibrate", "validate", "drive", "context")
COMPARATORS = ("approx", "eq", "gt", "ge", "lt")
# The article's Hebei is the province with Xiong'an; two of its places are zones of the model.
_AREAS = {"hebei": "hebei_official", "tianjin_binhai": "tj_binhai", "beijing_subcentre": "bj_subcentre"}


@dataclass(frozen=True)
class Target:
    """One figure of the article, as printed.

    `comparator` is one of COMPARATORS, `role` one of ROLES; `accept_low` and `accept_high` bound what counts
    as reproduced (None: no bound); `value` is None where the scan of the article lost it. `region` is an area
    of the model; several are joined by "+". `value`, `accept_low` and `accept_high` are in `unit`.
    """

    id: str
    region: str
    period: str
    variable: str
    comparator: str
    value: float | None
    unit: str
    accept_low: float | None
    accept_high: float | None
    role: str
    quote_zh: str
    note: str

    @property
    def base_unit(self) -> str:
        """Unit of `base_value` and the bounds in base units (see evidence.tables)."""
        return base_unit(self.unit)

    @property
    def base_value(self) -> float | None:
        """The figure in base units."""
        return None if self.value is None else to_base(self.value, self.unit)

    @property
    def base_bounds(self) -> tuple[float | None, float | None]:
        """Lowest and highest accepted value in base units, None where there is no bound."""
        low, high = (
            None if b is None else to_base(b, self.unit) for b in (self.accept_low, self.accept_high)
        )
        return low, high


def _number(cell: str) -> float | None:
    return float(cell) if cell else None


@functools.cache
def targets() -> list[Target]:
    """Return the article's figures in the order of the table; DataError for an unknown role or comparator."""
    found = []
    for row in csv.DictReader(io.StringIO(text("article_targets"))):
        target = Target(
            id=row["id"],
            region=_AREAS.get(row["region"], row["region"]),
            period=row["period"],
            variable=row["variable"],
            comparator=row["comparator"],
            value=_number(row["value"]),
            unit=row["unit"],
            accept_low=_number(row["accept_low"]),
            accept_high=_number(row["accept_high"]),
            role=row["role"],
            quote_zh=row["quote_zh"],
            note=row["note"],
        )
        if target.role not in ROLES or target.comparator not in COMPARATORS:
            raise DataError(
                f"article_targets: {target.id}: role {target.role!r}, comparator {target.comparator!r}"
            )
        found.append(target)
    return found
