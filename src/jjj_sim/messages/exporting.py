"""Sentences about workbooks, tables and documents."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no_docx": (
        'Word documents need python-docx: pip install "jjj-sim[report]".',
        'Word 文档需要 python-docx：pip install "jjj-sim[report]"。',
    ),
    "no_xarray": (
        'arrays need xarray: pip install "jjj-sim[arrays]".',
        '数组需要 xarray：pip install "jjj-sim[arrays]"。',
    ),
    "only_docx": (
        "chooses charts and tables of a document; add --docx.",
        "用于选择文档中的图表；请同时给出 --docx。",
    ),
}
