"""What the page is made of: its frame and its levers as HTML, in one language."""

from __future__ import annotations

import functools
from importlib import resources
from typing import Any

import jinja2

from jjj_sim import quarters
from jjj_sim.reporting.charted import MAPPED
from jjj_sim.scenario import Scenario
from jjj_sim.scenario.schema import NEVER
from jjj_sim.serving.controls import FIRST, LAST, Question, Slider, neutral, questions
from jjj_sim.serving.moves import Move, moves
from jjj_sim.serving.reply import choices
from jjj_sim.serving.state import LAST_EVENT, State, ground, settings
from jjj_sim.serving.words import tell
from jjj_sim.wording.words import Lang, label, say

_ROOM = "jjj_sim.serving"


def frame(base: Scenario, members: int, lang: Lang) -> str:
    """Return the page, whose levers are at rest."""
    given: dict[str, Any] = {
        "lead": tell("lead" if members else "lead_mean", lang, members=members),
        "figures": choices(base.region, lang),
        "mapped": [(variable, label(base.region, variable, lang)) for variable in MAPPED],
        "years": range(FIRST, LAST + 1),
        "first": FIRST,
        "last": LAST,
        "controls": controls(base, State(), lang),
        "members": members,
    }
    return _templates().get_template("page.j2").render(**given, **_words(lang))


def controls(base: Scenario, state: State, lang: Lang) -> str:
    """Return the levers as HTML, where a state has put them; ScenarioError lists all that is wrong with it."""
    below = ground(base, state)
    settings(below, state)
    told = [_question(question, below, state, lang) for question in questions(below)]
    found = {"questions": [one for one in told if one["sliders"] or one["events"]]}
    return _templates().get_template("controls.j2").render(**found, **_words(lang))


def text(name: str) -> str:
    """Return a file that the page loads."""
    return resources.files(_ROOM).joinpath(f"templates/{name}").read_text("utf-8")


def _question(question: Question, below: Scenario, state: State, lang: Lang) -> dict[str, Any]:
    sliders = [_slider(slider, below, state, lang) for slider in question.sliders]
    events = [_event(move, state, lang) for name in question.events for move in moves(below, name)]
    return {
        "id": question.id,
        "title": say(question.title, lang),
        "sliders": sliders,
        "events": events,
        "moved": any(part["moved"] for part in (*sliders, *events)),
    }


def _slider(slider: Slider, below: Scenario, state: State, lang: Lang) -> dict[str, Any]:
    rest = neutral(slider, below, state.year)
    value = state.moved.get(slider.id, rest)
    return {
        "id": slider.id,
        "name": say(slider.name, lang),
        "hint": say(slider.hint, lang),
        "lo": slider.lo,
        "hi": slider.hi,
        "step": slider.step,
        "rest": rest,
        "value": value,
        "moved": value != rest,
        "signed": slider.how == "shift",
        "times": slider.times,
        "unit": say(slider.unit, lang),
        "words": [[edge, say(word, lang)] for edge, word in slider.words],
    }


def _event(move: Move, state: State, lang: Lang) -> dict[str, Any]:
    value = state.moved.get(move.id)
    due = tell("undated", lang) if move.due is None else tell("announced", lang, when=quarters.label(move.due))
    return {
        "id": move.id,
        "name": say(move.name, lang),
        "due": due,
        "value": "" if value is None else str(value),
        "moved": value is not None,
        "dates": [*(str(year) for year in range(FIRST, LAST_EVENT + 1)), NEVER],
        "never": NEVER,
    }


def _words(lang: Lang) -> dict[str, Any]:
    return {"lang": lang, "other": "en" if lang == "zh" else "zh", "tell": functools.partial(_told, lang)}


def _told(lang: Lang, key: str, **given: Any) -> str:
    return tell(key, lang, **given)


@functools.cache
def _templates() -> jinja2.Environment:
    loader = jinja2.PackageLoader(_ROOM, "templates")
    options: dict[str, Any] = {"trim_blocks": True, "lstrip_blocks": True, "undefined": jinja2.StrictUndefined}
    return jinja2.Environment(loader=loader, autoescape=True, **options)
