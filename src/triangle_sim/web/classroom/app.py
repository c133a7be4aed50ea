"""The server's addresses: pages for everybody, a seat's own requests, the teacher's own requests."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Coroutine, Iterable
from contextlib import asynccontextmanager, suppress
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from triangle_sim.web.classroom import rules, views
from triangle_sim.web.classroom.asked import Asked, Free, Guess, Opening, Seal, Take, Teacher, Timer
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.files import CLASSROOM_PAGE, PAGE, words
from triangle_sim.web.classroom.guard import LOCAL, Guard
from triangle_sim.web.classroom.room import Event, Room
from triangle_sim.web.classroom.rules import RefusedError
from triangle_sim.web.classroom.tries import Tries

Body = TypeVar("Body", bound=Asked)


class Server:
    """A classroom behind addresses."""

    def __init__(self, classroom: Classroom) -> None:
        self.classroom, self.tries = classroom, Tries()

    # Who asks for what.

    def room(self, request: Request) -> Room:
        """The room of the address; wrong codes are counted, and too many of them refused."""
        address = request.client.host if request.client else ""
        holds = _token(request)
        known = self.classroom.rooms.get(request.path_params["code"].upper())
        if known and holds and (known.held_by(holds) or self.classroom.is_teacher(holds)):
            return known
        if self.tries.exhausted(address):
            raise RefusedError(429, "too_many_tries")
        try:
            return self.classroom.room(request.path_params["code"])
        except RefusedError:
            self.tries.wrong(address)
            raise

    def seat(self, request: Request) -> tuple[Room, str]:
        """The room, and the country whose seat's token comes with the request."""
        room = self.room(request)
        country = room.held_by(_token(request))
        if country is None:
            raise RefusedError(403, "not_your_seat")
        return room, country

    def teacher(self, request: Request) -> None:
        """Raises RefusedError unless the teacher's token comes with the request."""
        if not self.classroom.is_teacher(_token(request)):
            raise RefusedError(403, "not_the_teacher")

    # Teams.

    async def look(self, request: Request) -> Response:
        """A room as a team sees it; 204 if nothing has changed since the version it knows."""
        room = self.room(request)
        country = room.held_by(_token(request))
        return _unless_known(request, views.version(self.classroom, room, country), lambda: views.team(
            self.classroom, room, country))  # fmt: skip

    async def take(self, request: Request) -> Response:
        """A free seat: the answer holds its token."""
        room, asked = self.room(request), await _body(request, Take)
        event = await self.classroom.happen(room, lambda: rules.take(room, asked.country))
        return JSONResponse({"country": asked.country, "token": event["token"]}, 201)

    async def leave(self, request: Request) -> Response:
        """A team gives its seat back."""
        return await self._by_seat(request, Asked, lambda room, country, _: rules.free(room, country))

    async def guess(self, request: Request) -> Response:
        """How the team thinks that it will end."""
        endings = self.classroom.playing.endings
        return await self._by_seat(
            request, Guess, lambda room, country, asked: rules.guess(room, country, asked.ending, endings)
        )

    async def seal(self, request: Request) -> Response:
        """A move for the open turn."""
        menus = self.classroom.playing.menus
        return await self._by_seat(
            request, Seal, lambda room, country, asked: rules.seal(room, country, asked.opening, asked.move, menus)
        )

    async def unseal(self, request: Request) -> Response:
        """The sealed move back, while others still think."""
        return await self._by_seat(
            request, Opening, lambda room, country, asked: rules.unseal(room, country, asked.opening)
        )

    async def _by_seat(self, request: Request, kind: type[Body], wish: Callable[[Room, str, Body], Event]) -> Response:
        """What only the seat's holder can wish; whether it still holds the seat is asked when its turn has come."""
        self.seat(request)
        asked = await _body(request, kind)

        def checked() -> Event:
            room, country = self.seat(request)
            return wish(room, country, asked)

        await self.classroom.happen(self.room(request), checked)
        return JSONResponse({})

    # After the game, for teams and the board.

    async def debrief(self, request: Request) -> Response:
        """Paths over the model's fan, moves and what they were worth, guesses and results, all rooms."""
        room = self._over(request)
        variable = request.query_params.get("variable")
        if variable is not None and variable not in self.classroom.playing.variables:
            raise RefusedError(400, "no_such_variable")
        return JSONResponse(await views.debrief(self.classroom, room, variable))

    async def export(self, request: Request) -> Response:
        """The game as a scenario file that plays it again."""
        room = self._over(request)
        moves = tuple(dict(each) for each in room.moves)
        text = await self.classroom.study(self.classroom.playing.export, room.code, room.round, moves)
        name = f'attachment; filename="game_{room.code}.yaml"'
        return Response(text, media_type="application/yaml", headers={"content-disposition": name})

    def _over(self, request: Request) -> Room:
        if self.classroom.is_teacher(_token(request)):
            room = self.room(request)
        else:
            room, _ = self.seat(request)
        if room.phase != "over":
            raise RefusedError(409, "not_over")
        return room

    # The teacher.

    async def board(self, request: Request) -> Response:
        """All rooms in short, one in full."""
        self.teacher(request)
        room = self.classroom.room(request.query_params.get("room") or next(iter(self.classroom.rooms)))
        known = ".".join(views.version(self.classroom, each, None) for each in self.classroom.rooms.values())
        return _unless_known(request, f"{room.code}.{known}", lambda: views.board(self.classroom, room))

    async def act(self, request: Request) -> Response:
        """What a teacher does to a room."""
        self.teacher(request)
        room, classroom = self.room(request), self.classroom
        match request.path_params["action"]:
            case "free":
                country = (await _body(request, Free)).country
                await classroom.happen(room, lambda: rules.free(room, country))
            case "timer":
                seconds = (await _body(request, Timer)).seconds
                await classroom.happen(room, lambda: rules.timed(room, seconds))
            case "resolve" | "undo" as action:
                opening = (await _body(request, Opening)).opening
                wish = rules.resolve if action == "resolve" else rules.undo
                await classroom.happen(room, lambda: wish(room, opening))
            case "start" | "finish" | "anew" as action:
                await _body(request, Teacher)
                turn = {"start": rules.start, "finish": rules.finish, "anew": rules.anew}[action]
                await classroom.happen(room, lambda: turn(room))
            case _:
                raise RefusedError(404, "unknown_action")
        return JSONResponse({})

    # Everybody.

    async def about(self, request: Request) -> Response:
        """Countries, menus, endings and variables of the scenario."""
        return JSONResponse(self.classroom.playing.about)

    async def words(self, request: Request) -> Response:
        """Every word of the pages, by language."""
        return Response(words(), media_type="application/json")


