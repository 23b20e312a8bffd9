"""Write the tables of the documentation from the code, so that they cannot drift.

    python docs/parameters.py                      renew every table in the pages
    python docs/parameters.py --result results/x   renew what a run says as well, and the picture
    python docs/parameters.py --check              exit 1 and name the pages that are not current

A table stands between `<!-- table: NAME [ARGUMENT] -->` and `<!-- end -->`. What comes from a run names the
version, commit, scale and members it was run with; it is renewed by hand, since a run takes time.
"""

from __future__ import annotations

import ast
import inspect
import itertools
import re
import sys
import tomllib
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from jjj_sim import regions
from jjj_sim.balance import IDENTITIES
from jjj_sim.indicators import areas
from jjj_sim.indicators import indicators as indicators_of
from jjj_sim.param import Path as TimePath
from jjj_sim.policy.lever import Lever
from jjj_sim.policy.registry import levers as of_region
from jjj_sim.processes.process import Process, StockProcess
from jjj_sim.quarters import label
from jjj_sim.region.data import TOPICS
from jjj_sim.regions.jingjinji.statistics.geography import REGION, SECTORS
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.satellites import QUARTER
from jjj_sim.scenario import load_scenario, packages, shipped
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.draft import published
from jjj_sim.state.flows import Flows
from jjj_sim.state.memory import Memory
from jjj_sim.state.opening import Opening
from jjj_sim.state.prices import Prices
from jjj_sim.state.stocks import Stocks
from jjj_sim.state.tables import Tables
from jjj_sim.wording.paths import alike

DOCS = Path(__file__).resolve().parent
PICTURE = DOCS / "images" / "population.png"
_BLOCK = re.compile(r"(<!-- table: ([a-z_ ]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_CHINESE = re.compile(r"[一-鿿]")
_OF_A_RUN = ("run", "outside", "article", "zones_of_a_run", "goals")
_PROCESSES = {process.name: process for process in QUARTER}
LEVERS = of_region(REGION)
_BOOKS = {"tables": Tables, "stocks": Stocks, "prices": Prices, "memory": Memory, "opening": Opening, "flows": Flows}


def pages() -> list[Path]:
    """Return the pages that may hold tables."""
    return sorted(DOCS.rglob("*.md"))


def renewed(text: str, of_a_run: Callable[[str], str] | None = None) -> str:
    """Return a page with its tables renewed; those of a run only when `of_a_run` gives them."""

    def block(found: re.Match[str]) -> str:
        name, _, argument = found[2].partition(" ")
        if name in _OF_A_RUN:
            return found[0] if of_a_run is None else f"{found[1]}{of_a_run(name)}\n{found[3]}"
        return f"{found[1]}{TABLES[name](argument)}\n{found[3]}"

    return _BLOCK.sub(block, text)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in cells)])


def _number(value: float) -> str:
    return f"{value:.6g}"


def parameters(process: str) -> str:
    """The parameters of a process, in the order of its law."""
    found = _PROCESSES[process].parameters()
    if not found:
        return "None."
    rows = []
    for name, p in found.items():
        dotted = f"{process}.{name}"
        default, bounds = _default_of(REGION.default(dotted, p)), f"{p.lo:g} to {p.hi:g}"
        rows.append((f"`{name}`", default, p.unit, bounds, p.told(), p.doc, REGION.source(dotted, p)))
    return _table(("parameter", "default", "unit", "bounds", "prior", "meaning", "source"), rows)


def law(process: str) -> str:
    """The law of a process, as the docstring of its file tells it."""
    file = inspect.getsourcefile(_PROCESSES[process]) or ""
    told = (ast.get_docstring(ast.parse(Path(file).read_text("utf-8"))) or "").splitlines()
    lines = [line.removeprefix("    ") for line in told if line.startswith("    ")]
    return "\n".join(["```", *lines, "```"])


def _default_of(value: float | dict[str, float]) -> str:
    """Return a default: a number, or one by place."""
    if not isinstance(value, dict):
        return _number(value)
    return ", ".join(f"{place} {_number(number)}" for place, number in value.items())


def writes(process: str) -> str:
    """The arrays that a process alone writes."""
    rows = []
    for name in _PROCESSES[process].writes:
        book, _, array = name.partition(".")
        kept = _PROCESSES[process].keeps if book == "satellites" else _BOOKS[book].fields()
        field = kept[array]
        rows.append((f"`{name}`", " x ".join(field.dims) or "one number", field.unit, field.meaning))
    return _table(("array", "by", "unit", "meaning"), rows) if rows else "None."


