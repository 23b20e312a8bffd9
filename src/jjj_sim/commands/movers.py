"""`jjj-sim movers`: who lives elsewhere, and which units stand elsewhere, because of a policy."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jjj_sim.commands import options, page

if TYPE_CHECKING:
    from jjj_sim.comparing.movers import Movers

_MOST = 10


def movers(
    base: Annotated[str, typer.Argument(help="the scenario to compare with")],
    variant: Annotated[str, typer.Argument(help="a scenario that differs from it")],
    out: options.Out = Path("results"),
    members: Annotated[int, typer.Option("--members", help="how many members, each with its own luck")] = 4,
    year: Annotated[int, typer.Option("--year", help="where agents are at the end of this year")] = 2030,
    seed: options.Seed = 1,
    scale: options.Scale = None,
    fixed_parameters: options.FixedParameters = False,
    set_: options.Set = None,
    region: options.Region = None,
    lang: options.Lang = "en",
    quiet: options.Quiet = False,
    json_: options.Json = False,
    no_charts: options.NoCharts = False,
) -> None:
    """Match the agents of two scenarios by their keys: who is where because of the policy, people and firms."""
    from jjj_sim.comparing import movers as law
    from jjj_sim.running.result import check_free

    lang = options.language(lang)
    settings = [options.scenario(text, set_, scale, region) for text in (base, variant)]
    options.tell_apart(settings, "movers")
    options.check_writable(out)
    folder = out / law.named(*(s.name for s in settings))
    check_free(folder)
    one, two = settings
    found = law.movers(one, two, members, seed, year, fixed_parameters=fixed_parameters, quiet=quiet)
    found.save(folder, [] if no_charts else [lambda part: options.draw(found, part / "charts", (lang,))])
    if json_:
        told = {kind: json.loads(law.pairs(found, kind).to_json(orient="records")) for kind in law.KINDS}
        typer.echo(json.dumps({"folder": str(folder), **found.manifest, **told}, ensure_ascii=False, indent=2))
    elif not quiet:
        _print(found, lang == "zh")
        typer.echo(f"-> {folder}")


def _print(found: Movers, zh: bool) -> None:
    """Print the pairs of zones between which most moved, people and then firms."""
    from jjj_sim.comparing.movers import KINDS, pairs

    titles = [pair[zh] for pair in found.manifest["titles"].values()]
    year, scale = found.manifest["year"], found.manifest["residents_per_agent"]
    page.heading(f"{titles[1]} 与 {titles[0]}：{year}年末" if zh else f"{titles[1]} and {titles[0]}, end of {year}")
    about = f"Net of who moved the other way, mean over members; agents stand for {scale:,} residents each. "
    about += "Elsewhere: in the region in one of the two runs only."
    zh_about = f"已扣除反向移动，各次运行平均；每个智能体代表 {scale:,} 名居民。区域外：只在其中一个情景里位于区域内。"
    page.paragraph(zh_about if zh else about)
    heads = {"residents": ("People", "居民"), "firms": ("Legal units", "法人单位")}
    for kind in KINDS:
        table = pairs(found, kind)
        moved = table[~table[["origin", "destination"]].isin(["elsewhere"]).any(axis=1)]["each"].sum()
        head = f"{heads[kind][zh]}：{moved:,.0f} 在别处" if zh else f"{heads[kind][zh]}: {moved:,.0f} in another zone"
        page.heading(head, gap=True)
        rows = [["从", "到", "净", ""]] if zh else [["from", "to", "net", ""]]
        for row in table.head(_MOST).to_dict("records"):
            ends = [_called(found, str(row[key]), zh) for key in ("origin", "destination")]
            rows.append([*ends, f"{row['net']:,.0f}", ""])
        page.rows(rows, right=(2,))


def _called(found: Movers, zone: str, zh: bool) -> str:
    from jjj_sim.comparing.movers import NOWHERE
    from jjj_sim.region.names import names

    if zone == NOWHERE:
        return "区域外" if zh else "elsewhere"
    return names(found.base.region)[zone].short[zh]
