"""The package's own sources as one digest, and what it computes with: they tell apart what other code computed."""

from __future__ import annotations

import functools
import hashlib
import platform
from importlib import metadata
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent


@functools.cache
def code_sha256() -> str:
    """Return the sha256 over every Python file of the package, by place and content, as this process met them."""
    return _digest(PACKAGE)


def _digest(folder: Path) -> str:
    found = hashlib.sha256()
    for path in sorted(folder.rglob("*.py")):
        content = path.read_bytes()
        found.update(f"{path.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return found.hexdigest()


@functools.cache
def computed_with() -> str:
    """Return the versions of Python and of the packages whose arithmetic decides the bits of a run."""
    found = (f"{name} {metadata.version(name)}" for name in ("numpy", "numba", "llvmlite", "scipy"))
    return ", ".join([f"python {platform.python_version()}", *found])
