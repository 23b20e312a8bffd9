"""A page as PDF, printed by a Chromium that is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say
from jjj_sim.wording.words import Lang

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "msedge", "microsoft-edge")
# Milliseconds of the page's own clock, which runs as fast as it draws, and seconds of ours.
_BUDGET, _PATIENCE = 60_000, 180


def browser() -> str:
    """Return the path of a browser that prints; ScenarioError names what to install where there is none."""
    found = next((path for name in BROWSERS if (path := shutil.which(name))), None)
    if found is None:
        raise ScenarioError("--pdf", [say("no_browser", known=BROWSERS)])
    return found


def print_pdf(page: Path, path: Path, lang: Lang) -> Path:
    """Print the `lang` part of a report to `path` and return it; ScenarioError when the browser does not."""
    program = browser()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "report.pdf"
        words = [program, "--headless", "--disable-gpu", f"--user-data-dir={folder}/profile"]
        words += ["--no-sandbox"] if getattr(os, "geteuid", lambda: 1)() == 0 else []  # root has none
        words += ["--window-size=880,1200", f"--virtual-time-budget={_BUDGET}", "--no-pdf-header-footer"]
        words += [f"--print-to-pdf={made}", f"{page.resolve().as_uri()}#{lang}"]
        try:
            ended = subprocess.run(words, capture_output=True, text=True, timeout=_PATIENCE, check=False)
            told = ended.stderr.strip().splitlines()[-1:]
        except subprocess.TimeoutExpired:
            told = [f"{_PATIENCE} s"]
        if not made.is_file():
            raise ScenarioError("--pdf", [say("no_pdf", browser=program, told=told)])
        part = path.with_name(f".{path.name}.{os.getpid()}.part")
        shutil.copyfile(made, part)
        part.replace(path)
    return path
