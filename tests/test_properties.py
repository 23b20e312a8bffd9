"""The table of properties names tests that exist, and says why where it names none."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT = (ROOT / "docs" / "properties.md").read_text("utf-8")
ROWS = {int(n): held for n, held in re.findall(r"^\| (\d+) \|.*\| ([^|]*) \|$", TEXT, re.MULTILINE)}


def defined_in(path):
    """Names of the tests that a file defines."""
    tree = ast.parse((ROOT / path).read_text("utf-8"))
    return {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}


def test_all_thirty_four_are_listed():
    assert list(ROWS) == list(range(1, 35))


def test_every_test_named_exists():
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", TEXT)
    assert len(named) > 40
    assert [f"{path}::{name}" for path, name in named if name not in defined_in(path)] == []


def test_what_no_test_holds_says_why():
    silent = [n for n, held in ROWS.items() if "::test_" not in held and not re.match(r"not held: \w+ \w+", held)]
    assert silent == []
