"""Residents: weighted persons. What they share is in `World.people`, their expected or counted census."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from jjj_sim.quarters import FIRST_YEAR
from jjj_sim.region.axes import AGES, BAND_STARTS
from jjj_sim.state.columns import Column, Columns

N_AGES = len(AGES)
MAX_AGE = N_AGES - 1
NO_JOB = 255
# Index of the age band (region.axes.AGE_BANDS) by age, shape (n_ages,).
BAND_OF_AGE = np.searchsorted(np.array(BAND_STARTS), np.arange(N_AGES), side="right") - 1


class Residents(Columns):
    """One row per weighted person.

    Age is counted by calendar year (this year less the year of birth), so that cohorts of one year are
    exact in the twin. `origin` is the home zone (hukou 户口); a resident is local where the province of
    `origin` is the province of `zone`.
    """

    layout: ClassVar[dict[str, Column]] = {
        "zone": Column("u1", "index", "zone of residence"),
        "origin": Column("u1", "index", "home zone by hukou; n_zones stands for the world outside"),
        "education": Column("u1", "index", "junior secondary or less, senior secondary, college"),
        "work": Column("u1", "index", "zone of work at the close of last year, 255 without a job"),
        "sector": Column("u1", "index", "sector of the job, 255 without one"),
        "weight": Column("u2", "persons", "persons represented; conserved when moving"),
        "born": Column("i2", "quarter", "quarter of birth, 0 is 2013Q1, negative before"),
        "kin": Column("u4", "key", "key of migration draws: the mother's under 15, then one's own"),
        "id": Column("u8", "key", "key of every other draw"),
    }

    zone: NDArray[np.uint8]
    origin: NDArray[np.uint8]
    education: NDArray[np.uint8]
    work: NDArray[np.uint8]
    sector: NDArray[np.uint8]
    weight: NDArray[np.uint16]
    born: NDArray[np.int16]
    kin: NDArray[np.uint32]
    id: NDArray[np.uint64]

    def age(self, year: int) -> NDArray[np.int64]:
        """Return the age reached in calendar year `year`, capped at MAX_AGE; shape (n,)."""
        born_year = FIRST_YEAR + np.floor_divide(self.born.astype(np.int64), 4)
        return np.asarray(np.minimum(year - born_year, MAX_AGE))

    def count(self, rows: NDArray[np.int64], shape: tuple[int, int]) -> NDArray[np.float64]:
        """Return the persons of `rows` by zone and education, in `shape` (n_zones, n_education)."""
        n_zones, n_education = shape
        cell = self.zone[rows].astype(np.int64) * n_education + self.education[rows]
        total = np.bincount(cell, weights=self.weight[rows], minlength=n_zones * n_education)
        return np.asarray(total.reshape(n_zones, n_education))


def census_shape(sizes: Mapping[str, int]) -> tuple[int, int, int, int]:
    """Return (n_zones, n_education, n_origins, n_ages), the shape of `World.people`."""
    return (sizes["zone"], sizes["education"], sizes["place"], N_AGES)


def empty_census(sizes: Mapping[str, int]) -> NDArray[Any]:
    """Return a census of nobody."""
    return np.zeros(census_shape(sizes))
