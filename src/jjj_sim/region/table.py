"""Tables of a region: declared once with axes, unit and bounds, read from tidy CSV, checked, cut at a year.

`tables/<topic>/<name>.csv` has one column per axis, by id, and `value`; `tables/<topic>.toml` has the unit and the
source. It also says how a table is cut: `known`, the year that the table, or a row of it, was known where that is
later than the year it tells of; `opening`, why its first year stays whatever was known; `uncut`, why all of it does.
All faults of a folder are told at once.
"""

from __future__ import annotations

import csv
import itertools
import math
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, ClassVar, overload

import numpy as np
from numpy.typing import NDArray

from jjj_sim.errors import DataError, nearest

F64 = NDArray[np.float64]
Labels = Mapping[str, Sequence[str]]
# How the places of an axis become one: "sum", "sum along", "routes", "mean by TOPIC.TABLE[ of SECTOR ROLE]".
Merge = str | Mapping[str, str]


@dataclass(frozen=True)
class Cut:
    """What was known at the end of `as_of`: the years to it, but for rows that were `known` later.

    Where `opening` the first row stays. A cut at None leaves everything.
    """

    as_of: int | None = None
    known: Mapping[float, int] = field(default_factory=dict)
    opening: bool = False

    def leaves(self, time: float, *, first: bool) -> bool:
        """Return whether the row of a year was known."""
        if self.as_of is None or (first and self.opening):
            return True
        return max(time, self.known.get(time, 0)) < self.as_of + 1


@dataclass(frozen=True, eq=False)
class Series:
    """Values over time: `times` (n_times,) ascending years, decimal for censuses; `values` (n_times, ...)."""

    name: str
    times: F64
    values: F64

    @property
    def years(self) -> list[int]:
        """The years, whole."""
        return [int(t) for t in self.times]

    @property
    def first(self) -> int:
        """The first year."""
        return int(self.times[0])

    @property
    def last(self) -> int:
        """The last year."""
        return int(self.times[-1])

    def of(self, year: float) -> F64:
        """Return the values of exactly `year`; DataError where there are none."""
        found = np.flatnonzero(self.times == year)
        if not found.size:
            raise DataError(f"{self.name} has no {year:g}; there are {self.times[0]:g} to {self.times[-1]:g}")
        return np.asarray(self.values[found[0]])

    def held(self, year: float) -> F64:
        """Return the values of `year`, the first year's before it and the last year's after it."""
        return self.of(float(np.clip(year, self.times[0], self.times[-1])))

    def along(self, time: float) -> F64:
        """Return the values at a decimal year, growing evenly from one year to the next and held outside."""
        if len(self.times) == 1:
            return np.asarray(self.values[0])
        k = int(np.clip(np.searchsorted(self.times, time), 1, len(self.times) - 1))
        first, last = self.times[k - 1 : k + 1]
        part = float(np.clip((time - first) / (last - first), 0.0, 1.0))
        return np.asarray(self.values[k - 1] ** (1.0 - part) * self.values[k] ** part)

    def at(self, time: float) -> F64:
        """Return the values at a decimal year, linear between the years and held outside."""
        flat = self.values.reshape(len(self.times), -1)
        found = [np.interp(time, self.times, column) for column in flat.T]
        return np.asarray(found, dtype=np.float64).reshape(self.values.shape[1:])


class Declared:
    """A table of a topic: `dims` name its axes beside time; `merge` tells how zones become a larger one.

    A table with an axis of zones, or of what groups them, says it for all its axes or by axis; the rules are those of
    `jjj_sim.merging`, which refuses a table that has none.
    """

    __slots__ = ("dims", "hi", "lo", "meaning", "merge", "name", "unit")
    timed: ClassVar[bool] = False

    def __init__(
        self,
        dims: tuple[str, ...],
        unit: str,
        meaning: str,
        *,
        lo: float = -math.inf,
        hi: float = math.inf,
        merge: Merge = "",
    ) -> None:
        self.dims, self.unit, self.meaning, self.lo, self.hi, self.merge = dims, unit, meaning, lo, hi, merge
        self.name = ""

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    @property
    def axes(self) -> tuple[str, ...]:
        """The axes whose labels the table holds."""
        return self.dims

    def read(self, rows: list[dict[str, str]], labels: Labels, cut: Cut, where: str, problems: list[str]) -> Any:
        """Return the table of `rows`, cut; notes what is wrong with them."""
        return _array(self, rows, labels, cut, where, problems)

    def write(self, path: Path, labels: Labels, table: Any) -> None:
        """Write the table so that `read` returns it."""
        _write(path, self, labels, table)


class Fixed(Declared):
    """A table without a time axis; reads as a read-only array."""

    __slots__ = ()

    @overload
    def __get__(self, topic: None, owner: type) -> Fixed: ...
    @overload
    def __get__(self, topic: Topic, owner: type) -> F64: ...
    def __get__(self, topic: Topic | None, owner: type) -> Fixed | F64:
        if topic is None:
            return self
        found: F64 = topic.found(self.name)
        return found


