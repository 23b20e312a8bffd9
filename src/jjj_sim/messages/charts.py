"""Sentences about charts and films."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {}
