"""What a report holds of its subject, in one language, as its template calls it."""

from __future__ import annotations

from typing import Any

from jjj_sim.reporting import answer, asked, charted, moves, sides, trust
from jjj_sim.reporting.amounts import signed
from jjj_sim.reporting.prose import tell
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang, say

_SECTIONS = (
    "asked",
    "answer",
    "numbers",
    "time",
    "maps",
    "goals",
    "sides",
    "moved",
    "causes",
    "trust",
    "method",
    "again",
    "sources",
)
# Sections that are there only where something was found for them.
_MAY_LACK = ("maps", "goals", "sides", "moved", "causes")


def contents(subject: Subject, lang: Lang) -> dict[str, Any]:
    """Return all that a report tells of a subject in one language, as the template calls it."""
    pairs = list(charted.over_time(subject, lang))
    cited = {str(row["source"]) for pair in pairs for row in pair.level.data.get("points", ())}
    first, last = subject.years[0], subject.years[-1]
    compared = subject.comparison is not None
    told: dict[str, Any] = {
        "title": _title(subject, lang),
        "subtitle": _subtitle(subject, lang),
        "compared": compared,
        "members": subject.members,
        "n_zones": subject.region.n_zones,
        "year": subject.year,
        "first": first,
        "last": last,
        "ends": subject.readers[subject.base.name].last_published or "–",
        "signed": signed,
        "scenarios": asked.scenarios(subject, lang),
        "answers": answer.answers(subject, lang),
        "levels": [] if compared else answer.levels(subject, lang),
        "cards": answer.four(subject, lang),
        "pairs": pairs,
        "maps": charted.maps(subject, lang),
        "goals": sides.goals(subject, lang),
        "sides": sides.sides(subject, lang),
        "moved": moves.moved(subject, lang),
        "matched": moves.matched(subject, lang),
        "causes": moves.made_of(subject, lang),
        "attributed": moves.attributed(subject, lang),
        "stands": trust.stands(subject, lang),
        "evidence": trust.evidence(subject, lang),
        "alarms": trust.alarms(subject, lang),
        "again": trust.again(subject, lang),
        "sources": trust.sources(subject, cited, lang),
    }
    return {**told, "sections": [key for key in _SECTIONS if key not in _MAY_LACK or told[key]]}


def _title(subject: Subject, lang: Lang) -> str:
    if subject.comparison is None:
        return subject.title(subject.base.name, lang)
    titles = tell("and", lang).join(subject.title(variant.name, lang) for variant in subject.variants)
    return tell("title_comparison", lang, titles=titles)


def _subtitle(subject: Subject, lang: Lang) -> str:
    told, region = subject.base.manifest, subject.region
    return tell(
        "subtitle",
        lang,
        region=say((region.title, region.title_zh), lang),
        first=subject.years[0],
        last=subject.years[-1],
        members=subject.members,
        scale=f"{int(told.get('residents_per_agent') or 1):,}",
        seed=told.get("seed", "–"),
    )
