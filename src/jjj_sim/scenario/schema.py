"""The grammar of a scenario file: frozen, unknown keys forbidden, nan and inf refused."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from jjj_sim.policy.plan import Plan

Number = Annotated[float, Field(strict=False)]
Points = tuple[tuple[str, float], ...]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class PathSetting(_Table):
    """A number over time: linear between its points, held after the last."""

    path: Points = Field(description='[["2026Q1", 200], ["2030Q1", 120]]')
    source: str = Field(default="", description="where the numbers come from")


class EventSetting(_Table):
    """A dated event: a quarter, or "never"; what else it carries depends on the lever."""

    quarter: str
    jobs: float | None = None
    students: float | None = None
    beds: float | None = None
    minutes: float | None = None
    km: float | None = None
    origin: str | None = None
    destination: str | None = None
    kind: str | None = None
    from_: str | None = Field(default=None, alias="from")
    to: str | None = None


class LeverSetting(_Table):
    """What a scenario says of one lever; the rest is inherited."""

    path: Points | None = None
    paths: dict[str, Points] = Field(default_factory=dict)
    zones: tuple[str, ...] | None = None
    shares: dict[str, float] = Field(default_factory=dict)
    events: dict[str, EventSetting | str] = Field(default_factory=dict)
    openings: dict[str, EventSetting | str] = Field(default_factory=dict)
    source: str = ""


class Horizon(_Table):
    """How far the run goes; it starts in 2013Q1."""

    end: str = "2030Q4"


class Population(_Table):
    """How fine the run is."""

    residents_per_agent: int = Field(default=100, ge=1, le=60_000)


class Scenario(_Table):
    """A resolved scenario: everything inherited is merged in, and `overrides` logs what was set where."""

    name: str = Field(default="", description="name of the result folder; the file's own name by default")
    title: str = ""
    title_zh: str = ""
    horizon: Horizon = Horizon()
    population: Population = Population()
    levers: dict[str, LeverSetting] = Field(default_factory=dict)
    assumptions: dict[str, PathSetting] = Field(default_factory=dict)
    parameters: dict[str, dict[str, float]] = Field(default_factory=dict)
    overrides: tuple[str, ...] = ()

    def plan(self) -> Plan:
        """Return the scenario as numbers and paths; ScenarioError when something is not legal."""
        from jjj_sim.scenario.resolve import resolve

        return resolve(self)

    def to_toml(self) -> str:
        """Return the resolved scenario as TOML; loading it again gives the same plan."""
        import tomli_w

        return tomli_w.dumps(_bare(self.model_dump(mode="json", by_alias=True, exclude_none=True)))


def _bare(value: Any) -> Any:
    """Return `value` without empty tables and empty texts."""
    if isinstance(value, dict):
        return {k: _bare(v) for k, v in value.items() if v not in ({}, "", [], None)}
    return value


class ScenarioFile(Scenario):
    """What a file may say: a scenario, and what it stands on."""

    extends: str = Field(
        default="", description="one parent: a path relative to this file, or a shipped name"
    )
    with_: tuple[str, ...] = Field(default=(), alias="with", description="packages applied in order")
