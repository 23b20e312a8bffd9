"""Demography: births, deaths, and what comes with a birthday.

    births  b_za = (B_p / 4000) P_p f_a / sum_{z in p, a} f_a N_za      per person aged 15-44 and quarter
    deaths  d_za = level_p base_a,  level_p so that sum d N = (D_p / 4000) P_p in published years

B_p, D_p are the crude rates of the province (per thousand a year), P_p its people, N_za people by age, f the age
pattern of births, base the hazard by age band. After the last published year the crude birth rate follows the
assumption `births_trend`, and each level of mortality changes by `mortality_trend`. At 15 a person draws an
education by the province's shares; later, of those with senior secondary school some take a degree beside their work
(`adult_degrees`, ages 18 to 44, once a year). A newborn takes zone, home zone (hukou 户口), education and weight from
its mother.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from jjj_sim import draws as keyed
from jjj_sim.draws import Draws
from jjj_sim.kernels import njit, prange
from jjj_sim.param import param
from jjj_sim.prior import Uniform
from jjj_sim.processes.process import Process
from jjj_sim.quarters import parse
from jjj_sim.region.table import Series
from jjj_sim.state.census import age_in
from jjj_sim.state.residents import BAND_OF_AGE, NO_JOB, Residents
from jjj_sim.state.world import World

DEATH, BIRTH = 1, 2
# Of a resident's draws in a quarter: education at 15.
_U_EDUCATION, _U_DEGREE = 8, 9
# Ages at which a degree is taken beside work, and the levels of education before and after it.
_STUDY, _BEFORE, _AFTER = slice(18, 45), 1, 2
# Ages of pupils who have finished less than they will reach in the end.
_AT_SCHOOL = slice(16, 20)


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
    college = param(unit="share", lo=0, hi=1, doc="15-year-olds who reach college, 2013", by="province")
    college_2030 = param(unit="share", lo=0, hi=1, doc="The same, 2030", by="province")
    senior = param(
        0.75,
        unit="share",
        lo=0,
        hi=1,
        doc="15-year-olds short of college who finish senior secondary school",
        source="[A], after a national gross enrolment near 0.9",
    )

    adult_degrees = param(
        0.02,
        unit="1/year",
        lo=0,
        hi=0.05,
        doc="People of 18 to 44 with senior secondary school who take a degree beside work",
        prior=Uniform(0.01, 0.03),
        source="[R] 2.1 m graduates of adult and 2.3 m of online courses in 2019, some of them with a degree before, "
        "over 150 m adults with senior secondary school",
    )

    def open(self, world: World) -> None:
        """Set the level of mortality to one, and let those who are at school reach what their province reaches.

        The census counts people of 15 to 18 by the school they have finished; education in the model is what
        is reached in the end. Those at home by hukou in another province are counted as they are: they came
        to work.
        """
        region = world.region
        world.memory.mortality_level = 1.0
        for z, p in enumerate(region.inner_province):
            here = np.flatnonzero(region.province == p)
            pupils = world.people[z][:, here, _AT_SCHOOL].sum(axis=0)
            reached = self._schooling(0)[p]
            world.people[z][:, here, _AT_SCHOOL] = reached[:, None, None] * pupils

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
        region, data = world.region, world.data.people
        by_age = world.people.sum(axis=(1, 2))
        base = self.base_hazard()
        birth, death = np.zeros(by_age.shape), np.zeros(by_age.shape)
        birth_rate = self._birth_rate(world, data.birth_rate)
        mortality = world.memory.mortality_level.copy()
        past = world.year - data.death_rate.last
        for p in range(region.n_provinces):
            inside = region.inner_province == p
            people, fertile = by_age[inside].sum(), (by_age[inside] @ data.fertility).sum()
            birth[inside] = min(birth_rate[p] / 4000.0 * people / max(fertile, 1.0), 0.25) * data.fertility
            if past <= 0:
                expected = max((by_age[inside] @ base).sum(), 1e-9)
                mortality[inside] = data.death_rate.of(world.year)[p] / 4000.0 * people / expected
                level = mortality[inside]
            else:
                trend = world.plan.assumptions["mortality_trend"].at(world.t) / 100.0
                level = mortality[inside] * (1.0 + trend) ** past
            death[inside] = np.minimum(level[:, None] * base, 1.0)
        schooling = self._schooling(world.t)[region.inner_province]
        return DemographyTable(birth, death, schooling, mortality)

    @staticmethod
    def _birth_rate(world: World, published: Series) -> NDArray[np.float64]:
        """Return the crude birth rates in force by province, per thousand a year."""
        past = world.year - published.last
        if past <= 0:
            return published.of(world.year)
        trend = world.plan.assumptions["births_trend"].at(world.t) / 100.0
        return np.asarray(published.of(published.last) * (1.0 + trend) ** past)

    def _schooling(self, t: int) -> NDArray[np.float64]:
        """Return the shares of junior, senior and college among those who turn 15, by province."""
        ends = zip(self.college, self.college_2030, strict=True)
        college = np.array([np.interp(t, [0, parse("2030Q1")], pair) for pair in ends])
        return np.stack([(1 - college) * (1 - self.senior), (1 - college) * self.senior, college], axis=1)

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
        """At the turn of the year: education at 15, and degrees taken beside work."""
        residents = world.residents
        age = residents.age(world.year)
        fifteen = np.flatnonzero(age == 15)
        u = draws.uniform(residents.id[fifteen], _U_EDUCATION)
        cumulative = table.schooling.cumsum(axis=1)[residents.zone[fifteen]]
        world.flows.schooled -= residents.count(fifteen, world.flows.schooled.shape)
        residents.education[fifteen] = np.minimum((u[:, None] > cumulative).sum(axis=1), cumulative.shape[1] - 1)
        world.flows.schooled += residents.count(fifteen, world.flows.schooled.shape)
        residents.kin[fifteen] = residents.id[fifteen].astype(np.uint32)
        able = (residents.education == _BEFORE) & (age >= _STUDY.start) & (age < _STUDY.stop)
        studies = np.flatnonzero(able & (draws.uniform(residents.id, _U_DEGREE) < self.adult_degrees))
        world.flows.schooled -= residents.count(studies, world.flows.schooled.shape)
        residents.education[studies] = _AFTER
        world.flows.schooled += residents.count(studies, world.flows.schooled.shape)

    def expect(self, world: World, table: DemographyTable) -> None:
        """Apply the hazards to expected persons."""
        people = world.people
        world.memory.mortality_level = table.mortality
        if world.t % 4 == 0:
            world.flows.schooled -= people[..., 15].sum(axis=2)
            people[..., 15] = people[..., 15].sum(axis=1)[:, None, :] * table.schooling[:, :, None]
            world.flows.schooled += people[..., 15].sum(axis=2)
            degrees = self.adult_degrees * people[:, _BEFORE, :, _STUDY]
            people[:, _BEFORE, :, _STUDY] -= degrees
            people[:, _AFTER, :, _STUDY] += degrees
            world.flows.schooled[:, _BEFORE] -= degrees.sum(axis=(1, 2))
            world.flows.schooled[:, _AFTER] += degrees.sum(axis=(1, 2))
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
