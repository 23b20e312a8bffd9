"""A workbook of a result or a comparison: a sheet a table, formats and units, charts of the headline.

The same tables give the same bytes: no date is written. Text is never taken for a formula or an address.
"""

from __future__ import annotations

import datetime
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from jjj_sim.charts.sheet import PALETTE
from jjj_sim.exporting import book
from jjj_sim.exporting.heads import head
from jjj_sim.exporting.table import Table
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang, area_name, label

_DATE = datetime.datetime(2013, 1, 1)  # the first day told: the file's own date would change its bytes
_PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
_FONT = {"zh": "微软雅黑", "en": "Calibri"}
_CHARTED = ("population", "gdp_nominal", "gdp_share_tertiary", "pm25", "house_price", "employment")
_WIDE, _HIGH, _PER_ROW = 560, 300, 2
_ROWS_A_CHART, _COLUMNS_A_CHART = 16, 9
_LONG = 24


def write(subject: Subject, file: Path, lang: Lang) -> Path:
    """Write the workbook beside its place, put it there in one rename, and return it."""
    part = file.with_name(f".{file.name}.{os.getpid()}.part")
    file.parent.mkdir(parents=True, exist_ok=True)
    tables = book.tables(subject, lang)
    workbook = xlsxwriter.Workbook(part, _PLAIN)
    try:
        workbook.set_properties({"title": subject.title(subject.base.name, lang), "created": _DATE})
        pen = _Pen(workbook, lang)
        for table in tables:
            pen.sheet(table)
            if table.key == "headline":
                pen.charts(subject, table)
        workbook.close()
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)
    return file


class _Drawn(NamedTuple):
    """A chart: its title, and name and row of each line."""

    title: str
    lines: list[tuple[str, int]]


class _Pen:
    """Writes tables into one workbook; formats are made once."""

    def __init__(self, workbook: Workbook, lang: Lang) -> None:
        self.workbook, self.lang = workbook, lang
        self.font = {"font_name": _FONT[lang], "font_size": 10, "valign": "top"}
        head_of = {**self.font, "bold": True, "bottom": 1, "bg_color": "#F0F3F6", "text_wrap": True}
        self.head, self.head_right = (workbook.add_format({**head_of, "align": side}) for side in ("left", "right"))
        self.text = workbook.add_format(self.font)
        self.long = workbook.add_format({**self.font, "text_wrap": True})
        self.grey = workbook.add_format({**self.font, "font_color": "#666666", "italic": lang == "en"})
        self.numbers: dict[str, Any] = {}

    def number(self, form: str) -> Any:
        """Return the format of numbers."""
        if form not in self.numbers:
            self.numbers[form] = self.workbook.add_format({**self.font, "num_format": form or "General"})
        return self.numbers[form]

    def sheet(self, table: Table) -> Worksheet:
        """Write a table into a sheet of its own: frozen heads, filters, widths, A4 across."""
        sheet = self.workbook.add_worksheet(table.title[:31])
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&R&P / &N")
        for n, width in enumerate(table.widths()):
            sheet.set_column(n, n, width * 0.95 + 1.5)
        for n, name in enumerate(table.heads):
            numbers = not table.words and any(isinstance(row[n], int | float) for row in table.rows)
            sheet.write_string(0, n, name, self.head_right if numbers else self.head)
        for r, row in enumerate(table.rows):
            for n, cell in enumerate(row):
                if cell is None:
                    continue
                if isinstance(cell, str) or table.words:
                    words = str(cell)
                    sheet.write_string(r + 1, n, words, self.long if table.words or len(words) > _LONG else self.text)
                else:
                    sheet.write_number(r + 1, n, cell, self.number(table.format_of(r, n)))
        frozen = 0 if table.words else _text_columns(table)
        sheet.freeze_panes(1, frozen)
        if not table.words:
            sheet.autofilter(0, 0, len(table.rows), len(table.heads) - 1)
        if table.note:
            sheet.write_string(len(table.rows) + 2, 0, table.note, self.grey)
        return sheet

    def charts(self, subject: Subject, table: Table) -> None:
        """Draw lines of the headline: a chart a variable of several areas, with variants one a variable and area."""
        sheet = self.workbook.add_worksheet(head("charts", self.lang))
        sheet.hide_gridlines(2)
        years = [n for n, name in enumerate(table.heads) if name.isdigit()]
        font = {"name": _FONT[self.lang], "size": 9}
        for n, drawn in enumerate(self._drawn(subject, table)):
            chart: Any = self.workbook.add_chart({"type": "line"})
            for k, (name, row) in enumerate(drawn.lines):
                chart.add_series(
                    {
                        "name": name,
                        "categories": [table.title, 0, years[0], 0, years[-1]],
                        "values": [table.title, row + 1, years[0], row + 1, years[-1]],
                        "line": {"color": PALETTE[k % len(PALETTE)], "width": 2.0},
                    }
                )
            chart.set_title({"name": drawn.title, "name_font": {**font, "size": 11, "bold": False}, "overlay": False})
            chart.set_x_axis({"num_font": font, "interval_unit": 3})
            grid = {"visible": True, "line": {"color": "#E4E4E4"}}
            chart.set_y_axis({"num_font": font, "major_gridlines": grid, "num_format": "#,##0.###"})
            chart.set_legend({"position": "bottom", "font": font})
            chart.set_size({"width": _WIDE, "height": _HIGH})
            sheet.insert_chart(n // _PER_ROW * _ROWS_A_CHART, n % _PER_ROW * _COLUMNS_A_CHART, chart)

    def _drawn(self, subject: Subject, table: Table) -> Iterator[_Drawn]:
        """Yield what each chart shows."""
        region, several = subject.region, bool(subject.variants)
        at = 1 if several else 0
        areas = {area_name(region, area, self.lang) for area in region.areas}
        for variable in _CHARTED:
            said = label(region, variable, self.lang)
            rows = [n for n, row in enumerate(table.rows) if row[at] == said and row[at + 1] in areas]
            by_chart: dict[str, list[int]] = {}
            for n in rows:
                by_chart.setdefault(str(table.rows[n][2]) if several else "", []).append(n)
            for where, mine in by_chart.items():
                unit = str(table.rows[mine[0]][at + 2])
                if self.lang == "zh":
                    title = f"{where}{said}（{unit}）"
                else:
                    title = ", ".join(filter(None, (said, where, unit)))
                yield _Drawn(title, [(str(table.rows[n][0 if several else 1]), n) for n in mine])


def _text_columns(table: Table) -> int:
    """Return how many columns of words a table begins with, three at most."""
    first = table.rows[0]
    count = next((n for n, cell in enumerate(first) if not isinstance(cell, str)), len(first))
    return min(count, 3)
