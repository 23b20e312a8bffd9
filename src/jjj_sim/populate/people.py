"""The opening population, synthesised from the censuses.

1. Margins by zone at the end of 2012, from the region's tables of people.
2. Iterative proportional fitting (Deming, Stephan 1940) of education x home zone x age band to them, from a
   seed with stated ratios. Children carry their mothers' education.
3. Single years of age inside each band; age is counted by calendar year, so that who was a completed years old
   at the end of 2012 is a + 1 in 2013, and nobody is 0 before the first birth of 2013.
4. Agents drawn systematically from the cells, in whole persons.
"""

from __future__ import annotations

import functools
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jjj_sim.draws import Draws
from jjj_sim.laws.fitting import meet
from jjj_sim.region.axes import CENSUS_STARTS, HUKOU
from jjj_sim.region.region import Region
from jjj_sim.region.topics.people import People
from jjj_sim.state.residents import MAX_AGE, N_AGES, NO_JOB, Residents

_ROUNDS = 80
_FITTED_BAND = np.searchsorted(np.array(CENSUS_STARTS), np.arange(N_AGES), side="right") - 1
_MOTHERS_BAND = 2
# Numbers of the draws; two decisions never share one.
_START, _ID, _MOTHER = 0, 1, 2
_CHUNK = 1 << 20
_MAX_WEIGHT = 65_535


def fit(margins: People, region: Region) -> NDArray[np.float64]:
    """Return shares by zone, education, home zone and age band that meet the margins of each zone."""
    age, schooling = margins.age_bands, margins.schooling
    home = margins.origins / margins.residents[:, None]
    cells = _seed(margins, region) * home[:, None, :, None] * age[:, None, None, :]
    for _ in range(_ROUNDS):
        mothers = cells[..., _MOTHERS_BAND] / cells[..., _MOTHERS_BAND].sum(axis=1, keepdims=True)
        cells[..., 0] = mothers * cells[..., 0].sum(axis=1, keepdims=True)
        cells = meet(cells, (0, 2), home)
        cells[..., 1:] = meet(cells[..., 1:], (0, 1), schooling)
        cells = meet(cells, (0, 3), age)
    return np.asarray(cells)


def _seed(margins: People, region: Region) -> NDArray[np.float64]:
    """Return the odds of the fitting by zone, education, home zone and age band."""
    hukou = np.where(region.same_province[: region.n_zones], HUKOU.index("same_province"), HUKOU.index("elsewhere"))
    np.fill_diagonal(hukou, HUKOU.index("here"))
    return np.ascontiguousarray(np.take_along_axis(margins.seed, hukou[:, None, :, None], axis=2))


@functools.cache
def opening_people(region: Region) -> NDArray[np.float64]:
    """Return expected persons by zone, education, home zone and age at the opening (`census_shape`).

    Zone totals add up to the provinces' published population at the end of 2012. They are the same whatever year's
    knowledge the tables hold. The array is read-only.
    """
    margins = region.tables().people
    within = margins.ages / margins.age_bands[:, _FITTED_BAND]
    completed = fit(margins, region)[..., _FITTED_BAND] * within[:, None, None, :]
    completed *= margins.residents[:, None, None, None]
    people = np.zeros_like(completed)
    people[..., 1:] = completed[..., :MAX_AGE]
    people[..., MAX_AGE] += completed[..., MAX_AGE]
    people.setflags(write=False)
    return people


def whole_totals(people: NDArray[Any], region: Region) -> NDArray[np.int64]:
    """Return zone totals in whole persons that add up to the provinces' rounded totals.

    Largest remainder, shape (n_zones,).
    """
    exact = people.sum(axis=(1, 2, 3))
    whole = np.floor(exact).astype(np.int64)
    for p in range(region.n_provinces):
        inside = np.flatnonzero(region.inner_province == p)
        missing = round(float(exact[inside].sum())) - int(whole[inside].sum())
        order = np.argsort(whole[inside] - exact[inside], kind="stable")
        whole[inside[order[:missing]]] += 1
    return np.asarray(whole)


def sample_residents(people: NDArray[Any], residents_per_agent: int, seed: int, region: Region) -> Residents:
    """Return agents drawn from `people` (`census_shape`), whole weights that add up to `whole_totals`.

    In each zone one keyed offset spaces round(persons / residents_per_agent) agents evenly over the cells, so
    that margins are met to a few agents. Ids are keyed by zone and ordinal; children carry the key of a woman
    or man 20 to 44 years older of their zone, education and home, where there is one. Nobody has a job yet
    (Labour gives them). Memory beyond the agents themselves is that of a million. ValueError when a weight
    would not fit.
    """
    draws = Draws(seed, "populate", 0)
    totals = whole_totals(people, region)
    numbers = np.maximum(np.rint(totals / residents_per_agent).astype(np.int64), 1)
    if np.any(totals // numbers >= _MAX_WEIGHT):
        raise ValueError(f"residents_per_agent = {residents_per_agent} exceeds what a weight can hold")
    residents = Residents(0, capacity=int(numbers.sum()))
    for z in range(region.n_zones):
        n, total = int(numbers[z]), int(totals[z])
        cumulative = np.append(0.0, people[z].ravel().cumsum())
        offset = draws.uniform(np.array([z], dtype=np.uint64), _START)[0]
        first = np.ceil(cumulative / cumulative[-1] * n - offset).astype(np.int64).clip(0, n)
        first[-1] = n
        for low in range(0, n, _CHUNK):
            ordinal = np.arange(low, min(low + _CHUNK, n))
            weight = (ordinal + 1) * total // n - ordinal * total // n
            residents.append(**_agents(z, ordinal, weight, first, people.shape[1:], draws))
    return residents


def _ids(z: int, ordinal: NDArray[np.int64], draws: Draws) -> NDArray[np.uint64]:
    """Return the ids of the zone's agents by ordinal."""
    return draws.child(ordinal.astype(np.uint64) | np.uint64(z << 40), _ID)


def _agents(
    z: int,
    ordinal: NDArray[np.int64],
    weight: NDArray[np.int64],
    first: NDArray[np.int64],
    shape: tuple[int, ...],
    draws: Draws,
) -> dict[str, NDArray[Any]]:
    """Return the columns of consecutive agents of zone `z`.

    `first` is the ordinal at which each cell of `shape` (education, home zone, age) begins, (n_cells + 1,).
    """
    counts = np.diff(first.clip(ordinal[0], ordinal[-1] + 1))
    cell = np.repeat(np.arange(len(counts)), counts)
    education, origin, age = np.unravel_index(cell, shape)
    ids = _ids(z, ordinal, draws)
    kin = ids.astype(np.uint32)
    child = np.flatnonzero(age < 15)
    low, high = first[cell[child] + 20], first[cell[child] + 45]
    mother = low + (draws.uniform(ids[child], _MOTHER) * (high - low)).astype(np.int64)
    found = high > low
    kin[child[found]] = _ids(z, mother[found], draws).astype(np.uint32)
    none = np.full(len(ids), NO_JOB, dtype=np.uint8)
    return {
        "zone": np.full(len(ids), z, dtype=np.uint8),
        "origin": origin.astype(np.uint8),
        "education": education.astype(np.uint8),
        "work": none,
        "sector": none,
        "weight": weight.astype(np.uint16),
        "born": ((ids >> np.uint64(7)).astype(np.int64) % 4 - 4 * age).astype(np.int16),
        "kin": kin,
        "id": ids,
    }
