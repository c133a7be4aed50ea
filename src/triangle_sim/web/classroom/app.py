"""The server's addresses: pages and words for everybody, a seat's own requests, the teacher's own requests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from triangle_sim.web.classroom.access import Access
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.files import CLASSROOM_PAGE, PAGE, words
from triangle_sim.web.classroom.guard import LOCAL, Guard
from triangle_sim.web.classroom.rules import RefusedError
from triangle_sim.web.classroom.teacher import Teacher
from triangle_sim.web.classroom.teams import Teams


def make_app(
    classroom: Classroom,
    hosts: Collection[str] = LOCAL,
    beside: Iterable[Callable[[Classroom], Coroutine[Any, Any, None]]] = (),
) -> Starlette:
    """The application; ``hosts`` are the names by which it may be asked, what is ``beside`` runs along with it."""
    access = Access(classroom)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        with classroom.closing():
            loop = asyncio.get_running_loop()
            tasks = [loop.create_task(work(classroom)) for work in (Classroom.run, *beside)]
            yield
            for task in tasks:
                task.cancel()
                with suppress(asyncio.CancelledError):
                    await task

    async def about(_: Request) -> Response:
        """Countries, menus, endings and variables of the scenario."""
        return JSONResponse(classroom.playing.about)

    async def all_words(_: Request) -> Response:
        """Every word of the pages, by language."""
        return Response(words(), media_type="application/json")

    return Starlette(
        routes=[
            _page("/", "team"),
            _page("/board", "board"),
            Mount("/classroom", StaticFiles(directory=CLASSROOM_PAGE)),
            Mount("/page", StaticFiles(directory=PAGE)),
            Route("/api/about", about),
            Route("/api/words", all_words),
            *Teams(access).routes(),
            *Teacher(access).routes(),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={RefusedError: _refusal, HTTPException: _failure},
        lifespan=lifespan,
    )


def _page(address: str, name: str) -> Route:
    async def shown(_: Request) -> Response:
        return FileResponse(CLASSROOM_PAGE / f"{name}.html")

    return Route(address, shown)


async def _refusal(_: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return JSONResponse({"refused": error.reason}, error.status)


async def _failure(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reason = {404: "unknown_address", 405: "unknown_action"}.get(error.status_code, "malformed")
    return JSONResponse({"refused": reason}, error.status_code, error.headers)
