"""Errors a user may meet. Each carries every problem found, and the exit status of the command."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from jjj_sim.messages import Sentence, say, told


class JjjError(Exception):
    """Base of the package's own errors."""

    exit_status = 1

    def told(self, lang: str) -> str:
        """Return the message in a language, English where it has no other."""
        return str(self)


class ScenarioError(JjjError):
    """A scenario or an option is not valid; nothing was run."""

    exit_status = 2

    def __init__(self, where: str, problems: Sequence[str]) -> None:
        self.where, self.problems = where, list(problems)
        super().__init__(self.told("en"))

    def told(self, lang: str) -> str:
        """Return the message in a language."""
        n = len(self.problems)
        head = say("problem", where=self.where) if n == 1 else say("problems", where=self.where, n=n)
        bullets = [f"  * {told(problem, lang)}" for problem in self.problems]
        return "\n".join([told(head, lang), *bullets, told(say("not_run"), lang)])


class OpeningError(ScenarioError):
    """No world can be opened with the parameters asked for; the message names them. Nothing was run."""

    def __init__(self, message: str) -> None:
        JjjError.__init__(self, message)
        self.where, self.problems = "the opening", [message]

    def told(self, lang: str) -> str:
        """Return the message, which is in English alone."""
        return str(self)


class DataError(JjjError):
    """A published figure that the model needs is missing or malformed."""

    exit_status = 4


class BalanceError(JjjError):
    """An identity of the accounts is broken: says which, where, when and after which process."""

    exit_status = 4


def closest(word: str, legal: Iterable[str]) -> str:
    """Return the legal word closest to `word`, or an empty string."""
    return next(iter(difflib.get_close_matches(word, list(legal), n=1, cutoff=0.5)), "")


def nearest(word: str, legal: Iterable[str], prefix: str = "") -> str:
    """Return " Did you mean ...?" with the closest legal word behind `prefix`, or an empty string."""
    match = closest(word, legal)
    return say("did_you_mean", word=f"{prefix}{match}") if match else Sentence("", "")
