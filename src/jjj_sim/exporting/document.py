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
from jjj_sim.exporting import short
from jjj_sim.exporting.table import Cell, Table
from jjj_sim.messages import say
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang

if TYPE_CHECKING:
    from docx.document import Document

_CHARTS = {False: ("population", "gdp_nominal", "goals"), True: ("levels", "forest", "goals")}
_WIDTH, _HIGH = 15.0, 21.0  # centimetres between the margins, with room for a caption below
_LETTERS = 24  # of a column at most, in a table for a page
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
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.shared import Cm

    several = bool(subject.variants)
    chosen = _chosen(subject, tables, lang)
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
            shown = paper.add_picture(str(picture), width=Cm(_WIDTH))
            if shown.height > Cm(_HIGH):
                shown.width, shown.height = int(shown.width * Cm(_HIGH) / shown.height), Cm(_HIGH)
            paper.paragraphs[-1].paragraph_format.keep_with_next = True
            paper.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.CENTER
            _caption(paper, f"图{n}" if lang == "zh" else f"Figure {n}")
    for n, table in enumerate(chosen, start=1):
        _caption(paper, f"表{n}　{table.title}" if lang == "zh" else f"Table {n}. {table.title}")
        paper.paragraphs[-1].paragraph_format.keep_with_next = True
        _table(paper, table)
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    file.parent.mkdir(parents=True, exist_ok=True)
    try:
        paper.save(str(part))
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


def _chosen(subject: Subject, names: Sequence[str], lang: Lang) -> list[Table]:
    """Return the tables of the names, the usual one where none are given."""
    known = short.tables(subject)
    strange = [name for name in names if name not in known]
    if strange:
        legal = tuple(known)
        problems = [say("no_choice", found=repr(s), legal=legal, guess=nearest(s, legal)) for s in strange]
        raise ScenarioError("--table", problems)
    return [known[name](subject, lang) for name in names or [next(iter(known))]]


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
    from docx.oxml import OxmlElement
    from docx.shared import Cm, Pt

    rows = table.rows
    made = paper.add_table(rows=len(rows) + 1, cols=len(table.heads))
    made.alignment, made.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    made.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # repeated on every page
    letters = table.widths(_LETTERS)
    widths = [Cm(_WIDTH * n / sum(letters)) for n in letters]
    for r, row in enumerate([table.heads, *rows]):
        for n, cell in enumerate(row):
            made.cell(r, n).width = widths[n]
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
