"""Gathering: the tables of members that come in any order, as if they had been put one under another."""

import numpy as np
import pandas as pd
import pytest

from jjj_sim.running.gathering import Gathering
from jjj_sim.running.recorder import Frames


def frames(member, n):
    """Tables of a member with `n` rows of flows."""
    values = np.arange(4.0) + 10 * member
    quarters = pd.Categorical.from_codes([0, 1, 0, 1], ["2013Q1", "2013Q2"], ordered=True)
    fixed = pd.DataFrame({"member": member, "period": quarters, "value": values})
    flows = pd.DataFrame(
        {"member": member, "kind": pd.Categorical(["a"] * n, ["a", "b"]), "value": np.arange(float(n))}
    )
    return Frames(fixed, fixed.iloc[:3], flows)


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 0, 1], [2, 0], [1]])
def test_rows_stand_in_the_order_of_members_whatever_order_they_came_in(order):
    rows = {0: 2, 1: 7, 2: 0}
    found = Gathering(3)
    for member in order:
        found.add(member, frames(member, rows[member]))
    for name, table in found.frames()._asdict().items():
        parts = [getattr(frames(member, rows[member]), name) for member in sorted(order)]
        pd.testing.assert_frame_equal(table, pd.concat(parts, ignore_index=True), check_exact=True)


@pytest.mark.parametrize("legal", [["c"], ["b", "a"]])
def test_columns_of_another_kind_are_refused(legal):
    found = Gathering(2)
    found.add(0, frames(0, 1))
    other = frames(1, 1)
    with pytest.raises(ValueError, match="the column kind of member 1 is of another kind"):
        found.add(1, other._replace(flows=other.flows.assign(kind=pd.Categorical(legal[:1], legal))))
