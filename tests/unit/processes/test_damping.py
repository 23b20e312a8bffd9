"""Labour, Production and Demand together settle after a shock of a tenth, anywhere in their bounds."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from damping_labour import BLOCKS, CORNERS, answer_of, fades, lives, sane

BOUNDS = {f"{k.name}.{n}": (p.lo, p.hi) for k in BLOCKS["economy"] for n, p in k.parameters().items()}


@settings(max_examples=8, deadline=None, derandomize=True)
@given(
    st.fixed_dictionaries({name: st.floats(lo, hi) for name, (lo, hi) in BOUNDS.items()}),
    st.sampled_from(["capacity", "people"]),
    st.sampled_from([-0.1, 0.1]),
)
def test_the_economy_settles(parameters, of, by):
    shocked, still = lives("economy", of, by, quarters=200, **parameters)
    assert sane(shocked)
    assert sane(still)
    assert {name for name, path in answer_of(shocked, still).items() if not fades(path)} == set()


def test_ten_percent_more_people_raise_jobs_by_less_and_lower_wages_at_first():
    answer = answer_of(*lives("labour", "people", quarters=40, **CORNERS["defaults"]))
    zone = np.abs(answer["jobs"]).max(axis=0).argmax()
    # Some of those already there stop looking for work while there is less of it.
    assert 0.045 < answer["jobs"][-1, zone] < np.log(1.1)
    assert answer["unemployment"][0, zone].max() > 0.05
    assert np.abs(answer["unemployment"][-1, zone]).max() < 0.01
    assert answer["wage"][20, zone].max() < -0.02


def test_what_grows_or_swings_on_does_not_fade():
    t = np.arange(160.0)
    assert fades(np.exp(-t / 20)[:, None])
    assert fades((np.exp(-t / 20) * np.cos(t / 3))[:, None])
    assert not fades(np.cos(t / 3)[:, None])
    assert not fades(np.exp(t / 80)[:, None])
