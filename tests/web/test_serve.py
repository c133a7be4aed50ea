"""The page on this machine: one address, one name, nothing else is answered."""

from __future__ import annotations

import http.client
import socket
import threading
from collections.abc import Iterator
from http.server import ThreadingHTTPServer

import pytest

from triangle_sim.errors import UsageError
from triangle_sim.web.serve import HERE, address, server

HTML = "<!DOCTYPE html><p>한국어"


@pytest.fixture
def serving() -> Iterator[ThreadingHTTPServer]:
    with server(HTML) as made:
        threading.Thread(target=made.serve_forever, args=(0.02,), daemon=True).start()
        yield made
        made.shutdown()


def asked(of: ThreadingHTTPServer, path: str = "/", host: str | None = None, method: str = "GET") -> tuple[int, bytes]:
    connection = http.client.HTTPConnection(*of.server_address[:2], timeout=60)
    connection.putrequest(method, path, skip_host=True)
    if host != "":
        connection.putheader("Host", host or f"{HERE}:{of.server_address[1]}")
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    if answer.status == 200:
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Length"] == str(len(HTML.encode()))
    return answer.status, body


def test_the_page_is_there_for_this_machine_alone(serving: ThreadingHTTPServer) -> None:
    port = serving.server_address[1]
    assert serving.server_address[0] == "127.0.0.1"
    assert address(serving) == f"http://127.0.0.1:{port}/"
    assert asked(serving) == (200, HTML.encode())
    assert asked(serving, "/?theme=dark", f"localhost:{port}") == (200, HTML.encode())
    assert asked(serving, method="HEAD") == (200, b"")


@pytest.mark.parametrize(
    "host", ["", "example.org", "example.org:{port}", "127.0.0.1", "127.0.0.1:1", "127.0.0.1:{port}.x"]
)
def test_another_host_is_refused(serving: ThreadingHTTPServer, host: str) -> None:
    status, body = asked(serving, "/", host.format(port=serving.server_address[1]))
    assert status == 421 and HTML.encode() not in body


@pytest.mark.parametrize(("path", "method", "status"), [
    ("/favicon.ico", "GET", 404), ("/../etc/passwd", "GET", 404), ("/", "POST", 501),
])  # fmt: skip
def test_nothing_else_is_answered(serving: ThreadingHTTPServer, path: str, method: str, status: int) -> None:
    assert asked(serving, path, method=method)[0] == status


def test_a_port_that_is_taken(serving: ThreadingHTTPServer) -> None:
    with pytest.raises(UsageError, match="--port"):
        server(HTML, serving.server_address[1])
    with pytest.raises(UsageError, match="--port 99999"):
        server(HTML, 99999)


def test_what_is_no_request_stops_nothing(serving: ThreadingHTTPServer) -> None:
    for data in (
        b"\0" * 100,
        b"GET " + b"/" * 70_000 + b" HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 200 + b"\r\n",
    ):
        with socket.create_connection(serving.server_address[:2], timeout=60) as connection:
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
            assert HTML.encode() not in connection.recv(65536)
    assert asked(serving)[0] == 200
