"""Write what stands of the validation of this version for reports: src/jjj_sim/reporting/standing.json.

    python validation/standing.py

It reads docs/validation.md and docs/calibration.md, which `validation/run.py` and `validation/calibration.py` write:
counts of published findings, series won in years held out, and how often 90 % intervals held. Runs nothing.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from jjj_sim import regions

ROOT = Path(__file__).resolve().parents[1]
FILE = ROOT / "src" / "jjj_sim" / "reporting" / "standing.json"
_FACTS = re.compile(
    r"Of (?P<facts>\d+) facts the model agrees with (?P<agree>\d+) and disagrees with (?P<disagree>\d+); "
    r"(?P<wrong>\d+) have the wrong sign, (?P<unasked>\d+) cannot be asked"
)
_CHOSEN = re.compile(r"^\| the naive chosen in advance \|(.*)\|$", re.MULTILINE)
_COVERAGE = re.compile(r"^\| all \| (\d+) \|.*\| (\d+)% \(\d+%\), [\d.]+ \|$", re.MULTILINE)


def standing(validation: str, calibration: str) -> dict[str, Any]:
    """Return the numbers that the two pages tell; ValueError when one no longer tells them."""
    facts, chosen, coverage = (
        pattern.search(text)
        for pattern, text in ((_FACTS, validation), (_CHOSEN, calibration), (_COVERAGE, calibration))
    )
    if facts is None or chosen is None or coverage is None:
        raise ValueError("docs/validation.md or docs/calibration.md does not tell facts, series or coverage")
    counts = {key: int(number) for key, number in facts.groupdict().items()}
    series = [tuple(map(int, pair)) for pair in re.findall(r"(\d+) of (\d+)", chosen[1])]
    return {
        "region": regions.DEFAULT,
        "facts": {**counts, "asked": counts["facts"] - counts["unasked"]},
        "holdout": {"won": sum(won for won, _ in series), "series": sum(of for _, of in series)},
        "coverage": {"figures": int(coverage[1]), "held": int(coverage[2])},
    }


def pages() -> dict[str, Any]:
    """Return what the pages of the repository tell."""
    return standing(*((ROOT / "docs" / name).read_text("utf-8") for name in ("validation.md", "calibration.md")))


def main() -> None:
    """Write the file."""
    FILE.write_text(json.dumps(pages(), indent=2) + "\n", encoding="utf-8")
    print(FILE.relative_to(ROOT))


if __name__ == "__main__":
    main()
