"""Sentences about reports."""

from __future__ import annotations

SENTENCES: dict[str, tuple[str, str]] = {
    "no_report_extra": (
        "{missing} not installed, which draw the pictures and fill the page; install with: pip install "
        '"jjj-sim[report]"',
        '未安装绘图与排版所需的{missing}；请安装：pip install "jjj-sim[report]"',
    ),
    "no_report_of": (
        "a report is of what `jjj-sim run` or `jjj-sim compare` wrote; this folder holds {kind}",
        "报告只针对 jjj-sim run 或 jjj-sim compare 写出的文件夹；此文件夹是 {kind}",
    ),
    "not_beside_a_report": (
        "a comparison takes along what `jjj-sim attribute` or `jjj-sim movers` wrote; this folder is {kind}",
        "报告可附带 jjj-sim attribute 或 jjj-sim movers 写出的文件夹；此文件夹是 {kind}",
    ),
    "other_scenarios": (
        "it is about {variant} less {base}, which the comparison does not hold",
        "其内容为 {variant} 减 {base}，不在此比较之中",
    ),
    "not_html": (
        "{found} does not end in .html",
        "{found} 的扩展名不是 .html",
    ),
    "no_browser": (
        "no browser that prints is installed; install Chromium or Chrome. Looked for: {known}. The report can be "
        "opened in any browser and printed from there",
        "未找到可打印的浏览器；请安装 Chromium 或 Chrome。已查找：{known}。也可用任一浏览器打开报告后打印",
    ),
    "no_pdf": (
        "{browser} wrote no PDF: {told}",
        "{browser} 未写出 PDF：{told}",
    ),
}
