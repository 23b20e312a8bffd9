"""Moves of universities and hospitals (高校和医院疏解)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from jjj_sim.policy.lever import Range
from jjj_sim.policy.named_move import JOBS, NamedMove


class UniversityHospitalMoves(NamedMove):
    """A campus or hospital opens at its destination with its staff and raises services there.

    30,000 students or 1,000 beds count as one top institution: 2 % of the service index in a zone of a million. Staff
    and students draw households as posts do. See NamedMoves and Services.
    """

    name, zh = "university_hospital_moves", "高校和医院疏解"
    unit, lo, hi, decider = "events, jobs, students, beds", 0.0, 200_000.0, "C"
    mechanism = "A campus or hospital opens at its destination with its staff and raises services there."
    mechanism_zh = "校区或医院连同职工在目的地启用，提高当地的公共服务。"
    roles = ("inner", "new_area")
    numbers: ClassVar[Mapping[str, Range]] = {
        "jobs": JOBS,
        "students": Range("students", 0.0, 200_000.0),
        "beds": Range("beds", 0.0, 20_000.0),
    }
    kinds = ("university", "hospital")
    needs = ("kind", "jobs")
