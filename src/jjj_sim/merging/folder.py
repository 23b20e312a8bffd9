"""The folder of a merged region: every file of the region it is made from, with its places put together.

What the model reads is merged by the rules that tables, parameters and levers declare. Published figures and goals
stay where their area is still reported; roles hold for a merged zone that holds a zone in the role, since what a law
looks for is in there. What is left out is told.
"""

from __future__ import annotations

import csv
import json
import shutil
import tempfile
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import tomli_w
from numpy.typing import NDArray

from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.merging import policy, routes
from jjj_sim.merging.groups import Groups
from jjj_sim.merging.rules import BY_PEOPLE, ROUTES, Rules
from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region import Region, load
from jjj_sim.region.data import TOPICS, labels
from jjj_sim.region.names import Name, names
from jjj_sim.region.table import write
from jjj_sim.satellites import QUARTER


class Merged(NamedTuple):
    """A merged region, and what was left out or changed its meaning on the way."""

    region: Region
    notes: tuple[str, ...]


def merge(groups: Groups, folder: Path) -> Merged:
    """Write the merged region into the new `folder`, whole or not at all, and return it.

    ScenarioError where the folder is there already or cannot be made; DataError for a table, a parameter or a lever
    that has zones and no rule by which they merge.
    """
    if folder.exists():
        raise ScenarioError(str(folder), ["is there already; name a folder that is not"])
    if not folder.absolute().parent.is_dir():
        raise ScenarioError(str(folder), [f"there is no folder {folder.absolute().parent}"])
    try:
        with tempfile.TemporaryDirectory(dir=folder.absolute().parent, prefix=".merging-") as place:
            made = Path(place) / folder.name
            made.mkdir()
            notes = _write(groups, made)
            shutil.move(made, folder)
    except OSError as error:
        raise ScenarioError(str(folder), [f"cannot be made: {error.strerror}"]) from None
    return Merged(load(folder.resolve()), tuple(notes))


def _write(groups: Groups, folder: Path) -> list[str]:
    """Write every file of a merged region; return notes on what changed its meaning."""
    source = groups.region
    rules = Rules(groups, source.tables())
    notes: list[str] = []
    _write_toml(folder / "region.toml", _about(groups, notes))
    _write_rows(folder / "zones.csv", _zones(rules))
    _write_rows(folder / "names.csv", _names(groups))
    if source.keyed:
        _write_toml(folder / "parameters.toml", _parameters(rules))
    merged = load(folder)
    _write_tables(rules, merged, folder / "tables")
    notes += policy.write(rules, merged, folder / "policy")
    notes += _write_evidence(groups, merged, folder)
    _write_map(groups, folder)
    merged.tables()
    return notes


def _write_toml(path: Path, table: Mapping[str, Any]) -> None:
    path.write_text(tomli_w.dumps(table), encoding="utf-8")


