"""Tables of work: in which sectors the people of a zone are employed."""

from __future__ import annotations

from typing import ClassVar

from jjj_sim.region.table import Fixed, Timed, Topic


class Work(Topic):
    """Jobs of the censuses and of the opening."""

    name: ClassVar[str] = "work"

    jobs = Timed(
        ("zone", "sector"),
        "share",
        "sectors of employed residents by census",
        lo=0,
        hi=1,
        merge="mean by people.residents",
    )
    opening_jobs = Fixed(
        ("zone", "sector"),
        "share",
        "sectors of jobs in 2013, farm work as the nation's moved",
        lo=0,
        hi=1,
        merge="mean by people.residents",
    )
    mix_weights = Fixed(
        ("zone",), "persons", "people of the zones whose jobs beside farming move as the nation's", lo=0, merge="sum"
    )
