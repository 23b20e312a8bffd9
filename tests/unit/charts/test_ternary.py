"""The triangle of sectors: where shares stand in it."""

import numpy as np

from jjj_sim import charts
from jjj_sim.charts.ternary import TALL, place


def test_corners_and_centre_of_the_triangle():
    shares = np.array([[0.0, 100.0, 0.0], [0.0, 0.0, 100.0], [100.0, 0.0, 0.0], [1.0, 1.0, 1.0]])
    expected = [[0.0, 0.0], [1.0, 0.0], [0.5, TALL], [0.5, TALL / 3]]
    np.testing.assert_allclose(place(shares), expected, atol=1e-12)


def test_a_line_of_equal_primary_shares_is_level():
    at = place(np.array([[0.1, 0.2, 0.7], [0.1, 0.6, 0.3]]))
    np.testing.assert_allclose(at, [[0.75, 0.1 * TALL], [0.35, 0.1 * TALL]])


def test_a_path_has_a_point_a_year_and_published_ones_beside_it(result):
    ax = charts.figure(result, "sectors_ternary").axes[0]
    paths = [line for line in ax.lines if line.get_marker() == "o" and line.get_markerfacecolor() != "white"]
    yearly = [line for line in paths if len(line.get_xdata()) == 18]
    assert len(yearly) == 4  # Beijing, Tianjin, Hebei, Xiong'an
    reader = charts.Reader(result)
    shares = [reader.members(f"gdp_share_{b}", "beijing").band.median[0] for b in ("primary", "secondary", "tertiary")]
    np.testing.assert_allclose(yearly[0].get_xydata()[0], place(np.array(shares)))
    assert any(line.get_markerfacecolor() == "white" for line in ax.lines)
