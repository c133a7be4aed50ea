"""What teams' pages ask for: a look, a seat, a guess, a move, and after the game the debrief and its file."""

from __future__ import annotations

from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from triangle_sim.web.classroom import rules, views
from triangle_sim.web.classroom.access import Access, Body, body, unless_known
from triangle_sim.web.classroom.asked import Asked, Guess, Opening, Seal, Take
from triangle_sim.web.classroom.room import Event, Room, moves
from triangle_sim.web.classroom.rules import RefusedError


class Teams:
    """The addresses under a room."""

    def __init__(self, access: Access) -> None:
        self.access, self.classroom = access, access.classroom

    def routes(self) -> list[Route]:
        """What is asked where."""
        at, posts = "/api/rooms/{code}", {
            "seats": self.take, "leave": self.leave, "guess": self.guess, "seal": self.seal, "unseal": self.unseal,
        }  # fmt: skip
        return [
            Route(at, self.look),
            *(Route(f"{at}/{name}", asked, methods=["POST"]) for name, asked in posts.items()),
            Route(f"{at}/debrief", self.debrief),
            Route(f"{at}/export", self.export),
        ]

    async def look(self, request: Request) -> Response:
        """A room as a team sees it; 204 if nothing has changed since the version it knows."""
        room = self.access.room(request)
        country = self.access.country(request, room)
        version = views.version(self.classroom, room, country)
        return unless_known(request, version, lambda: views.team(self.classroom, room, country))

    async def take(self, request: Request) -> Response:
        """A free seat: the answer holds its token."""
        room, asked = self.access.room(request), await body(request, Take)
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
        room, _ = self.access.seat(request)
        asked = await body(request, kind)

        def checked() -> Event:
            _, country = self.access.seat(request)
            return wish(room, country, asked)

        await self.classroom.happen(room, checked)
        return JSONResponse({})

    async def debrief(self, request: Request) -> Response:
        """Paths over the model's fan, moves and what they were worth, guesses and results, all rooms."""
        room = self.access.over(request)
        variable = request.query_params.get("variable")
        if variable is not None and variable not in self.classroom.playing.variables:
            raise RefusedError(400, "no_such_variable")
        return JSONResponse(await views.debrief(self.classroom, room, variable))

    async def export(self, request: Request) -> Response:
        """The game as a scenario file that plays it again."""
        room = self.access.over(request)
        text = await self.classroom.study(self.classroom.playing.export, room.code, room.round, moves(room))
        name = f'attachment; filename="game_{room.code}.yaml"'
        return Response(text, media_type="application/yaml", headers={"content-disposition": name})
