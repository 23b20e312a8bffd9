"""The figures of the founding article, each with its sentence."""

from __future__ import annotations

import functools
from dataclasses import dataclass

import pandas as pd

from jjj_sim.evidence.tables import area_name, frame, in_base_unit


@dataclass(frozen=True)
class Target:
    """One figure of the article.

    `value`, `accept_low`, `accept_high` are in base units (None where the article gives none); `unit` is as
    printed. `role`: calibrate (fitted), validate (produced, never fitted), drive (enters as data or policy:
    reproducing it is accounting, not skill), context (shown, not modelled).
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


@functools.cache
def targets() -> tuple[Target, ...]:
    """Return the article's figures in the order of the table."""
    found = []
    for row in frame("article_targets").to_dict("records"):
        unit = str(row["unit"])

        def number(column: str, row: dict[str, object] = row, unit: str = unit) -> float | None:
            cell = row[column]
            return None if pd.isna(cell) else in_base_unit(float(str(cell)), unit)

        found.append(
            Target(
                id=str(row["id"]),
                region=area_name(str(row["region"])),
                period=str(row["period"]),
                variable=str(row["variable"]),
                comparator=str(row["comparator"]),
                value=number("value"),
                unit=unit,
                accept_low=number("accept_low"),
                accept_high=number("accept_high"),
                role=str(row["role"]),
                quote_zh=str(row["quote_zh"]),
                note="" if pd.isna(row["note"]) else str(row["note"]),
                printed=None if pd.isna(row["value"]) else float(row["value"]),
            )
        )
    return tuple(found)
