"""Compiled kernels, kept on disk for as long as no source of the package changes.

numba keeps a compiled kernel while its own file is unchanged, although functions of other files are compiled
into it; an edited law would go on running in its old form. Here the folder of the kept kernels carries the
digest of all sources. Files of kernels take `njit` and `prange` from this module. numba's own settings stay as
they are, so that kernels of other packages are kept where they always were.
"""

from __future__ import annotations

import functools
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numba
from numba import prange as prange

from jjj_sim.sources import code_sha256

# Folders of other versions that are kept, and for how long one just used is never removed, seconds.
_KEPT, _GRACE = 8, 3600.0
_SETTINGS: Any = numba.config
_FOLDER = re.compile(r"[0-9a-f]{16}")


def njit(*, cache: bool = False, **options: Any) -> Callable[[Callable[..., Any]], Any]:
    """Return numba's decorator of these options; `cache` keeps the compiled kernel in `cache_folder`."""

    def compiled(law: Callable[..., Any]) -> Any:
        folder = cache_folder() if cache else None
        before = _SETTINGS.CACHE_DIR
        try:
            if folder is not None:
                _SETTINGS.CACHE_DIR = str(folder)  # read once, while the function is decorated
            return numba.njit(cache=folder is not None, **options)(law)
        finally:
            _SETTINGS.CACHE_DIR = before

    return compiled


@functools.cache
def cache_folder() -> Path | None:
    """Return the folder of the kernels of the present sources; None where nothing can be written."""
    for root in _roots():
        folder = root / code_sha256()[:16]
        try:
            is_new = not folder.is_dir()
            folder.mkdir(parents=True, exist_ok=True)
            tempfile.TemporaryFile(dir=folder).close()
            os.utime(folder)
        except OSError:
            continue
        if is_new:
            _forget_others(root, folder)
        return folder
    return None


def _roots() -> Iterator[Path]:
    """Yield where kernels may be kept, best first: where the user says, the user's cache, a temporary folder."""
    if _SETTINGS.CACHE_DIR:
        yield Path(_SETTINGS.CACHE_DIR).absolute() / "jjj-sim"
    named = os.environ.get("XDG_CACHE_HOME") or os.environ.get("LOCALAPPDATA")
    user = Path(named or os.path.expanduser("~/.cache"))
    if user.is_absolute():
        yield user / "jjj-sim" / "kernels"
    try:
        mine = Path(tempfile.gettempdir()) / f"jjj-sim-{os.getuid() if hasattr(os, 'getuid') else 'kernels'}"
        mine.mkdir(mode=0o700, exist_ok=True)
        if not hasattr(os, "getuid") or mine.lstat().st_uid == os.getuid():  # kernels of others are never run
            yield mine
    except OSError:
        return


def _forget_others(root: Path, mine: Path) -> None:
    """Remove the folders of other sources, but for the last few and those in use."""
    try:
        found = [(p.stat().st_mtime, p) for p in root.iterdir() if p != mine and _FOLDER.fullmatch(p.name)]
    except OSError:
        return
    for used, folder in sorted(found, reverse=True)[_KEPT:]:
        if used < time.time() - _GRACE:
            shutil.rmtree(folder, ignore_errors=True)
