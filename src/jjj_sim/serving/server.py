"""The server of the page: it listens on 127.0.0.1 alone, as long as it is wanted."""

from __future__ import annotations

import contextlib
import json
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

import uvicorn

from jjj_sim import regions
from jjj_sim.errors import ScenarioError
from jjj_sim.messages import say
from jjj_sim.scenario import Scenario, load_scenario
from jjj_sim.scenario.load import found_file
from jjj_sim.serving.app import app
from jjj_sim.serving.desk import Desk
from jjj_sim.serving.guard import Guard
from jjj_sim.serving.state import State, read
from jjj_sim.wording.words import Lang

HOST = "127.0.0.1"
BASE = "baseline"
_WAITING = 64
# Seconds that answers on their way have when it ends.
_PATIENCE = 1


@dataclass(frozen=True)
class Running:
    """A server that listens: the `address` to open, with its token and the state; `wait` serves until Ctrl-C."""

    address: str
    _server: uvicorn.Server
    _socket: socket.socket

    def wait(self) -> None:
        """Serve until it is interrupted."""
        self._server.run(sockets=[self._socket])


@contextlib.contextmanager
def listening(port: int, members: int, lang: Lang, opened: str | None = None) -> Iterator[Running]:
    """Yield a server with a desk for the baseline and, where a scenario is `opened`, its levers on the page.

    ScenarioError when the port cannot be had, or the scenario is not valid.
    """
    base = load_scenario(BASE, region=regions.default())
    state = None if opened is None else _state(opened, base)
    bound = _bound(port)
    with contextlib.closing(bound), Desk(base, members) as desk:
        guard = Guard(bound.getsockname()[1])
        config = uvicorn.Config(
            app(desk, guard, lang),
            log_level="warning",
            lifespan="on",
            server_header=False,
            date_header=False,
            timeout_graceful_shutdown=_PATIENCE,
        )
        after = "" if state is None else "#" + quote(json.dumps(state.told(), ensure_ascii=False), safe="")
        yield Running(guard.address + after, uvicorn.Server(config), bound)


def _bound(port: int) -> socket.socket:
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
        found.listen(_WAITING)  # so that a browser may come before the program is up
    except OSError as problem:
        found.close()
        raise ScenarioError("--port", [say("no_port", port=port, reason=problem.strerror or problem)]) from None
    return found


def _state(opened: str, base: Scenario) -> State:
    """Return the state of a shipped scenario or a file; ScenarioError as `check` tells it."""
    load_scenario(opened, region=base.region)
    file = found_file(opened)
    return read(file.read_text("utf-8"), file.name, base, BASE)
