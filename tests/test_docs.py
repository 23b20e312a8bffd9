"""The documentation keeps up with the code: tables, links, commands, scenario files."""

from __future__ import annotations

import importlib
import re
import shlex
import socket
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import nbformat
import pytest
from nbclient import NotebookClient
from typer.main import get_command

import jjj_sim as jjj
from jjj_sim.charts import CHARTS, draw
from jjj_sim.cli import app
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.exporting import book
from jjj_sim.reporting.subject import Subject
from jjj_sim.satellites import QUARTER
from jjj_sim.scenario import load_scenario

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READER_PAGES = [page for page in PAGES if page.name != "CHANGELOG.md"]


@pytest.fixture
def script(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], ModuleType]:
    """Return how a script of docs/ is imported by its name; it finds its neighbours, as it does when run."""
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    return importlib.import_module


@pytest.fixture(scope="module")
def difference() -> Comparison:
    """Return the twins of two scenarios, to the year of the goals."""
    return jjj.compare("baseline", "no_relief", members=1, twin=True, workers=1)


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_every_table_is_what_the_code_says(script: Callable[[str], ModuleType]) -> None:
    tables = script("parameters")
    stale = [
        _name(page) for page in tables.pages() if tables.renewed(page.read_text("utf-8")) != page.read_text("utf-8")
    ]
    assert not stale, "run python docs/parameters.py"


def test_every_process_has_a_page_with_its_law_and_parameters() -> None:
    for process in QUARTER:
        text = (ROOT / "docs" / "processes" / f"{process.name}.md").read_text("utf-8")
        assert f"<!-- table: law {process.name} -->\n```\n```" not in text, "the docstring tells no law"
        assert f"<!-- table: law {process.name} -->" in text
        assert f"<!-- table: parameters {process.name} -->" in text
        assert f"<!-- table: writes {process.name} -->" in text


@pytest.mark.parametrize("page", PAGES, ids=_name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text("utf-8"))
    broken = [link for link in links if "://" not in link and not (page.parent / link).exists()]
    assert not broken


def test_pictures_are_small() -> None:
    sizes = {picture.name: picture.stat().st_size for picture in (ROOT / "docs" / "images").iterdir()}
    assert max(sizes.values()) < 200_000
    assert sum(size for name, size in sizes.items() if name.startswith("gallery_")) < 200_000


def test_the_gallery_has_every_chart(
    script: Callable[[str], ModuleType], difference: Comparison, tmp_path: Path
) -> None:
    gallery, page = script("gallery"), (ROOT / "docs" / "gallery.md").read_text("utf-8")
    assert set(CHARTS) <= set(re.findall(r"^\| `(\w+)` \|", page, re.MULTILINE))
    variant = difference.variants[0].name
    drawn = {path.stem.removesuffix(variant) for path in draw(difference, tmp_path, formats=("svg",))}
    assert drawn == set(gallery.COMPARISON)
    shown = {f"gallery_{name.rstrip('-')}.png" for name in (*gallery.OF_A_RESULT, *gallery.OF_A_COMPARISON)}
    kept = {path.name for path in (ROOT / "docs" / "images").glob("gallery_*")}
    assert kept == shown == set(re.findall(r"images/(gallery_[\w-]+\.png)", page))


def test_sheets_are_all_told_of(difference: Comparison) -> None:
    told = re.findall(r"^\| `(\w+)` \| [^|]+ \| [^|]+ \| [^|]+ \|$", _section("A workbook, CSV"), re.MULTILINE)
    subjects = (Subject(difference.base), Subject(difference.base, difference))
    assert {table.key for subject in subjects for table in book.tables(subject, "en")} == set(told)


def _section(head: str) -> str:
    """Return the section of the page on results that begins with a head."""
    return (ROOT / "docs" / "results.md").read_text("utf-8").partition(f"\n## {head}")[2].partition("\n## ")[0]


