"""What a report is about: a result, or a base with its variants, and what lies beside them on the disk."""

from __future__ import annotations

import functools
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import pandas as pd

from jjj_sim.attributing import Attribution
from jjj_sim.attributing import attribution as attributions
from jjj_sim.charts.reader import Reader
from jjj_sim.comparing import comparison, movers
from jjj_sim.comparing.causes import causes
from jjj_sim.comparing.comparison import Comparison
from jjj_sim.comparing.headline import YEAR, headline
from jjj_sim.comparing.movers import Movers
from jjj_sim.comparing.ranking import goals_beside
from jjj_sim.comparing.winners import winners
from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say
from jjj_sim.region import Region
from jjj_sim.reporting.scheme import Look, looks
from jjj_sim.running.result import Result, kind_of, load
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.wording.words import Lang

_T = TypeVar("_T", Attribution, Movers)


@dataclass(frozen=True)
class Subject:
    """A base, and the comparison with its variants where it is one; attributions and movers of the same scenarios."""

    base: Result
    comparison: Comparison | None = None
    attributions: tuple[Attribution, ...] = ()
    movers: tuple[Movers, ...] = ()

    @property
    def results(self) -> tuple[Result, ...]:
        """The base and its variants, each once."""
        every = (self.base,) if self.comparison is None else self.comparison.results
        return tuple({result.name: result for result in every}.values())

    @property
    def variants(self) -> tuple[Result, ...]:
        """The variants, none of a single result."""
        return self.results[1:]

    @property
    def region(self) -> Region:
        """The region all of it is about."""
        return self.base.region

    @property
    def members(self) -> int:
        """How many members the base has."""
        return int(self.base.annual["member"].nunique())

    @functools.cached_property
    def looks(self) -> Mapping[str, Look]:
        """How each scenario is drawn."""
        return looks([result.name for result in self.results])

    @functools.cached_property
    def readers(self) -> Mapping[str, Reader]:
        """A reader of each result by its name."""
        return {result.name: Reader(result) for result in self.results}

    @functools.cached_property
    def years(self) -> tuple[int, ...]:
        """The years that all results have."""
        found = [set(map(int, result.annual["period"].unique())) for result in self.results]
        return tuple(sorted(set.intersection(*found)))

    @property
    def year(self) -> int:
        """The year that is told: 2030, or the last before it."""
        return YEAR if YEAR in self.years else self.years[-1]

    def title(self, name: str, lang: Lang) -> str:
        """Return the title of a scenario; of several with one title their names."""
        titles = {result.name: self.readers[result.name].title(lang) for result in self.results}
        twice = list(titles.values()).count(titles[name]) > 1
        return f"{titles[name]} [{name}]" if twice else titles[name]

    @functools.cached_property
    def scenarios(self) -> Mapping[str, Scenario]:
        """The scenarios as they were resolved, by name."""
        found = {}
        with tempfile.TemporaryDirectory() as folder:
            for n, result in enumerate(self.results):
                file = Path(folder) / f"{n}.toml"
                file.write_text(result.scenario, encoding="utf-8")
                found[result.name] = load_scenario(file, region=result.region)
        return found

    @functools.cached_property
    def headline(self) -> pd.DataFrame:
        """The headline of the comparison in the year that is told; empty without one."""
        return pd.DataFrame() if self.comparison is None else headline(self.comparison, self.year)

    @functools.cached_property
    def winners(self) -> pd.DataFrame:
        """Who gains and who loses in the year that is told; empty without a comparison."""
        return pd.DataFrame() if self.comparison is None else winners(self.comparison, self.year)

    @functools.cached_property
    def causes(self) -> pd.DataFrame:
        """What differences are made of; empty without a comparison."""
        return pd.DataFrame() if self.comparison is None else causes(self.comparison)

    @functools.cached_property
    def goals_beside(self) -> pd.DataFrame:
        """The goals of all scenarios side by side; empty without a comparison."""
        return pd.DataFrame() if self.comparison is None else goals_beside(self.comparison)

    def verdicts(self, variant: str) -> pd.DataFrame:
        """Return the verdicts on a variant, zones apart; empty without a comparison."""
        if self.comparison is None:
            return pd.DataFrame()
        table = self.comparison.table
        return table[(table["variant"] == variant) & (table["area_kind"] != "zone")]


def of_folder(folder: Path, beside: Sequence[Path] = ()) -> Subject:
    """Return what is saved in a folder, with the attributions and movers of `beside` and of the folders next to it.

    ScenarioError where a folder holds something else, or is about other scenarios.
    """
    kind = kind_of(folder)
    if kind not in ("", comparison.KIND):
        raise ScenarioError(str(folder), [say("no_report_of", kind=kind)])
    found = comparison.load(folder) if kind else None
    base = found.base if found is not None else load(folder)
    asked = [(base.name, variant.name) for variant in (found.variants if found is not None else ())]
    near = [
        place
        for one, two in asked
        for place in (folder.parent / attributions.named(one, two), folder.parent / movers.named(one, two))
        if place.is_dir()
    ]
    taken: list[Attribution] = []
    moved: list[Movers] = []
    for place in (*beside, *near):
        what = kind_of(place)
        if what not in (attributions.KIND, movers.KIND):
            raise ScenarioError(str(place), [say("not_beside_a_report", kind=what or "-")])
        one: Attribution | Movers = attributions.load(place) if what == attributions.KIND else movers.load(place)
        if (one.base.name, one.variant.name) not in asked:
            raise ScenarioError(str(place), [say("other_scenarios", base=one.base.name, variant=one.variant.name)])
        if isinstance(one, Attribution):
            taken.append(one)
        else:
            moved.append(one)
    return Subject(base, found, _once(taken), _once(moved))


def _once(found: Sequence[_T]) -> tuple[_T, ...]:
    """Return one for each variant, the first of several."""
    by_variant: dict[str, _T] = {}
    for one in found:
        by_variant.setdefault(one.variant.name, one)
    return tuple(by_variant.values())
