"""A report of a result or a comparison: what was asked, the answer, pictures, how far to trust it; one file.

What draws it is an extra of the package and is imported when a report is asked for.
"""

from __future__ import annotations

import os
from pathlib import Path

from jjj_sim.comparing.comparison import Comparison
from jjj_sim.reporting import extra
from jjj_sim.reporting.subject import Subject
from jjj_sim.running.result import Result
from jjj_sim.wording.words import LANGS, Lang, language


def report(found: Result | Comparison, path: Path | str, lang: str = "en") -> Path:
    """Write the report of a result or a comparison to `path` and return it; it opens in `lang` and holds both.

    ScenarioError when what draws it is not installed, or a language is not spoken.
    """
    subject = Subject(found) if isinstance(found, Result) else Subject(found.base, found)
    return write(subject, Path(path), language(lang))


def write(subject: Subject, path: Path, lang: Lang = "en") -> Path:
    """Write the report of a subject to `path`, whole or not at all."""
    text = html(subject, lang)
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        part.write_text(text, encoding="utf-8")
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return path


def html(subject: Subject, lang: Lang = "en") -> str:
    """Return the report as HTML that needs nothing else."""
    extra.require()
    from jjj_sim.reporting import page
    from jjj_sim.reporting.contents import contents

    album = page.Album()
    parts = {one: page.part(one, album, contents(subject, one)) for one in LANGS}
    return page.page(parts, album, lang)
