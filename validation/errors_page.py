"""The page of errors: how far the baseline is from what was published, worst first, and why for the five worst."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from beside import Beside
from growth_parts import PARTS
from jjj_sim.regions.jingjinji.statistics.geography import SECTORS
from reasons import CONCEPTS, LOOKED_AT, REASONS

WORST = 5
_HEAD = """# Errors of the baseline, 2013-2024

Written by `python validation/errors.py`; run it again after any change of the model. The shipped baseline at its
default parameters, {members} members of {residents} residents an agent, seed 1, stands beside what was published. The
model's figure is the median over members. *Score* is the root mean square of (model - data) / sd over the years after
2013, which is the opening and is the data; *last* is the error of the last year, in percent, or in points where the
unit is percent. The sd is the discrepancy a right model may have: GDP 1 %, shares .7 points, population .7 %, PM2.5 6
%, contracts and counts 15 %, Xiong'an 5 %; of a sector what GDP's and a share's come to; of the rest assumed (`SD` in
`validation/beside.py`). A score of one is no error.

**This is not out of sample.** {looked}

{concepts}

![Model and data](images/errors.png)
"""


def write_page(
    file: Path,
    rows: Sequence[Beside],
    parts: Mapping[tuple[str, str], Mapping[str, float]],
    members: int,
    residents: int,
) -> None:
    """Write the page to `file`: head, table, reasons of the worst, and the parts of growth."""
    text = [filled(_HEAD.format(members=members, residents=residents, looked=LOOKED_AT, concepts=CONCEPTS))]
    sure, low = [r for r in rows if r.confidence != "low"], [r for r in rows if r.confidence == "low"]
    above = sum(r.score > 2.0 for r in sure)
    text.append(f"\n**Of {len(sure)} comparisons {above} miss by more than two sd.**\n")
    text.append("\n## Why the five worst\n")
    for number, row in enumerate(worst(sure), start=1):
        reason = REASONS.get(row.key, "Not looked into yet.")
        text.append("\n" + filled(f"{number}. **{named(row)}**: {figures(row)}. {reason}"))
    text.append("\n## What made output grow\n\n" + filled(_PARTS_SAY) + "\n" + _parts(parts))
    text.append("\n## All, worst first\n\n" + table(sure))
    text.append("\n## Data of low confidence, not ranked\n\n" + filled(_LOW) + "\n" + table(low))
    file.write_text("".join(text), "utf-8")


_PARTS_SAY = """
Growth of 2013 to 2024 in the twin, 100 x log: the nation's in the same sectors, what each part added to it or took from
it, all of it, then the rise of prices here and in the nation.
"""
_LOW = "The split of industry, and of trade, rests on recalled shares; these rows show orders of size."


def worst(rows: Sequence[Beside]) -> list[Beside]:
    """Return the WORST rows; GDP per head is left to GDP and people, a sector of nine to its broad one."""
    parts = {"gdp_per_head", *(f"va_{sector.key}" for sector in SECTORS)}
    return [r for r in rows if r.variable not in parts][:WORST]


def named(row: Beside) -> str:
    """Return what is compared, in words."""
    return f"{row.variable.replace('_', ' ')}, {row.area.replace('_', ' ')}"


def figures(row: Beside) -> str:
    """Return the last year's model and data."""
    return f"{number(row.model[-1])} for {number(row.data[-1])} {row.unit} in {row.years[-1]}, {error(row)}"


def number(value: float) -> str:
    """Return four figures, persons in millions written out."""
    return f"{value:,.0f}" if abs(value) >= 1000 else f"{value:.4g}"


def error(row: Beside) -> str:
    """Return the last year's error with its unit."""
    return f"{row.last:+.1f} {'%' if row.relative else 'points'}"


def table(rows: Sequence[Beside]) -> str:
    """Return the table of comparisons."""
    lines = ["| variable | area | years | unit | model, last | data, last | last | score, sd | data used |"]
    lines.append("|---|---|---|---|---|---|---|---|---|")
    for r in rows:
        years = f"{r.years[0]}-{r.years[-1]}" if len(r.years) > 1 else str(r.years[0])
        cells = [
            *(f"`{r.variable}`", r.area, years, r.unit, number(r.model[-1]), number(r.data[-1])),
            *(error(r), f"{r.score:.1f}", r.kind),
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines) + "\n"


def _parts(parts: Mapping[tuple[str, str], Mapping[str, float]]) -> str:
    lines = ["| area | sectors | " + " | ".join(PARTS) + " |", "|---|---" + "|---" * len(PARTS) + "|"]
    for (area, name), found in parts.items():
        lines.append(f"| {area} | {name} | " + " | ".join(f"{round(found[p]) + 0:d}" for p in PARTS) + " |")
    return "\n".join(lines) + "\n"


def filled(text: str) -> str:
    """Return `text` with each paragraph wrapped; a picture keeps its line."""
    parts = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    fill = partial(textwrap.fill, width=120, break_long_words=False, break_on_hyphens=False)
    return "\n\n".join(map(fill, parts)) + "\n"
