"""What a file or --set changed, a line a value."""

from __future__ import annotations

from typing import Any


def entry(name: str, value: Any, before: Any) -> str:
    """Return one line of the log."""
    return f"{name} = {short(value)}" + ("" if before is None else f" (was {short(before)})")


def short(value: Any) -> str:
    """Return a value in few words: of a long path its ends."""
    if isinstance(value, list | tuple) and value and isinstance(value[0], list | tuple):
        shown = [f"{quarter} {number:g}" for quarter, number in value]
        return "[" + ", ".join(shown if len(shown) <= 4 else [shown[0], "...", shown[-1]]) + "]"
    if isinstance(value, float):
        return f"{value:.15g}"
    if isinstance(value, dict):
        return ", ".join(f"{key} {short(part)}" for key, part in value.items())
    if isinstance(value, list):
        return "[" + ", ".join(str(part) for part in value) + "]"
    return str(value)
