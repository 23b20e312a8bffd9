"""The page of the findings: counts by block and beside the first edition, one table, then a section a fact."""

from __future__ import annotations

import csv
import textwrap
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from pathlib import Path

import numpy as np

from fact import AGREES, CANNOT, DISAGREES, WRONG_SIGN, Fact, Finding

_HEAD = """# Published facts against the model

Written by `python validation/run.py`; run it again after any change of the model. None of these figures was used to
set the model, unless marked †. Each is an experiment: what was published about a cause, done in the model. The twin
(expected counts, no luck) lives {draws} draws of all parameters that have a prior, each compared with itself without
the cause, so that the interval is what those priors leave open; where single people or firms must be counted, agents
live {seeds} seeds at the default parameters. {rejected}

Each fact is asked as it was found: the same contrast, horizon and kind of place, the same regression where one was
run. Where the published number varies between counties, sub-industries or decades, or by joining a nation's network,
nineteen zones cannot answer, and a number beside it judges nothing. A question or range that differs from the first
edition's says so and why. That was written before the model was asked anew, but not in ignorance: what the first
edition had answered was known. No range is wider than it was, but where what is published turned out to be a bound.

The range accepted is stated with its reason. *Agrees* means that the model's median lies in it, *wrong sign* that the
whole interval lies on the other side of zero, and not by a trifle. Sources: **[L]** looked up, **[R]** recalled,
**[D]** derived, **[A]** assumed.
"""
_VERDICTS = (AGREES, DISAGREES, WRONG_SIGN, CANNOT)
_NEW = "new"
_REJECTED = (
    "Of the first {tried} draws {n} were left out: no amenities of the zones would reproduce the net migration "
    "of 2013-2020 with them."
)


def write_page(out: Path, blocks: Mapping[str, Sequence[Finding]], *, draws: int, tried: int, seeds: int) -> None:
    """Write the page of the findings by block beside the folder `out` of the figures, as OUT.md."""
    found = [finding for block in blocks.values() for finding in block]
    rejected = _REJECTED.format(tried=tried, n=tried - draws) if tried > draws else ""
    text = [filled(_HEAD.format(draws=draws, seeds=seeds, rejected=rejected))]
    count = Counter(finding.verdict for finding in found)
    text.append(
        f"\n**Of {len(found)} facts the model agrees with {count[AGREES]} and disagrees with {count[DISAGREES]}; "
        f"{count[WRONG_SIGN]} have the wrong sign, {count[CANNOT]} cannot be asked.**\n"
    )
    text += ["\n", _by_block(blocks), "\n", _editions(found), "\n", _all(found)]
    text += ["\n" + filled(_section(finding, out)) for finding in found]
    out.with_suffix(".md").write_text("".join(text), "utf-8")


@cache
def first_edition() -> dict[str, dict[str, str]]:
    """Return what the first edition of the model said: range accepted, number and verdict by fact."""
    with Path(__file__).with_name("first_edition.csv").open(encoding="utf-8", newline="") as file:
        return {row.pop("fact"): row for row in csv.DictReader(file)}


def _by_block(blocks: Mapping[str, Sequence[Finding]]) -> str:
    """Return a table: how many of the facts that can be asked agree, by block, now and in the first edition."""
    rows = []
    for name, found in blocks.items():
        now = Counter(finding.verdict for finding in found)
        old = Counter(_before(finding) for finding in found)
        rows.append(
            (
                name,
                len(found),
                _agreed(now),
                now[WRONG_SIGN],
                now[CANNOT],
                _agreed(old) if sum(old.values()) > old[_NEW] else _NEW,
            )
        )
    return table(("block", "facts", "agree, of those asked", "wrong sign", "cannot be asked", "first edition"), rows)


def _agreed(count: Counter[str]) -> str:
    return f"{count[AGREES]} of {count[AGREES] + count[DISAGREES] + count[WRONG_SIGN]}"


def _editions(found: Sequence[Finding]) -> str:
    """Return a table of verdicts: the first edition's in rows, what they are now in columns."""
    pairs = Counter((_before(finding), finding.verdict) for finding in found)
    rows = [
        (old, sum(pairs[old, new] for new in _VERDICTS), *(pairs[old, new] for new in _VERDICTS))
        for old in (*_VERDICTS, _NEW)
    ]
    total = ("all", len(found), *(sum(pairs[old, new] for old in (*_VERDICTS, _NEW)) for new in _VERDICTS))
    return table(("first edition", "facts", *(f"now: {new}" for new in _VERDICTS)), [*rows, total])


