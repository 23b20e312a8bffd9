"""No shocks, no policy, equal zones: people keep their ages and places, or all grow at one rate."""

import numpy as np
import pytest
from plans import JJJ
from scipy.optimize import brentq

from jjj_sim.laws.choice import choice_probabilities
from jjj_sim.processes.demography import Demography, DemographyTable
from jjj_sim.processes.migration import Migration
from jjj_sim.regions.jingjinji.statistics.geography import N_EDUCATION, N_ZONES, REGION, ROC
from jjj_sim.running import clock
from jjj_sim.state.residents import MAX_AGE, N_AGES

SCHOOLING = np.array([0.2, 0.3, 0.5])


def a_year(birth, death):
    """The matrix that takes persons by age through four quarters and a birthday."""
    quarter = np.diag(1.0 - death)
    quarter[0] += birth
    older = np.diag(np.ones(MAX_AGE), -1)
    older[MAX_AGE, MAX_AGE] = 1.0
    return older @ np.linalg.matrix_power(quarter, 4)


def stable(growth):
    """Births that make people grow by `growth` a year at the model's mortality (Lotka), deaths and the ages."""
    death = Demography(JJJ).base_hazard()
    fertile = np.zeros(N_AGES)
    fertile[15:45] = 0.01

    def rate(level):
        return np.log(np.abs(np.linalg.eigvals(a_year(level * fertile, death))).max())

    birth = brentq(lambda level: rate(level) - growth, 0.1, 10.0, xtol=1e-14) * fertile
    roots, vectors = np.linalg.eig(a_year(birth, death))
    ages = np.abs(np.real(vectors[:, np.argmax(np.abs(roots))]))
    return birth, death, ages / ages.sum()


@pytest.mark.parametrize("growth", [0.0, 0.01, -0.01])
def test_people_of_a_stable_age_structure_in_equal_zones_keep_ages_education_and_places(growth, twin):
    birth, death, ages = stable(growth)
    demography, migration = (next(p for p in twin.processes if isinstance(p, k)) for k in (Demography, Migration))
    by_zone = np.tile(birth, (N_ZONES, 1)), np.tile(death, (N_ZONES, 1)), np.tile(SCHOOLING, (N_ZONES, 1))
    living = DemographyTable(*by_zone, np.ones(N_ZONES))
    migration.dissimilarity, migration.reconsider, demography.adult_degrees = 1.0, 0.1, 0.0
    moving = migration.table(twin)
    utility = np.zeros((4, N_EDUCATION, (N_ZONES + 1), ROC + 1))
    utility[..., ROC] = -np.inf
    choice = choice_probabilities(utility, moving.moving, 1.0, REGION.province)
    moving = moving._replace(utility=utility, choice=choice, dissimilarity=1.0)
    moving = moving._replace(arrivals=0.0 * moving.arrivals, conversion=np.zeros(N_ZONES))
    origins = np.linspace(1.0, 2.0, (N_ZONES + 1))
    twin.people[...] = 1e4 * SCHOOLING[:, None, None] * origins[:, None] * ages
    before, moved = twin.people.copy(), 0.0
    for twin.t in range(8):
        twin.flows.clear()
        if twin.t == 4:
            clock.new_year(twin)
            np.testing.assert_allclose(twin.people, before * np.exp(growth), rtol=1e-8)
        demography.expect(twin, living)
        migration.expect(twin, moving)
        moved += twin.flows.moves.sum()
        np.testing.assert_allclose(twin.population, twin.population.mean(), rtol=1e-12)
    clock.new_year(twin)
    np.testing.assert_allclose(twin.people, before * np.exp(2.0 * growth), rtol=1e-8)
    assert moved > 0.05 * twin.people.sum()
