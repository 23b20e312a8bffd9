"""The shape of the house: who may import whom, lazy imports counted, and what no file may be or name."""

import ast
import re
import tokenize
from pathlib import Path

import pytest

import jjj_sim

SOURCE = Path(jjj_sim.__file__).parent
FILES = sorted(SOURCE.rglob("*.py"))
# From the ground up; a module imports only from its own room or from a layer below, when it is loaded or later.
LAYERS = (
    ("messages", "errors", "prior", "param", "sources", "kernels", "draws", "quarters", "progress", "book"),
    ("laws",),
    ("region",),
    ("policy",),
    ("state",),
    ("populate",),
    ("processes",),
    ("satellites",),
    ("balance", "indicators"),
    ("regions", "merging"),
    ("scenario",),
    ("running",),
    ("judging",),
    ("comparing",),
    ("calibrating",),
    ("sensitivity", "reaching", "validating", "attributing"),
    ("wording",),
    ("charts",),
    ("reporting",),
    ("exporting",),
    ("serving",),
    ("commands",),
    ("cli",),
    ("__main__",),
)
# Where the model lives: nothing here names a place, looks a lever up or reads the region's own room.
MODEL = ("processes", "satellites", "state", "populate", "indicators", "policy", "laws")
# Process files that several processes share: tables, draws and the base, no process of their own.
SHARED = {
    "process",
    "trade",
    "taste",
    "work_draw",
    "participation",
    "migration_arrivals",
    "migration_care",
    "migration_draw",
    "migration_flow",
    "migration_grant",
    "migration_inversion",
    "firm_location",
    "firm_table",
    "relocation_table",
    "national_labour",
    "outside_people",
    "city_air",
    "home_path",
    "migration_limits",
    "migration_table",
    "registration",
}
PLACES = (
    r"beijing|tianjin|hebei|xiongan|jingjinji|zhongguancun|binhai|langfang|tangshan|baoding|handan|"
    r"shijiazhuang|chengde|zhangjiakou|cangzhou|hengshui|xingtai|qinhuangdao|bj_\w+|tj_\w+"
)


def module(path):
    """Dotted name of a file."""
    return ".".join(("jjj_sim", *path.relative_to(SOURCE).with_suffix("").parts)).removesuffix(".__init__")


MODULES = {module(p): p for p in FILES}


