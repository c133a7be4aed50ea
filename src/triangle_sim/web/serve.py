"""One page on this machine: a server that only it can reach, that knows one address and answers nothing else."""

from __future__ import annotations

from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from triangle_sim.errors import UsageError

HERE = "127.0.0.1"
PATIENCE = 10
"""Seconds after which a connection that says nothing is closed."""

HEADERS = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Content-Security-Policy": "frame-ancestors 'none'",
}


def server(html: str, port: int = 0) -> ThreadingHTTPServer:
    """A server of one page at ``/``, on a free port unless one is given; ``serve_forever`` starts it.

    Another name for this machine in a request's Host header is refused: a page elsewhere that has itself resolved to
    127.0.0.1 would send its own.

    Raises
    ------
    UsageError
        for a port that is taken or may not be used.
    """
    try:
        made = _Server((HERE, port), _Page)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"--port {port}: {why}", "leave it out for a free one") from None
    made.body = html.encode()
    return made


def address(of: ThreadingHTTPServer) -> str:
    """Where a browser finds the page."""
    return f"http://{HERE}:{of.server_address[1]}/"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    body = b""

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes away in the middle is nobody's failure."""


class _Page(BaseHTTPRequestHandler):
    server: _Server
    server_version, sys_version = "triangle-sim", ""
    timeout = PATIENCE

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, with_body: bool) -> None:
        port = self.server.server_address[1]
        if self.headers.get_all("Host", []) not in ([f"{HERE}:{port}"], [f"localhost:{port}"]):
            self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        elif self.path.partition("?")[0] != "/":
            self.send_error(HTTPStatus.NOT_FOUND)
        else:
            self.send_response(HTTPStatus.OK)
            for name, value in HEADERS.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(self.server.body)))
            self.end_headers()
            if with_body:
                self.wfile.write(self.server.body)

    def log_message(self, format: str, *args: Any) -> None:
        """Who looks at a page is not written down."""
