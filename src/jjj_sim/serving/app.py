"""The program behind the page: what may be got, and what may be asked. Nothing is written but answers."""

from __future__ import annotations

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator, Callable, Mapping
from importlib import resources
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import MutableHeaders
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say, told
from jjj_sim.reporting.bundle import javascript
from jjj_sim.reporting.charted import MAPPED
from jjj_sim.serving import page
from jjj_sim.serving.desk import Answer, Desk
from jjj_sim.serving.guard import HEADERS, Guard
from jjj_sim.serving.reply import choices, reply
from jjj_sim.serving.state import LARGEST, NAME, State, read, written
from jjj_sim.wording.words import Lang

Asked = Mapping[str, Any]


def app(desk: Desk, guard: Guard, lang: Lang) -> Guarded:
    """Return the program for a desk; the page opens in `lang`."""

    async def whole(request: Request) -> Response:
        found = _lang(request.query_params.get("lang"), lang)
        return HTMLResponse(page.frame(desk.base, desk.members, found))

    async def part(request: Request) -> Response:
        name = request.path_params["name"]
        return Response(*_PARTS[name]()) if name in _PARTS else Response(status_code=404)

    async def controls(request: Request) -> Response:
        asked = await _asked(request)
        return HTMLResponse(page.controls(desk.base, State.of(asked.get("state")), _lang(asked.get("lang"), lang)))

    async def difference(request: Request) -> Response:
        asked = await _asked(request)
        found = desk.answers(State.of(asked.get("state")))
        first = await anext(found)
        return StreamingResponse(_lines(desk, first, found, asked, lang), media_type="application/x-ndjson")

    async def save(request: Request) -> Response:
        asked = await _asked(request)
        title = str(asked.get("title") or "")[:120]
        text = await asyncio.to_thread(written, desk.base, desk.base.name, State.of(asked.get("state")), title)
        return JSONResponse({"name": f"{NAME}.toml", "text": text})

    async def opened(request: Request) -> Response:
        asked = await _asked(request)
        text, name = str(asked.get("text", "")), str(asked.get("name", ""))
        state = await asyncio.to_thread(read, text, name, desk.base, desk.base.name)
        return JSONResponse(state.told())

    async def wrong(request: Request, error: Exception) -> Response:
        assert isinstance(error, ScenarioError)
        found = _lang(request.headers.get("accept-language"), lang)
        return JSONResponse({"problems": [told(problem, found) for problem in error.problems]}, 422)

    @contextlib.asynccontextmanager
    async def living(_: Starlette) -> AsyncIterator[None]:
        warm = asyncio.create_task(desk.warm())
        yield
        warm.cancel()

    routes = [
        Route("/", whole),
        Route("/{name}", part),
        *(Route(f"/{f.__name__}", f, methods=["POST"]) for f in (controls, difference, save, opened)),
    ]
    made = Starlette(routes=routes, exception_handlers={ScenarioError: wrong}, lifespan=living)
    return Guarded(made, guard)


class Guarded:
    """A program that answers only whom a guard lets through."""

    def __init__(self, program: ASGIApp, guard: Guard) -> None:
        self._program, self._guard = program, guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or have the program do so."""
        if scope["type"] != "http":
            return await self._program(scope, receive, send)

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(HEADERS)
            await send(message)

        answer: ASGIApp = self._guard.answer(Request(scope)) or self._program
        return await answer(scope, receive, sent)


async def _lines(
    desk: Desk, first: Answer, found: AsyncIterator[Answer], asked: Asked, lang: Lang
) -> AsyncIterator[bytes]:
    """Yield answers as lines of JSON; an error on the way is a line as well."""
    figure, mapped = _shown(desk, asked)
    spoken = _lang(asked.get("lang"), lang)

    async def line(answer: Answer) -> bytes:
        told: dict[str, Any] = {"done": answer.done, "of": answer.of}
        if answer.subject is not None:
            told |= await asyncio.to_thread(reply, answer.subject, figure, mapped, spoken)
        return json.dumps(told, ensure_ascii=False).encode() + b"\n"

    yield await line(first)
    try:
        async for answer in found:
            yield await line(answer)
    except ScenarioError as error:
        problems = [told(problem, spoken) for problem in error.problems]
        yield json.dumps({"problems": problems}, ensure_ascii=False).encode() + b"\n"


async def _asked(request: Request) -> dict[str, Any]:
    """Return what was sent; ScenarioError when it is too much, or no JSON object."""
    body = bytearray()
    async for piece in request.stream():
        body += piece
        if len(body) > 4 * LARGEST:
            raise ScenarioError("state", [say("too_much_sent", most=LARGEST)])
    try:
        found = json.loads(bytes(body))
    except ValueError:
        found = None
    if not isinstance(found, dict):
        raise ScenarioError("state", [say("not_a_state", found=repr(bytes(body[:60])))])
    return found


def _shown(desk: Desk, asked: Asked) -> tuple[str, str]:
    """Return the figure and the mapped variable that are asked for, the first of each where none is known."""
    figures = [key for key, _ in choices(desk.base.region, "en")]
    figure, mapped = asked.get("figure"), asked.get("mapped")
    return figure if figure in figures else figures[0], mapped if mapped in MAPPED else MAPPED[0]


def _lang(word: Any, usual: Lang) -> Lang:
    return "zh" if word == "zh" else "en" if word == "en" else usual


def _css() -> str:
    return resources.files("jjj_sim.reporting").joinpath("templates/page.css").read_text("utf-8") + page.text(
        "page.css"
    )


def _font() -> bytes:
    return resources.files("jjj_sim.charts").joinpath("fonts/JJJSansSC-Regular.ttf").read_bytes()


_PARTS: Mapping[str, Callable[[], tuple[str | bytes, int, dict[str, str]]]] = {
    "page.css": lambda: (_css(), 200, {"Content-Type": "text/css; charset=utf-8"}),
    "page.js": lambda: (page.text("page.js"), 200, {"Content-Type": "text/javascript; charset=utf-8"}),
    "vega.js": lambda: (javascript(), 200, {"Content-Type": "text/javascript; charset=utf-8"}),
    "font.ttf": lambda: (_font(), 200, {"Content-Type": "font/ttf"}),
}