def imports(path, *, typing=False):
    """Dotted names a file imports, wherever they stand; under TYPE_CHECKING only when `typing`."""
    found = []

    def visit(node):
        if isinstance(node, ast.If) and not typing and "TYPE_CHECKING" in ast.unparse(node.test):
            return
        if isinstance(node, ast.Import):
            found.extend(a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.extend(f"{node.module}.{a.name}" for a in node.names)
        for child in ast.iter_child_nodes(node):
            visit(child)

    visit(ast.parse(path.read_text("utf-8")))
    return found


def own(name):
    """The module of the package that a dotted name is, or is in; None outside the package."""
    while name.startswith("jjj_sim"):
        if name in MODULES:
            return name
        name = name.rpartition(".")[0]
    return None


def room(name):
    """The room of a module: the first part of its name inside the package."""
    return name.split(".")[1] if "." in name else ""


def layer(name):
    """Index of the layer of a module."""
    return next((k for k, rooms in enumerate(LAYERS) if room(name) in rooms), None)


def words(path):
    """(line, word) of every identifier and every string that could be an id; texts for people have spaces."""
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            text = token.string.strip("rbfRBF").strip("\"'")
            is_text = token.type == tokenize.STRING or tokenize.tok_name[token.type] == "FSTRING_MIDDLE"
            if token.type == tokenize.NAME or (is_text and " " not in text and "\n" not in text):
                yield token.start[0], text.lower()


def test_every_module_has_a_layer():
    assert [n for n in MODULES if n != "jjj_sim" and layer(n) is None] == []


def test_imports_point_down_lazy_ones_too():
    wrong = [
        f"{name} -> {target}"
        for name, path in MODULES.items()
        for target in imports(path)
        if name != "jjj_sim" and own(target) not in (None, "jjj_sim") and layer(own(target)) > layer(name)
    ]
    assert wrong == []


def test_rooms_of_one_layer_do_not_import_each_other():
    wrong = [
        f"{name} -> {target}"
        for name, path in MODULES.items()
        for target in imports(path)
        if name != "jjj_sim" and own(target) not in (None, "jjj_sim")
        if layer(own(target)) == layer(name) > 0 and room(own(target)) != room(name)
    ]
    assert wrong == []


def test_no_modules_import_each_other_in_a_circle():
    graph = {n: {own(t) for t in imports(p)} - {None, n, "jjj_sim"} for n, p in MODULES.items()}
    done, circles = set(), []

    def visit(name, trail):
        if name in trail:
            circles.append(" -> ".join([*trail[trail.index(name) :], name]))
            return
        if name not in done:
            for target in sorted(graph[name]):
                if MODULES[target].name != "__init__.py" or MODULES[target].parent not in MODULES[name].parents:
                    visit(target, [*trail, name])
            done.add(name)

    for name in graph:
        visit(name, [])
    assert circles == []


def test_laws_know_numbers_alone():
    known = {"numpy", "scipy", "numba", "jjj_sim", "__future__", "collections", "typing", "functools", "math"}
    used = {name.split(".")[0] for p in (SOURCE / "laws").glob("*.py") for name in imports(p)}
    assert used <= known


def test_large_libraries_have_one_home_each():
    homes = {"mesa": "running", "matplotlib": "charts", "SALib": "sensitivity"}
    homes |= dict.fromkeys(("altair", "vl_convert"), "reporting") | dict.fromkeys(("starlette", "uvicorn"), "serving")
    homes |= dict.fromkeys(("xlsxwriter", "docx", "xarray"), "exporting")
    for library, home in homes.items():
        users = {room(n) for n, p in MODULES.items() if any(i.split(".")[0] == library for i in imports(p))}
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


def test_only_the_regions_room_reads_its_own_code():
    wrong = [f"{n} -> {t}" for n, p in MODULES.items() for t in imports(p) if t.startswith("jjj_sim.regions.")]
    assert [w for w in wrong if not w.startswith("jjj_sim.regions.")] == []


@pytest.mark.parametrize("folder", MODEL)
def test_the_model_names_no_place(folder):
    """Names for people may: the keys of levers and indicators, and their files."""
    from jjj_sim import regions
    from jjj_sim.indicators import indicators
    from jjj_sim.policy.registry import OWN

    keys = {kind.name for kind in OWN} | {kind.__name__.lower() for kind in OWN} | set(indicators(regions.default()))
    found = [
        f"{path.relative_to(SOURCE)}:{line}: {word}"
        for path in (SOURCE / folder).rglob("*.py")
        for line, word in words(path)
        if re.search(rf"(?:^|_|\b)(?:{PLACES})(?:_|\b|$)", word)
        and word not in keys
        and word.rpartition(".")[2] not in keys
    ]
    assert found == []


def test_no_process_looks_a_lever_up():
    hits = [p.name for p in (SOURCE / "processes").glob("*.py") if "levers[" in p.read_text("utf-8")]
    assert hits == []


def test_every_file_is_a_noun_and_short():
    assert [p.name for p in FILES if p.stem in ("utils", "helpers", "common", "core", "misc")] == []
    assert [p.name for p in FILES if len(p.read_text("utf-8").splitlines()) > 500] == []


def test_the_page_of_the_house_names_every_room():
    page = (SOURCE.parents[1] / "docs" / "architecture.md").read_text("utf-8")
    rooms = {p.stem for p in SOURCE.iterdir() if (p.suffix == ".py" or (p / "__init__.py").exists())} - {
        "__init__",
        "__main__",
    }
    named = set(
        re.findall(r"`(\w+)(?:/|\.py)?`", page[page.index("## The rooms") : page.index("## What the state tells")])
    )
    assert rooms - named == set()