def schedule(_: str) -> str:
    """The order of a quarter."""

    def row(number: int, kind: type[Process]) -> tuple[str, ...]:
        acts = "stocks and prices" if issubclass(kind, StockProcess) else "agents"
        page = f"[{kind.__name__}](processes/{kind.name}.md)"
        return str(number), page, kind.zh, acts, str(len(kind.parameters()))

    return _table(("", "process", "", "acts on", "parameters"), [row(n, k) for n, k in enumerate(QUARTER, 1)])


def _path(path: TimePath) -> str:
    """Return a path in few words: its points, or of a long one the first, the middle left out, the last."""
    points = [f"{label(t)} {value:.6g}" for t, value in path.points()]
    return ", ".join(points if len(points) <= 7 else [*points[:2], "...", *points[-2:]])


def _keys(spec: Lever) -> str:
    keys = [f"`{key}`" for key in spec.keys() if key != "paths"]  # noqa: SIM118
    keys += [f"`paths.{key}`" for key, _ in alike({k: f"{r}" for k, r in spec.paths.items()})]
    if (kind := spec.events) is not None:
        given = [*(f"`{k}`" for k in kind.numbers), *(f"`{k}`" for k in kind.words)]
        keys.append("each event " + ", ".join(["`quarter`", *given]))
    return "; ".join(keys)


def _default(spec: Lever) -> str:
    plan, parts = published(REGION)[spec.name], []
    if plan.path is not None:
        parts.append(_path(plan.path))
    parts += [f"{key}: {said}" for key, said in alike({k: _path(path) for k, path in plan.paths.items()})]
    if plan.shares:
        parts.append("shares " + ", ".join(f"{key} {share:g}" for key, share in plan.shares.items()))
    if plan.zones:
        parts.append(f"{len(plan.zones)} zones")
    if plan.events:
        parts.append(f"{len(plan.events)} dated {spec.events.noun if spec.events else 'event'}s")
    return "; ".join(parts)


def levers(_: str) -> str:
    """The levers: who pulls them, what they do, what may be set."""
    rows = [
        (f"`{s.name}` {s.zh}", s.decider, s.unit, f"{s.lo:g} to {s.hi:g}" if s.has_path else "", s.mechanism, _keys(s))
        for s in LEVERS.values()
    ]
    return _table(("lever", "decider", "unit", "bounds", "what it does", "keys"), rows)


def lever_defaults(_: str) -> str:
    """The levers' default paths: history, then the announced plan, with sources."""
    rows = [(f"`{s.name}`", _default(s), "; ".join(s.sources)) for s in LEVERS.values()]
    return _table(("lever", "unless set otherwise", "sources"), rows)


def lever_events(_: str) -> str:
    """What an event of a lever may say, and what holds where it is silent."""
    rows = []
    for spec in LEVERS.values():
        kind = spec.events
        if kind is None:
            continue
        rows.append(
            (f"`{spec.name}`", "`quarter`", f'a quarter or a year, from {kind.first} on, or `"never"`', "needed")
        )
        for key, number in kind.numbers.items():
            usual = "needed" if key in kind.needs else "nothing"
            rows.append(("", f"`{key}`", f"{number.lo:g} to {number.hi:g} {number.unit}", usual))
        for key, words in kind.words.items():
            legal = "a zone" if words.noun == "zone" else ", ".join(f"`{word}`" for word in words.legal)
            legal += f", or `{REGION.outside}`" if words.noun == "zone" and REGION.outside in words.legal else ""
            usual = "needed" if key in kind.needs else f"`{kind.home[key]}`" if key in kind.home else "nothing"
            rows.append(("", f"`{key}`", legal, usual))
        if what := getattr(spec, "kind", ""):
            rows.append(("", "kind", f"always `{what}`, not to be set", ""))
    zones = ", ".join(f"`{zone}`" for zone in REGION.ids)
    return _table(("lever", "key", "legal", "in a new event"), rows) + f"\n\nZones: {zones}."


def tags(_: str) -> str:
    """The tags by which events are set together."""
    rows = []
    for spec in LEVERS.values():
        events = published(REGION)[spec.name].events
        for tag, meaning in spec.tags.items():
            members = [f"`{name}`" for name, event in events.items() if tag in event.tags]
            rows.append((f"`{spec.name}`", f"`{tag}` {meaning['zh']}", meaning["en"], ", ".join(members)))
    return _table(("lever", "tag", "", "events"), rows)


def assumptions(_: str) -> str:
    """The outside paths."""
    rows = [
        (f"`{a.name}` {a.zh}", a.unit, f"{a.lo:g} to {a.hi:g}", _path(a.default()), str(a.since), a.meaning, a.source)
        for a in ASSUMPTIONS.values()
    ]
    return _table(("assumption", "unit", "bounds", "default", "in force from", "meaning", "source"), rows)


