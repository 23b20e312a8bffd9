"""Flow maps: means over members and years, cities as one place, net arrows, the rest of the country with its share."""

import numpy as np
import pandas as pd
from matplotlib.patches import FancyArrowPatch
from plans import JJJ

from jjj_sim import charts
from jjj_sim.charts.flow_maps import Arrow, _arrows, mean_flows, merged, nodes


def _table(rows):
    columns = ["member", "period", "area_kind", "origin", "destination", "value"]
    return pd.DataFrame(rows, columns=columns)


def test_a_mean_is_over_members_and_years_and_counts_absent_rows_as_none():
    table = _table(
        [(0, 2013, "zone", "a", "b", 30.0), (1, 2014, "zone", "a", "b", 10.0), (0, 2013, "region", "a", "b", 9)]
    )
    found = mean_flows(table, "zone", ("a", "b", "c"), (2013, 2014), 2)
    assert found.loc["a", "b"] == 10.0
    assert found.to_numpy().sum() == 10.0
    assert mean_flows(table, "zone", ("a", "b"), (2014, 2014), 2).loc["a", "b"] == 5.0


def test_zones_of_a_city_that_is_a_reporting_area_are_one_place():
    ends = nodes(JJJ)
    assert {ends[z] for z in ("bj_core", "bj_inner", "bj_subcentre", "bj_outer")} == {"beijing"}
    assert ends["tj_binhai"] == "tianjin"
    assert ends["langfang_n3"] == "langfang_n3"
    assert ends["rest_of_china"] == "rest_of_china"


def test_merged_flows_add_up_and_none_stays_inside():
    names = ["bj_core", "bj_inner", "xiongan"]
    between = pd.DataFrame([[0.0, 5.0, 1.0], [2.0, 0.0, 3.0], [4.0, 7.0, 0.0]], names, names)
    found = merged(between, nodes(JJJ))
    assert found.to_dict() == {
        "beijing": {"beijing": 0.0, "xiongan": 11.0},
        "xiongan": {"beijing": 4.0, "xiongan": 0.0},
    }
    assert _arrows(found, net=True) == [Arrow("xiongan", "beijing", 7.0)]
    assert _arrows(found, net=False) == [Arrow("beijing", "xiongan", 4.0), Arrow("xiongan", "beijing", 11.0)]


def test_arrows_have_widths_to_one_scale_and_the_share_of_the_outside_is_told(result):
    figure = charts.figure(result, "flows_people")
    maps = [ax for ax in figure.axes if any(isinstance(p, FancyArrowPatch) for p in ax.patches)]
    assert len(maps) == 2
    words = " ".join(text.get_text() for ax in maps for text in ax.texts)
    flows = result.flows[(result.flows["kind"] == "residents") & (result.flows["area_kind"] == "region")]
    outer = (flows["origin"] == "rest_of_china") | (flows["destination"] == "rest_of_china")
    share = 100 * flows["value"][outer].sum() / flows["value"].sum()
    assert f"{share:.0f} % of flows between areas cross" in words


def test_the_table_gives_gross_flows(result):
    figure = charts.figure(result, "flows_commuters")
    words = {text.get_text() for ax in figure.axes for text in ax.texts}
    rows = result.flows.query("kind == 'commuters' and area_kind == 'region' and member == 0 and period == 2013")
    expected = rows.set_index(["origin", "destination"])["value"]
    assert np.isclose(
        expected["beijing", "tianjin"],
        1000.0 * (2 + list(JJJ.areas).index("beijing")) + 300.0 * list(JJJ.areas).index("tianjin"),
    )
    shown = {word.replace(",", "") for word in words}
    assert f"{expected['beijing', 'tianjin']:.1f}" in shown
