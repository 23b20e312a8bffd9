"""The grammar of a scenario file, built from the levers, assumptions and parameters that exist.

One pydantic model (frozen, unknown keys forbidden, nan and inf refused) gives both the checks and the JSON
Schema, so that a new lever or parameter needs no further work here.
"""

from __future__ import annotations

import copy
import math
import re
from collections.abc import Iterable, Mapping
from functools import cache
from numbers import Integral
from typing import Annotated, Any, get_args

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainValidator,
    ValidationError,
    WithJsonSchema,
    create_model,
)
from pydantic_core import PydanticCustomError

from jjj_sim import quarters
from jjj_sim.errors import nearest
from jjj_sim.param import Param
from jjj_sim.policy.lever import EventKind, Lever, Words
from jjj_sim.policy.registry import levers
from jjj_sim.region.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.descriptions import describe

NEVER = "never"
FIRST_END, LAST_END = "2013Q4", "2050Q4"
_QUARTER = r"^\d{4}Q[1-4]$"
_NAME = r"^[a-z0-9][a-z0-9_]*$"
_FILE_NAME = r"^[^./\\][^/\\]*$"

Table = dict[str, Any]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


@cache
def parameters() -> Mapping[str, Mapping[str, Param]]:
    """Return every parameter by process and name, in the order of a quarter."""
    from jjj_sim.processes import SCHEDULE

    return {process.name: process.parameters() for process in SCHEDULE if process.parameters()}


def _wrong(*tails: str) -> PydanticCustomError:
    """Return an error of one or more problems; each tail follows the name of the key."""
    return PydanticCustomError("wrong", "{tails}", {"tails": tails})


def _number_problem(value: Any, lo: float, hi: float, *, whole: bool = False) -> str | None:
    """Return what is wrong with a number, or None."""
    if isinstance(value, bool) or not isinstance(value, Integral if whole else (float, Integral)):
        kind = "a whole number" if whole else "a number"
        return f" = {value!r} is not {kind}; legal is [{lo:g}, {hi:g}]."
    if not math.isfinite(value):
        return f" = {value} is not a finite number; legal is [{lo:g}, {hi:g}]."
    if not lo <= float(value) <= hi:
        return f" = {float(value):.15g} is outside [{lo:g}, {hi:g}]."
    return None


def _number(lo: float, hi: float, *, whole: bool = False) -> Any:
    def check(value: Any) -> float:
        if problem := _number_problem(value, lo, hi, whole=whole):
            raise _wrong(problem)
        return int(value) if whole else float(value) + 0.0

    kind = "integer" if whole else "number"
    return Annotated[float, PlainValidator(check), WithJsonSchema({"type": kind, "minimum": lo, "maximum": hi})]


def _is_quarter(value: Any) -> bool:
    return isinstance(value, str) and re.fullmatch(_QUARTER, value) is not None


def _quarter(*, never: bool = False, first: str = "", last: str = "") -> Any:
    def check(value: Any) -> str:
        if never and value == NEVER:
            return NEVER
        if not _is_quarter(value):
            also = ', or "never"' if never else ""
            raise _wrong(f' = {value!r} is not a quarter; write it like "2026Q1"{also}.')
        if first and not quarters.parse(first) <= quarters.parse(value) <= quarters.parse(last):
            raise _wrong(f" = {value!r} is outside [{first}, {last}].")
        return str(value)

    pattern = rf"{_QUARTER}|^never$" if never else _QUARTER
    return Annotated[str, PlainValidator(check), WithJsonSchema({"type": "string", "pattern": pattern})]


def _is_point(value: Any) -> bool:
    """Return whether `value` is [quarter, number], with the source of the number behind it or not."""
    if not isinstance(value, list | tuple) or len(value) not in (2, 3) or not _is_quarter(value[0]):
        return False
    return len(value) == 2 or isinstance(value[2], str)


