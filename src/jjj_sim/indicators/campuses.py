"""Indicators of campuses and hospitals that moved."""

from __future__ import annotations

from jjj_sim.indicators.indicator import Indicator

CAMPUSES = (
    Indicator(
        "universities_moved",
        "Universities moved in",
        "累计迁入高校",
        "universities",
        "stock",
        "universities on the list of moves whose quarter has come, by destination; input",
        lambda w: (w.satellites["campuses_opened"],),
    ),
    Indicator(
        "students_on_moved_campuses",
        "Students on campuses that moved",
        "疏解高校在校生",
        "persons",
        "stock",
        "students at universities that moved, class by class, as far as there is room",
        lambda w: (w.satellites["campus_students"],),
    ),
    Indicator(
        "hospital_beds_moved",
        "Beds of hospitals that moved in",
        "迁入医院床位",
        "beds",
        "stock",
        "beds of hospitals on the list of moves whose quarter has come, by destination; input",
        lambda w: (w.satellites["moved_beds"],),
    ),
)
