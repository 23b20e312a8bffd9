"""The documentation keeps up with the code: tables, links, commands, scenario files."""

from __future__ import annotations

import importlib.util
import re
import shlex
from pathlib import Path
from types import ModuleType

import pytest
from typer.main import get_command

from jjj_sim.cli import app
from jjj_sim.satellites import QUARTER
from jjj_sim.scenario import load_scenario

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])
READER_PAGES = [page for page in PAGES if page.name != "CHANGELOG.md"]


def _tables() -> ModuleType:
    spec = importlib.util.spec_from_file_location("docs_parameters", ROOT / "docs" / "parameters.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def _name(page: Path) -> str:
    return str(page.relative_to(ROOT))


def _fenced(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text("utf-8"), re.DOTALL | re.MULTILINE)


def test_every_table_is_what_the_code_says() -> None:
    tables = _tables()
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


def test_the_picture_is_small() -> None:
    for picture in (ROOT / "docs" / "images").iterdir():
        assert picture.stat().st_size < 200_000


@pytest.mark.parametrize("page", READER_PAGES, ids=_name)
def test_commands_have_the_options_shown(page: Path) -> None:
    group = get_command(app)
    for block in _fenced(page, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["jjj-sim"] and words[1:] != ["--help"]:
                command = group.commands[words[1]]  # type: ignore[attr-defined]
                command.make_context(words[1], words[2:])


@pytest.mark.parametrize("page", READER_PAGES, ids=_name)
def test_scenario_files_shown_are_legal(page: Path, tmp_path: Path) -> None:
    for number, block in enumerate(_fenced(page, "toml")):
        path = tmp_path / f"shown_{number}.toml"
        path.write_text(block, "utf-8")
        load_scenario(path)