def indicators(_: str) -> str:
    """The variables of a result."""
    region = regions.default()
    rows = []
    for i in indicators_of(region).values():
        covered = [area.name for area in areas(region) if i.covers(area)]
        where = "all" if len(covered) == len(areas(region)) else ", ".join(dict.fromkeys(covered))
        rows.append((f"`{i.name}`", i.en, i.zh, i.unit, i.kind, where, i.formula))
    return _table(("variable", "", "", "unit", "kind", "areas", "rule"), rows)


def identities(_: str) -> str:
    """The identities that are asserted every quarter."""
    rows = [(i.name, i.law, " x ".join(i.axes) or "the region") for i in IDENTITIES]
    return _table(("identity", "law", "by"), rows)


def as_of(how: str) -> str:
    """The tables of the region by how they are cut at a year: uncut, known, opening or plainly by year."""
    told = {
        f"{topic.name}/{name}": own
        for topic in TOPICS
        for name, own in tomllib.loads((REGION.folder / "tables" / f"{topic.name}.toml").read_text("utf-8")).items()
    }
    if how == "year":
        plain = [name for name, own in told.items() if not own.keys() & {"uncut", "known", "opening"}]
        return f"{len(plain)} of {len(told)}: " + ", ".join(f"`{name}`" for name in plain) + "."
    rows = [(f"`{name}`", _since(own[how])) for name, own in told.items() if how in own]
    return _table(("table", {"known": "known since", "opening": "its first year stays"}.get(how, "why")), rows)


def _since(told: str | int | dict[str, int]) -> str:
    """Return why a table is not cut, or since when it, or its rows by year, were known."""
    if not isinstance(told, dict):
        return str(told)
    return ", ".join(
        f"{', '.join(y for y, s in told.items() if s == since)}: {since}" for since in sorted({*told.values()})
    )


def library(lang: str) -> str:
    """The shipped scenarios: title, and what each asks as its first lines say it."""
    if lang == "zh":
        rows = [(f"`{name}`", load_scenario(name).title_zh, _asks(file, "zh")) for name, file in shipped().items()]
        return _table(("情景", "标题", "问的是什么"), rows)
    titles = {name: load_scenario(name) for name in shipped()}
    rows = [
        (f"`{name}`", titles[name].title, titles[name].title_zh, _asks(file, "en")) for name, file in shipped().items()
    ]
    return _table(("scenario", "title", "", "what it asks"), rows)


def packaged(_: str) -> str:
    """The shipped packages of policies."""
    return _table(
        ("package", "what it does", ""),
        [(f"`{name}`", _asks(file, "en"), _asks(file, "zh")) for name, file in packages().items()],
    )


def _asks(file: Path, lang: str) -> str:
    """Return the comment that opens a scenario file, its lines in one language."""
    told = itertools.takewhile(lambda line: line.startswith("#"), file.read_text("utf-8").splitlines())
    lines = [line.removeprefix("# ") for line in told if line.startswith("# ")]
    chinese = [line for line in lines if _CHINESE.search(line)]
    return "".join(chinese) if lang == "zh" else " ".join(line for line in lines if line not in chinese)


def zones(_: str) -> str:
    """The zones."""
    g = REGION
    rows = [
        (f"`{g.ids[z]}`", g.name_en[z], g.name_zh[z], REGION.areas[int(g.area[z])], f"{g.area_km2[z]:,.0f}")
        for z in range(g.n_zones)
    ]
    return _table(("zone", "", "", "region", "km2"), rows)


def sectors(_: str) -> str:
    """The sectors."""
    return _table(
        ("", "sector", "", "", "three-sector split"),
        [(str(n), f"`{s.key}`", s.en, s.zh, s.broad) for n, s in enumerate(SECTORS)],
    )


TABLES: dict[str, Callable[[str], str]] = {
    "parameters": parameters,
    "law": law,
    "writes": writes,
    "schedule": schedule,
    "levers": levers,
    "lever_defaults": lever_defaults,
    "lever_events": lever_events,
    "tags": tags,
    "assumptions": assumptions,
    "indicators": indicators,
    "identities": identities,
    "library": library,
    "packages": packaged,
    "zones": zones,
    "as_of": as_of,
    "sectors": sectors,
}


