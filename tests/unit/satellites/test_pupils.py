"""Pupils by hand: staff that comes with institutions, families by what schools are worth, years at school."""

import numpy as np
import pytest
from plans import JJJ
from satellite_worlds import world_of

from jjj_sim.satellites.pupils import Pupils

INNER, XIONGAN, HANDAN = map(JJJ.index, ("bj_inner", "xiongan", "handan"))
(OFFICES,) = JJJ.sector_roles["named"]
FIRMS = JJJ.sector("producer_services")


def lived(quarters=1, quality=0.5, law=None, named=0.0, units=0.0, firms=0.0, elsewhere=0.0):
    """A world in which staff came in its first quarter, whose new area has `quality` of the capital's services."""
    world = world_of(law or Pupils(JJJ, children=0.4, quality=1.0, years=1.0))
    world.people[:, 0, 0, 30] = 1e6
    world.tables.service_index = 1.0
    world.tables.service_index[XIONGAN] = quality
    flows = world.flows
    flows.jobs_moved_by_name[INNER, XIONGAN, OFFICES] = named
    flows.jobs_moved_by_name[INNER, HANDAN, OFFICES] = elsewhere
    flows.jobs_moved_by_offer[INNER, XIONGAN, OFFICES] = units
    flows.jobs_moved_by_offer[INNER, XIONGAN, FIRMS] = firms
    for _ in range(quarters):
        world.processes[0].act(world)
        flows.clear()
    return world.satellites


def test_staff_are_those_who_came_with_institutions():
    kept = lived(named=900.0, units=100.0, firms=500.0, elsewhere=300.0)
    assert kept["relocated_staff"][XIONGAN] == 1000.0
    assert kept["relocated_staff"].sum() == 1000.0


def test_a_quarter_of_the_families_that_will_come_in_a_year():
    kept = lived(named=1000.0)
    assert kept["pupils_came"][XIONGAN] == pytest.approx(0.4 * 0.5 * 1000.0 / 4.0)
    assert kept["relocated_pupils"][XIONGAN] == pytest.approx(50.0)


def test_pupils_settle_where_as_many_come_as_leave():
    pupils = lived(400, named=1000.0)["relocated_pupils"][XIONGAN]
    assert pupils == pytest.approx(200.0 / (1.0 + 1.0 / 12.0), rel=1e-6)


def test_what_came_less_what_left_is_the_change():
    before, after = lived(20, named=1000.0), lived(21, named=1000.0)
    change = after["relocated_pupils"] - before["relocated_pupils"]
    np.testing.assert_allclose(change, after["pupils_came"] - after["pupils_left"])


def test_better_schools_bring_more_up_to_the_capitals():
    poor, good, best, beyond = (lived(8, q, named=1000.0)["relocated_pupils"][XIONGAN] for q in (0.4, 0.8, 1.0, 1.3))
    assert poor < good < best == beyond
    assert good == pytest.approx(2.0 * poor)


def test_when_schools_do_not_matter_all_come():
    law = Pupils(JJJ, children=0.4, quality=0.0, years=1.0)
    assert lived(law=law, named=1000.0)["pupils_came"][XIONGAN] == pytest.approx(100.0)