def _write_rows(path: Path, rows: Sequence[Mapping[str, Any]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text("utf-8-sig"))


def _about(groups: Groups, notes: list[str]) -> dict[str, Any]:
    """Return region.toml: a whole that would divide a zone is left out, a role holds where a zone of it is."""
    source, n = groups.region, len(groups.ids)
    found = _toml(source.folder / "region.toml")
    if n < source.n_zones:
        found["id"] = f"{source.id}_{n}"
        found["title"], found["title_zh"] = f"{source.title}, {n} zones", f"{source.title_zh}({n}区)"
    held = {name: _held(groups, mask) for name, mask in source.wholes.items()}
    found["wholes"] = {name: _ids(groups, part == 1.0) for name, part in held.items() if set(part) <= {0.0, 1.0}}
    notes += [f"{name} is no longer reported: it divides a zone" for name in held if name not in found["wholes"]]
    found["roles"] = {}
    for role, mask in source.roles.items():
        part = _held(groups, mask)
        found["roles"][role] = _ids(groups, part > 0.0)
        if set(part) - {0.0, 1.0}:
            notes.append(f"the role {role} held for a part of {', '.join(_ids(groups, (part > 0) & (part < 1)))}")
    found["groups"] = {kind: list(publishers.names) for kind, publishers in groups.publishers.items()}
    return found


def _held(groups: Groups, mask: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return which part of the zones of each merged zone is marked."""
    return np.array([mask[groups.zone == k].mean() for k in range(len(groups.ids))])


def _ids(groups: Groups, mask: Iterable[bool]) -> list[str]:
    return [id for id, marked in zip(groups.ids, mask, strict=True) if marked]


def _zones(rules: Rules) -> list[dict[str, Any]]:
    """Return zones.csv: area added up, the centre that of the residents."""
    groups, source = rules.groups, rules.groups.region
    lon, lat = (rules.mean(where, BY_PEOPLE) for where in (source.lon, source.lat))
    rows = []
    for k, id in enumerate(groups.ids):
        z, name = groups.first[k], _name(groups, k).full
        rows.append(
            {
                "id": id,
                "name_en": name[0],
                "name_zh": name[1],
                "province": source.provinces[source.province[z]],
                "area": source.areas[source.area[z]],
                "area_km2": float(source.area_km2[groups.zone == k].sum()),
                "lon": float(lon[k]),
                "lat": float(lat[k]),
                **{kind: found.names[found.zone[k]] for kind, found in groups.publishers.items()},
            }
        )
    return rows


def _name(groups: Groups, index: int) -> Name:
    """Return what a merged zone is called: as the area or province that it is, else as its zones together."""
    source, inside, known = groups.region, groups.zone == index, names(groups.region)
    for name in (groups.ids[index], *source.areas, *source.provinces[:-1]):
        if name in known and name not in source.ids and np.array_equal(source.inside(name), inside):
            return known[name]
    held = [known[zone] for zone in groups.members(index)]
    if len(held) == 1:
        return held[0]
    full = (", ".join(name.short[0] for name in held), "、".join(name.short[1] for name in held))
    return Name(full, full)


def _names(groups: Groups) -> list[dict[str, str]]:
    """Return names.csv: provinces, areas and wholes as they are called, then the merged zones."""
    source, known = groups.region, names(groups.region)
    places = {name: known[name] for name in (*source.provinces, *source.areas, *source.wholes) if name in known}
    places |= {id: _name(groups, k) for k, id in enumerate(groups.ids) if id not in places}
    return [
        {"id": id, "en": name.full[0], "zh": name.full[1], "short_en": name.short[0], "short_zh": name.short[1]}
        for id, name in places.items()
    ]


def _parameters(rules: Rules) -> dict[str, dict[str, dict[str, Any]]]:
    """Return parameters.toml: what differs by province stays, what differs by zone merges by its rule."""
    groups, source = rules.groups, rules.groups.region
    declared = {f"{kind.name}.{name}": p for kind in QUARTER for name, p in kind.parameters().items()}
    found = _toml(source.folder / "parameters.toml")
    for dotted, values in source.keyed.items():
        process, _, name = dotted.partition(".")
        if declared[dotted].by != "zone":
            continue
        if not declared[dotted].merge:
            raise DataError(f"the parameter {dotted} is by zone and declares no rule by which zones merge")
        by_zone = rules.mean(source.by_zone(dotted, values), declared[dotted].merge)
        told = f"{found[process][name]['source']}; [D] zones of {source.id} merged: {declared[dotted].merge}"
        found[process][name] = {"source": told, **dict(zip(groups.ids, by_zone.tolist(), strict=True))}
    return found


def _write_tables(rules: Rules, merged: Region, folder: Path) -> None:
    """Write the tables by topic, each with its source and how it was merged."""
    source, along = rules.groups.region, labels(merged)
    folder.mkdir()
    by_route = routes.merged(rules)
    for topic in TOPICS:
        if not topic.present(source.folder / "tables"):
            continue
        about = _toml(source.folder / "tables" / f"{topic.name}.toml")
        tables = {}
        for name, declared in topic.declared().items():
            where, table = f"{topic.name}.{name}", getattr(getattr(rules.data, topic.name), name)
            if declared.merge == ROUTES:
                tables[name] = by_route[name]
            else:
                tables[name] = rules.table(declared, table, where)
            about[name]["source"] += rules.told(declared, where)
            if rules.adds_opening(declared, table):
                about[name]["known"] = {str(FIRST_YEAR): int(table.times[-1])} | about[name].get("known", {})
        write(folder, topic, along, tables, about)


def _write_evidence(groups: Groups, merged: Region, folder: Path) -> list[str]:
    """Write the published figures and the goals of areas that are still reported; return notes on the others."""
    source, notes = groups.region, []
    reported = {*merged.areas, *merged.wholes, *merged.ids}
    gone = {name for name in (*source.ids, *source.wholes) if name not in reported}
    path = source.folder / "targets.csv"
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
        kept = [row for row in rows if row["area"] not in gone]
        if kept:
            _write_rows(folder / path.name, kept)
            _write_citations(source.folder / "citations.csv", {row["source"] for row in kept}, folder)
        notes += [f"targets.csv: {row['id']} left out: no area {row['area']}" for row in rows if row["area"] in gone]
    path = source.folder / "census.csv"
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            kept = [row for row in csv.DictReader(file) if row["area"] in merged.ids and row["area"] in source.ids]
        if kept:
            _write_rows(folder / path.name, kept)
    path = source.folder / "goals.toml"
    if path.is_file():
        found = _toml(path)
        lost = [i for i in found["indicators"] if gone & {i["area"], *i.get("areas", ())}]
        found["indicators"] = [i for i in found["indicators"] if i not in lost]
        _write_toml(folder / path.name, found)
        notes += [f"goals.toml: {i['en']} left out: it is about a part of a zone" for i in lost]
    return notes


def _write_citations(path: Path, sources: set[str], folder: Path) -> None:
    """Write how the sources that are left are cited, where the region says so."""
    if path.is_file():
        with path.open(encoding="utf-8-sig", newline="") as file:
            _write_rows(folder / path.name, [row for row in csv.DictReader(file) if row["source"] in sources])


def _write_map(groups: Groups, folder: Path) -> None:
    """Write the outlines: those of its zones make up that of a merged one, whose inner borders stay to be seen."""
    source = groups.region.folder / "map"
    if not (source / "zones.geojson").is_file():
        return
    found = json.loads((source / "zones.geojson").read_text("utf-8"))
    outlines: dict[str, list[Any]] = {id: [] for id in groups.ids}
    for feature in found["features"]:
        if feature["id"] in groups.region.ids:
            shape = feature["geometry"]
            many = shape["coordinates"] if shape["type"] == "MultiPolygon" else [shape["coordinates"]]
            outlines[groups.new(feature["id"])] += many
    found["features"] = [
        {"type": "Feature", "id": id, "properties": {}, "geometry": {"type": "MultiPolygon", "coordinates": shapes}}
        for id, shapes in outlines.items()
    ]
    (folder / "map").mkdir()
    (folder / "map" / "zones.geojson").write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")
    if (source / "labels.toml").is_file():
        told = _toml(source / "labels.toml")
        alone = {groups.ids[k]: groups.members(k)[0] for k in range(len(groups.ids)) if groups.alone(k)}
        for key in ("away", "inside"):
            places = told.get(key, {})
            told[key] = {id: places[zone] for id, zone in alone.items() if zone in places}
        _write_toml(folder / "map" / "labels.toml", told)
