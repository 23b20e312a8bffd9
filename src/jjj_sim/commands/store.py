"""`jjj-sim store`: what the store of members holds, and its pruning."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jjj_sim.commands import options, page

if TYPE_CHECKING:
    from jjj_sim.running.store import Entry, Store

app = typer.Typer(help="The store of members that are done: what is in it, and pruning it.")

_AGES = {"h": 3600.0, "d": 86400.0, "w": 7 * 86400.0}
_SIZES = {"": 1.0, "B": 1.0, "KB": 1e3, "MB": 1e6, "GB": 1e9, "TB": 1e12}
_ASKED = ("name", "title", "title_zh", "settings", "seed", "residents_per_agent", "region")


@app.callback(invoke_without_command=True)
def show(context: typer.Context, lang: options.Lang = "en", json_: options.Json = False) -> None:
    """List what the store of members holds, a row per run; `store prune` removes from it."""
    if context.invoked_subcommand is not None:
        return
    zh = options.language(lang) == "zh"
    store = _store()
    entries = store.entries() if store is not None else []
    rows = _rows(entries)
    folder = None if store is None else str(store.folder)
    if json_:
        total = {
            "folder": folder,
            "members": sum(row["members"] for row in rows),
            "bytes": sum(e.size for e in entries),
        }
        typer.echo(json.dumps({**total, "runs": rows}, ensure_ascii=False, indent=2))
        return
    if folder is None:
        typer.echo("未保留存储库（JJJ_SIM_STORE 为 none）" if zh else "No store is kept: JJJ_SIM_STORE is none.")
        return
    page.heading("已完成成员的存储库" if zh else "The store of members that are done")
    page.paragraph(folder)
    if not entries:
        page.paragraph("为空" if zh else "It is empty.")
        return
    head = (
        ("成员", "种子", "尺度", "大小", "距上次使用", "代码", "情景", "")
        if zh
        else ("members", "seed", "scale", "size", "used", "code", "scenario", "")
    )
    page.rows([head, *(_cells(row, zh) for row in rows)], right=range(5))
    page.paragraph(_sum(entries, zh))


@app.command()
def prune(
    older_than: Annotated[
        str | None, typer.Option(help="remove what was not used for so long: 30d, 12h, 2w", show_default=False)
    ] = None,
    larger_than: Annotated[
        str | None,
        typer.Option(help="remove what was used longest ago, until so much is left: 5GB, 500MB", show_default=False),
    ] = None,
    other_code: Annotated[bool, typer.Option("--other-code", help="remove what other code has made")] = False,
    lang: options.Lang = "en",
    json_: options.Json = False,
) -> None:
    """Remove members from the store, and say which; what no option names stays."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    zh = options.language(lang) == "zh"
    if older_than is None and larger_than is None and not other_code:
        raise ScenarioError("store prune", [say("prune_what")])
    oldest = None if older_than is None else _number(older_than, _AGES, "--older-than", "not_age")
    most = None if larger_than is None else _number(larger_than, _SIZES, "--larger-than", "not_size")
    store = _store()
    entries = store.entries() if store is not None else []
    gone = _pruned(entries, oldest, most, other_code)
    if store is not None:
        store.remove(gone)
    if json_:
        report = {"files": len(gone), "bytes": sum(e.size for e in gone), "runs": _rows(gone)}
        typer.echo(json.dumps(report, ensure_ascii=False, indent=2))
        return
    if not gone:
        typer.echo("没有可删除的内容" if zh else "There was nothing to remove.")
        return
    page.heading("已删除" if zh else "Removed")
    page.rows([_cells(row, zh) for row in _rows(gone)], right=range(5))
    page.paragraph(_sum(gone, zh))


def _store() -> Store | None:
    """Return the store, None where none is kept."""
    return options.store(fresh=False, no_store=False)


def _pruned(entries: Sequence[Entry], oldest: float | None, most: float | None, other_code: bool) -> list[Entry]:
    """Return what is to be removed: by age in seconds, by code, and of the rest what was used longest ago until at most
    so many bytes are left.
    """
    gone = [
        e for e in entries if (oldest is not None and e.age > oldest) or (other_code and e.told and not e.of_this_code)
    ]
    if most is not None:
        left = [e for e in entries if e not in gone]
        total = sum(e.size for e in left)
        for entry in reversed(left):
            if total <= most:
                break
            gone.append(entry)
            total -= entry.size
    return gone


def _number(text: str, units: dict[str, float], option: str, wrong: str) -> float:
    """Return a number with its unit, in seconds or bytes; ScenarioError where it is none."""
    from jjj_sim.errors import ScenarioError
    from jjj_sim.messages import say

    found = re.fullmatch(r"\s*(\d+(?:\.\d+)?)\s*([a-zA-Z]*)\s*", text)
    by_name = {name.lower(): value for name, value in units.items()}
    if found is None or found[2].lower() not in by_name:
        raise ScenarioError(option, [say(wrong, found=repr(text))])
    return float(found[1]) * by_name[found[2].lower()]


def _rows(entries: Iterable[Entry]) -> list[dict[str, Any]]:
    """Return one row per run: what was asked, its members, bytes, days since the last use, whether of this code."""
    runs: dict[str, dict[str, Any]] = {}
    for entry in entries:
        asked = {name: entry.told.get(name) for name in _ASKED}
        made = entry.told.get("made", {})
        asked |= {"twin": made.get("twin"), "of_this_code": entry.of_this_code, "code": made.get("code")}
        row = runs.setdefault(json.dumps(asked), {**asked, "members": 0, "bytes": 0, "age_days": entry.age / 86400.0})
        row["members"] += 1
        row["bytes"] += entry.size
        row["age_days"] = min(row["age_days"], entry.age / 86400.0)
    return list(runs.values())


def _cells(row: dict[str, Any], zh: bool) -> list[str]:
    size, age = _size(row["bytes"]), _age(row["age_days"], zh)
    if row["code"] is None:
        return [
            str(row["members"]),
            "",
            "",
            size,
            age,
            "",
            "",
            "无法读取或未写完" if zh else "unreadable or unfinished",
        ]
    code = ("当前" if zh else "this") if row["of_this_code"] else ("其他" if zh else "other")
    twin = ("（期望值）" if zh else " (twin)") if row["twin"] else ""
    title = row["title_zh"] if zh and row["title_zh"] else row["title"]
    scale = f"1:{row['residents_per_agent']}"
    return [str(row["members"]), str(row["seed"]), scale, size, age, code, f"{row['name']}{twin}", title or ""]


def _sum(entries: Sequence[Entry], zh: bool) -> str:
    size = _size(sum(e.size for e in entries))
    files = len(entries)
    return f"共 {files} 个文件，{size}" if zh else f"{files} file{'s' * (files != 1)}, {size}"


def _size(n: float) -> str:
    for unit in ("B", "KB", "MB", "GB"):
        if n < 999.5:
            return f"{n:.3g} {unit}"
        n /= 1000.0
    return f"{n:.3g} TB"


def _age(days: float, zh: bool) -> str:
    if days < 1 / 24:
        return "不到1小时" if zh else "< 1 h"
    if days < 2:
        return f"{days * 24:.0f} 小时" if zh else f"{days * 24:.0f} h"
    return f"{days:.0f} 天" if zh else f"{days:.0f} d"
