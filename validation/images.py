"""Pictures of the pages, in few colours, so that they are small."""

from __future__ import annotations

from pathlib import Path

from PIL import Image

_COLOURS = 128


def keep(drawn: Path, place: Path) -> None:
    """Save a drawn picture at its place of a page."""
    with Image.open(drawn) as picture:
        picture.convert("RGB").quantize(_COLOURS).save(place, optimize=True)