def _of_result(folder: Path) -> Callable[[str], str]:
    """Return the tables of a run by name."""
    import pandas as pd

    from jjj_sim.judging.targets import article as of_region
    from jjj_sim.running.result import load

    result = load(folder)
    m, evidence = result.manifest, result.evidence
    told = evidence["id"].isin([target.id for target in of_region(result.region)])
    article, rest = evidence[told], evidence[~told]

    def run(_: str = "") -> str:
        commit = str(m["git_commit"])[:7] + ("-dirty" if str(m["git_commit"]).endswith("dirty") else "")
        return (
            f"`{m['scenario']}`, version {m['version']}, commit {commit}, {m['members']} "
            f"member{'s' * (m['members'] != 1)}, seed {m['seed']}, {m['residents_per_agent']} residents an agent."
        )

    def figures(rows: pd.DataFrame) -> str:
        def bounds(row: pd.Series) -> str:
            return " to ".join("" if pd.isna(row[k]) else f"{row[k]:,.6g}" for k in ("accept_low", "accept_high"))

        return _table(
            ("figure", "area", "period", "unit", "published", "accepted", "model"),
            [
                (
                    f"`{r['variable']}`", r["region"], str(r["period"]), str(r["unit"]), f"{r['published']:,.6g}",
                    bounds(r), f"{r['model_median']:,.6g}",
                )
                for _, r in rows.iterrows()
            ],
        )  # fmt: skip

    def outside() -> str:
        """Count by variable how many published figures the run's medians meet, and the last one missed."""
        rows = []
        for variable, mine in rest[rest["status"].isin(["inside", "as input", "outside"])].groupby("variable"):
            count = mine["status"].value_counts()
            missed = mine[mine["status"] == "outside"].groupby("region")
            last = [
                f"{area} {r['period']}: {r['model_median']:,.5g} for {r['published']:,.5g}"
                for area, r in ((area, rows_.iloc[-1]) for area, rows_ in missed)
            ]
            inside = f"{count.get('inside', 0)} of {len(mine)}"
            if (mine["role"] == "drive").all():
                inside = f"{count.get('as input', 0)} of {len(mine)}, as input"
            unit = indicators_of(result.region)[str(variable)].unit
            rows.append((f"`{variable}`", unit, inside, "; ".join(last) or "none"))
        return _table(("variable", "unit", "inside", "last figure missed by area: model for published"), rows)

    def goals() -> str:
        head = ("goal", "indicator", "threshold", "unit", "basis", "2030, median", "status")
        rows = []
        for _, r in result.goals.iterrows():
            median = "" if pd.isna(r["median_2030"]) else f"{r['median_2030']:,.5g}"
            cells = [r["goal"], r["indicator"], r["threshold"], r["unit"], r["basis"], median, r["status"]]
            rows.append(["" if pd.isna(c) else str(c) for c in cells])
        return _table(head, rows)

    def of_article() -> str:
        count = article["status"].value_counts()
        words = ", ".join(
            f"{count.get(s, 0)} {s}" for s in ("inside", "as input", "outside", "not modelled", "context")
        )
        return f"{words}. Outside:\n\n{figures(article[article['status'] == 'outside'])}"

    def zones_of_a_run() -> str:
        """Put the run's people by zone beside the census of 2020."""
        years = (2013, 2020, 2024, 2030)
        mine = result.annual.query("variable == 'population' and area_kind == 'zone'")
        median = mine.groupby(["area", "period"], observed=True)["value"].median()
        rows = [
            (f"`{zone}`", *(f"{people / 1e6:.2f}" for people in (census(zone), *(median[zone, y] for y in years))))
            for zone in REGION.ids
        ]
        return _table(("zone, million residents", "census, November 2020", *map(str, years)), rows)

    def census(zone: str) -> float:
        return value("zone_series", "population", zone, 2020)

    made = {"run": run, "outside": outside, "article": of_article, "zones_of_a_run": zones_of_a_run, "goals": goals}

    def block(name: str) -> str:
        return made[name]()

    return block


def _draw(folder: Path) -> None:
    """Draw the picture of the README from a result."""
    from jjj_sim.running.result import load

    load(folder).chart("population").savefig(PICTURE, dpi=110, metadata={"Software": None})


def main(arguments: Sequence[str]) -> int:
    """Renew or check the pages; return the exit status."""
    of_a_run = None
    if "--result" in arguments:
        folder = Path(arguments[arguments.index("--result") + 1])
        of_a_run = _of_result(folder)
        _draw(folder)
    stale = [page for page in pages() if renewed(page.read_text("utf-8"), of_a_run) != page.read_text("utf-8")]
    for page in stale:
        if "--check" in arguments:
            print(f"{page.relative_to(DOCS.parent)} is not current: run python docs/parameters.py")
        else:
            page.write_text(renewed(page.read_text("utf-8"), of_a_run), "utf-8")
    return int("--check" in arguments and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
