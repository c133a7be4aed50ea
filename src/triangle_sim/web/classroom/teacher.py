"""What the teacher's page asks for: the board, and what a teacher does to a room."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from triangle_sim.web.classroom import rules, views
from triangle_sim.web.classroom.access import Access, body, unless_known
from triangle_sim.web.classroom.asked import Asked, Free, Opening, Timer
from triangle_sim.web.classroom.rules import RefusedError


class Teacher:
    """The addresses of the board; all of them want the teacher's token."""

    def __init__(self, access: Access) -> None:
        self.access, self.classroom = access, access.classroom

    def routes(self) -> list[Route]:
        """What is asked where."""
        return [
            Route("/api/board", self.board),
            Route("/api/board/{code}/{action}", self.act, methods=["POST"]),
        ]

    async def board(self, request: Request) -> Response:
        """All rooms in short, one in full."""
        self.access.teacher(request)
        room = self.classroom.room(request.query_params.get("room") or next(iter(self.classroom.rooms)))
        known = ".".join(views.version(self.classroom, each, None) for each in self.classroom.rooms.values())
        return unless_known(request, f"{room.code}.{known}", lambda: views.board(self.classroom, room))

    async def act(self, request: Request) -> Response:
        """What a teacher does to a room."""
        self.access.teacher(request)
        room, classroom = self.access.room(request), self.classroom
        match request.path_params["action"]:
            case "free":
                country = (await body(request, Free)).country
                await classroom.happen(room, lambda: rules.free(room, country))
            case "timer":
                seconds = (await body(request, Timer)).seconds
                await classroom.happen(room, lambda: rules.timed(room, seconds))
            case "resolve" | "undo" as action:
                opening = (await body(request, Opening)).opening
                wish = rules.resolve if action == "resolve" else rules.undo
                await classroom.happen(room, lambda: wish(room, opening))
            case "start" | "finish" | "anew" as action:
                await body(request, Asked)
                turn = {"start": rules.start, "finish": rules.finish, "anew": rules.anew}[action]
                await classroom.happen(room, lambda: turn(room))
            case _:
                raise RefusedError(404, "unknown_action")
        return JSONResponse({})
