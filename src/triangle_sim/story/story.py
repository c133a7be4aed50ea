"""A story: what it holds, and how it reads as plain text for the terminal."""

from __future__ import annotations

import textwrap
from dataclasses import dataclass

from triangle_sim.claims.words import linked
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.scenario.schema import Scenario
from triangle_sim.wording import in_words

WIDTH = 100


@dataclass(frozen=True)
class Reason:
    """An interest's part in preferring a move to holding still (payoff units), with its claims."""

    interest: str
    gain: float
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Act:
    """One country's move: how likely it was, which move it liked best, and what spoke for and against it.

    A move made by habit weighs nothing: ``best`` is empty, and nothing is told for or against.
    """

    country: str
    label: str
    move: str
    says: str
    chance: float
    best: str
    pro: tuple[Reason, ...]
    con: tuple[Reason, ...]
    cost: float
    claims: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """A variable's change over a quarter and what made most of it, in latent units."""

    variable: str
    before: float
    after: float
    causes: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Chapter:
    """One quarter of a story."""

    quarter: str
    events: tuple[str, ...]
    acts: tuple[Act, ...]
    meetings: tuple[str, ...]
    changes: tuple[Change, ...]
    triangle: str
    role: str


@dataclass(frozen=True)
class Story:
    """One run: its address, theory and chapters; ``trajectory`` is the run itself, bit for bit as in any batch."""

    scenario: Scenario
    seed: int
    draw: int
    replicate: int
    theory: str
    chapters: tuple[Chapter, ...]
    trajectory: Trajectory

    @property
    def cited(self) -> tuple[str, ...]:
        """Ids of all claims that its moves and their reasons rest on, in the order of articles and numbers."""
        acts = [act for chapter in self.chapters for act in chapter.acts]
        reasons = [reason for act in acts for reason in (*act.pro, *act.con)]
        ids = [claim for each in acts for claim in each.claims] + [claim for each in reasons for claim in each.claims]
        return tuple(linked(ids))

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        return text(self)


def text(story: Story) -> str:
    """The whole story; every move with its reasons and their claims, and at its end what those claims say."""
    scenario = story.scenario
    lines = [
        f"{scenario.title or scenario.name}, run {story.draw}.{story.replicate} (seed {story.seed})",
        f"One future out of many, under the theory {story.theory}. A model, not a forecast.",
        "In brackets: the chance of the move in that quarter, and its claims, whose words stand at the end.",
    ]
    previous = ""
    for chapter in story.chapters:
        lines += ["", f"{chapter.quarter}"]
        lines += [_wrap(f"! {event}.") for event in chapter.events]
        for act in chapter.acts:
            lines += _act(act)
        lines += [_wrap(f"* Together: {meeting}.") for meeting in chapter.meetings]
        lines += [_wrap(f"~ {_change(change)}") for change in chapter.changes]
        shape = f"{in_words(chapter.triangle)}, North Korea: {in_words(chapter.role)}" if chapter.triangle else ""
        if shape and shape != previous:
            lines.append(_wrap(f"= China, North Korea, Russia: {shape}."))
            previous = shape
    if cited := linked(story.cited, WIDTH - 7):
        lines += ["", "What they say (A, B: the articles; H: the record; more with `triangle-sim claims ID`)"]
        lines += [f"  {id_:<4} {said}" for id_, said in cited.items()]
    return "\n".join(lines)


def _act(act: Act) -> list[str]:
    claims = ", ".join(act.claims)
    head = _wrap(f"- {act.label}: {act.says} [{act.chance:.0%}; {claims}]")
    if not act.best:
        return [head, _wrap("by habit", "    ")]
    if act.move == "hold" and not act.pro:
        return [head]
    why = []
    if act.pro:
        why.append("for " + " and ".join(_reason(reason) for reason in act.pro))
    if act.con:
        why.append("in spite of " + _reason(act.con[0]))
    if act.best != act.move:
        why.append(f"though {in_words(act.best)} looked better")
    return [head, _wrap("; ".join(why), "    ")] if why else [head]


def _reason(reason: Reason) -> str:
    return f"{in_words(reason.interest)} ({reason.gain:+.3f}; {', '.join(reason.claims)})"


def _change(change: Change) -> str:
    causes = ", ".join(f"{in_words(cause)} {size:+.2f}" for cause, size in change.causes)
    return f"{in_words(change.variable)} {change.before:.2f} -> {change.after:.2f}: mostly {causes}"


def _wrap(line: str, indent: str = "  ") -> str:
    return textwrap.fill(line, WIDTH, initial_indent=indent, subsequent_indent=indent + "    ", break_long_words=False)
