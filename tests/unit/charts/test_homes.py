"""Charts of homes: what is derived from several variables, and who commutes into the capital."""

import numpy as np
from plans import JJJ

from jjj_sim import charts
from jjj_sim.charts.homes import floor_per_head, gap, into_the_capital, price_to_income
from jjj_sim.charts.reader import Reader


def test_derived_figures_are_taken_member_by_member(result):
    reader = Reader(result)
    value, income = (reader.members(v, "beijing").values[2, 5] for v in ("housing_value", "income_per_head"))
    people, housing = (reader.members(v, "beijing").values[2, 5] for v in ("population", "housing"))
    assert np.isclose(price_to_income(reader, "beijing").values[2, 5], 1e9 * value / people / income)
    assert np.isclose(floor_per_head(reader, "beijing").values[2, 5], housing / people)
    both = [reader.members("house_price", a).values[1, 3] for a in ("beijing", "hebei_official")]
    assert np.isclose(gap(reader, "house_price", "beijing", "hebei_official").values[1, 3], both[0] / both[1])


def test_commuters_into_the_capital_are_those_from_outside_it(result):
    found = into_the_capital(Reader(result))
    assert not {"bj_core", "bj_inner", "bj_subcentre", "bj_outer"} & set(found.columns)
    rows = result.flows.query("kind == 'commuters' and area_kind == 'zone' and member == 0 and period == 2020")
    capital = set(np.array(JJJ.ids)[JJJ.capital])
    mine = rows[rows["destination"].isin(capital) & (rows["origin"] == "langfang_n3")]["value"].sum()
    assert np.isclose(found.loc[2020, "langfang_n3"], mine)


def test_lines_are_named_at_their_ends_and_begin_at_zero(result):
    axes = charts.figure(result, "homes_and_incomes").axes
    assert [ax.get_title(loc="left") for ax in axes][-1] == "Gap: Beijing to Hebei with Xiong'an"
    assert {"Beijing", "Tianjin", "Xiong'an"} <= {text.get_text() for text in axes[0].texts}
    assert all(ax.get_ylim()[0] == 0.0 for ax in axes)
