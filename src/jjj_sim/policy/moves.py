"""Dated moves out of Beijing: headquarters, universities, hospitals, the municipal offices (Appendix B).

Dates are published unless marked [A]; the staff of a move is published for Huaneng and Sinochem alone. Where
a number is assumed, one rule per kind stands: 1,000 staff a headquarters, one staff to ten students, three
staff to two beds. An event is dated by first use and holds the final number; who reads it lets people follow.
"""

from __future__ import annotations

from jjj_sim.policy.plan import Event
from jjj_sim.quarters import parse

_STAFF_PER_STUDENT = 0.1
_STAFF_PER_BED = 1.5


def _headquarters(quarter: str, jobs: float, origin: str) -> Event:
    return Event(parse(quarter), {"jobs": jobs}, {"origin": origin, "destination": "xiongan"})


def headquarters() -> dict[str, Event]:
    """Return the headquarters of central firms that move to Xiong'an; offices left as recalled [R]."""
    return {
        "china_satellite_network": _headquarters("2024Q4", 500.0, "bj_core"),
        "huaneng": _headquarters("2025Q4", 1000.0, "bj_core"),
        "sinochem": _headquarters("2025Q4", 1000.0, "bj_core"),
        "china_mineral_resources": _headquarters("2026Q3", 1000.0, "bj_core"),
        "datang": _headquarters("2028Q2", 1000.0, "bj_core"),
        "huadian": _headquarters("2028Q2", 1000.0, "bj_core"),
        "chengtong": _headquarters("2028Q2", 1000.0, "bj_inner"),
        "cnadc": _headquarters("2028Q2", 1000.0, "bj_core"),
    }


def _campus(quarter: str, students: float) -> Event:
    return Event(
        parse(quarter),
        {"jobs": _STAFF_PER_STUDENT * students, "students": students, "beds": 0.0},
        {"kind": "university", "origin": "bj_inner", "destination": "xiongan"},
    )


def _hospital(quarter: str, beds: float) -> Event:
    return Event(
        parse(quarter),
        {"jobs": _STAFF_PER_BED * beds, "students": 0.0, "beds": beds},
        {"kind": "hospital", "origin": "bj_core", "destination": "xiongan"},
    )


def universities_and_hospitals() -> dict[str, Event]:
    """Return the campuses and hospitals that open in Xiong'an.

    Students of the first three universities are published; those of Geosciences and of the five sited in
    2025 are assumed, and so are all beds and the dates from 2029 on [A].
    """
    first = {
        "beijing_jiaotong_university": ("2026Q3", 36_000.0),
        "university_of_science_and_technology_beijing": ("2026Q3", 36_000.0),
        "beijing_forestry_university": ("2027Q3", 32_000.0),
        "china_university_of_geosciences": ("2027Q3", 30_000.0),
    }
    second = {
        "beijing_institute_of_technology": ("2029Q3", 30_000.0),
        "beihang_university": ("2029Q3", 30_000.0),
        "north_china_electric_power_university": ("2029Q3", 30_000.0),
        "beijing_language_and_culture_university": ("2030Q3", 30_000.0),
        "communication_university_of_china": ("2030Q3", 30_000.0),
    }
    hospitals = {
        "xuanwu_hospital": ("2023Q4", 600.0),
        "peking_university_peoples_hospital": ("2027Q4", 1000.0),
        "peking_union_medical_college_hospital": ("2029Q4", 1000.0),
        "fuwai_hospital": ("2031Q4", 1000.0),
        "plastic_surgery_hospital": ("2031Q4", 300.0),
        "guanganmen_hospital": ("2031Q4", 1000.0),
    }
    events = {name: _campus(*row) for name, row in (first | second).items()}
    return events | {name: _hospital(*row) for name, row in hospitals.items()}


def municipal_offices() -> dict[str, Event]:
    """Return the two waves of Beijing's municipal offices into the sub-centre; the second's staff is [A]."""
    words = {"origin": "bj_core", "destination": "bj_subcentre"}
    return {
        "first_wave": Event(parse("2019Q1"), {"jobs": 12_000.0}, words),
        "second_wave": Event(parse("2023Q4"), {"jobs": 12_000.0}, words),
    }
