"""Load a region from its folder: region.toml, zones.csv, parameters.toml, and tables when they are asked for."""

from __future__ import annotations

import copyreg
import csv
import functools
import hashlib
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError

from jjj_sim.errors import DataError
from jjj_sim.region.region import Region, Sector
from jjj_sim.sources import PACKAGE

_COLUMNS = ("id", "name_en", "name_zh", "province", "area", "area_km2", "lon", "lat")


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class _Sector(_Part):
    key: str
    en: str
    zh: str
    broad: str


class _File(_Part):
    """The grammar of region.toml."""

    id: str
    title: str
    title_zh: str
    provinces: list[str]
    outside: str
    areas: list[str]
    education: list[str]
    sectors: list[_Sector]
    wholes: dict[str, list[str]]
    roles: dict[str, list[str]]
    sector_roles: dict[str, list[str]]
    groups: dict[str, list[str]] = {}


@functools.cache
def load(folder: Path) -> Region:
    """Return the region in `folder`, one object per folder; DataError lists all that is wrong with its files."""
    problems: list[str] = []
    found = _file(folder / "region.toml", problems)
    rows = _zones(folder / "zones.csv", problems)
    if found is None or problems:
        raise _broken(folder, problems)
    region = _region(folder, found, rows, problems)
    if problems:
        raise _broken(folder, problems)
    return region


def _broken(folder: Path, problems: list[str]) -> DataError:
    return DataError(f"{folder} is not a region, {len(problems)} problems:\n  * " + "\n  * ".join(problems))


def _file(path: Path, problems: list[str]) -> _File | None:
    """Return region.toml."""
    try:
        return _File.model_validate(_toml(path))
    except FileNotFoundError:
        problems.append(f"{path.name} is not there")
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name} cannot be read: {error}")
    except ValidationError as error:
        problems += [f"{path.name}: {'.'.join(map(str, e['loc']))}: {e['msg']}" for e in error.errors()]
    return None


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8-sig"))


def _zones(path: Path, problems: list[str]) -> list[dict[str, str]]:
    """Return the rows of zones.csv."""
    if not path.is_file():
        problems.append(f"{path.name} is not there")
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    missing = [c for c in _COLUMNS if not rows or c not in rows[0]]
    if missing:
        problems.append(f"{path.name}: no column {', '.join(missing)}")
    return rows


def _region(folder: Path, file: _File, rows: list[dict[str, str]], problems: list[str]) -> Region:
    """Return the region that the files describe; notes names that none of them knows."""
    provinces, areas = (*file.provinces, file.outside), tuple(file.areas)
    ids = tuple(row["id"] for row in rows)
    province = [
        _place(row["province"], file.provinces, f"zones.csv, {row['id']}", "province", problems) for row in rows
    ]
    area = [_place(row["area"], areas, f"zones.csv, {row['id']}", "area", problems) for row in rows]
    keys = tuple(s.key for s in file.sectors)
    keyed, sources = _keyed(folder / "parameters.toml", problems)

    def mask(names: list[str], where: str) -> NDArray[np.bool_]:
        chosen = np.zeros(len(ids), dtype=bool)
        for name in names:
            if name in ids:
                chosen[ids.index(name)] = True
            elif name in file.provinces:
                chosen |= np.array(province) == file.provinces.index(name)
            else:
                problems.append(f"region.toml: {where}: {name!r} is neither a zone nor a province")
        chosen.setflags(write=False)
        return chosen

    problems += [
        f"zones.csv: {id} is a zone and a province of several; a part of a province goes by another id"
        for id in ids
        if id in file.provinces and province.count(file.provinces.index(id)) > 1
    ]
    for role, wanted in file.sector_roles.items():
        problems += [f"region.toml: sector_roles.{role}: no sector {key!r}" for key in wanted if key not in keys]
    if problems:
        raise _broken(folder, problems)
    return Region(
        id=file.id,
        title=file.title,
        title_zh=file.title_zh,
        folder=folder,
        ids=ids,
        name_en=tuple(row["name_en"] for row in rows),
        name_zh=tuple(row["name_zh"] for row in rows),
        provinces=provinces,
        province=np.array([*province, len(file.provinces)]),
        areas=areas,
        area=np.array(area),
        area_km2=np.array([float(row["area_km2"]) for row in rows]),
        lon=np.array([float(row["lon"]) for row in rows]),
        lat=np.array([float(row["lat"]) for row in rows]),
        sectors=tuple(Sector(s.key, s.en, s.zh, s.broad) for s in file.sectors),
        education=tuple(file.education),
        wholes={name: mask(names, f"wholes.{name}") for name, names in file.wholes.items()},
        groups={name: _group(name, names, rows, problems) for name, names in file.groups.items()},
        roles={name: mask(names, f"roles.{name}") for name, names in file.roles.items()},
        sector_roles={role: tuple(keys.index(k) for k in wanted) for role, wanted in file.sector_roles.items()},
        keyed=keyed,
        keyed_source=sources,
        sha256=_digest(folder),
    )


def _place(name: str, legal: Any, where: str, noun: str, problems: list[str]) -> int:
    """Return the index of a name; notes one that is not legal."""
    if name in legal:
        return list(legal).index(name)
    problems.append(f"{where}: no {noun} {name!r}; there are {', '.join(legal)}")
    return 0


def _group(
    name: str, names: list[str], rows: list[dict[str, str]], problems: list[str]
) -> tuple[tuple[str, ...], NDArray[np.int64]]:
    """Return who publishes for each zone: the names, and their index by zone, from a column of zones.csv."""
    if rows and name not in rows[0]:
        problems.append(f"zones.csv: no column {name}")
        return tuple(names), np.zeros(len(rows), dtype=np.int64)
    index = [_place(row[name], names, f"zones.csv, {row['id']}", name, problems) for row in rows]
    return tuple(names), np.array(index)


def _keyed(path: Path, problems: list[str]) -> tuple[dict[str, Mapping[str, float]], dict[str, str]]:
    """Return the parameters that differ by place, dotted name -> id -> value, and the source of each."""
    found: dict[str, Mapping[str, float]] = {}
    sources: dict[str, str] = {}
    if not path.is_file():
        return found, sources
    try:
        tables = _toml(path)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        problems.append(f"{path.name} cannot be read: {error}")
        return found, sources
    for process, parameters in tables.items():
        for name, values in parameters.items():
            found[f"{process}.{name}"] = {key: float(v) for key, v in values.items() if key != "source"}
            if "source" in values:
                sources[f"{process}.{name}"] = str(values["source"])
            else:
                problems.append(f"{path.name}: {process}.{name} has no source")
    return found, sources


def _digest(folder: Path) -> str:
    """Return the sha256 over what the model reads of a region's folder, by name."""
    digest = hashlib.sha256()
    files = [p for p in folder.glob("*") if p.suffix in (".toml", ".csv")]
    for part in ("tables", "policy"):
        files += [p for p in (folder / part).rglob("*") if p.is_file()]
    for path in sorted(files):
        digest.update(str(path.relative_to(folder)).encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _where(region: Region) -> tuple[str, bool]:
    """Return the folder of a region, and whether it is one inside the package, wherever that is installed."""
    own = region.folder.is_relative_to(PACKAGE)
    return str(region.folder.relative_to(PACKAGE) if own else region.folder), own


def _placed(folder: str, own: bool) -> Region:
    return load(PACKAGE / folder if own else Path(folder))


# A region is pickled by its folder: a worker loads its own.
copyreg.pickle(Region, lambda region: (_placed, _where(region)))
