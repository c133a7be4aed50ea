"""Which numbers a quarter's payoffs take, and where they lie: worked out once a scenario, the same for all its runs.

A move touches few of the variables its country reads, and an interest reads few variables. So a variable's anticipated
level is worked out once as it drifts and once for each own move that touches it (a *slot* each), and an interest once
as things drift and once for each own move that touches what it reads. All other moves share the drift's numbers.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from triangle_sim.countries import Country, Interest
from triangle_sim.layers import Index, Layers
from triangle_sim.world.variables import Variable
from triangle_sim.world.views import Recorder, View

Slot = tuple[str, int | None]
"""A variable, and the own move that touches it (``None``: as it drifts)."""


def reads(each: Interest) -> tuple[set[str], set[str]]:
    """The state variables and the conditions an interest reads."""
    state, env = Recorder(), Recorder()
    each(View(state), View(env))
    return state.read, env.read


@dataclass(frozen=True)
class Use:
    """What an interest needs: the slots of each variable it reads, drift first, and which of its values a move has.

    A variable no own move touches has one slot, an integer; ``of_move`` is ``None`` where no own move matters.
    """

    slots: Mapping[str, Index | int]
    of_move: Index | None


@dataclass(frozen=True)
class SeatLayout:
    """One country's side of the game.

    Attributes
    ----------
    drift
        terms of each variable read, as places among the sources of pushes; its keys are the variables read.
    slot_rows, touched
        the row of ``drift`` of each slot; (variable, move) of the first slots, those that own moves touch.
    joint, partners, joints
        terms of joint effects upon the first slots; they are places in ``partners`` (rows of the stacked mixes) and
        ``joints`` (meeting, variable).
    uses
        what each interest needs.
    """

    country: type[Country]
    interests: tuple[Interest, ...]
    available: tuple[bool, ...]
    drift: Layers[str]
    slot_rows: Index
    touched: tuple[tuple[str, int], ...]
    joint: Layers[tuple[str, int]]
    partners: Index
    joints: tuple[tuple[str, str], ...]
    uses: tuple[Use, ...]


@dataclass(frozen=True)
class MeetingLayout:
    """A joint effect: who must play which move, and the variables it pushes."""

    name: str
    first: tuple[str, int]
    second: tuple[str, int]
    variables: tuple[str, ...]


@dataclass(frozen=True)
class Layout:
    """The whole game.

    Attributes
    ----------
    pushes
        sums a country's pushes on a variable over its moves, by (country, variable). Its terms are an effect each
        (country, move, variable), and pushes of meetings (meeting, variable) stand behind them; sums and these are the
        *sources* of pushes.
    push_names, pushing, answering
        the parameter of each of these terms, the row of the stacked mixes that makes the push, and, for those of
        meetings alone, the row that answers.
    first, second
        rows of the stacked mixes of the two sides of each meeting.
    realised, realised_rows
        sums sources by variable; its row of each variable, beyond the last for one that nothing pushes.
    """

    variables: tuple[Variable, ...]
    pushes: Layers[tuple[str, str]]
    push_names: tuple[str, ...]
    pushing: Index
    answering: Index
    meetings: tuple[MeetingLayout, ...]
    first: Index
    second: Index
    realised: Layers[str]
    realised_rows: Index
    seats: Mapping[str, SeatLayout] = field(repr=False)