class Timed(Declared):
    """A table by year, a first column `year`; reads as a Series."""

    __slots__ = ()
    timed = True

    @overload
    def __get__(self, topic: None, owner: type) -> Timed: ...
    @overload
    def __get__(self, topic: Topic, owner: type) -> Series: ...
    def __get__(self, topic: Topic | None, owner: type) -> Timed | Series:
        if topic is None:
            return self
        found: Series = topic.found(self.name)
        return found


class Topic:
    """The tables of one topic, read from `folder` under the `labels` of each axis; cut at `as_of`.

    `problems` collects what is wrong with the files. A table that was not known yet is asked for by `knows`. A region
    need not have the folder of an `optional` topic: then nothing of it is known.
    """

    name: ClassVar[str] = ""
    optional: ClassVar[bool] = False

    def __init__(self, folder: Path, labels: Labels, as_of: int | None, problems: list[str]) -> None:
        self._tables: dict[str, Any] = {}
        self._later: set[str] = set()
        if not self.present(folder):
            self._later |= set(self.declared())
            return
        about = _about(folder / f"{self.name}.toml", problems)
        for name, declared in self.declared().items():
            own = about.get(name, {})
            where = f"tables/{self.name}/{name}.csv"
            if own.get("unit") != declared.unit:
                problems.append(f"tables/{self.name}.toml: {name}: unit {own.get('unit')!r}, not {declared.unit!r}")
            if not own.get("source"):
                problems.append(f"tables/{self.name}.toml: {name} has no source")
            rows = _rows(folder / self.name / f"{name}.csv", where, problems)
            cut = _cut(own, as_of, f"tables/{self.name}.toml: {name}", problems)
            if cut is None:
                self._later.add(name)
            elif rows is not None:
                self._tables[name] = declared.read(rows, labels, cut, where, problems)
        if len(self._tables) + len(self._later) == len(self.declared()):
            self.check(problems)

    @classmethod
    def present(cls, folder: Path) -> bool:
        """Return whether the region's tables in `folder` tell of this topic; all do but of an optional one."""
        return not cls.optional or (folder / cls.name).exists() or (folder / f"{cls.name}.toml").exists()

    def knows(self, name: str) -> bool:
        """Return whether a table was known; one that was not cannot be read."""
        return name not in self._later

    def check(self, problems: list[str]) -> None:
        """Note what does not fit between the tables of this topic."""

    @classmethod
    def declared(cls) -> dict[str, Declared]:
        """Return the declared tables by name."""
        return {name: found for name, found in vars(cls).items() if isinstance(found, Declared)}

    def found(self, name: str) -> Any:
        """Return a table by name; DataError where it was not read."""
        try:
            return self._tables[name]
        except KeyError:
            why = "was not known yet" if name in self._later else "was not read"
            raise DataError(f"tables/{self.name}/{name}.csv {why}") from None


def _about(path: Path, problems: list[str]) -> dict[str, Any]:
    """Return what the topic's TOML says of its tables."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return {}
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"tables/{path.name} cannot be read: {error}")
        return {}


def _cut(own: Mapping[str, Any], as_of: int | None, where: str, problems: list[str]) -> Cut | None:
    """Return how a table is cut at `as_of` after what is told of it; None where none of it was known."""
    known, opening = own.get("known", {}), bool(own.get("opening"))
    if own.get("uncut"):
        if known or opening:
            problems.append(f"{where}: what is uncut can have neither known nor opening")
        return Cut()
    if isinstance(known, int):
        return None if as_of is not None and known > as_of else Cut(as_of, opening=opening)
    try:
        return Cut(as_of, {float(year): int(later) for year, later in known.items()}, opening)
    except (AttributeError, TypeError, ValueError):
        problems.append(f"{where}: known is a year, or years by the year of a row, not {known!r}")
        return Cut()


def _rows(path: Path, where: str, problems: list[str]) -> list[dict[str, str]] | None:
    """Return the rows of a CSV file."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    except FileNotFoundError:
        problems.append(f"{where} is not there")
    except UnicodeDecodeError:
        problems.append(f"{where} is not UTF-8")
    return None


