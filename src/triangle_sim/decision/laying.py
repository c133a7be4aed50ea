"""Laying out a game: rows for moves, effects, meetings and slots, in an order that does not depend on the files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from triangle_sim.countries import Country, Interest, JointEffect, Move
from triangle_sim.decision.layout import Layout, MeetingLayout, SeatLayout, Slot, Use, reads
from triangle_sim.layers import Index, Layers, index
from triangle_sim.world.variables import Variable


def layout(
    cast: Sequence[type[Country]],
    variables: Mapping[str, Variable],
    joint_effects: Iterable[JointEffect],
    disabled: Mapping[str, Sequence[str]],
    silent: frozenset[str] = frozenset(),
) -> Layout:
    """Lay the game out.

    Parameters
    ----------
    cast, variables, joint_effects
        who takes part, what there is to push, and which moves meet.
    disabled
        names of moves nobody can make, by country.
    silent
        weights, as ``weight.PRK.supply``, that are nothing in every draw: their interests are left out.
    """
    ordered = sorted(cast, key=lambda country: country.code)
    menus = {country.code: country.menu() for country in ordered}
    first_row, rows_so_far = {}, 0
    for code, menu in menus.items():
        first_row[code], rows_so_far = rows_so_far, rows_so_far + len(menu)
    effects = [
        (code, m, v)
        for code, menu in menus.items()
        for m, move in enumerate(menu)
        for v in sorted(move.effects)
        if v in variables
    ]
    by_pair: dict[tuple[str, str], list[int]] = {}
    for place, (code, _, v) in enumerate(effects):
        by_pair.setdefault((code, v), []).append(place)
    pushes = Layers.of(by_pair)
    meetings = tuple(
        _meeting(joint, menus, variables)
        for joint in sorted(joint_effects, key=lambda joint: joint.name)
        if set(joint.countries) <= set(menus)
    )
    terms = [effects[place] for place in pushes.flat]
    meeting_terms = [(meeting, v) for meeting in meetings for v in meeting.variables]
    sources = {pair: row for row, pair in enumerate(pushes.keys)}
    third = {(meeting.name, v): len(terms) + k for k, (meeting, v) in enumerate(meeting_terms)}
    board = Board(variables, menus, first_row, frozenset(effects), meetings, sources, third)
    realised = Layers.of({v: board.terms(v, menus, meetings) for v in variables})
    pushed = len(realised.layers[0]) if realised.layers else 0
    return Layout(
        tuple(variables.values()),
        pushes,
        (
            *(f"effect.{code}.{menus[code][move].name}.{v}" for code, move, v in terms),
            *(f"joint.{meeting.name}.{v}" for meeting, v in meeting_terms),
        ),
        index([first_row[code] + move for code, move, _ in terms] + [board.row(m.first) for m, _ in meeting_terms]),
        index(board.row(meeting.second) for meeting, _ in meeting_terms),
        meetings,
        index(board.row(meeting.first) for meeting in meetings),
        index(board.row(meeting.second) for meeting in meetings),
        realised,
        index(min(realised.keys.index(v), pushed) for v in variables),
        {c.code: seat(c, board, frozenset(disabled.get(c.code, ())), silent) for c in ordered},
    )


def _meeting(
    joint: JointEffect, menus: Mapping[str, Sequence[Move]], variables: Mapping[str, Variable]
) -> MeetingLayout:
    first, second = (
        (code, [move.name for move in menus[code]].index(name)) for code, name in (joint.first, joint.second)
    )
    return MeetingLayout(joint.name, first, second, tuple(v for v in sorted(joint.effects) if v in variables))


@dataclass(frozen=True)
class Board:
    """What the seats of a game have in common: where moves, effects and meetings have their rows."""

    variables: Mapping[str, Variable]
    menus: Mapping[str, Sequence[Move]]
    first_row: Mapping[str, int]
    effects: frozenset[tuple[str, int, str]]
    meetings: tuple[MeetingLayout, ...]
    sources: Mapping[tuple[str, str], int]
    third: Mapping[tuple[str, str], int]

    def row(self, side: tuple[str, int]) -> int:
        """Row of a country's move in the stacked mixes."""
        return self.first_row[side[0]] + side[1]

    def terms(self, v: str, codes: Iterable[str], meetings: Iterable[MeetingLayout]) -> list[int]:
        """Sources of pushes on a variable: some countries' own, then some meetings'."""
        own = [self.sources[code, v] for code in codes if (code, v) in self.sources]
        return own + [self.third[m.name, v] for m in meetings if (m.name, v) in self.third]


def seat(country: type[Country], board: Board, disabled: frozenset[str], silent: frozenset[str]) -> SeatLayout:
    """One country's side; ``disabled`` are its moves nobody can make, ``silent`` as for :func:`layout`."""
    code, menu = country.code, board.menus[country.code]
    interests = tuple(
        each
        for name, each in country.interests().items()
        if f"weight.{code}.{name}" not in silent and reads(each)[0] <= set(board.variables)
    )
    read = sorted(set().union(*(reads(each)[0] for each in interests)))
    own = [meeting for meeting in board.meetings if code in (meeting.first[0], meeting.second[0])]
    third = [meeting for meeting in board.meetings if meeting not in own]
    drift = Layers.of({v: board.terms(v, [each for each in board.menus if each != code], third) for v in read})

    by_slot: dict[tuple[str, int], list[int]] = {}
    partners: list[int] = []
    joints: list[tuple[str, str]] = []
    for meeting in own:
        (_, move), partner = sorted((meeting.first, meeting.second), key=lambda side: side[0] != code)
        for v in meeting.variables:
            if v in read:
                by_slot.setdefault((v, move), []).append(len(partners))
                partners.append(board.row(partner))
                joints.append((meeting.name, v))
    joint = Layers.of(by_slot)
    alone = [(v, m) for v in read for m in range(len(menu)) if (code, m, v) in board.effects and (v, m) not in by_slot]
    touched = [*joint.keys, *alone]
    slots: list[Slot] = [*touched, *((v, None) for v in read)]
    place = {slot: k for k, slot in enumerate(slots)}
    return SeatLayout(
        country,
        interests,
        tuple(move.name not in disabled for move in menu),
        drift,
        index(drift.keys.index(v) for v, _ in slots),
        tuple(touched),
        joint,
        index(partners),
        tuple(joints),
        tuple(_use(each, len(menu), place) for each in interests),
    )


def _use(each: Interest, moves: int, place: Mapping[Slot, int]) -> Use:
    state = sorted(reads(each)[0])
    touching = sorted({m for v, m in place if v in state and m is not None})
    slots: dict[str, Index | int] = {}
    for v in state:
        found = [place.get((v, m), place[v, None]) for m in (None, *touching)]
        slots[v] = index(found) if len(set(found)) > 1 else found[0]
    if not touching:
        return Use(slots, None)
    return Use(slots, index(1 + touching.index(m) if m in touching else 0 for m in range(moves)))
