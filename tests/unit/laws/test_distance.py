"""Kilometres on the map against the great circle and against discs."""

import numpy as np
import pytest

from jjj_sim.laws.distance import FROM_CENTRE, kilometres

LON, LAT = np.array([116.4, 117.2, 116.4, 119.6]), np.array([39.9, 39.1, 38.9, 39.9])
AREA = np.pi * np.array([1.0, 4.0, 9.0, 100.0])


def test_a_degree_of_latitude_is_111_km_and_one_of_longitude_less_by_the_cosine():
    km = kilometres(LON, LAT, AREA, FROM_CENTRE)
    assert km[0, 2] == pytest.approx(111.2)
    assert km[0, 3] == pytest.approx(111.2 * 3.2 * np.cos(np.radians(39.9)))
    np.testing.assert_array_equal(km, km.T)


def test_near_the_great_circle():
    lon, lat = np.radians(LON), np.radians(LAT)
    cosine = np.sin(lat[:, None]) * np.sin(lat) + np.cos(lat[:, None]) * np.cos(lat) * np.cos(lon[:, None] - lon)
    apart = ~np.eye(4, dtype=bool)
    circle = np.degrees(np.arccos(cosine[apart])) * 111.2
    np.testing.assert_allclose(kilometres(LON, LAT, AREA, FROM_CENTRE)[apart], circle, rtol=1e-3)


def test_inside_a_place_it_is_a_share_of_the_radius():
    np.testing.assert_allclose(np.diag(kilometres(LON, LAT, AREA, 0.5)), [0.5, 1.0, 1.5, 5.0])
    radius = np.sqrt((np.arange(100_000) + 0.5) / 100_000)  # of points even over a disc of radius one
    assert radius.mean() == pytest.approx(FROM_CENTRE, rel=1e-5)
