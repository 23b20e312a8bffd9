"""How many members are enough: more of them, ten at a time, until every verdict of the headline is clear.

Members that are done are taken from a store, so that a larger comparison runs only those that are new. Whether to go on
is asked after each batch, so that a verdict that is clear by chance ends the runs a little too often: state the members
beside the verdict, as every comparison does.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from jjj_sim.comparing import comparison
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.headline import headline
from jjj_sim.comparing.verdict import UNCLEAR
from jjj_sim.running.store import Store
from jjj_sim.scenario import Scenario

BATCH, MOST = 10, 100


def until_clear(
    base: str | Path | Scenario,
    *variants: str | Path | Scenario,
    store: Store | None = None,
    batch: int = BATCH,
    most: int = MOST,
    **how: Any,
) -> Comparison:
    """Compare with `batch` members, then twice, three times as many, until no headline is unclear or `most` are run.

    The comparison is the one of so many members at once. Without a `store` members are kept in a folder that goes when
    it is done. `how` is what `comparison.compare` takes besides, and errors are its.
    """
    members = 0
    with tempfile.TemporaryDirectory(prefix="jjj-sim-") as folder:
        kept = Store(folder) if store is None else store
        while True:
            members = min(members + batch, most)
            found = comparison.compare(base, *variants, members=members, store=kept, **how)
            if members >= most or not (headline(found)["verdict"] == UNCLEAR[0]).any():
                return found
            kept = Store(kept.folder)  # a fresh one found nothing so far; what it has run is not run again
