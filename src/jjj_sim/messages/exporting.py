"""Sentences about workbooks, tables and documents."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {}
