"""Demography: births, deaths, and what comes with a birthday.

    births  b_za = (B_p / 4000) P_p f_a / sum_{z in p, a} f_a N_za      per person aged 15-44 and quarter
    deaths  d_za = level_p base_a,  level_p so that sum d N = (D_p / 4000) P_p in published years

B_p, D_p: crude rates of the province (per thousand a year), P_p its people, N_za people by age, f the
age pattern of births, base the hazard by age band. After the last published year the crude birth rate
follows the assumption `births_trend`, and each level of mortality falls by `mortality_trend`. At 15 a
person draws an education. A newborn takes zone, home zone (hukou 户口), education and weight from its mother.

Everybody's age is counted by calendar year, so that the twin's one-year cohorts are exact. Fixed, not
estimated: crude rates are published. Rates: National Bureau of Statistics communiques, in region_series.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim import draws as keyed
from jjj_sim.draws import Draws
from jjj_sim.evidence.geography import GEOGRAPHY, N_ZONES
from jjj_sim.evidence.tables import series
from jjj_sim.kernels import njit, prange
from jjj_sim.param import param
from jjj_sim.processes.process import Process
from jjj_sim.state.census import age_in
from jjj_sim.state.residents import BAND_OF_AGE, N_AGES, NO_JOB, Residents
from jjj_sim.state.world import World

DEATH, BIRTH = 1, 2
_AREAS = ("beijing", "tianjin", "hebei_official")
_FERTILE = np.repeat([0.09, 0.65, 1.0, 0.55, 0.22, 0.06], 5)


class DemographyTable(NamedTuple):
    """Quarterly hazards: `birth`, `death` (n_zones, n_ages); `schooling` (n_zones, n_education); `mortality` the
    level of mortality of the last published year (n_zones,)."""

    birth: NDArray[np.float64]
    death: NDArray[np.float64]
    schooling: NDArray[np.float64]
    mortality: NDArray[np.float64]


class Demography(Process):
    """Let residents be born, die and come of age; moving lives in Migration."""

    name = "demography"
    zh = "人口自然变动"
    changes = ("people",)
    writes = (
        "flows.births",
        "flows.deaths",
        "flows.natural_increase",
        "flows.schooled",
        "memory.mortality_level",
    )

    death_0_14 = param(0.0001, unit="1/quarter", lo=0, hi=0.01, doc="Base hazard of death, age 0-14")
    death_15_44 = param(0.0002, unit="1/quarter", lo=0, hi=0.01, doc="Base hazard of death, age 15-44")
    death_45_59 = param(0.0008, unit="1/quarter", lo=0, hi=0.01, doc="Base hazard of death, age 45-59")
    death_60_74 = param(0.0040, unit="1/quarter", lo=0, hi=0.05, doc="Base hazard of death, age 60-74")
    death_75 = param(0.0190, unit="1/quarter", lo=0, hi=0.2, doc="Base hazard of death, age 75 and over")
    college_beijing = param(0.75, unit="share", lo=0, hi=1, doc="Beijing's 15-year-olds who reach college, 2013")
    college_tianjin = param(0.65, unit="share", lo=0, hi=1, doc="Tianjin's 15-year-olds who reach college, 2013")
    college_hebei = param(0.40, unit="share", lo=0, hi=1, doc="Hebei's 15-year-olds who reach college, 2013")
    college_beijing_2030 = param(0.85, unit="share", lo=0, hi=1, doc="The same in Beijing, 2030")
    college_tianjin_2030 = param(0.75, unit="share", lo=0, hi=1, doc="The same in Tianjin, 2030")
    college_hebei_2030 = param(0.60, unit="share", lo=0, hi=1, doc="The same in Hebei, 2030")
    senior = param(
        0.75,
        unit="share",
        lo=0,
        hi=1,
        doc="15-year-olds short of college who finish senior secondary school",
        source="[A], after a national gross enrolment near 0.9",
    )

    def open(self, world: World) -> None:
        """Set the level of mortality to one, and let those who are at school reach what their province reaches.

        The census counts people of 15 to 18 by the school they have finished; education in the model is what
        is reached in the end. Those at home by hukou in another province are counted as they are: they came
        to work.
        """
        world.memory.mortality_level = 1.0
        at_school = slice(16, 20)
        province = GEOGRAPHY.province
        for z in range(N_ZONES):
            here = np.flatnonzero(province == province[z])
            pupils = world.people[z][:, here, at_school].sum(axis=0)
            reached = self._schooling(int(province[z]), 0)
            world.people[z][:, here, at_school] = reached[:, None, None] * pupils

    def base_hazard(self) -> NDArray[np.float64]:
        """Return the base hazard of death by age, shape (n_ages,), 1/quarter."""
        bands = (
            self.death_0_14,
            self.death_15_44,
            self.death_15_44,
            self.death_45_59,
            self.death_60_74,
            self.death_75,
        )
        return np.asarray(bands)[BAND_OF_AGE]

    def table(self, world: World) -> DemographyTable:
        """Return the hazards of this quarter from the ages at its opening."""
        province = GEOGRAPHY.province[:N_ZONES]
        by_age = world.people.sum(axis=(1, 2))
        pattern = np.zeros(N_AGES)
        pattern[15:45] = _FERTILE
        base = self.base_hazard()
        birth, death = np.zeros((N_ZONES, N_AGES)), np.zeros((N_ZONES, N_AGES))
        schooling = np.zeros((N_ZONES, 3))
        mortality = world.memory.mortality_level.copy()
        for p, area in enumerate(_AREAS):
            inside = province == p
            people, fertile = by_age[inside].sum(), (by_age[inside] @ pattern).sum()
            rate = self._birth_rate(world, area)
            birth[inside] = min(rate / 4000.0 * people / max(fertile, 1.0), 0.25) * pattern
            published = rates("death_rate", area)
            if world.year <= max(published):
                expected = max((by_age[inside] @ base).sum(), 1e-9)
                mortality[inside] = published[world.year] / 4000.0 * people / expected
                level = mortality[inside]
            else:
                years = world.year - max(published)
                trend = world.plan.assumptions["mortality_trend"].at(world.t) / 100.0
                level = mortality[inside] * (1.0 + trend) ** years
            death[inside] = np.minimum(level[:, None] * base, 1.0)
            schooling[inside] = self._schooling(p, world.t)
        return DemographyTable(birth, death, schooling, mortality)

    def _birth_rate(self, world: World, area: str) -> float:
        """Return the crude birth rate in force, per thousand a year."""
        published = rates("birth_rate", area)
        last = max(published)
        if world.year <= last:
            return published[world.year]
        trend = world.plan.assumptions["births_trend"].at(world.t) / 100.0
        return published[last] * (1.0 + trend) ** (world.year - last)

    def _schooling(self, province: int, t: int) -> NDArray[np.float64]:
        """Return the shares of junior, senior and college among those who turn 15."""
        first = (self.college_beijing, self.college_tianjin, self.college_hebei)[province]
        last = (self.college_beijing_2030, self.college_tianjin_2030, self.college_hebei_2030)[province]
        college = float(np.interp(t, [0, 68], [first, last]))
        return np.array([(1 - college) * (1 - self.senior), (1 - college) * self.senior, college])

    def sweep(self, world: World, table: DemographyTable, draws: Draws) -> None:
        """Let individual residents die, give birth and come of age."""
        residents = world.residents
        world.memory.mortality_level = table.mortality
        if world.t % 4 == 0:
            self._come_of_age(world, table, draws)
        events = life_events(
            residents.id, residents.zone, residents.born, world.year, table.birth, table.death, draws.key
        )
        dying, bearing = np.flatnonzero(events == DEATH), np.flatnonzero(events == BIRTH)
        self._book(
            world,
            residents.count(bearing, world.flows.schooled.shape),
            residents.count(dying, world.flows.schooled.shape),
        )
        mothers = {name: column[bearing].copy() for name, column in residents.arrays().items()}
        residents.keep(events != DEATH)
        residents.append(
            **mothers
            | {
                "work": np.full(len(bearing), NO_JOB, dtype=np.uint8),
                "sector": np.full(len(bearing), NO_JOB, dtype=np.uint8),
                "born": np.full(len(bearing), world.t, dtype=np.int16),
                "kin": mothers["id"].astype(np.uint32),
                "id": draws.child(mothers["id"]),
            }
        )

    def _come_of_age(self, world: World, table: DemographyTable, draws: Draws) -> None:
        """At the turn of the year: education at 15."""
        residents = world.residents
        age = residents.age(world.year)
        fifteen = np.flatnonzero(age == 15)
        u = draws.uniform(residents.id[fifteen], 8)
        cumulative = table.schooling.cumsum(axis=1)[residents.zone[fifteen]]
        world.flows.schooled -= residents.count(fifteen, world.flows.schooled.shape)
        residents.education[fifteen] = np.minimum((u[:, None] > cumulative).sum(axis=1), 2)
        world.flows.schooled += residents.count(fifteen, world.flows.schooled.shape)
        residents.kin[fifteen] = residents.id[fifteen].astype(np.uint32)

    def expect(self, world: World, table: DemographyTable) -> None:
        """Apply the hazards to expected persons."""
        people = world.people
        world.memory.mortality_level = table.mortality
        if world.t % 4 == 0:
            world.flows.schooled -= people[..., 15].sum(axis=2)
            people[..., 15] = people[..., 15].sum(axis=1)[:, None, :] * table.schooling[:, :, None]
            world.flows.schooled += people[..., 15].sum(axis=2)
        births = np.einsum("zkoa,za->zko", people, table.birth)
        deaths = people * table.death[:, None, None, :]
        people -= deaths
        people[..., 0] += births
        self._book(world, births.sum(axis=2), deaths.sum(axis=(2, 3)))

    @staticmethod
    def _book(world: World, births: NDArray[np.float64], deaths: NDArray[np.float64]) -> None:
        """Enter births and deaths by zone and education into the flows."""
        world.flows.births += births.sum(axis=1)
        world.flows.deaths += deaths.sum(axis=1)
        world.flows.natural_increase += births - deaths


_RATES: dict[tuple[str, str], dict[int, float]] = {}


def rates(variable: str, area: str) -> dict[int, float]:
    """Return a published crude rate by year from 2013, gaps between years filled linearly (imputed)."""
    key = (variable, area)
    if key not in _RATES:
        found = series("region_series", variable, area)
        years = np.arange(2013, max(found) + 1)
        filled = np.interp(years, sorted(found), [found[y] for y in sorted(found)])
        _RATES[key] = {int(y): float(v) for y, v in zip(years, filled, strict=True)}
    return _RATES[key]


@njit(cache=True, parallel=True)
def life_events(ids: Any, zone: Any, born: Any, year: int, birth: Any, death: Any, key: Any) -> Any:
    """Return for each resident 1 (dies), 2 (gives birth) or 0, from one uniform: deaths take its lower
    end, births its upper end.
    """
    n = len(ids)
    events = np.zeros(n, dtype=np.uint8)
    for a in prange(n):
        u = keyed.uniform(key, ids[a], 0)
        age = age_in(born[a], year)
        z = zone[a]
        if u < death[z, age]:
            events[a] = DEATH
        elif u > 1.0 - birth[z, age]:
            events[a] = BIRTH
    return events


def life_events_reference(residents: Residents, year: int, table: DemographyTable, draws: Draws) -> NDArray[np.uint8]:
    """Return what `life_events` returns, in plain NumPy."""
    u = draws.uniform(residents.id, 0)
    age, zone = residents.age(year), residents.zone
    dies = u < table.death[zone, age]
    bears = ~dies & (u > 1.0 - table.birth[zone, age])
    return np.asarray(dies * DEATH + bears * BIRTH, dtype=np.uint8)
