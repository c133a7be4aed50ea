"""A story on one page: how it starts, where it turns, how it ends, and which claims drove it."""

from __future__ import annotations

import textwrap
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from triangle_sim.analysis.by_draw import HEADLINE
from triangle_sim.claims import load_claims
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.story.story import WIDTH, Chapter, Story
from triangle_sim.wording import in_words

TURNS = 5
"""Quarters that are told."""
CLAIMS = 3
"""Claims that are told."""
LEVELS = {
    "chinese_supply": "supply from China",
    "russian_supply": "supply from Russia",
    "us_prk_dialogue": "talks with Washington",
    "peninsula_tension": "tension on the peninsula",
}
"""Variables whose levels are told at the start and at the end, from 0 none to 1 most."""
EVENT, FIRST, SHAPE = 3.0, 3.0, 1.5
"""What an event, a first meeting and a new triangle or role weigh against a change of a variable by a tenth of its
range, which weighs one."""


@dataclass(frozen=True)
class Digest:
    """A story in ten entries: ``turns`` are the quarters that turned it, ``claims`` by id those that spoke loudest for
    the moves that were made, with their words."""

    head: str
    start: str
    turns: tuple[tuple[str, str], ...]
    end: str
    claims: tuple[tuple[str, str], ...]

    def __repr__(self) -> str:
        return str(self)

    def __str__(self) -> str:
        entries = [self.head, self.start, *(f"{quarter}: {text}" for quarter, text in self.turns), self.end,
                   *(f"Why [{claim}]: {text}" for claim, text in self.claims)]  # fmt: skip
        return "\n".join(textwrap.fill(entry, WIDTH, subsequent_indent="    ") for entry in entries)


def digest(story: Story) -> Digest:
    """The ten entries of a story."""
    scenario, t = story.scenario, story.trajectory
    head = (
        f"{scenario.title or scenario.name}, run {story.draw}.{story.replicate} (seed {story.seed}), in brief: one "
        f"future out of many, under the theory {story.theory}. A model, not a forecast."
    )
    first, last = story.chapters[0], story.chapters[-1]
    weighed = [(weight, place, text) for place, (weight, text) in enumerate(_told(story)) if text]
    turning = sorted(sorted(weighed, key=lambda each: (-each[0], each[1]))[:TURNS], key=lambda each: each[1])
    return Digest(
        head,
        f"Start of {first.quarter} (0 none, 1 most): {_levels(story, 0)}.",
        tuple((story.chapters[place].quarter, text) for _, place, text in turning),
        f"End of {last.quarter}: {_ending(story)}{_levels(story, len(t.state) - 1)}.",
        _claims(story),
    )


def _levels(story: Story, moment: int) -> str:
    t = story.trajectory
    levels = [
        f"{label} {float(t[name][moment, 0]):.2f}" for name, label in LEVELS.items() if name in t.prepared.variables
    ]
    return ", ".join(levels) or "a world without the variables that are told here"


def _told(story: Story) -> Iterator[tuple[float, str]]:
    """What each quarter weighs, and what is told of it."""
    met: set[str] = set()
    shape = _shape(story.chapters[0])
    spans = {name: variable.high - variable.low for name, variable in story.trajectory.prepared.variables.items()}
    for chapter in story.chapters:
        new = [meeting for meeting in chapter.meetings if meeting not in met]
        met.update(new)
        turned = _shape(chapter) if _shape(chapter) != shape else ""
        shape = _shape(chapter)
        told = [*chapter.events, *new]
        weight = EVENT * len(chapter.events) + FIRST * len(new) + SHAPE * bool(turned)
        for change in chapter.changes[:2]:
            weight += 10 * abs(change.after - change.before) / spans[change.variable]
            told.append(f"{_named(change.variable)} {change.before:.2f} -> {change.after:.2f}")
        yield weight, "; ".join([*told, *([turned] if turned else [])])


def _named(variable: str) -> str:
    """A variable in words: ``goodwill[RUS,PRK]`` is Moscow's goodwill to Pyongyang, from -1 to 1."""
    return LEVELS.get(variable, in_words(variable))


def _shape(chapter: Chapter) -> str:
    if not chapter.triangle:
        return ""
    return f"China, North Korea and Russia: {in_words(chapter.triangle)}, North Korea: {in_words(chapter.role)}"


def _ending(story: Story) -> str:
    """How it ends, and the key outcomes, as far as they need no other world to be compared with."""
    t = story.trajectory
    parts = []
    for name in ("end_state", *HEADLINE):
        outcome = OUTCOMES[name]
        if outcome.twin or not set(outcome.needs) <= set(t.prepared.codes):
            continue
        value = outcome.of(t)[0]
        if outcome.kind == "category":
            parts.append(f"it ends in {in_words(str(value))}.")
        else:
            answer = ("yes" if value else "no") if outcome.kind == "truth" else f"{float(value):.2f}"
            parts.append(f"{outcome.question} {answer}.")
    return " ".join(parts) + " " if parts else ""


def _claims(story: Story) -> tuple[tuple[str, str], ...]:
    """The claims behind the interests that gained most from the moves that were made, over the whole story."""
    weight: Counter[str] = Counter()
    for chapter in story.chapters:
        for act in chapter.acts:
            for reason in act.pro:
                for claim in reason.claims:
                    weight[claim] += reason.gain  # type: ignore[assignment]  # a Counter may hold any number
    known = load_claims()
    loudest = sorted((claim for claim in weight if claim in known), key=lambda claim: (-weight[claim], claim))
    return tuple((claim, known[claim].claim) for claim in loudest[:CLAIMS])
