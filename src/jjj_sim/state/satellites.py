"""What the satellites keep: arrays that each declares of its own, reached by name."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from jjj_sim.book import Book, Field


class Satellites(Book):
    """The arrays of the satellites of a run, ``world.satellites["port_cargo"]``. No process of the core reads them.

    They hold from quarter to quarter; what is a flow of the quarter its satellite sets anew.
    """

    __slots__ = ("_kept",)

    def __init__(self, sizes: Mapping[str, int], kept: Mapping[str, Field]) -> None:
        super().__init__(sizes)
        self._kept = dict(kept)
        self._arrays |= {name: np.zeros(field.shape(sizes)) for name, field in kept.items()}

    def declared(self) -> Mapping[str, Field]:
        """Return the fields that the satellites declare, by name."""
        return self._kept

    def __setitem__(self, name: str, value: object) -> None:
        """Write into an array."""
        self._arrays[name][...] = value