def _array(
    declared: Declared,
    rows: list[dict[str, str]],
    labels: Labels,
    cut: Cut,
    where: str,
    problems: list[str],
) -> F64 | Series:
    """Return the table of `rows`; notes unknown labels, gaps, doubles and numbers out of bounds."""
    columns = (["year"] if declared.timed else []) + list(declared.dims) + ["value"]
    if not rows or list(rows[0]) != columns:
        problems.append(f"{where}: columns {', '.join(rows[0]) if rows else 'none'}; wanted {', '.join(columns)}")
        return _blank(declared, labels)
    axes = [{label: i for i, label in enumerate(labels[d])} for d in declared.dims]
    times: dict[float, int] = {}
    first: float | None = None
    cells: dict[tuple[int, ...], float] = {}
    for number, row in _known(declared, rows, axes, where, problems):
        cell = _cell(declared, row, axes, f"{where}, line {number}", problems)
        if cell is None:
            continue
        time, place, value = cell
        if declared.timed:
            first = time if first is None else first
            if not cut.leaves(time, first=time == first):
                continue
            place = (times.setdefault(time, len(times)), *place)
        if place in cells:
            problems.append(f"{where}, line {number}: a second value for the same cell")
        cells[place] = value
    if declared.timed and list(times) != sorted(times):
        problems.append(f"{where}: the years are not in order")
    if declared.timed and not times:
        problems.append(f"{where}: nothing was known by {cut.as_of}")
        return _blank(declared, labels)
    shape = ([len(times)] if declared.timed else []) + [len(axis) for axis in axes]
    values = np.full(shape, np.nan)
    for place, value in cells.items():
        values[place] = value
    absent = [
        f"{dim} {label!r}"
        for axis, dim in enumerate(declared.dims, start=int(declared.timed))
        for label, i in axes[axis - int(declared.timed)].items()
        if not any(place[axis] == i for place in cells)
    ]
    missing = math.prod(shape) - len(cells)
    if missing:
        problems.append(f"{where}: {missing} cells have no row{': ' if absent else ''}{', '.join(absent)}")
    values.setflags(write=False)
    return Series(where, np.array(list(times)), values) if declared.timed else values


def _known(
    declared: Declared,
    rows: list[dict[str, str]],
    axes: list[dict[str, int]],
    where: str,
    problems: list[str],
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield the rows whose labels are all known, with their lines; notes each unknown label once."""
    unknown: dict[tuple[int, str], list[int]] = {}
    for line, row in enumerate(rows, start=2):
        strange = [(k, row[dim]) for k, dim in enumerate(declared.dims) if row[dim] not in axes[k]]
        for key in strange:
            unknown.setdefault(key, []).append(line)
        if not strange:
            yield line, row
    for (k, label), lines in unknown.items():
        several = f" and {len(lines) - 1} more" if len(lines) > 1 else ""
        found = f"{label!r} is no {declared.dims[k]}.{nearest(label, axes[k])}"
        problems.append(f"{where}, line {lines[0]}{several}: {found}")


def _cell(
    declared: Declared,
    row: dict[str, str],
    axes: list[dict[str, int]],
    where: str,
    problems: list[str],
) -> tuple[float, tuple[int, ...], float] | None:
    """Return (year, place, value) of a row, None where it is wrong; an empty value is nan."""
    place = tuple(axis[row[dim]] for dim, axis in zip(declared.dims, axes, strict=True))
    try:
        time = float(row["year"]) if declared.timed else 0.0
        value = float(row["value"]) if row["value"] else math.nan
    except ValueError:
        problems.append(f"{where}: {row.get('year', '')} {row['value']!r} is no number")
        return None
    if value < declared.lo or value > declared.hi:
        problems.append(f"{where}: {value:g} is outside [{declared.lo:g}, {declared.hi:g}]")
        return None
    return time, place, value


def _blank(declared: Declared, labels: Labels) -> F64 | Series:
    """Return a table of nan that stands for one that could not be read."""
    shape = tuple(len(labels[d]) for d in declared.dims)
    if declared.timed:
        return Series(declared.name, np.zeros(1), np.full((1, *shape), np.nan))
    return np.full(shape, np.nan)


def write(
    folder: Path,
    topic: type[Topic],
    labels: Labels,
    tables: Mapping[str, Any],
    about: Mapping[str, Mapping[str, Any]],
) -> None:
    """Write the tables of a topic, arrays or Series by name, and what is told of them, so that `Topic` reads them.

    Numbers are written so that they read back to the same bits.
    """
    import tomli_w

    declared = topic.declared()
    if set(tables) != set(declared) or set(about) != set(declared):
        differ = sorted((set(tables) ^ set(declared)) | (set(about) ^ set(declared)))
        raise DataError(f"{topic.name}: tables, their sources and declarations differ in {', '.join(differ)}")
    (folder / topic.name).mkdir(parents=True, exist_ok=True)
    for name, table in tables.items():
        declared[name].write(folder / topic.name / f"{name}.csv", labels, table)
    told = {name: {"unit": declared[name].unit, **about[name]} for name in declared}
    (folder / f"{topic.name}.toml").write_text(tomli_w.dumps(told), encoding="utf-8")


def _write(path: Path, declared: Declared, labels: Labels, table: Any) -> None:
    """Write one table."""
    times: Iterable[float | None] = table.times.tolist() if declared.timed else [None]
    values = table.values if declared.timed else np.asarray(table)[None]
    names: Callable[[str], Sequence[str]] = labels.__getitem__
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow((["year"] if declared.timed else []) + [*declared.dims, "value"])
        for time, block in zip(times, values, strict=True):
            head = [] if time is None else [repr(int(time)) if time == int(time) else repr(time)]
            keys = itertools.product(*(names(d) for d in declared.dims))
            for key, value in zip(keys, np.asarray(block, dtype=float).ravel().tolist(), strict=True):
                writer.writerow([*head, *key, "" if math.isnan(value) else repr(value)])
