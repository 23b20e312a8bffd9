"""Paths in few words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

_ENDS = 3
_MANY = 4


def compact(points: Sequence[Sequence[Any]]) -> str:
    """Return a path in few words: where it changes, of a long one both ends."""
    shown = [
        point
        for i, point in enumerate(points)
        if i in (0, len(points) - 1) or not points[i - 1][1] == point[1] == points[i + 1][1]
    ]
    words = [f"{quarter} {value:.6g}" for quarter, value in shown]
    if len(words) > 2 * _ENDS:
        words = [*words[:_ENDS], "...", *words[-_ENDS:]]
    return " → ".join(words)


def alike(words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return keys and words, of many keys that begin alike (``land_``) and say the same one line: ``land_*``."""
    kinds: dict[tuple[str, str], list[str]] = {}
    for key, said in words.items():
        kinds.setdefault((key.partition("_")[0], said), []).append(key)
    lines = []
    for (first, said), keys in kinds.items():
        lines += [(f"{first}_* ({len(keys)})", said)] if len(keys) >= _MANY else [(key, said) for key in keys]
    return lines