def _points(lo: float, hi: float) -> Any:
    """Return the type of a path: a list of [quarter, number] or [quarter, number, source], quarters increasing."""

    def check(value: Any) -> tuple[tuple[str, float], ...]:
        if not isinstance(value, list | tuple) or not value:
            raise _wrong(f' = {value!r} is not a path; write points like [["2026Q1", 200], ["2030Q1", 120]].')
        problems, last = [], None
        for point in value:
            if not _is_point(point):
                problems.append(f': {point!r} is not a point; write it like ["2026Q1", 200].')
                continue
            if problem := _number_problem(point[1], lo, hi):
                problems.append(f" at {point[0]}{problem}")
            if last is not None and quarters.parse(point[0]) <= last:
                problems.append(f": {point[0]} does not come after {quarters.label(last)}.")
            last = quarters.parse(point[0])
        if problems:
            raise _wrong(*problems)
        return tuple((quarter, float(number) + 0.0) for quarter, number, *_ in value)

    point = [
        {"type": "string", "pattern": _QUARTER},
        {"type": "number", "minimum": lo, "maximum": hi},
        {"type": "string", "description": "where the number comes from"},
    ]
    items = {"type": "array", "prefixItems": point, "minItems": 2, "maxItems": 3}
    schema = {"type": "array", "minItems": 1, "items": items}
    return Annotated[Any, PlainValidator(check), WithJsonSchema(schema)]


def _word(words: Words) -> Any:
    def check(value: Any) -> str:
        if value not in words.legal:
            guess = nearest(str(value), words.legal)
            raise _wrong(f" = {value!r} is no {words.noun}.{guess} There are {', '.join(words.legal)}.")
        return str(value)

    legal = {"type": "string", "enum": list(words.legal)}
    return Annotated[str, PlainValidator(check), WithJsonSchema(legal)]


def _text(pattern: str, meaning: str) -> Any:
    def check(value: Any) -> str:
        if not isinstance(value, str) or re.fullmatch(pattern, value) is None:
            raise _wrong(f" = {value!r} is not {meaning}.")
        return value

    schema = {"type": "string", "pattern": pattern}
    return Annotated[str, PlainValidator(check), WithJsonSchema(schema)]


def _model(name: str, fields: Mapping[str, Any], doc: str = "") -> type[BaseModel]:
    """Return a table with optional keys; a trailing _ keeps names clear of those that pydantic uses."""
    made: Any = {f"{key}_": (kind, Field(default=None, alias=key)) for key, kind in fields.items()}
    model: type[BaseModel] = create_model(name, __base__=_Table, __doc__=doc or None, **made)
    return model


def _event(lever: str, kind: EventKind) -> Any:
    fields = {"quarter": _quarter(never=True), "source": str}
    fields |= {key: _number(r.lo, r.hi) for key, r in kind.numbers.items()}
    fields |= {key: _word(words) for key, words in kind.words.items()}
    model = _model(f"{lever}_{kind.noun}", fields, f'A quarter or "never" alone, or a {kind.noun} with more.')
    name = _text(_NAME, "a name in lower-case letters, digits and _")

    def expand(value: Any) -> Any:
        return {"quarter": value} if isinstance(value, str) else value

    quarter = Annotated[str, Field(pattern=rf"{_QUARTER}|^never$")]
    return dict[name, Annotated[model, BeforeValidator(expand, json_schema_input_type=model | quarter)]]  # type: ignore[valid-type]


def _lever(spec: Lever) -> type[BaseModel]:
    fields: Table = {}
    if spec.has_path:
        fields["path"] = _points(spec.lo, spec.hi)
    if spec.paths:
        keyed = {key: _points(r.lo, r.hi) for key, r in spec.paths.items()}
        fields["paths"] = _model(f"{spec.name}_paths", keyed)
    if spec.takes_zones:
        fields["zones"] = list[_word(Words("zone", spec.region.ids))]  # type: ignore[misc]
    if spec.shares:
        shares = {key: _number(r.lo, r.hi) for key, r in spec.shares.items()}
        fields["shares"] = _model(f"{spec.name}_shares", shares)
    if (kind := spec.events) is not None:
        fields[kind.table] = _event(spec.name, kind)
    doc = f"{spec.mechanism} Unit: {spec.unit}. Decided by: {spec.decider}."
    return _model(spec.name, fields | {"source": str}, doc)


def _parameter(name: str, parameter: Param, region: Region) -> Any:
    """Return the type of a parameter: a number, or where it differs by place a table of numbers by id."""
    if not parameter.by:
        return _number(parameter.lo, parameter.hi)
    places = region.keyed.get(name, {})
    return _model(name.replace(".", "_"), {place: _number(parameter.lo, parameter.hi) for place in places})