@pytest.mark.slow
def test_the_page_on_python_runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    spoken: dict[str, object] = {}
    for block in _fenced(ROOT / "docs" / "python.md", "python"):
        exec(compile(block, "python.md", "exec"), spoken)
    assert {path.name for path in tmp_path.iterdir()} >= {
        "baseline.xlsx",
        "xiongan_sooner.xlsx",
        "tables",
        "pyramid.pdf",
    }


@pytest.mark.slow
def test_the_notebook_runs_and_is_kept_without_outputs(tmp_path: Path) -> None:
    notebook = nbformat.read(ROOT / "docs" / "recipes" / "first_look.ipynb", as_version=4)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert not any(cell.outputs or cell.execution_count for cell in cells)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    shown = [output.data for cell in cells for output in cell.outputs if "data" in output]
    assert sum("text/html" in data for data in shown) == 4
    assert sum("image/png" in data for data in shown) == 1


@pytest.mark.parametrize("page", READER_PAGES, ids=_name)
def test_commands_have_the_options_shown(page: Path) -> None:
    group = get_command(app)
    for block in _fenced(page, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["jjj-sim"] and words[1:] != ["--help"]:
                command = group.commands[words[1]]  # type: ignore[attr-defined]
                command.make_context(words[1], words[2:])


def test_tutorials_show_the_commands_that_they_ran(script: Callable[[str], ModuleType]) -> None:
    execute = script("execute")
    for page in execute.PAGES:
        text = page.read_text("utf-8")
        shown = [line for block in _fenced(page, "sh") for line in block.splitlines()]
        assert set(execute.commands(text)) <= set(shown)
        assert [name for name, _ in execute.files(text)] == ["sooner.toml"]


def test_a_page_is_executed(script: Callable[[str], ModuleType], tmp_path: Path) -> None:
    page = (
        "<!-- file: mine.toml -->\n```toml\nextends = 'baseline'\n```\n"
        "<!-- run 2: jjj-sim diff baseline mine.toml -->\n"
    )
    renewed = script("execute").executed(page + "old\n<!-- end -->\n", tmp_path)
    assert (tmp_path / "mine.toml").read_text() == "extends = 'baseline'\n"
    assert "```sh\njjj-sim diff baseline mine.toml\n```\n\n```\n" in renewed
    assert renewed.endswith("```\n<!-- end -->\n")
    assert "old" not in renewed


def test_the_reference_has_every_lever(script: Callable[[str], ModuleType]) -> None:
    levers = script("reference").reference("levers")
    assert "| `steel_cap` | path | million tonnes a year | 0 to 1000 | 2013Q1 286," in levers
    assert "| `founding_subsidy.zones` | list |  |  | `tj_binhai`, `xiongan` |" in levers


@pytest.mark.parametrize("page", READER_PAGES, ids=_name)
def test_scenario_files_shown_are_legal(page: Path, tmp_path: Path) -> None:
    for number, block in enumerate(_fenced(page, "toml")):
        path = tmp_path / f"shown_{number}.toml"
        path.write_text(block, "utf-8")
        load_scenario(path)


def test_the_site_is_built_strictly_and_asks_nothing_of_the_network(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("material", reason="needs the docs extra")
    from mkdocs.commands.build import build
    from mkdocs.config import load_config

    def refused(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket.socket, "connect", refused)
    build(load_config(str(ROOT / "mkdocs.yml"), strict=True, site_dir=str(tmp_path)))

    pages = {page: page.read_text("utf-8") for page in tmp_path.rglob("*.html")}
    assert {"tutorial", "tutorial.zh", "scenario_reference"} <= {page.parent.name for page in pages}
    loaded = r"""<(?:script|link|img|iframe|source)\b[^>]*?\b(?:src|href)=["']?((?:https?:)?//[^"'> ]+)"""
    elsewhere = {name: found for name, text in pages.items() if (found := re.findall(loaded, text))}
    assert not elsewhere
    styles = [style.read_text("utf-8") for style in tmp_path.rglob("*.css")]
    assert not [found for style in styles for found in re.findall(r"""url\(["']?https?:[^)]+""", style)]
