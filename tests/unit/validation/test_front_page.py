"""The front page states the verdict of its comparison, no more, and its numbers of trust are those of the standing."""

import dataclasses

import numpy as np
import pytest
from unit.charts.conftest import make_result

from front_page import AREA, COSTS, SCENARIO, YEAR, finding, picture, trust
from jjj_sim.comparing.comparison import pair
from jjj_sim.reporting.trust import standing

MEMBERS = 10
SURE = np.linspace(100e3, 600e3, MEMBERS)
UNSURE = np.resize([250e3, -240e3], MEMBERS)


def comparison(people, **relative):
    """A comparison of ten members that moves AREA by `people`, and of what it may pay with by shares of the base."""
    manifest = {"members": MEMBERS, "residents_per_agent": 1000}
    base = make_result(n_members=MEMBERS)
    base = dataclasses.replace(base, manifest={**base.manifest, **manifest})
    annual = base.annual.copy()
    for variable in ("population", *(variable for variable, *_ in COSTS)):
        mine = (annual["variable"] == variable) & (annual["area"] == AREA) & (annual["period"] == YEAR)
        mine = annual[mine].sort_values("member").index
        assert len(mine) == MEMBERS
        change = people if variable == "population" else annual.loc[mine, "value"] * relative.get(variable, 0.0)
        annual.loc[mine, "value"] += np.asarray(change)
    told = {**base.manifest, "title": "Hukou opens", "title_zh": "放开落户"}
    return pair(base, [dataclasses.replace(base, name=SCENARIO, annual=annual, manifest=told)])


def test_the_sentence_states_number_interval_members_and_scale():
    told = finding(comparison(SURE), "en").replace("\n", " ")
    assert "In 2030 Tianjin would have 350 thousand more residents (90 % of members: +125 to +575)" in told
    assert "higher in all 10 members" in told
    assert "10 members, 1,000 residents an agent" in told
    assert "多35万人（90%区间：+12.5至+57.5），10次运行全部较高" in finding(comparison(SURE), "zh")


@pytest.mark.parametrize(
    ("lang", "verdict", "never"), [("en", "no clear difference", "higher"), ("zh", "无明显差异", "高")]
)
def test_what_is_not_clear_is_told_as_neither_higher_nor_lower(lang, verdict, never):
    told = finding(comparison(UNSURE), lang)
    assert verdict in told.replace("\n", " ")
    assert never not in told
    assert {"en": " more ", "zh": "多"}[lang] not in told


def test_only_what_is_clearly_worse_is_a_cost_and_the_least_sure_tells_how_many_agree():
    rents = np.array([-0.001] + [0.01] * (MEMBERS - 1))
    told = finding(comparison(SURE, service_index=-0.02, income_per_head=0.02, rent=rents), "en").replace("\n", " ")
    assert "public services 2 % lower" in told
    assert "rents 1 % higher" in told
    assert "income" not in told
    assert "at least 9 of 10 members agree" in told


def test_the_three_numbers_are_those_of_the_standing():
    told = standing()
    english, chinese = (trust(lang).replace("\n", " ") for lang in ("en", "zh"))
    for number in (told["facts"]["asked"], told["facts"]["agree"], told["holdout"]["series"], told["coverage"]["held"]):
        assert str(number) in english
        assert str(number) in chinese


def test_the_picture_begins_a_year_before_the_policy_and_shows_both_places():
    (ax,) = picture(comparison(SURE), "en").axes
    lines = [line for line in ax.get_lines() if len(line.get_xdata()) > 1 and line.get_xdata()[0] > 1]
    assert [line.get_xdata()[0] for line in lines] == [YEAR - 1] * 2
    assert lines[0].get_ydata()[-1] == pytest.approx(350.0)
    assert lines[1].get_ydata()[-1] == 0.0
