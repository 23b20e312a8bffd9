"""Read a scenario file and the files that it stands on, each validated, the lowest first."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from importlib import resources
from pathlib import Path as FilePath
from typing import Any, NamedTuple

from jjj_sim.errors import nearest
from jjj_sim.messages import say, shown
from jjj_sim.region.region import Region
from jjj_sim.scenario.schema import Table, validate

_LARGEST = 1_000_000


class Layer(NamedTuple):
    """One validated file."""

    path: FilePath
    tables: Table


def shipped_folder() -> FilePath:
    """Return the folder of shipped scenarios, of a checkout or of an installed package."""
    package = FilePath(str(resources.files("jjj_sim")))
    checkout = package.parents[1] / "scenarios"
    return checkout if checkout.is_dir() else package / "shipped"


def shipped() -> dict[str, FilePath]:
    """Return the shipped scenarios by name."""
    return {path.stem: path for path in sorted(shipped_folder().glob("*.toml"))}


def packages() -> dict[str, FilePath]:
    """Return the shipped packages of policies by the name that `with` gives them."""
    return {f"policies/{path.stem}": path for path in sorted((shipped_folder() / "policies").glob("*.toml"))}


class Reader:
    """Reads the file `top` and what it stands on; `root`, its folder, is the tree that they may not leave.

    The first `n_inherited` of its layers are its parent and what that stands on; packages follow.
    """

    def __init__(self, top: FilePath, problems: list[str], region: Region) -> None:
        self.top, self.problems, self.region = top.resolve(), problems, region
        self.root = self.top.parent
        self.done: set[FilePath] = set()
        self.n_inherited = 0

    def note(self, path: FilePath, problems: Sequence[str]) -> None:
        """Keep problems, with the file they are in where it is not the one asked for."""
        if path.resolve() != self.top:
            problems = [say("in_file", file=path.name, problem=problem) for problem in problems]
        self.problems += problems

    def layers(self, path: FilePath, chain: tuple[FilePath, ...]) -> list[Layer]:
        """Return the layers of a file, the lowest first; a file that two others stand on comes once."""
        here = path.resolve()
        if here in chain:
            names = " -> ".join(p.name for p in (*chain[chain.index(here) :], here))
            self.problems.append(say("circle", names=names))
            return []
        if here in self.done:
            return []
        tables, problems = validate(_read(path, self.problems), self.region)
        self.note(here, problems)
        found: list[Layer] = []
        chain = (*chain, here)
        if tables.get("extends"):
            found += self._below(tables["extends"], "extends", path, chain)
        if here == self.top:
            self.n_inherited = len(found)
        setters: dict[str, str] = {}
        for package in tables.get("with") or []:
            layers = self._below(package, "with", path, chain)
            for lever in sorted({name for layer in layers for name in layer.tables.get("levers", {})}):
                if lever in setters:
                    self.note(here, [say("both_set", first=setters[lever], second=package, lever=lever)])
                setters[lever] = package
            found += layers
        self.done.add(here)
        return [*found, Layer(here, tables)]

    def _below(self, text: str, key: str, path: FilePath, chain: tuple[FilePath, ...]) -> list[Layer]:
        """Return the layers of a parent or package: a file beside `path`, in the tree, or a shipped one."""
        if "\0" in text:
            return self._missing(text, key, path)
        beside = (path.parent / text).resolve()
        inside = any(beside.is_relative_to(tree) for tree in (self.root, shipped_folder().resolve()))
        name = text.removesuffix(".toml")
        if inside and beside.is_file():
            return self.layers(beside, chain)
        if name in (known := shipped() | packages()):
            return self.layers(known[name], chain)
        if inside:
            return self._missing(text, key, path)
        self.note(path, [say("outside_tree", key=key, found=shown(text), root=self.root)])
        return []

    def _missing(self, text: str, key: str, path: FilePath) -> list[Layer]:
        """Note that there is no such parent or package."""
        known = shipped() | (packages() if key == "with" else {})
        files = {p.name: p for p in path.parent.glob("*.toml")} | known
        about: dict[str, Any] = {"file": path.name, "guess": nearest(text, files), "legal": tuple(known)}
        self.note(path, [say("no_parent", key=key, found=shown(text), **about)])
        return []


def _read(path: FilePath, problems: list[str]) -> Table:
    """Return the tables of one file; notes why it cannot be read."""
    try:
        data = path.read_bytes()
    except OSError as error:
        problems.append(say("unreadable", file=path.name, reason=error.strerror))
        return {}
    if len(data) > _LARGEST:
        problems.append(say("too_large", file=path.name, size=len(data), most=_LARGEST))
        return {}
    try:
        return tomllib.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        problems.append(say("not_utf8", file=path.name, line=line, hint=_encoding(data, path.name)))
    except ValueError as error:  # what is not TOML, and a whole number of thousands of digits
        problems.append(say("not_toml", file=path.name, reason=str(error).rstrip(".")))
    except RecursionError:
        problems.append(say("too_deep", file=path.name))
    return {}


def _encoding(data: bytes, name: str) -> str:
    """Return what a text that is not UTF-8 looks like, and how to mend it."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return say("looks_like", encoding="UTF-16", file=name)
    try:
        data.decode("gb18030")
    except UnicodeDecodeError:
        return say("save_as_utf8")
    return say("looks_like", encoding="GBK", file=name)