def _before(finding: Finding) -> str:
    """Return the first edition's verdict, or that the fact is new."""
    return first_edition().get(finding.fact.name, {}).get("verdict", _NEW)


def _all(found: Sequence[Finding]) -> str:
    """Return the table of all facts."""
    heads = ("fact", "published", "accepted", "model, median [90 %]", "verdict", "first edition")
    rows = []
    for finding in found:
        fact = finding.fact
        title = f"[{fact.title}](#{anchor(fact.title)})"
        before = _before(finding) + (" (other question)" if fact.asked_before else "")
        range_ = "" if fact.cannot else accepted(fact)
        rows.append((title, fact.published, range_, number(finding), finding.verdict, before))
    return table(heads, rows)


def table(heads: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table of a page."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "".join("| " + " | ".join(str(cell).replace("|", "\\|") for cell in line) + " |\n" for line in lines)


def _section(finding: Finding, out: Path) -> str:
    """Return the section of a fact."""
    fact = finding.fact
    parts = [f"\n## {fact.title}\n\nPublished: {fact.published}. {fact.source}.\n"]
    if fact.study:
        parts.append(f"\nThe study: {fact.study}\n")
    if fact.asked_before:
        parts.append(f"\nAsked before: {fact.asked_before}\n")
    if fact.did:
        parts.append(f"\n{fact.did}\n")
    if finding.finite and fact.cannot:
        parts.append(f"\n**Beside it the model shows {number(finding)}. Verdict: {finding.verdict}.**\n")
    elif finding.finite:
        over = "seeds" if fact.experiment is not None and fact.experiment.by_seed else "draws"
        parts.append(
            f"\n**Model: {number(finding)}. Accepted: {accepted(fact)}, {fact.reason}; "
            f"{finding.inside} of {finding.members} {over} lie there. Verdict: {finding.verdict}.**\n"
        )
    else:
        parts.append(f"\n**Verdict: {finding.verdict}.**\n")
    if finding.finite and (notes := _notes(finding)):
        parts.append(f"\n{notes}\n")
    told = [fact.mechanism]
    if finding.verdict in (DISAGREES, WRONG_SIGN):
        told.append(fact.miss)
    if finding.verdict == CANNOT:
        told.append(fact.cannot or fact.void)
    parts.append("\n" + " ".join(t for t in told if t) + "\n")
    if finding.finite:
        parts.append(f"\n![{fact.title}]({out.name}/{fact.name}.png)\n")
    return "".join(parts)


def filled(text: str) -> str:
    """Return `text` with each paragraph wrapped as the other pages are."""
    parts = [" ".join(part.split()) for part in text.strip().split("\n\n")]
    fill = partial(textwrap.fill, width=120, break_long_words=False, break_on_hyphens=False)
    return "\n\n".join(map(fill, parts)) + "\n"


def _notes(finding: Finding) -> str:
    """Return the number at the defaults, what it follows over the draws, and further numbers."""
    d = finding.fact.digits
    notes = []
    if np.isfinite(finding.default):
        notes.append(f"At the default parameters {_rounded(finding.default, d)}.")
    if finding.driver:
        way = "rises" if finding.rank > 0 else "falls"
        notes.append(f"Over the draws it {way} with `{finding.driver}` (rank correlation {finding.rank:.2f}).")
    if finding.beside:
        said = "; ".join(f"{label} {_band(low, median, high, d)}" for label, low, median, high in finding.beside)
        notes.append(f"Beside it: {said}.")
    return " ".join(notes)


def number(finding: Finding) -> str:
    """Return the model's number with its interval and unit."""
    if not finding.finite:
        return ""
    return f"{_band(finding.low, finding.median, finding.high, finding.fact.digits)} {finding.fact.unit}"


def _band(low: float, median: float, high: float, digits: int) -> str:
    """Return a median with its interval; a zero has no sign."""
    return f"{_rounded(median, digits)} [{_rounded(low, digits)}, {_rounded(high, digits)}]"


def _rounded(value: float, digits: int) -> str:
    return f"{round(value, digits) + 0.0:.{digits}f}"


def accepted(fact: Fact) -> str:
    """Return the accepted range in words."""
    if np.isinf(fact.low) and np.isinf(fact.high):
        return ""
    if np.isinf(fact.low):
        return f"at most {fact.high:g}"
    if np.isinf(fact.high):
        return f"at least {fact.low:g}"
    return f"{fact.low:g} to {fact.high:g}"


def anchor(title: str) -> str:
    """Return the anchor that a heading gets."""
    kept = "".join(c for c in title.lower() if c.isalnum() or c in " -_")
    return kept.replace(" ", "-")
