"""Indicators of hospitals: beds where the opening's are known."""

from __future__ import annotations

from jjj_sim.indicators.areas import Area
from jjj_sim.indicators.indicator import Indicator, ratio


def _known(area: Area) -> bool:
    return area.inside_of("capital") or area.inside_of("pilot")


HOSPITALS = (
    Indicator(
        "hospital_beds",
        "Hospital beds",
        "医院床位",
        "beds",
        "stock",
        "beds in hospitals, military ones left out; of Hebei no count was found",
        lambda w: (w.satellites["hospital_beds"],),
        areas=_known,
    ),
    Indicator(
        "hospital_beds_per_1000",
        "Hospital beds per 1000 residents",
        "每千人医院床位",
        "per 1000 persons",
        "stock",
        "1000 x beds in hospitals over residents",
        lambda w: (w.satellites["hospital_beds"], w.population),
        ratio,
        1000.0,
        areas=_known,
    ),
)
