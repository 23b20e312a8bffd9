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
    """One figure of the article.

    `value`, `accept_low` and `accept_high` are in base units (`base_unit`); None where the article, or its
    scan, has none. `printed` and `unit` are as printed. `region` is an area of the model, or several joined
    by "+". `comparator` is one of COMPARATORS. `role`: calibrate (fitted), validate (produced, never fitted),
    drive (enters as data or policy: reproducing it is accounting, not skill), context (shown, not modelled).
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
    printed: float | None

    @property
    def base_unit(self) -> str:
        """Unit of `value` and its bounds (see evidence.tables)."""
        return base_unit(self.unit)


@functools.cache
def targets() -> tuple[Target, ...]:
    """Return the article's figures in the order of the table.

    DataError for a role, a comparator or a unit that the package does not know.
    """
    return tuple(_target(row) for row in csv.DictReader(io.StringIO(text("article_targets"))))


def _target(row: dict[str, str]) -> Target:
    if row["role"] not in ROLES or row["comparator"] not in COMPARATORS:
        raise DataError(f"article_targets: {row['id']}: role {row['role']!r}, comparator {row['comparator']!r}")

    def number(column: str) -> float | None:
        return to_base(float(row[column]), row["unit"]) if row[column] else None

    return Target(
        id=row["id"],
        region=_AREAS.get(row["region"], row["region"]),
        period=row["period"],
        variable=row["variable"],
        comparator=row["comparator"],
        value=number("value"),
        unit=row["unit"],
        accept_low=number("accept_low"),
        accept_high=number("accept_high"),
        role=row["role"],
        quote_zh=row["quote_zh"],
        note=row["note"],
        printed=float(row["value"]) if row["value"] else None,
    )
