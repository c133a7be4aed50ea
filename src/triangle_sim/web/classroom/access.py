"""Who asks, and for what: the room, the seat or the teacher behind a request, and what stands in its body."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from triangle_sim.web.classroom.asked import Asked
from triangle_sim.web.classroom.classroom import Classroom
from triangle_sim.web.classroom.room import Room
from triangle_sim.web.classroom.rules import RefusedError
from triangle_sim.web.classroom.tries import Tries

Body = TypeVar("Body", bound=Asked)


class Access:
    """The classroom for those who may enter it. Each method raises RefusedError for those who may not."""

    def __init__(self, classroom: Classroom) -> None:
        self.classroom, self.tries = classroom, Tries()

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

    def country(self, request: Request, room: Room) -> str | None:
        """The country whose seat's token comes with the request; None without one."""
        return room.held_by(_token(request))

    def seat(self, request: Request) -> tuple[Room, str]:
        """The room, and the country whose seat's token comes with the request."""
        room = self.room(request)
        country = self.country(request, room)
        if country is None:
            raise RefusedError(403, "not_your_seat")
        return room, country

    def teacher(self, request: Request) -> None:
        """The teacher's token comes with the request."""
        if not self.classroom.is_teacher(_token(request)):
            raise RefusedError(403, "not_the_teacher")

    def over(self, request: Request) -> Room:
        """A room whose game is over, for its teams and the teacher."""
        if self.classroom.is_teacher(_token(request)):
            room = self.room(request)
        else:
            room, _ = self.seat(request)
        if room.phase != "over":
            raise RefusedError(409, "not_over")
        return room


async def body(request: Request, kind: type[Body]) -> Body:
    """A body of JSON and nothing else: a form of another site cannot send that type without asking first."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
        raise RefusedError(400, "malformed")
    try:
        return kind.model_validate_json(await request.body())
    except ValidationError:
        raise RefusedError(400, "malformed") from None


def unless_known(request: Request, version: str, view: Callable[[], Any]) -> Response:
    """A view with its version; 204 if the page knows that version already."""
    if request.query_params.get("since") == version:
        return Response(status_code=204)
    return JSONResponse({"version": version, **view()})


def _token(request: Request) -> str:
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    return token if scheme == "Bearer" and len(token) <= 100 else ""