@cache
def scenario_file(region: Region) -> type[BaseModel]:
    """Return the model of a scenario file about `region`."""
    own = {name: _lever(spec) for name, spec in levers(region).items()}
    assumptions = {
        name: _model(name, {"path": _points(a.lo, a.hi), "source": str}, f"{a.meaning} Unit: {a.unit}.")
        for name, a in ASSUMPTIONS.items()
    }
    behaviour = {
        process: _model(
            f"{process}_parameters", {name: _parameter(f"{process}.{name}", p, region) for name, p in found.items()}
        )
        for process, found in parameters().items()
    }
    fields = {
        "title": str,
        "title_zh": str,
        "extends": str,
        "with": list[str],
        "horizon": _model(
            "horizon",
            {
                "start": _quarter(first="2013Q1", last="2013Q1"),
                "end": _quarter(first=FIRST_END, last=LAST_END),
            },
        ),
        "population": _model("population", {"residents_per_agent": _number(1, 60_000, whole=True)}),
        "run": _model("run", {"members": _number(1, 100_000, whole=True), "seed": _number(0, 2**63 - 1, whole=True)}),
        "levers": _model("levers", own),
        "assumptions": _model("assumptions", assumptions),
        "parameters": _model("parameters", behaviour),
        "name": _text(_FILE_NAME, "the name of a folder"),
        "overrides": list[str],
    }
    return _model("scenario", fields, "A scenario of jjj-sim. `name` and `overrides` mark a resolved file.")


def json_schema(region: Region) -> Table:
    """Return the JSON Schema of scenario files about `region`."""
    schema: Table = _without_null(scenario_file(region).model_json_schema(by_alias=True))
    describe(schema, region, parameters())
    return {"$schema": "https://json-schema.org/draft/2020-12/schema"} | schema


def _without_null(part: Any) -> Any:
    """Return a JSON Schema without the default that stands for an absent key."""
    if isinstance(part, list):
        return [_without_null(item) for item in part]
    if isinstance(part, dict):
        return {k: _without_null(v) for k, v in part.items() if not (k == "default" and v is None)}
    return part


def validate(raw: Table, region: Region) -> tuple[Table, list[str]]:
    """Return the legal part of a file's tables, and every problem of the rest."""
    try:
        return _dump(raw, region), []
    except ValidationError as error:
        problems = [text for item in error.errors() for text in _say(item, region)]
        rest = copy.deepcopy(raw)
        for item in error.errors():
            _drop(rest, item["loc"][:4])
        return _dump(rest, region), list(dict.fromkeys(problems))


def _drop(tables: Table, loc: Iterable[int | str]) -> None:
    """Remove what stands at `loc`, at most an event whole: the innermost key that is not inside a list."""
    head, *tail = (part for part in loc if part != "[key]")
    if tail and isinstance(tables.get(str(head)), dict):
        _drop(tables[str(head)], tail)
    else:
        tables.pop(str(head), None)


def _dump(raw: Table, region: Region) -> Table:
    return scenario_file(region).model_validate(raw).model_dump(by_alias=True, exclude_unset=True)


def _say(item: Any, region: Region) -> Iterable[str]:
    """Return the bullets of one pydantic error."""
    loc = [part for part in item["loc"] if part != "[key]"]
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)[1:]
    kind, found = item["type"], item["input"]
    if kind == "wrong":
        return [f"{where}{tail}" for tail in item["ctx"]["tails"]]
    if kind == "extra_forbidden":
        return [unknown(loc, region)]
    if kind == "string_type":
        return [f"{where} = {found!r} is not a text in quotes."]
    if kind == "list_type":
        return [f"{where} = {found!r} is not a list."]
    return [f"{where} = {found!r} is not a table of keys and values."]


def unknown(loc: list[Any], region: Region) -> str:
    """Return the bullet of a key that does not exist, with the nearest that does."""
    model: Any = scenario_file(region)
    for part in loc[:-1]:
        fields = {f.alias: f.annotation for f in model.model_fields.values()}
        model = _model_in(fields.get(part)) if part in fields else model
    legal = [str(f.alias) for f in model.model_fields.values()]
    nouns = {("levers", 2): "lever", ("assumptions", 2): "assumption", ("parameters", 2): "process"}
    noun = (nouns | {("parameters", 3): "parameter"}).get((str(loc[0]), len(loc)), "key")
    prefix = "".join(f"{part}." for part in loc[:-1])
    guess = nearest(str(loc[-1]), legal, prefix)
    return f"{prefix}{loc[-1]}: no such {noun}." + (guess or f" There are {', '.join(legal)}.")


def _model_in(annotation: Any) -> Any:
    """Return the model inside an annotation such as dict[str, Model] | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in reversed(get_args(annotation)) if (m := _model_in(part))), None)
