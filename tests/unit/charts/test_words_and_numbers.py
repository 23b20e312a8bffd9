"""Units, numbers, line breaks and labels pushed apart."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from matplotlib.font_manager import findfont, get_font
from plans import JJJ

from jjj_sim.charts.sheet import Plain, font, plain, spread, width_of, wrap
from jjj_sim.indicators import indicators
from jjj_sim.judging.targets import targets
from jjj_sim.region.names import names
from jjj_sim.wording import words
from jjj_sim.wording.units import number, unit_for


@pytest.mark.parametrize(
    ("unit", "biggest", "en", "zh"),
    [
        ("persons", 2.2e7, (1e6, "million persons"), (1e4, "万人")),
        ("persons", 5e4, (1e3, "thousand persons"), (1e4, "万人")),
        ("bn yuan", 11500, (1e3, "trillion yuan"), (1e3, "万亿元")),
        ("bn yuan", 34.5, (1, "billion yuan"), (0.1, "亿元")),
        ("units", 300, (1, "units"), (1, "家")),
        ("km", 2669, (1, "km"), (1, "公里")),
    ],
)
def test_units_are_those_that_people_read(unit, biggest, en, zh):
    assert unit_for(unit, "en", biggest) == en
    assert unit_for(unit, "zh", biggest) == zh


def test_every_indicator_has_a_unit_in_chinese():
    for indicator in indicators(JJJ).values():
        name = unit_for(indicator.unit, "zh", 1.0).name
        assert name == "%" or any("\u4e00" <= c <= "\u9fff" for c in name), indicator.unit


def test_every_zone_has_a_short_name():
    called = names(JJJ)
    assert all(called[zone].short != (en, zh) for zone, en, zh in _unlike())
    assert words.zone_short(JJJ, "tj_binhai", "en") == "Binhai"
    assert words.area_name(JJJ, "bj_core", "zh") == "北京核心区"


def _unlike():
    """Zones whose full name says more than their short one."""
    for zone, en, zh in zip(JJJ.ids, JJJ.name_en, JJJ.name_zh, strict=True):
        if "(" in en:
            yield zone, en, zh


def test_the_font_has_every_character_of_the_words():
    known = get_font(findfont(font())).get_charmap()
    pairs = [pair for name in names(JJJ).values() for pair in name]
    pairs += [
        *words.SHORT.values(),
        *((t.en, t.zh) for t in targets(JJJ)),
        *((t.area_en, t.area_zh) for t in targets(JJJ)),
    ]
    used = {c for pair in pairs for c in "".join(pair)}
    used |= {c for i in indicators(JJJ).values() for c in i.en + i.zh}
    assert not {c for c in used if ord(c) not in known}


def test_numbers():
    assert [number(x) for x in (0.0, 0.01234, -1.234, 12.34, 123.4, 12345.6)] == [
        "0",
        "0.0123",
        "−1.23",
        "12.3",
        "123",
        "12,346",
    ]
    assert plain(-1234.50) == "−1,234.5"
    assert Plain().format_ticks([1.0, 1.25, 1.5]) == ["1.00", "1.25", "1.50"]


def test_chinese_takes_full_width_stops_and_english_does_not():
    assert words.say(("a (b), c", "河北(含雄安),占比:1,234"), "zh") == "河北（含雄安），占比：1,234"
    assert words.say(("a (b), c", "河北"), "en") == "a (b), c"


@given(st.lists(st.sampled_from(["word", "longer", "人口", "，", "京津冀", "2024", "。"]), max_size=60))
def test_lines_fit_and_lose_nothing(parts):
    text = " ".join(parts)
    lines = wrap(text, 20.0)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert all(width_of(line) <= 22.0 for line in lines)


@given(st.lists(st.floats(0.05, 0.95), min_size=1, max_size=8), st.floats(0.01, 0.1))
def test_labels_are_pushed_apart_in_their_order(places, gap):
    found = spread(sorted(places), gap)
    assert all(b - a >= gap - 1e-9 for a, b in itertools.pairwise(found))
    assert found[0] >= -1e-9
    assert found[-1] <= 1 + 1e-9
