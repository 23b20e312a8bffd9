"""A result: tidy tables with where they come from; written whole or not at all."""

from __future__ import annotations

import ctypes
import functools
import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from jjj_sim import regions
from jjj_sim.errors import DataError, ScenarioError
from jjj_sim.messages import say
from jjj_sim.region import Region

if TYPE_CHECKING:
    import xarray
    from matplotlib.figure import Figure

TABLES = ("annual", "series", "flows")
SHEETS = ("evidence", "goals", "goals_path", "goals_thresholds", "draws")
MANIFEST = "manifest.json"
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2
# Key of the manifest under which a folder tells its files, and what charts and exports end in.
_CONTENTS, _EXPORTS = "contents", (".xlsx", ".docx")
_PICTURES = (".png", ".svg", ".pdf", ".gif", ".mp4")

Filler = Callable[[Path], object]


@dataclass(frozen=True)
class Result:
    """What one run of a scenario gives. The tables are those of the result folder; treat them as read-only.

    `annual`, `series`: one row per figure; `flows`: moves between areas by year; `manifest`: versions, seeds,
    hashes; `scenario`: the resolved scenario as TOML, which run again gives the same bits. `evidence`, published
    figures beside the model's, `goals`, those of 2030, `goals_path`, the same by year, and `goals_thresholds`, what
    hangs on the thresholds, are empty until `judging.judge` has filled them. `draws`: one row per member, what it was
    drawn of parameters and of the outside world; empty where all are at defaults.
    """

    name: str
    annual: pd.DataFrame
    series: pd.DataFrame
    flows: pd.DataFrame
    manifest: Mapping[str, Any]
    scenario: str
    evidence: pd.DataFrame = field(default_factory=pd.DataFrame)
    goals: pd.DataFrame = field(default_factory=pd.DataFrame)
    goals_path: pd.DataFrame = field(default_factory=pd.DataFrame)
    goals_thresholds: pd.DataFrame = field(default_factory=pd.DataFrame)
    draws: pd.DataFrame = field(default_factory=pd.DataFrame)

    @functools.cached_property
    def region(self) -> Region:
        """The region the result is of, the default one where the manifest names none.

        DataError when it is neither shipped nor in the folder that the manifest names.
        """
        if "region" not in self.manifest:
            return regions.default()
        return regions.find(self.manifest["region"], self.manifest.get("region_folder"))

    def chart(self, name: str, lang: str = "en", size: str = "screen") -> Figure:
        """Return a chart of a variable, or one of the named charts, at the size of a word page, a slide or a screen."""
        import jjj_sim

        return jjj_sim.chart(self, name, lang=lang, size=size)

    def plot(self, name: str, lang: str = "en") -> Figure:
        """Return the same as `chart`, under the name that tables have for it."""
        return self.chart(name, lang=lang)

    def table(self, variables: Any = (), areas: Any = (), years: Any = (), **how: Any) -> pd.DataFrame:
        """Return medians and intervals, tidy or `wide`; see `jjj_sim.tidy`."""
        import jjj_sim

        return jjj_sim.tidy(self, variables, areas, years, **how)

    def to_excel(self, path: Path | str, lang: str = "en") -> Path:
        """Write the workbook and return its path."""
        import jjj_sim

        return jjj_sim.to_excel(self, path, lang=lang)

    def to_csv(self, folder: Path | str, lang: str = "en") -> Path:
        """Write the tables as CSV for spreadsheets and return the folder."""
        import jjj_sim

        return jjj_sim.to_csv(self, folder, lang=lang)

    def to_xarray(self) -> xarray.Dataset:
        """Return a dataset by member, area and year; see `jjj_sim.to_xarray`."""
        import jjj_sim

        return jjj_sim.to_xarray(self)

    def _repr_html_(self) -> str:
        import jjj_sim

        return jjj_sim.html(self)

    def report(self, path: Path | str, lang: str = "en") -> Path:
        """Write a report to `path`, one HTML file, and return it; see `jjj_sim.report`."""
        import jjj_sim

        return jjj_sim.report(self, path, lang=lang)

    def save(self, folder: Path | str, fill: Iterable[Filler] = ()) -> Path:
        """Write the result folder and return it; each of `fill` may add files to it before it is renamed.

        An existing result is replaced in one rename. ScenarioError when `folder` holds something else.
        """
        with whole_folder(Path(folder)) as part:
            hashes = {f"{t}.parquet": write_parquet(getattr(self, t), part / f"{t}.parquet") for t in TABLES}
            sheets = [sheet for sheet in SHEETS if not getattr(self, sheet).empty]
            for sheet in sheets:
                getattr(self, sheet).to_csv(part / f"{sheet}.csv", index=False, lineterminator="\n")
            (part / "scenario.toml").write_text(self.scenario, encoding="utf-8")
            write_manifest({**self.manifest, "files": hashes, "sheets": sheets}, part)
            for add in fill:
                add(part)
        return Path(folder)


