"""Tables as CSV that a spreadsheet opens rightly: a mark of UTF-8 in front, heads in a language, no formulas."""

from __future__ import annotations

import csv
import os
import shutil
from pathlib import Path

from jjj_sim.exporting import book
from jjj_sim.exporting.table import inert
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang


def write(subject: Subject, folder: Path, lang: Lang) -> Path:
    """Write each table as ``<table>.csv`` into `folder`, put there whole, and return it.

    Text that a spreadsheet would take for a formula gets an apostrophe in front; numbers stay as they are.
    """
    part = folder.with_name(f".{folder.name}.{os.getpid()}.part")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    try:
        for table in book.tables(subject, lang):
            with (part / f"{table.key}.csv").open("w", encoding="utf-8-sig", newline="") as file:
                rows = csv.writer(file, lineterminator="\r\n")
                rows.writerow([inert(name) for name in table.heads])
                rows.writerows([inert(cell) if isinstance(cell, str) else cell for cell in row] for row in table.rows)
        shutil.rmtree(folder, ignore_errors=True)
        part.rename(folder)
    finally:
        shutil.rmtree(part, ignore_errors=True)
    return folder
