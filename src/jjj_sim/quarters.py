"""Quarters as integers: 0 is 2013Q1, the model's first quarter."""

import re

FIRST_YEAR = 2013
_LABEL = re.compile(r"(\d{4})Q([1-4])")


def parse(label: str) -> int:
    """Return the index of a label such as ``2020Q4`` (31); ValueError when it is not one."""
    match = _LABEL.fullmatch(label.strip())
    if match is None:
        raise ValueError(f"{label!r} is not a quarter; write it like 2026Q1")
    return 4 * (int(match[1]) - FIRST_YEAR) + int(match[2]) - 1


def written(value: object, *, end: bool = False) -> str | None:
    """Return the quarter that `value` in a file means, None where it means none.

    ``"2026Q1"`` is itself. A year alone, ``2026`` or ``"2026"``, is its first quarter, where something begins; its
    last, where something comes to its `end`.
    """
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if not isinstance(text, str):
        return None
    if re.fullmatch(r"[12]\d{3}", text, re.ASCII):
        return f"{text}Q{4 if end else 1}"
    return text if re.fullmatch(r"\d{4}Q[1-4]", text, re.ASCII) else None


def label(t: int) -> str:
    """Return the label of quarter `t`, e.g. ``2013Q1`` for 0."""
    return f"{year(t)}Q{t % 4 + 1}"


def year(t: int) -> int:
    """Return the calendar year of quarter `t`."""
    return FIRST_YEAR + t // 4


def middle(t: int) -> float:
    """Return the middle of quarter `t` as a decimal year, 2013.125 for 0."""
    return FIRST_YEAR + (t + 0.5) / 4.0


def quarter_rate(annual: float) -> float:
    """Return the quarterly probability 1 - (1 - a)^(1/4) of an annual probability `a`."""
    return float(1.0 - (1.0 - annual) ** 0.25)
