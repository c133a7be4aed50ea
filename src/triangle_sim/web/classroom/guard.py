"""What stands before every request: known hosts, pages of its own, small bodies, headers that keep a page to itself.

Plain ASGI: a body that is too large is refused while it arrives, before anything reads it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

LARGEST_BODY = 16 * 1024
PATIENCE = 20.0
"""Seconds in which a body must have come."""

LOCAL = ("localhost", "127.0.0.1", "[::1]")

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


class Guard:
    """Refuses other hosts (421), other sites' pages (403), broken lengths (400), bodies that are over 16 KiB (413) or
    slow (408); all answers get the headers.

    The allow-list of hosts keeps a page of another site from reaching the server under a name of its own. What such a
    page asks blindly, under the server's name, is known by what browsers say of it (``Origin``, ``Sec-Fetch-Site``); a
    link that somebody follows to a page is no such request.
    """

    def __init__(self, app: ASGIApp, hosts: Collection[str]) -> None:
        self.app, self.hosts = app, frozenset(host.lower() for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return

        async def sent(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = [(name.encode(), value.encode()) for name, value in HEADERS.items()]
                message = {**message, "headers": [*message.get("headers", ()), *own]}
            await send(message)

        refusal = self._refusal(scope)
        if refusal is not None:
            await refusal(scope, receive, sent)
            return
        await self._with_small_body(scope, receive, sent)

    def _refusal(self, scope: Scope) -> JSONResponse | None:
        hosts, origins, sites, lengths = (
            [value for name, value in scope["headers"] if name == asked]
            for asked in (b"host", b"origin", b"sec-fetch-site", b"content-length")
        )
        if len(hosts) != 1 or _without_port(hosts[0].decode("latin-1")) not in self.hosts:
            return _refused(421, "unknown_host")
        if any(origin.lower() != b"http://" + hosts[0].lower() for origin in origins):
            return _refused(403, "foreign_page")
        if scope["path"].startswith("/api/") and any(site not in (b"same-origin", b"none") for site in sites):
            return _refused(403, "foreign_page")
        if len(lengths) > 1 or (lengths and not lengths[0].isdigit()):
            return _refused(400, "malformed")
        if lengths and (len(lengths[0]) > 9 or int(lengths[0]) > LARGEST_BODY):
            return _refused(413, "too_large")
        return None

    async def _with_small_body(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Give the body to the application whole, or refuse it as soon as it is too large."""
        body, more = bytearray(), True
        try:
            async with asyncio.timeout(PATIENCE):
                while more:
                    message = await receive()
                    if message["type"] != "http.request":
                        return  # the other side has gone
                    body += message.get("body", b"")
                    more = message.get("more_body", False)
                    if len(body) > LARGEST_BODY:
                        await _refused(413, "too_large")(scope, receive, send)
                        return
        except TimeoutError:
            await _refused(408, "too_slow")(scope, receive, send)
            return
        given = False

        async def again() -> Message:
            nonlocal given
            if given:
                return await receive()
            given = True
            return {"type": "http.request", "body": bytes(body), "more_body": False}

        await self.app(scope, again, send)


def _without_port(host: str) -> str:
    name, colon, port = host.lower().rpartition(":")
    return name if colon and (port.isdigit() or not port) and not name.endswith(":") else host.lower()


def _refused(status: int, reason: str) -> JSONResponse:
    return JSONResponse({"refused": reason}, status, {"connection": "close"})
