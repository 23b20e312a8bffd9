"""What event levers announce: named moves of institutions, and lines that open."""

from __future__ import annotations

import zlib
from typing import NamedTuple


class Move(NamedTuple):
    """A named institution: the lever and event it comes from, the quarter of its move (None: never), what it is
    (``headquarters``, ``university``, ``hospital``, ``offices``), its jobs, students and beds, zones from and to.
    """

    lever: str
    name: str
    quarter: int | None
    kind: str
    jobs: float
    students: float
    beds: float
    origin: int
    destination: int

    @property
    def id(self) -> int:
        """The key of the institution among firms, made from its name."""
        label = f"{self.lever}.{self.name}".encode()
        return (zlib.crc32(label) << 32) | zlib.adler32(label)

    def moved(self, t: int) -> bool:
        """Return whether it has moved by quarter `t`, that quarter included."""
        return self.quarter is not None and self.quarter <= t


class Line(NamedTuple):
    """A railway line by id: the quarter of its opening (None: never); `km` where it differs from the region's
    table; for a line that the table does not know, its ends as places and its minutes.
    """

    name: str
    quarter: int | None
    km: float | None = None
    ends: tuple[int, int] | None = None
    minutes: float | None = None
