"""The grammar of a scenario file, built from the levers, assumptions, parameters and goals that exist.

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
    WrapValidator,
    create_model,
)
from pydantic_core import PydanticCustomError

from jjj_sim import quarters
from jjj_sim.errors import nearest
from jjj_sim.messages import noun, say, shown
from jjj_sim.param import Param
from jjj_sim.policy.lever import EventKind, Lever, Words
from jjj_sim.policy.registry import levers
from jjj_sim.region.goals import SETTABLE, GoalIndicator, declared
from jjj_sim.region.region import Region
from jjj_sim.scenario.assumptions import ASSUMPTIONS
from jjj_sim.scenario.descriptions import describe

NEVER = "never"
FIRST_END, LAST_END = "2013Q4", "2050Q4"
MOST_SCALED = 1000.0
_LARGEST = 1e15
_QUARTER = r"^\d{4}(Q[1-4])?$"
_NAME = r"^[a-z0-9][a-z0-9_]*$"
_FILE_NAME = r"^[^./\\][^/\\]*$"

Table = dict[str, Any]


class _Table(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


@cache
def parameters() -> Mapping[str, Mapping[str, Param]]:
    """Return every parameter by process and name, in the order of a quarter."""
    from jjj_sim.satellites import QUARTER

    return {process.name: process.parameters() for process in QUARTER if process.parameters()}


def _wrong(*tails: str) -> PydanticCustomError:
    """Return an error of one or more problems; each tail follows the name of the key."""
    return PydanticCustomError("wrong", "{tails}", {"tails": tails})


def _number_problem(value: Any, lo: float, hi: float, *, whole: bool = False) -> str | None:
    """Return what is wrong with a number, or None."""
    bounds: Table = {"lo": lo, "hi": hi}
    if isinstance(value, bool) or not isinstance(value, Integral if whole else (float, Integral)):
        return say("not_whole" if whole else "not_number", found=shown(value), **bounds)
    try:
        number = float(value)
    except OverflowError:
        return say("outside", found=shown(value), **bounds)
    if not math.isfinite(number):
        return say("not_finite", found=number, **bounds)
    if not lo <= number <= hi:
        return say("outside", found=f"{number:.15g}", **bounds)
    return None


def _number(lo: float, hi: float, *, whole: bool = False) -> Any:
    def check(value: Any) -> float:
        if problem := _number_problem(value, lo, hi, whole=whole):
            raise _wrong(problem)
        return int(value) if whole else float(value) + 0.0

    kind = "integer" if whole else "number"
    return Annotated[float, PlainValidator(check), WithJsonSchema({"type": kind, "minimum": lo, "maximum": hi})]


def _quarter(*, never: bool = False, first: str = "", last: str = "", end: bool = False) -> Any:
    """Return the type of a quarter; a year stands for its first quarter, of an `end` for its last."""

    def check(value: Any) -> str:
        if never and value == NEVER:
            return NEVER
        quarter = quarters.written(value, end=end)
        if quarter is None:
            raise _wrong(say("not_quarter_or_never" if never else "not_quarter", found=shown(value)))
        t = quarters.parse(quarter)
        if last and not quarters.parse(first) <= t <= quarters.parse(last):
            raise _wrong(say("quarter_outside", found=shown(value), first=first, last=last))
        if first and t < quarters.parse(first):
            raise _wrong(say("quarter_before", found=shown(value), first=first))
        return quarter

    return Annotated[str, PlainValidator(check), WithJsonSchema(_date(never=never))]


def _date(*, never: bool = False) -> Table:
    """Return the JSON Schema of a quarter or a year."""
    pattern = rf"{_QUARTER}|^never$" if never else _QUARTER
    return {"type": ["string", "integer"], "pattern": pattern, "minimum": 1900, "maximum": 2100}


def _is_point(value: Any) -> bool:
    """Return whether `value` is [quarter, number], with the source of the number behind it or not."""
    if not isinstance(value, list | tuple) or len(value) not in (2, 3) or quarters.written(value[0]) is None:
        return False
    return len(value) == 2 or isinstance(value[2], str)


def _read_points(value: Any, lo: float, hi: float) -> tuple[tuple[str, float], ...]:
    """Return the points of a path: a list of [quarter, number] or [quarter, number, source], quarters increasing."""
    if not isinstance(value, list | tuple) or not value:
        raise _wrong(say("not_path", found=shown(value)))
    problems: list[str] = []
    last = None
    found: list[tuple[str, float]] = []
    for point in value:
        if not _is_point(point):
            problems.append(say("not_point", found=shown(point)))
            continue
        quarter = quarters.written(point[0]) or ""
        t = quarters.parse(quarter)
        if problem := _number_problem(point[1], lo, hi):
            problems.append(say("at_quarter", quarter=point[0], problem=problem))
        else:
            found.append((quarter, float(point[1]) + 0.0))
        if last is not None and t <= last:
            problems.append(say("not_after", later=point[0], earlier=quarters.label(last)))
        last = t
    if problems:
        raise _wrong(*problems)
    return tuple(found)


def _points_schema(lo: float, hi: float) -> Table:
    """Return the JSON Schema of a path."""
    point = [
        _date(),
        {"type": "number", "minimum": lo, "maximum": hi},
        {"type": "string", "description": "where the number comes from"},
    ]
    items = {"type": "array", "prefixItems": point, "minItems": 2, "maxItems": 3}
    return {"type": "array", "minItems": 1, "items": items}


def _points(lo: float, hi: float) -> Any:
    """Return the type of a path."""

    def check(value: Any) -> tuple[tuple[str, float], ...]:
        return _read_points(value, lo, hi)

    return Annotated[Any, PlainValidator(check), WithJsonSchema(_points_schema(lo, hi))]


def _amount(lo: float, hi: float) -> Any:
    """Return the type of what scales or shifts a path: one number, or a number over time as a path has it."""

    def check(value: Any) -> Any:
        if isinstance(value, list | tuple):
            return _read_points(value, lo, hi)
        if problem := _number_problem(value, lo, hi):
            raise _wrong(problem)
        return float(value) + 0.0

    schema = {"anyOf": [{"type": "number", "minimum": lo, "maximum": hi}, _points_schema(lo, hi)]}
    return Annotated[Any, PlainValidator(check), WithJsonSchema(schema)]


def _path_fields(lo: float, hi: float) -> Table:
    """Return the keys of a table that holds a path: its points, or what changes the path it inherits."""
    return {
        "path": _points(lo, hi),
        "scale": _amount(0.0, MOST_SCALED),
        "shift": _amount(lo - hi, hi - lo),
        "from": _quarter(),
    }


@cache
def _keyed_path(lo: float, hi: float) -> Any:
    """Return the type of a path by key: a list of points, or a table as a lever has it."""
    model = _model(f"path_{lo:g}_to_{hi:g}", _path_fields(lo, hi), "Points, or a change of the path inherited.")

    def expand(value: Any, inner: Any) -> Any:
        if isinstance(value, dict):
            return inner(value)
        return model.model_construct(path=_read_points(value, lo, hi))

    either = model | _points(lo, hi)
    return Annotated[model, WrapValidator(expand, json_schema_input_type=either)]


def _word(words: Words) -> Any:
    def check(value: Any) -> str:
        if value not in words.legal:
            guess = nearest(str(value), words.legal)
            raise _wrong(say("no_word", found=shown(value), noun=noun(words.noun), guess=guess, legal=words.legal))
        return str(value)

    legal = {"type": "string", "enum": list(words.legal)}
    return Annotated[str, PlainValidator(check), WithJsonSchema(legal)]


def _text(pattern: str, otherwise: str) -> Any:
    def check(value: Any) -> str:
        if not isinstance(value, str) or re.fullmatch(pattern, value) is None:
            raise _wrong(say(otherwise, found=shown(value)))
        return value

    schema = {"type": "string", "pattern": pattern}
    return Annotated[str, PlainValidator(check), WithJsonSchema(schema)]


def _model(name: str, fields: Mapping[str, Any], doc: str = "") -> type[BaseModel]:
    """Return a table with optional keys; a trailing _ keeps names clear of those that pydantic uses."""
    made: Any = {f"{key}_": (kind, Field(default=None, alias=key)) for key, kind in fields.items()}
    model: type[BaseModel] = create_model(name, __base__=_Table, __doc__=doc or None, **made)
    return model


def _dated(name: str, kind: EventKind, more: Table, doc: str) -> Any:
    """Return the type of an event or a group of them: a quarter, "never", or a table with more."""
    fields = {"quarter": _quarter(never=True, first=kind.first), **more}
    fields |= {key: _number(r.lo, r.hi) for key, r in kind.numbers.items()}
    fields |= {key: _word(words) for key, words in kind.words.items()}
    model = _model(name, fields, doc)

    def expand(value: Any) -> Any:
        return value if isinstance(value, dict) else {"quarter": value}

    short = Annotated[Any, PlainValidator(expand), WithJsonSchema(_date(never=True))]
    return Annotated[model, BeforeValidator(expand, json_schema_input_type=model | short)]


def _event_fields(spec: Lever, kind: EventKind) -> Table:
    """Return the keys by which a lever's events are set: all after a quarter, by tag, and each by name."""
    more: Table = {"source": str}
    if spec.tags:
        more["tags"] = list[_word(Words("tag", tuple(spec.tags)))]  # type: ignore[misc]
    doc = f'A quarter or "never" alone, or a {kind.noun} with more.'
    name = _text(_NAME, "not_event_name")
    fields: Table = {"stop_after": _quarter(end=True)}
    if spec.tags:
        group = f'A quarter or "never" alone, or more of what holds for every {kind.noun} with the tag.'
        each = _dated(f"{spec.name}_group", kind, {}, group)
        fields["groups"] = _model(f"{spec.name}_groups", dict.fromkeys(spec.tags, each))
    return fields | {kind.table: dict[name, _dated(f"{spec.name}_{kind.noun}", kind, more, doc)]}  # type: ignore[misc, valid-type]