def load(folder: Path | str) -> Result:
    """Return the result saved in `folder`; DataError when it is not one, or a table is damaged."""
    path = Path(folder)
    _require(path, [*(f"{t}.parquet" for t in TABLES), MANIFEST, "scenario.toml"])
    manifest = json.loads((path / MANIFEST).read_text("utf-8"))
    kept = manifest.get("sheets", ("evidence", "goals"))
    _require(path, [f"{sheet}.csv" for sheet in kept])
    tables = {}
    for name in TABLES:
        file = path / f"{name}.parquet"
        if _sha256(file) != manifest["files"].get(file.name):
            raise DataError(f"{file} is damaged: its sha256 is not the one in manifest.json")
        with file.open("rb") as opened:  # by its name a folder like run:1 would be taken for a network address
            tables[name] = pq.read_table(opened).to_pandas()
    sheets = {name: _sheet(path / f"{name}.csv") for name in kept}
    scenario = (path / "scenario.toml").read_text("utf-8")
    return Result(manifest["scenario"], **tables, manifest=manifest, scenario=scenario, **sheets)


def kind_of(folder: Path | str) -> str:
    """Return the kind of what is saved in a folder, by its manifest; empty for a run and for what is none."""
    file = Path(folder) / MANIFEST
    try:
        return str(json.loads(file.read_text("utf-8")).get("kind", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def _sheet(path: Path) -> pd.DataFrame:
    """Return a sheet; one that a spreadsheet has saved again in Chinese Windows' encoding is read in that."""
    try:
        return pd.read_csv(path, encoding="utf-8-sig")
    except UnicodeDecodeError:
        return pd.read_csv(path, encoding="gb18030")


def _require(folder: Path, names: Sequence[str]) -> None:
    """Raise DataError when one of the files `names` is not in `folder`."""
    missing = [name for name in names if not (folder / name).is_file()]
    if missing:
        raise DataError(f"{folder} is not a result folder: {', '.join(missing)} not there")


def write_parquet(table: pd.DataFrame, path: Path) -> str:
    """Write a table and return its sha256; the same table gives the same bytes."""
    with path.open("wb") as file:
        pq.write_table(pa.Table.from_pandas(table, preserve_index=False), file, compression="zstd")
    return _sha256(path)


def write_manifest(manifest: Mapping[str, Any], folder: Path) -> None:
    """Write manifest.json."""
    text = json.dumps(manifest, indent=2, ensure_ascii=False)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")


def check_free(folder: Path) -> None:
    """Raise ScenarioError when the place of a result is taken by something else, or by one with a file of others."""
    if not folder.exists() or (folder.is_dir() and not any(folder.iterdir())):
        return
    contents = _contents(folder)
    if contents is None:
        raise ScenarioError(str(folder), [say("no_result_in_the_way")])
    files = (path.relative_to(folder) for path in folder.rglob("*") if not path.is_dir())
    strange = sorted(str(path) for path in files if path.as_posix() not in contents and not _is_made_of_it(path))
    if strange:
        raise ScenarioError(str(folder), [say("strangers_file", file=strange[0], more=len(strange) - 1)])


def _contents(folder: Path) -> set[str] | None:
    """Return what was written into a result's folder, by its manifest; None where it is no such folder."""
    try:
        manifest = json.loads((folder / MANIFEST).read_text("utf-8"))
        return {MANIFEST, *manifest["files"], *manifest[_CONTENTS]}
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _is_made_of_it(path: Path) -> bool:
    """Return whether a file of a result's folder is made of the result: a chart or its numbers, or an export."""
    table = path.suffix == ".csv" and path.parts[:-1] in (("charts", "data"), ("tables",))
    picture = path.parts[0] == "charts" and path.suffix in _PICTURES
    return table or picture or (len(path.parts) == 1 and path.suffix in _EXPORTS)


def _tell_contents(folder: Path) -> None:
    """Enter into the manifest of `folder` what the folder holds."""
    manifest = folder / MANIFEST
    if manifest.is_file():
        files = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())
        kept = [file for file in files if not _is_made_of_it(Path(file))]
        write_manifest({**json.loads(manifest.read_text("utf-8")), _CONTENTS: kept}, folder)


class whole_folder:
    """A context in which a folder is filled beside its place and put there in one rename, or not at all.

    ScenarioError when the place is taken by something that is no result, or by one with a file of others in it.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.part = folder.with_name(f".{folder.name}.{os.getpid()}.part")

    def __enter__(self) -> Path:
        check_free(self.folder)
        shutil.rmtree(self.part, ignore_errors=True)
        self.part.mkdir(parents=True)
        return self.part

    def __exit__(self, failure: type[BaseException] | None, *_: object) -> None:
        if failure is None:
            _tell_contents(self.part)
            for path in [*self.part.rglob("*"), self.part]:
                _sync(path)
            _replace(self.part, self.folder)
            _sync(self.folder.parent)
        shutil.rmtree(self.part, ignore_errors=True)


def _replace(new: Path, place: Path) -> None:
    """Put `new` at `place`; what was there comes to stand at `new`. One rename where the system can."""
    if not place.exists():
        try:
            new.rename(place)
            return
        except OSError:
            if not place.exists():
                raise  # otherwise another process has put its result there meanwhile
    swap = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    names = (os.fsencode(new), os.fsencode(place))
    if swap is not None and swap(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _RENAME_EXCHANGE) == 0:
        return
    old = new.with_suffix(".old")
    place.rename(old)
    new.rename(place)
    old.rename(new)


def _sync(path: Path) -> None:
    """Flush a file or a folder to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
