"""The lessons' answer key: what the model says to each question; the numbers are in `data/lesson.json`."""

from __future__ import annotations

import json
from itertools import permutations
from typing import Any

import numpy as np
import stored
from blocks import table
from lesson import ALONE, DATA, GAIN, HOW, LESSONS, LEVELS, PIVOT, SCENARIOS, STEPS, TURNS
from registry import made
from tables_of_question import change

from triangle_sim.outcomes import OUTCOMES
from triangle_sim.triangle.typology import PATTERNS, ROLES, TYPE_OF, TYPES, classify
from triangle_sim.web.words import words
from triangle_sim.world import tie
from triangle_sim.world.start import load_start
from triangle_sim.world.theories import short_name, theory_names

STORED = json.loads(DATA.read_text(encoding="utf-8"))
SAY = words("en")


def outdated() -> str:
    """Why the stored numbers are not this tree's; empty if they are."""
    return stored.outdated(DATA, STORED, stored.belongs_to(SCENARIOS), "lesson.py")


def rows_of(lesson: str, outcome: str, theory: str) -> list[dict[str, Any]]:
    """The contrasts of a lesson for one outcome and theory, in the order of its table."""
    wanted = {"lesson": lesson, "outcome": outcome, "theory": theory}
    return [each for each in STORED["contrasts"] if all(each[key] == value for key, value in wanted.items())]


def called(outcome: str) -> str:
    """An outcome in words."""
    if outcome.startswith("end_state="):
        ending = SAY.name("endings", outcome.removeprefix("end_state="), "label")
        return f"ends “{ending}”"
    return SAY.name("outcomes", outcome, "label")


def percent(outcome: str) -> bool:
    """Whether an outcome is a share."""
    known = OUTCOMES.get(outcome)
    return outcome.startswith("end_state=") or (
        known is not None and (known.kind == "truth" or known.unit.startswith("share"))
    )


def number(value: float, share: bool) -> str:
    """A share as per cent, anything else with two digits."""
    return (f"{value:.1%}" if value < 0.1 else f"{value:.0%}") if share else f"{value:.2f}"


def moved(row: dict[str, Any], share: bool) -> str:
    """From where to where, and the difference with its interval."""
    return f"{number(row['level_b'], share)} to {number(row['level_a'], share)}: {change(row, share)}"


def differences(lesson: str) -> str:
    """A row an outcome and case, a column a theory."""
    rows = []
    for outcome in LESSONS[lesson]:
        by_theory = [rows_of(lesson, outcome, theory) for theory in theory_names()]
        for cells in zip(*by_theory, strict=True):
            rows.append((cells[0]["asked"], called(outcome), *(moved(each, percent(outcome)) for each in cells)))
    rows += levels(lesson)
    return table(("what differs", "what is measured", *map(short_name, theory_names())), rows)


def levels(lesson: str) -> list[tuple[str, ...]]:
    """Mean levels, without and with."""
    at, names = LEVELS.get(lesson, (0, ()))
    when, rows = "at the end" if at < 0 else f"after {at} quarters", []
    for name in names:
        kept = [each for each in STORED["levels"] if (each["lesson"], each["variable"]) == (lesson, name)]
        for asked in dict.fromkeys(each["asked"] for each in kept):
            cells = [
                f"{each['level_b']:.2f} to {each['level_a']:.2f}"
                for theory in theory_names()
                for each in kept
                if (each["asked"], each["theory"]) == (asked, theory)
            ]
            rows.append((asked, f"{SAY.name('variables', name)}, {when}", *cells))
    return rows


@made("lesson pivot")
def pivot() -> str:
    """The slider of rivalry, step by step."""
    rows = []
    for at in STEPS:
        cells = []
        for outcome in (PIVOT, GAIN):
            for theory in theory_names():
                steps = rows_of("pivot", outcome, theory)
                level = next((each["level_a"] for each in steps if each["asked"] == f"{at:g}"), steps[0]["level_b"])
                cells.append(number(level, percent(outcome)))
        rows.append((f"{at:g}", *cells))
    names = [short_name(each) for each in theory_names()]
    heads = [f"quarters as pivot, {each}" for each in names] + [f"support from both, {each}" for each in names]
    return table(("rivalry", *heads), rows)


@made("lesson audience")
def audience() -> str:
    """What the winner of the election changes."""
    return differences("audience")


@made("lesson abandoned")
def abandoned() -> str:
    """What the end of the war changes."""
    return differences("abandoned")


@made("lesson bound")
def bound() -> str:
    """What Moscow's promise changes."""
    return by_move("bound", "RUS")


