"""The store: members that are done, each a file, found again by what decides their bits.

    key = sha256(stamp)        plan with its draw, region and tables, seed, twin, as_of, code, packages, processor

A file is one line of JSON (what was asked, stamp, sha256 of the rest) and the member's arrays. It is written beside its
place and renamed: processes that write the same member at once write the same bytes.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import logging
import os
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pyarrow as pa

from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say
from jjj_sim.running.member import Life
from jjj_sim.sources import code_sha256
from jjj_sim.state.part import Stamp

PLACE = "JJJ_SIM_STORE"
NONE = "none"
_SUFFIX, _UNFINISHED = ".member", ".part"
_LOG = logging.getLogger(__name__)


class Entry(NamedTuple):
    """A file of the store: its size in bytes, seconds since it was last written or read, what is told of its member.

    `told` is empty for a file that cannot be read, or that a killed process left unfinished.
    """

    path: Path
    size: int
    age: float
    told: Mapping[str, Any]

    @property
    def of_this_code(self) -> bool:
        """Whether the code that is running would find it again."""
        return bool(self.told) and self.told["made"].get("code") == code_sha256()


class Store:
    """Members that are done, in `folder`, by default where `place` says; a `fresh` one finds nothing and keeps all.

    Nothing that goes wrong in it stops a run: a damaged file is told in the log and counts as not there, and where
    nothing can be written that is told once.
    """

    def __init__(self, folder: Path | str | None = None, *, fresh: bool = False) -> None:
        found = place() if folder is None else Path(folder)
        if found is None:
            raise ScenarioError(PLACE, [say("no_store", variable=PLACE)])
        self.folder, self.fresh = found.expanduser(), fresh
        self._writable = True

    def path(self, made: Stamp) -> Path:
        """Return where the member of a stamp is kept."""
        key = hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()
        return self.folder / key[:2] / f"{key}{_SUFFIX}"

    def read(self, made: Stamp) -> Life | None:
        """Return the member of a stamp; None where there is none, or none that is whole."""
        path = self.path(made)
        if self.fresh:
            return None
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as problem:
            _LOG.warning(say("store_unreadable", file=path, reason=problem.strerror or str(problem)))
            return None
        head, _, packed = content.partition(b"\n")
        told = _told(head)
        if told.get("made") != made or told.get("sha256") != hashlib.sha256(packed).hexdigest():
            _LOG.warning(say("store_damaged", file=path))
            return None
        with np.load(io.BytesIO(pa.decompress(packed, told["bytes"], "zstd", asbytes=True))) as file:
            life = Life.of({name: file[name] for name in file.files})
        with contextlib.suppress(OSError):  # of another user, perhaps: its age is then since it was written
            os.utime(path)
        return life

    def write(self, made: Stamp, life: Life, asked: Mapping[str, Any]) -> None:
        """Keep a member under its stamp, with what was `asked`, for people."""
        if not self._writable:
            return
        packed = io.BytesIO()
        np.savez(packed, **life.arrays())
        body = pa.compress(packed.getvalue(), "zstd", asbytes=True)
        told = {**asked, "made": made, "bytes": packed.tell(), "sha256": hashlib.sha256(body).hexdigest()}
        path = self.path(made)
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            _write(path, json.dumps(told, ensure_ascii=False).encode() + b"\n" + body)
        except OSError as problem:
            self._writable = False
            _LOG.warning(say("store_unwritable", folder=self.folder, reason=problem.strerror or str(problem)))

    def entries(self) -> list[Entry]:
        """Return the files of the store, those used last first."""
        now = time.time()
        found = []
        for path in self.folder.glob("[0-9a-f][0-9a-f]/*"):
            if path.suffix not in (_SUFFIX, _UNFINISHED):
                continue
            try:
                stat = path.stat()
                with path.open("rb") as file:
                    told = _told(file.readline()) if path.suffix == _SUFFIX else {}
            except FileNotFoundError:  # another process has removed it
                continue
            found.append(Entry(path, stat.st_size, now - stat.st_mtime, told))
        return sorted(found, key=lambda entry: (entry.age, entry.path))

    def remove(self, entries: Iterable[Entry]) -> None:
        """Remove files of the store."""
        for entry in entries:
            entry.path.unlink(missing_ok=True)


def place() -> Path | None:
    """Return the store's folder: of JJJ_SIM_STORE, else in the user's cache; None where the variable is "none"."""
    asked = os.environ.get(PLACE, "")
    if asked:
        return None if asked == NONE else Path(asked)
    if sys.platform == "win32":
        cache = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        cache = Path.home() / "Library" / "Caches"
    else:
        cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return cache / "jjj-sim" / "store"


def _told(head: bytes) -> dict[str, Any]:
    """Return the first line of a file; empty where it is none."""
    try:
        told = json.loads(head)
    except ValueError:
        return {}
    return told if isinstance(told, dict) and {"made", "bytes", "sha256"} <= told.keys() else {}


def _write(path: Path, content: bytes) -> None:
    """Write a file in one rename."""
    handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(name, path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
