"""The server on this machine, or on its network if that is asked for."""

from __future__ import annotations

import mimetypes
import os
import socket
import struct
from collections.abc import Callable, Coroutine, Iterable
from contextlib import suppress
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from triangle_sim.errors import UsageError
from triangle_sim.web.classroom.app import make_app
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.connections import MOST_AT_ONCE, Counted
from triangle_sim.web.classroom.guard import LOCAL

INTERFACE_ADDRESS = 0x8915
"""What Linux is asked for an interface's address (SIOCGIFADDR)."""


def bound(port: int, lan: bool) -> socket.socket:
    """A listening place; port 0 takes a free one. Raises UsageError if the port is taken."""
    out = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        if os.name == "posix":  # elsewhere it would let two servers share a port
            out.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        out.bind(("0.0.0.0" if lan else "127.0.0.1", port))
    except (OSError, OverflowError) as error:
        out.close()
        why = getattr(error, "strerror", None) or str(error)
        raise UsageError(f"port {port} cannot be used: {why}", "give another --port; 0 takes a free one") from None
    return out


def addresses() -> list[str]:
    """This machine's addresses on its networks (IPv4), the one that leads out first."""
    found: list[str] = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe, suppress(OSError):
        probe.connect(("192.0.2.1", 9))  # an address of documentation: nothing is sent by this
        found.append(probe.getsockname()[0])
    with suppress(OSError):
        found += [str(each[4][0]) for each in socket.getaddrinfo(socket.gethostname(), None, socket.AF_INET)]
    found += _of_interfaces()
    return [each for each in dict.fromkeys(found) if not each.startswith("127.")]


def _of_interfaces() -> list[str]:
    """The addresses of Linux's interfaces: a laptop that is itself the hotspot has no way out to ask for."""
    try:
        import fcntl
    except ImportError:
        return []
    found = []
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        for _, name in socket.if_nameindex():
            with suppress(OSError):
                answer = fcntl.ioctl(probe.fileno(), INTERFACE_ADDRESS, struct.pack("256s", name.encode()[:15]))
                found.append(socket.inet_ntoa(answer[20:24]))
    return found


def announced(classroom: Classroom, port: int, lan: bool) -> str:
    """What the teacher reads in the terminal; the board learns the same addresses."""
    hosts = [*(addresses() if lan else ()), "127.0.0.1"]
    teams = [f"http://{host}:{port}/" for host in hosts]
    classroom.teams = teams[:-1] or teams
    codes = "  ".join(classroom.rooms)
    return "\n".join([
        f"Teams open            {' or '.join(classroom.teams)}"
        + (f"   (on this machine also {teams[-1]})" if len(teams) > 1 else ""),
        *(["No network was found: only this machine can join. Join one, or open a hotspot, and start again."]
          if lan and len(teams) == 1 else []),
        f"and type a room code  {codes}",
        f"Board and teacher     http://127.0.0.1:{port}/board#{classroom.teacher}",
        "The board's address is the teacher's key: do not show it on the wall. It vanishes from the browser's bar.",
        "A model, not a forecast. Ctrl-C ends it; the same command goes on where it was.",
    ])  # fmt: skip


def serve(
    classroom: Classroom,
    place: socket.socket,
    *,
    lan: bool = False,
    beside: Iterable[Callable[[Classroom], Coroutine[Any, Any, None]]] = (),
) -> None:
    """Answer until the process is told to end. What is ``beside`` runs along with it."""
    mimetypes.add_type("text/javascript", ".js")  # some systems have it as plain text, which browsers refuse
    app = make_app(classroom, [*LOCAL, *(addresses() if lan else ())], [Classroom.warm, *beside])
    uvicorn.Server(config(app)).run(sockets=[place])


def config(app: ASGIApp) -> uvicorn.Config:
    """How the application is served: no log of who asked for what, and no device takes all connections."""
    return uvicorn.Config(
        app, log_level="warning", access_log=False, server_header=False, ws="none", http=Counted,
        limit_concurrency=MOST_AT_ONCE, timeout_keep_alive=75, timeout_graceful_shutdown=2,
    )  # fmt: skip