@made("lesson wedge")
def wedge() -> str:
    """What Washington's moves do to Beijing and Moscow."""
    return by_move("wedge", "USA")


@made("lesson rivals")
def rivals() -> str:
    """The same where Beijing and Moscow are rivals."""
    return by_move("rivals", "USA")


def by_move(lesson: str, code: str) -> str:
    """A table whose cases are moves, in words."""
    text = differences(lesson)
    for move in {each["asked"] for each in STORED["contrasts"] + STORED["levels"] if each["lesson"] == lesson}:
        text = text.replace(f"| {move} |", f"| {SAY.name('moves', code, move, 'label')} |")
    return text


@made("lesson headline")
def headline() -> str:
    """The largest numbers of the key, for who has a minute."""
    lines = []
    for theory in theory_names():
        top = {outcome: rows_of("pivot", outcome, theory)[-1] for outcome in (PIVOT, GAIN)}
        met, alone = rows_of("audience", "us_prk_summit", theory)[0], rows_of("abandoned", ALONE, theory)[0]
        lines.append(
            f"- **{short_name(theory)}**: full rivalry of Beijing and Moscow makes Pyongyang the pivot in "
            f"{number(top[PIVOT]['level_a'], True)} of quarters, and what both give at once goes from "
            f"{top[GAIN]['level_b']:.2f} to {top[GAIN]['level_a']:.2f}. Kim and an American president meet in "
            f"{number(met['level_a'], True)} of futures if Trump wins and in {number(met['level_b'], True)} if "
            f"Harris wins. Without a war in Ukraine {number(alone['level_a'], True)} of futures end with Pyongyang "
            f"abandoned by all, with the war at its height {number(alone['level_b'], True)}."
        )
    return "\n".join(lines)


@made("lesson triangles")
def triangles() -> str:
    """The ten triangles at the start, from the central levels, and how many futures still show the same at the end."""
    start, codes = load_start("2024Q3"), sorted(SAY.data["countries"])
    pairs = list(permutations(codes, 2))
    levels = np.array([[[start.level(tie(*pair)).value] for pair in pairs]])
    history = classify(levels, pairs, codes)
    last, rows = max(each["quarter"] for each in STORED["types"]), []
    for at, trio in enumerate(history.triads):
        pattern = history.patterns[0, at, 0]
        signs, kind = PATTERNS[pattern], TYPES[TYPE_OF[pattern]]
        roles = [SAY.name("roles", ROLES[role], "label") for role in history.roles[0, at, :, 0]]
        names = [SAY.name("countries", code, "label") for code in trio]
        told = roles[0] if len(set(roles)) == 1 else "; ".join(f"{n}: {r}" for n, r in zip(names, roles, strict=True))
        product = signs[0] * signs[1] * signs[2]
        kept = [
            next(f"{each['share']:.0%}" for each in STORED["types"] if each["theory"] == theory
                 and (each["quarter"], each["triad"], each["type"]) == (last, "-".join(trio), kind))
            for theory in theory_names()
        ]  # fmt: skip
        marks = " ".join("−0+"[sign + 1] for sign in signs)
        balanced = {-1: "no", 0: "", 1: "yes"}[product]
        rows.append((", ".join(names), marks, SAY.name("types", kind, "label"), told, balanced, *kept))
    heads = [f"still so at the end, {short_name(each)}" for each in theory_names()]
    return table(("triangle", "signs of ties 1-2, 1-3, 2-3", "type", "roles", "balanced", *heads), rows)


@made("lesson balance")
def balance() -> str:
    """Unbalanced triangles among those without a neutral tie, at the start and at the end."""
    rows = []
    for theory in theory_names():
        kept = [each for each in STORED["balance"] if each["theory"] == theory]
        first, last = kept
        rows.append(
            (short_name(theory), f"{first['unbalanced_triads']:.0%}", f"{last['unbalanced_triads']:.0%}",
             f"{first['two_camps']:.0%}", f"{last['two_camps']:.0%}")
        )  # fmt: skip
    return table(("", "unbalanced at the start", "at the end", "two camps at the start", "at the end"), rows)


@made("lesson design")
def design() -> str:
    """How the numbers were made."""
    return (
        f"Every number: {HOW['draws']} draws of {HOW['replicates']} futures, seed {HOW['seed']}, the same worlds with "
        "and without, 95 % intervals over draws in brackets; shares in per cent and their differences in points. Moves "
        f"from a seat are played in the first {TURNS} quarters."
    )