def _lever(spec: Lever) -> type[BaseModel]:
    fields: Table = {}
    if spec.has_path:
        fields |= _path_fields(spec.lo, spec.hi)
    if spec.paths:
        keyed = {key: _keyed_path(r.lo, r.hi) for key, r in spec.paths.items()}
        fields["paths"] = _model(f"{spec.name}_paths", keyed)
    if spec.takes_zones:
        fields["zones"] = list[_word(Words("zone", spec.region.ids))]  # type: ignore[misc]
    if spec.shares:
        shares = {key: _number(r.lo, r.hi) for key, r in spec.shares.items()}
        fields["shares"] = _model(f"{spec.name}_shares", shares)
    if (kind := spec.events) is not None:
        fields |= _event_fields(spec, kind)
    doc = f"{spec.mechanism} Unit: {spec.unit}. Decided by: {spec.decider}."
    return _model(spec.name, fields | {"source": str}, doc)


def _goal(i: GoalIndicator) -> type[BaseModel]:
    """Return the table that sets the bounds of a goal's indicator."""
    fields = {key: _number(-_LARGEST, _LARGEST) for key in SETTABLE[i.sense]} | {"basis": str}
    return _model(f"goal_{i.id}", fields, f"{i.en}. Unit: {i.unit}.")


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
        name: _model(name, {**_path_fields(a.lo, a.hi), "source": str}, f"{a.meaning} Unit: {a.unit}.")
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
                "end": _quarter(first=FIRST_END, last=LAST_END, end=True),
            },
        ),
        "population": _model("population", {"residents_per_agent": _number(1, 60_000, whole=True)}),
        "run": _model("run", {"members": _number(1, 100_000, whole=True), "seed": _number(0, 2**63 - 1, whole=True)}),
        "levers": _model("levers", own),
        "assumptions": _model("assumptions", assumptions),
        "parameters": _model("parameters", behaviour),
        "goals": _model("goals", {i.id: _goal(i) for i in declared(region).indicators}),
        "name": _text(_FILE_NAME, "not_folder_name"),
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
            _drop(rest, _place(item)[:4])
        return _dump(rest, region), list(dict.fromkeys(problems))


