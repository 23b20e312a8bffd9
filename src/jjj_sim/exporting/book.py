"""All tables of a result or of a comparison, in the order they are read."""

from __future__ import annotations

from jjj_sim.exporting import aims, levels, pairs, told
from jjj_sim.exporting.table import Table
from jjj_sim.reporting.subject import Subject
from jjj_sim.wording.words import Lang


def tables(subject: Subject, lang: Lang) -> list[Table]:
    """Return the tables that have rows: of a comparison differences first, of a result levels."""
    first = [told.overview(subject, lang)]
    if subject.variants:
        first += [told.changes(subject, lang), pairs.differences(subject, lang)]
        first += [pairs.winners(subject, lang), pairs.goals(subject, lang), pairs.causes(subject, lang)]
        first += [levels.headline(subject, lang), pairs.zones(subject, lang), pairs.verdicts(subject, lang)]
    else:
        first += [levels.headline(subject, lang), aims.goals(subject, lang), levels.zones(subject, lang)]
        first += [levels.figures(subject, lang)]
    first += [levels.flows(subject, lang), levels.intervals(subject, lang), told.evidence(subject, lang)]
    first += [told.levers(subject, lang), told.sources(subject, lang), told.notes(lang)]
    return [table for table in first if table.rows]
