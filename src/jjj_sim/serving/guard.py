"""Who may ask the page: a browser on this machine that was given the token, from the page's own address.

The token comes once in the address and then lives in a cookie that no other site's request carries. A request for
another host is refused, so that no name that leads to 127.0.0.1 opens the page; what is sent has to come from the
page's own origin.
"""

from __future__ import annotations

import secrets

from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from jjj_sim.messages import say

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; font-src 'self'; img-src 'self' data:"
        "; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "Cache-Control": "no-store",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


class Guard:
    """Tells who is refused at a port; `token` is a new one in every start."""

    def __init__(self, port: int) -> None:
        self.token = secrets.token_urlsafe(24)
        self.hosts = {f"127.0.0.1:{port}", f"localhost:{port}"}
        self.cookie = f"jjj-sim-{port}"
        self.address = f"http://127.0.0.1:{port}/?token={self.token}"

    def answer(self, request: Request) -> Response | None:
        """Return the answer to a request that goes no further: a refusal, or the way in; None for all others."""
        host = request.headers.get("host", "")
        if host not in self.hosts:
            return _refused("wrong_host", 421)
        origin = request.headers.get("origin")
        own = f"http://{host}"
        if (origin is None and request.method != "GET") or (origin is not None and origin != own):
            return _refused("wrong_origin", 403)
        given = request.query_params.get("token")
        if request.method == "GET" and given is not None and self._is(given):
            kept = request.url.remove_query_params("token")
            answer = RedirectResponse(kept.path + (f"?{kept.query}" if kept.query else ""), 303)
            answer.set_cookie(self.cookie, self.token, httponly=True, samesite="strict", path="/")
            return answer
        return None if self._is(request.cookies.get(self.cookie, "")) else _refused("no_token", 403)

    def _is(self, given: str) -> bool:
        return secrets.compare_digest(given.encode(), self.token.encode())


def _refused(why: str, status: int) -> Response:
    told = say(why)
    return PlainTextResponse(f"{told}\n{told.zh}\n", status)
