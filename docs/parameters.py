"""Write the tables of the documentation from the code, so that they cannot drift.

    python docs/parameters.py                      renew every table in the pages
    python docs/parameters.py --result results/x   renew what a run says as well
    python docs/parameters.py --check              exit 1 and name the pages that are not current

A table stands between `<!-- table: NAME [ARGUMENT] -->` and `<!-- end -->`. What comes from a run names the
version, commit, scale and members it was run with; it is renewed by hand, since a run takes time.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import tomllib
from collections.abc import Callable, Sequence
from pathlib import Path

import scenario_tables as scenarios
from cells import shown, table
from gallery import charts
from reference import reference

from jjj_sim import regions
from jjj_sim.balance import IDENTITIES
from jjj_sim.indicators import areas
from jjj_sim.indicators import indicators as indicators_of
from jjj_sim.processes.process import Process, StockProcess
from jjj_sim.region.data import TOPICS
from jjj_sim.regions.jingjinji.statistics.geography import REGION, SECTORS
from jjj_sim.regions.jingjinji.statistics.tables import value
from jjj_sim.satellites import QUARTER
from jjj_sim.state.flows import Flows
from jjj_sim.state.memory import Memory
from jjj_sim.state.opening import Opening
from jjj_sim.state.prices import Prices
from jjj_sim.state.stocks import Stocks
from jjj_sim.state.tables import Tables

DOCS = Path(__file__).resolve().parent
_BLOCK = re.compile(r"(<!-- table: ([a-z0-9_ ]+?) -->\n).*?(<!-- end -->)", re.DOTALL)
_OF_A_RUN = ("run", "outside", "article", "zones_of_a_run", "goals")
_PROCESSES = {process.name: process for process in QUARTER}
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
    return table(("parameter", "default", "unit", "bounds", "prior", "meaning", "source"), rows)


def law(process: str) -> str:
    """The law of a process, as the docstring of its file tells it."""
    file = inspect.getsourcefile(_PROCESSES[process]) or ""
    told = (ast.get_docstring(ast.parse(Path(file).read_text("utf-8"))) or "").splitlines()
    lines = [line.removeprefix("    ") for line in told if line.startswith("    ")]
    return "\n".join(["```", *lines, "```"])


def _default_of(value: float | dict[str, float]) -> str:
    """Return a default: a number, or one by place."""
    if not isinstance(value, dict):
        return shown(value)
    return ", ".join(f"{place} {shown(number)}" for place, number in value.items())


def writes(process: str) -> str:
    """The arrays that a process alone writes."""
    rows = []
    for name in _PROCESSES[process].writes:
        book, _, array = name.partition(".")
        kept = _PROCESSES[process].keeps if book == "satellites" else _BOOKS[book].fields()
        field = kept[array]
        rows.append((f"`{name}`", " x ".join(field.dims) or "one number", field.unit, field.meaning))
    return table(("array", "by", "unit", "meaning"), rows) if rows else "None."


def schedule(_: str) -> str:
    """The order of a quarter."""

    def row(number: int, kind: type[Process]) -> tuple[str, ...]:
        acts = "stocks and prices" if issubclass(kind, StockProcess) else "agents"
        page = f"[{kind.__name__}](processes/{kind.name}.md)"
        return str(number), page, kind.zh, acts, str(len(kind.parameters()))

    return table(("", "process", "", "acts on", "parameters"), [row(n, k) for n, k in enumerate(QUARTER, 1)])


def indicators(_: str) -> str:
    """The variables of a result."""
    region = regions.default()
    rows = []
    for i in indicators_of(region).values():
        covered = [area.name for area in areas(region) if i.covers(area)]
        where = "all" if len(covered) == len(areas(region)) else ", ".join(dict.fromkeys(covered))
        rows.append((f"`{i.name}`", i.en, i.zh, i.unit, i.kind, where, i.formula))
    return table(("variable", "", "", "unit", "kind", "areas", "rule"), rows)


def identities(_: str) -> str:
    """The identities that are asserted every quarter."""
    rows = [(i.name, i.law, " x ".join(i.axes) or "the region") for i in IDENTITIES]
    return table(("identity", "law", "by"), rows)


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
    return table(("table", {"known": "known since", "opening": "its first year stays"}.get(how, "why")), rows)


def _since(told: str | int | dict[str, int]) -> str:
    """Return why a table is not cut, or since when it, or its rows by year, were known."""
    if not isinstance(told, dict):
        return str(told)
    return ", ".join(
        f"{', '.join(y for y, s in told.items() if s == since)}: {since}" for since in sorted({*told.values()})
    )


def zones(_: str) -> str:
    """The zones."""
    g = REGION
    rows = [
        (f"`{g.ids[z]}`", g.name_en[z], g.name_zh[z], REGION.areas[int(g.area[z])], f"{g.area_km2[z]:,.0f}")
        for z in range(g.n_zones)
    ]
    return table(("zone", "", "", "region", "km2"), rows)


def sectors(_: str) -> str:
    """The sectors."""
    return table(
        ("", "sector", "", "", "three-sector split"),
        [(str(n), f"`{s.key}`", s.en, s.zh, s.broad) for n, s in enumerate(SECTORS)],
    )


TABLES: dict[str, Callable[[str], str]] = {
    "parameters": parameters,
    "law": law,
    "writes": writes,
    "schedule": schedule,
    "levers": scenarios.levers,
    "lever_defaults": scenarios.lever_defaults,
    "lever_events": scenarios.lever_events,
    "tags": scenarios.tags,
    "assumptions": scenarios.assumptions,
    "charts": charts,
    "indicators": indicators,
    "identities": identities,
    "library": scenarios.library,
    "packages": scenarios.packaged,
    "reference": reference,
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

        return table(
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
        return table(("variable", "unit", "inside", "last figure missed by area: model for published"), rows)

    def goals() -> str:
        head = ("goal", "indicator", "threshold", "unit", "basis", "2030, median", "status")
        rows = []
        for _, r in result.goals.iterrows():
            median = "" if pd.isna(r["median_2030"]) else f"{r['median_2030']:,.5g}"
            cells = [r["goal"], r["indicator"], r["threshold"], r["unit"], r["basis"], median, r["status"]]
            rows.append(["" if pd.isna(c) else str(c) for c in cells])
        return table(head, rows)

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
        return table(("zone, million residents", "census, November 2020", *map(str, years)), rows)

    def census(zone: str) -> float:
        return value("zone_series", "population", zone, 2020)

    made = {"run": run, "outside": outside, "article": of_article, "zones_of_a_run": zones_of_a_run, "goals": goals}

    def block(name: str) -> str:
        return made[name]()

    return block


def main(arguments: Sequence[str]) -> int:
    """Renew or check the pages; return the exit status."""
    of_a_run = None
    if "--result" in arguments:
        of_a_run = _of_result(Path(arguments[arguments.index("--result") + 1]))
    stale = [page for page in pages() if renewed(page.read_text("utf-8"), of_a_run) != page.read_text("utf-8")]
    for page in stale:
        if "--check" in arguments:
            print(f"{page.relative_to(DOCS.parent)} is not current: run python docs/parameters.py")
        else:
            page.write_text(renewed(page.read_text("utf-8"), of_a_run), "utf-8")
    return int("--check" in arguments and bool(stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
