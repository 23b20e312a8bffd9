"""Alarms on the terminal: a paragraph each, at the end of a run or a comparison."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import typer

from jjj_sim.commands import page


def show(manifest: Mapping[str, Any], lang: str) -> None:
    """Print the alarms that a manifest keeps; nothing where all is well."""
    alarms: Sequence[Mapping[str, str]] = manifest.get("alarms", ())
    if alarms:
        typer.echo()
    for alarm in alarms:
        page.paragraph(f"! {alarm[lang]}", 0, 2)
