"""Where a result comes from: version, commit, packages, processor, region."""

from __future__ import annotations

import os
import platform
import subprocess
from collections.abc import Mapping
from importlib import metadata
from pathlib import Path
from typing import Any

from jjj_sim import regions
from jjj_sim.region import Region
from jjj_sim.sources import code_sha256

_PACKAGES = ("numpy", "numba", "pandas", "pyarrow", "scipy", "mesa", "pydantic", "matplotlib")


def provenance(region: Region) -> dict[str, Any]:
    """Return the part of the manifest that does not depend on the scenario."""
    return {
        "version": metadata.version("jjj-sim"),
        "git_commit": git_commit(),
        "python": platform.python_version(),
        "packages": {name: metadata.version(name) for name in _PACKAGES},
        "cpu": cpu(),
        "system": f"{platform.system()} {platform.release()}",
        **regions.told(region),
        "data_sha256": region.sha256,
        "code_sha256": code_sha256(),
    }


def git_commit() -> str | None:
    """Return the commit of the checkout the package runs from, "-dirty" when it differs; None outside one."""
    root = Path(__file__).resolve().parents[3]
    if not (root / ".git").exists():
        return None
    answers = []
    for arguments in (("rev-parse", "HEAD"), ("status", "--porcelain", "--", "src")):
        try:
            answer = subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, timeout=10)
        except (OSError, subprocess.TimeoutExpired):
            return None
        if answer.returncode:
            return None
        answers.append(answer.stdout.strip())
    return answers[0] + ("-dirty" if answers[1] else "")


def cpu() -> Mapping[str, Any]:
    """Return the machine, the processor's model and the number of logical processors in reach."""
    model = platform.processor()
    info = Path("/proc/cpuinfo")
    if info.is_file():
        lines = (line.partition(":") for line in info.read_text().splitlines())
        model = next((value.strip() for key, _, value in lines if key.strip() == "model name"), model)
    return {"machine": platform.machine(), "model": model, "processors": n_processors()}


def n_processors() -> int:
    """Return how many logical processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1