def make_app(
    classroom: Classroom,
    hosts: Collection[str] = LOCAL,
    beside: Iterable[Callable[[Classroom], Coroutine[Any, Any, None]]] = (),
) -> Starlette:
    """The application; ``hosts`` are the names by which it may be asked, what is ``beside`` runs along with it."""
    server = Server(classroom)

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

    def page(name: str) -> Route:
        async def shown(_: Request) -> Response:
            return FileResponse(CLASSROOM_PAGE / f"{name}.html")

        return Route("/" if name == "team" else f"/{name}", shown)

    rooms = "/api/rooms/{code}"
    return Starlette(
        routes=[
            page("team"),
            page("board"),
            Mount("/classroom", StaticFiles(directory=CLASSROOM_PAGE)),
            Mount("/page", StaticFiles(directory=PAGE)),
            Route("/api/about", server.about),
            Route("/api/words", server.words),
            Route(rooms, server.look),
            Route(f"{rooms}/seats", server.take, methods=["POST"]),
            *(Route(f"{rooms}/{name}", getattr(server, name), methods=["POST"])
              for name in ("leave", "guess", "seal", "unseal")),
            Route(f"{rooms}/debrief", server.debrief),
            Route(f"{rooms}/export", server.export),
            Route("/api/board", server.board),
            Route("/api/board/{code}/{action}", server.act, methods=["POST"]),
        ],
        middleware=[Middleware(Guard, hosts=hosts)],
        exception_handlers={RefusedError: _refusal, HTTPException: _failure},
        lifespan=lifespan,
    )  # fmt: skip


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme == "Bearer" and len(token) <= 100 else ""


async def _body(request: Request, kind: type[Body]) -> Body:
    """A body of JSON and nothing else: a form of another site cannot send that type without asking first."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RefusedError(400, "malformed")
    try:
        return kind.model_validate_json(await request.body())
    except ValidationError:
        raise RefusedError(400, "malformed") from None


def _unless_known(request: Request, version: str, view: Callable[[], Any]) -> Response:
    if request.query_params.get("since") == version:
        return Response(status_code=204)
    return JSONResponse({"version": version, **view()})


async def _refusal(_: Request, error: Exception) -> Response:
    assert isinstance(error, RefusedError)
    return JSONResponse({"refused": error.reason}, error.status)


async def _failure(_: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    reason = {404: "unknown_address", 405: "unknown_action"}.get(error.status_code, "malformed")
    return JSONResponse({"refused": reason}, error.status_code, error.headers)
