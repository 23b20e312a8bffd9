"""Sentences about reports."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no_report_extra": (
        "{missing} not installed, which draw the pictures and fill the page; install with: pip install "
        '"jjj-sim[report]"',
        '未安装绘图与排版所需的{missing}；请安装：pip install "jjj-sim[report]"',
    ),
}
