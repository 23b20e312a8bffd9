"""The shape of the house: who may import whom, and what no file may be."""

import ast
import sys
from pathlib import Path

import jjj_sim

SOURCE = Path(jjj_sim.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
# From the ground up; a module imports at load time only from its own layer or below.
LAYERS = (
    ("errors", "param", "sources", "kernels", "draws", "quarters"),
    ("laws",),
    ("evidence",),
    ("state", "policy"),
    ("populate", "processes"),
    ("scenario", "balance", "indicators"),
    ("progress",),
    ("running",),
    ("judging", "comparing"),
    ("charts",),
    ("commands",),
    ("cli", "__main__"),
)
# Process files that several processes share: tables, draws and the base, no process of their own.
SHARED = {
    "process",
    "trade",
    "taste",
    "work_draw",
    "migration_draw",
    "migration_flow",
    "migration_inversion",
    "firm_location",
}


def imports(path):
    """Dotted names a file imports when it is loaded, type checking and function bodies apart."""
    found, todo = [], list(ast.parse(path.read_text("utf-8")).body)
    while todo:
        node = todo.pop()
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module:
            found += [f"{node.module}.{a.name}" for a in node.names]
        elif isinstance(node, ast.Try):
            todo += node.body
    return found


def layer(name):
    """Index of the layer of a module inside the package."""
    return next((k for k, names in enumerate(LAYERS) if name in names), None)


def own(path):
    """First part of a file's place in the package."""
    return path.relative_to(SOURCE).with_suffix("").parts[0]


def test_every_module_has_a_layer():
    assert [p.name for p in FILES if own(p) != "__init__" and layer(own(p)) is None] == []


def test_imports_point_down():
    wrong = []
    for path in FILES:
        here = layer(own(path))
        for name in imports(path):
            there = layer(name.split(".")[1]) if name.startswith("jjj_sim.") else None
            if here is not None and there is not None and there > here:
                wrong.append(f"{path.relative_to(SOURCE)} -> {name}")
    assert wrong == []


def test_mesa_and_matplotlib_have_one_home_each():
    for library, home in (("mesa", "running"), ("matplotlib", "charts")):
        users = {own(p) for p in FILES if any(n.split(".")[0] == library for n in imports(p))}
        assert users == {home}


def test_processes_never_import_each_other():
    wrong = []
    for path in (SOURCE / "processes").glob("*.py"):
        if path.stem == "__init__":
            continue
        for name in imports(path):
            parts = name.split(".")
            if parts[:2] == ["jjj_sim", "processes"] and parts[2] not in SHARED:
                wrong.append(f"{path.name} -> {name}")
    assert wrong == []


def test_laws_know_arrays_and_nothing_else():
    known = {"jjj_sim", "numpy", "scipy", "numba"} | set(sys.stdlib_module_names)
    wrong = [n for p in (SOURCE / "laws").glob("*.py") for n in imports(p) if n.split(".")[0] not in known]
    assert wrong == []


def test_every_file_is_a_noun_and_short():
    assert [p.name for p in FILES if p.stem in ("utils", "helpers", "common", "core", "misc")] == []
    assert [p.name for p in FILES if len(p.read_text("utf-8").splitlines()) > 500] == []
