"""A Word document of a result or a comparison: charts at the width of a page, and tables between three rules.

Fonts are those of official documents in Chinese (SimSun in the text, SimHei in headings); captions are numbered.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jjj_sim.charts import draw
from jjj_sim.errors import ScenarioError, nearest
from jjj_sim.exporting import book
from jjj_sim.exporting.table import Cell, Table
from jjj_sim.messages import say
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang

if TYPE_CHECKING:
    from docx.document import Document

_CHARTS = {False: ("population", "gdp_nominal", "goals"), True: ("levels", "forest", "goals")}
_TABLES = {False: "goals", True: "differences"}
_WIDTH, _ROWS = 15.0, 40  # centimetres between the margins; rows that a reader reads
_SONG, _HEI, _LATIN = "宋体", "黑体", "Times New Roman"


def require() -> None:
    """Raise ScenarioError that names what is missing and how it is installed."""
    if find_spec("docx") is None:
        raise ScenarioError("--docx", [say("no_docx")])


def write(subject: Subject, file: Path, lang: Lang, charts: Sequence[str] = (), tables: Sequence[str] = ()) -> Path:
    """Write the document beside its place, put it there in one rename, and return it.

    `charts` and `tables` are names, a choice of each where none are given; ScenarioError for a name that is none.
    """
    require()
    import docx
    from docx.shared import Cm

    several = bool(subject.variants)
    chosen = _chosen(book.tables(subject, lang), tables or (_TABLES[several],))
    paper = docx.Document()
    _letters(paper)
    paper.sections[0].page_width, paper.sections[0].page_height = Cm(21.0), Cm(29.7)
    paper.sections[0].left_margin = paper.sections[0].right_margin = Cm(3.0)
    paper.add_heading(subject.title(subject.base.name, lang), level=1)
    for variant in subject.variants:
        paper.add_paragraph(subject.title(variant.name, lang), style="List Bullet")
    with tempfile.TemporaryDirectory() as folder:
        found = subject.comparison or subject.base
        names = tuple(charts) or _CHARTS[several]
        drawn = draw(found, folder, formats=("png",), langs=(lang,), only=names, size="word")
        for n, picture in enumerate((p for p in drawn if p.suffix == ".png"), start=1):
            paper.add_picture(str(picture), width=Cm(_WIDTH))
            _caption(paper, f"图{n}" if lang == "zh" else f"Figure {n}")
    for n, table in enumerate(chosen, start=1):
        _caption(paper, f"表{n}　{table.title}" if lang == "zh" else f"Table {n}. {table.title}")
        _table(paper, table)
        if len(table.rows) > _ROWS:
            more = len(table.rows) - _ROWS
            paper.add_paragraph(f"另有{more}行，见工作簿。" if lang == "zh" else f"{more} more rows: the workbook.")
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        paper.save(str(part))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def _chosen(every: Sequence[Table], names: Sequence[str]) -> list[Table]:
    """Return the tables of the names."""
    by_key = {table.key: table for table in every}
    strange = [name for name in names if name not in by_key]
    if strange:
        legal = tuple(by_key)
        problems = [say("no_choice", found=repr(s), legal=legal, guess=nearest(s, legal)) for s in strange]
        raise ScenarioError("--table", problems)
    return [by_key[name] for name in names]


def _letters(paper: Document) -> None:
    """Set the fonts: Latin letters and, apart from them, Chinese characters."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for name, song, size in (("Normal", _SONG, 10.5), ("Heading 1", _HEI, 16.0), ("Caption", _HEI, 9.0)):
        style: Any = paper.styles[name]
        style.font.name, style.font.size, style.font.color.rgb = _LATIN, Pt(size), RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), song)


def _caption(paper: Document, text: str) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    paper.add_paragraph(text, style="Caption").alignment = WD_ALIGN_PARAGRAPH.CENTER


def _table(paper: Document, table: Table) -> None:
    """Add a table between three rules: above and below its heads, and at its foot."""
    from docx.enum.table import WD_TABLE_ALIGNMENT
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Pt

    rows = table.rows[:_ROWS]
    made = paper.add_table(rows=len(rows) + 1, cols=len(table.heads))
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    for r, row in enumerate([table.heads, *rows]):
        for n, cell in enumerate(row):
            paragraph = made.cell(r, n).paragraphs[0]
            run = paragraph.add_run(_shown(cell, table.format_of(r - 1, n) if r else ""))
            run.font.size, run.bold = Pt(8), r == 0
            paragraph.paragraph_format.space_after = Pt(0)
            if r and not isinstance(cell, str):
                paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            if r in (0, len(rows)):
                _rules(made.cell(r, n), above=r == 0)


def _rules(cell: Any, *, above: bool) -> None:
    """Draw the rules of a cell: below it, and a heavy one above the heads."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    borders = OxmlElement("w:tcBorders")
    for side, size in (("top", "12"), ("bottom", "6")) if above else (("bottom", "12"),):
        edge = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", size), ("color", "000000")):
            edge.set(qn(f"w:{key}"), value)
        borders.append(edge)
    cell._tc.get_or_add_tcPr().append(borders)


def _shown(cell: Cell, form: str) -> str:
    """Return a cell as the spreadsheet would show it in the number format."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    decimals = len(form.partition(".")[2].rstrip("#"))
    return f"{cell:,.{decimals}f}".replace("-", "−") if "," in form else f"{cell:.{decimals}f}".replace("-", "−")