def _drop(tables: Table, loc: Iterable[int | str]) -> None:
    """Remove what stands at `loc`, at most an event whole: the innermost key that is not inside a list."""
    head, *tail = loc
    if tail and isinstance(tables.get(str(head)), dict):
        _drop(tables[str(head)], tail)
    else:
        tables.pop(str(head), None)


def _dump(raw: Table, region: Region) -> Table:
    return scenario_file(region).model_validate(raw).model_dump(by_alias=True, exclude_unset=True)


def _place(item: Any) -> list[int | str]:
    """Return where an error of pydantic stands; "[key]" behind a key that is itself wrong is left out."""
    loc = list(item["loc"])
    return loc[:-1] if item["type"] == "wrong" and loc[-1] == "[key]" else loc


def _say(item: Any, region: Region) -> Iterable[str]:
    """Return the bullets of one pydantic error."""
    loc = _place(item)
    where = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in loc)[1:]
    kind, found = item["type"], shown(item["input"])
    if kind == "wrong":
        return [say("at_key", where=where, problem=tail) for tail in item["ctx"]["tails"]]
    if kind == "extra_forbidden":
        return [unknown(loc, region)]
    return [say({"string_type": "not_text", "list_type": "not_list"}.get(kind, "not_table"), where=where, found=found)]


def unknown(loc: list[Any], region: Region) -> str:
    """Return the bullet of a key that does not exist, with the nearest that does."""
    model: Any = scenario_file(region)
    for part in loc[:-1]:
        fields = {f.alias: f.annotation for f in model.model_fields.values()}
        model = _model_in(fields.get(part)) if part in fields else model
    legal = [str(f.alias) for f in model.model_fields.values()]
    nouns = {("levers", 2): "lever", ("assumptions", 2): "assumption", ("parameters", 2): "process"}
    nouns[("goals", 2)] = "goal indicator"
    word = (nouns | {("parameters", 3): "parameter"}).get((str(loc[0]), len(loc)), "key")
    if loc[2:3] == ["groups"] and len(loc) == 4:
        word = "group"
    prefix = "".join(f"{part}." for part in loc[:-1])
    hint = nearest(str(loc[-1]), legal, prefix) or say("there_are", legal=legal)
    return say("no_such", where=f"{prefix}{loc[-1]}", noun=noun(word), hint=hint)


def _model_in(annotation: Any) -> Any:
    """Return the model inside an annotation such as dict[str, Model] | None."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation
    return next((m for part in reversed(get_args(annotation)) if (m := _model_in(part))), None)
