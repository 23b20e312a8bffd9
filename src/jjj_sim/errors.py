"""Errors a user may meet. Each carries every problem found, and the exit status of the command."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence


class JjjError(Exception):
    """Base of the package's own errors."""

    exit_status = 1


class ScenarioError(JjjError):
    """A scenario or an option is not valid; nothing was run."""

    exit_status = 2

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        self.where, self.problems = where, list(problems)
        n = len(self.problems)
        lines = [f"{where} has {n} problem{'s' if n != 1 else ''}:"]
        lines += [f"  * {p}" for p in self.problems]
        super().__init__("\n".join([*lines, "Nothing was run."]))


class OpeningError(ScenarioError):
    """No world can be opened with the parameters asked for; the message names them. Nothing was run."""

    def __init__(self, message: str) -> None:
        JjjError.__init__(self, message)
        self.where, self.problems = "the opening", [message]


class DataError(JjjError):
    """A published figure that the model needs is missing or malformed."""

    exit_status = 4


class BalanceError(JjjError):
    """An identity of the accounts is broken: says which, where, when and after which process."""

    exit_status = 4


def nearest(word: str, legal: Iterable[str], prefix: str = "") -> str:
    """Return " Did you mean ...?" with the closest legal word behind `prefix`, or an empty string."""
    match = difflib.get_close_matches(word, list(legal), n=1, cutoff=0.5)
    return f" Did you mean {prefix}{match[0]}?" if match else ""
