"""The pyramid of ages: groups of five years, locals left and non-locals right."""

import itertools

import numpy as np

from jjj_sim import charts
from jjj_sim.charts.reader import Reader
from jjj_sim.indicators.ages import groups_of_age, key


def test_groups_are_of_five_years_and_the_last_is_open():
    groups = groups_of_age()
    assert groups[0] == (0, 4)
    assert groups[-1] == (85, None)
    assert all(a[1] + 1 == b[0] for a, b in itertools.pairwise(groups))
    assert key(*groups[-1]) == "85_up"


def test_bars_are_medians_of_locals_and_non_locals(result):
    ax = charts.figure(result, "pyramid").axes[0]  # Beijing in 2013
    widths = [patch.get_width() for patch in ax.patches]
    reader = Reader(result)
    residents, away = (reader.members(f"{who}_aged_0_4", "beijing").values[:, 0] for who in ("residents", "non_locals"))
    unit = 1e3 if np.median(residents) < 1e6 else 1e6
    assert np.isclose(widths[0], -np.median(residents - away) / unit)
    assert np.isclose(widths[18], np.median(away) / unit)


def test_the_census_stands_beside_the_share_of_the_old(result):
    words = [text.get_text() for ax in charts.figure(result, "pyramid").axes for text in ax.texts]
    assert any("census 19.6 %" in word for word in words)  # Beijing 2020: 19.63 %
