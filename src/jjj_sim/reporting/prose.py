"""The prose of reports: sentences and headings in both languages, from templates/prose.toml."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any

from jjj_sim.wording.words import Lang


@functools.cache
def texts() -> dict[str, dict[str, str]]:
    """Return every text by its key and language."""
    file = resources.files("jjj_sim.reporting").joinpath("templates/prose.toml")
    found: dict[str, dict[str, str]] = tomllib.loads(file.read_text("utf-8"))
    return found


def tell(key: str, lang: Lang, /, **given: Any) -> str:
    """Return a text with what is given put in; KeyError where there is none."""
    return texts()[key][lang].format(**given)
