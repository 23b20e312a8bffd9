"""Published figures: units, areas, and what is said when one is missing."""

import pytest

from jjj_sim.errors import DataError
from jjj_sim.regions.jingjinji.statistics import tables


@pytest.mark.parametrize("table", list(tables.LAYOUTS))
def test_every_row_of_every_table_has_a_base_unit(table):
    rows = sum(len(tables.frame(name)) for name in (table, *tables.LAYOUTS[table].later))
    assert sum(len(figures) for figures in tables._index(table).values()) == rows


def test_units_are_converted_once():
    assert tables.value("region_series", "gdp_nominal", "xiongan", 2019) == pytest.approx(21.5)
    assert tables.figure("region_series", "gdp_nominal", "xiongan", 2019).unit == "bn yuan"
    assert tables.value("region_series", "population_migrant_resident", "beijing", 2013) == 8_027_000
    assert tables.figure("region_series", "age_share_0_14", "beijing", 2020).unit == "percent"


def test_official_hebei_contains_xiongan_and_is_named_so():
    assert tables.value("region_series", "population_resident", "hebei_official", 2020) > 74e6
    with pytest.raises(DataError, match="hebei is loaded as hebei_official"):
        tables.value("region_series", "population_resident", "hebei", 2020)


def test_a_missing_figure_is_named_with_what_is_there():
    with pytest.raises(DataError, match=r"zone_series: pop_college_plus, xiongan, 2013.*2010, 2020"):
        tables.value("zone_series", "pop_college_plus", "xiongan", 2013)
    with pytest.raises(DataError, match="Did you mean pop_college_plus"):
        tables.value("zone_series", "pop_colege_plus", "xiongan", 2010)
    with pytest.raises(DataError, match="no conversion for the unit 'furlongs'"):
        tables.to_base(1.0, "furlongs")
    with pytest.raises(DataError, match="no table 'nowhere'"):
        tables.frame("nowhere")


def test_further_keys_must_single_out_one_figure():
    with pytest.raises(DataError, match="say which origin"):
        tables.value("migration", "stock_hukou_by_origin", "beijing", 2020)
    assert tables.value("migration", "stock_hukou_by_origin", "beijing", 2020, origin="Hebei") == 2_160_000


def test_series_hold_whole_years_in_order():
    path = tables.series("region_series", "population_resident", "beijing")
    assert list(path) == sorted(path)
    assert path[2012] == pytest.approx(20.78e6, rel=0.02)


def test_higher_confidence_then_the_later_row_stands(monkeypatch):
    head = "region,year,variable,value,unit,source,confidence,note\n"
    rows = "beijing,2013,x,1,pct,a,high,\nbeijing,2013,x,2,pct,b,high,\nbeijing,2013,x,3,pct,c,low,\n"
    later = "beijing,2014,x,4,pct,d,low,\n"
    given = {"region_series": head + rows + later.replace(",4,", ",5,"), "region_series_3": head + later}
    monkeypatch.setattr(tables, "text", given.__getitem__)
    tables._index.cache_clear()
    try:
        assert tables.value("region_series", "x", "beijing", 2013) == 2
        passed_over = tables.alternatives("region_series", "x", "beijing", 2013)
        assert [f.value for f in passed_over] == [1, 3]
        assert tables.value("region_series", "x", "beijing", 2014) == 4  # a later round wins whatever its confidence
        assert [f.value for f in tables.alternatives("region_series", "x", "beijing", 2014)] == [5]
    finally:
        tables._index.cache_clear()


def test_frame_is_a_copy():
    mine = tables.frame("region_series")
    mine["value"] = 0.0
    assert tables.frame("region_series")["value"].abs().sum() > 0
