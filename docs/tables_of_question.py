"""The page that asks whether Pyongyang can play off Moscow against Beijing: its tables and sentences.

The numbers are in `data/question.json`, which `python docs/question.py` makes.
"""

from __future__ import annotations

import json
from typing import Any

import stored
from blocks import table
from question import DATA, GAIN, HOW, LOOKED_AT, PAIRS, PIVOT, scenarios
from registry import claim_link, code, made

from triangle_sim.outcomes import OUTCOMES
from triangle_sim.world.theories import short_name, theory_names

STORED = json.loads(DATA.read_text(encoding="utf-8"))
PERCENT = {name: OUTCOMES[name].kind == "truth" or OUTCOMES[name].unit.startswith("share") for name in LOOKED_AT}
SHOWN = 6
"""Rows of each kind in the table of reasons."""


def outdated() -> str:
    """Why the stored numbers are not this tree's; empty if they are."""
    return stored.outdated(DATA, STORED, stored.belongs_to(scenarios()), "question.py")


def row(asked: str, outcome: str, theory: str, sizes: str = "record") -> dict[str, Any]:
    """The contrast of one question, outcome and theory."""
    keys = {"asked": asked, "outcome": outcome, "theory": theory, "sizes": sizes}
    (found,) = (each for each in STORED["pairs"] if all(each[key] == value for key, value in keys.items()))
    return dict(found)


def level(value: float, percent: bool) -> str:
    """A share as per cent, anything else as a number."""
    return (f"{value:.1%}" if value < 0.1 else f"{value:.0%}") if percent else f"{value:.3f}"


def change(found: dict[str, Any], percent: bool) -> str:
    """A difference with its interval, in points for shares."""
    scale, how = (100, "+.1f") if percent else (1, "+.3f")
    value, low, high = (format(scale * found[name], how) for name in ("difference", "low", "high"))
    return f"{value} [{low}, {high}]"


@made("question answer")
def answer() -> str:
    """The answer in sentences, with the numbers under each theory."""
    lines = []
    for theory in theory_names():
        pivot, gain = (row("they fall out today", outcome, theory) for outcome in (PIVOT, GAIN))
        war, squeeze = (row(asked, GAIN, theory) for asked in ("the war in Ukraine ends", "Beijing squeezes"))
        lines.append(
            f"- **{short_name(theory)}**: if Beijing and Moscow fall out, Pyongyang is the pivot in "
            f"{level(pivot['level_a'], True)} of quarters instead of {level(pivot['level_b'], True)}. "
            f"What both give at once moves by {gain['difference'] / gain['level_b']:+.0%} of what it is today; "
            "the end of the war "
            f"moves it by {war['difference'] / war['level_b']:+.0%}, two years of Chinese pressure by "
            f"{squeeze['difference'] / squeeze['level_b']:+.0%}."
        )
    return "\n".join(lines)


@made("question pairs")
def pairs() -> str:
    """Each condition and outcome: without, with, and the difference, by theory, with its command."""
    rows = []
    for asked, (a, b) in PAIRS.items():
        for number, outcome in enumerate(LOOKED_AT):
            cells = []
            for theory in theory_names():
                found, percent = row(asked, outcome, theory), PERCENT[outcome]
                before, after = (level(found[name], percent) for name in ("level_b", "level_a"))
                cells.append(f"{before} to {after}: {change(found, percent)}")
            command = code(f"compare {a} {b}") if number == 0 else ""
            rows.append((f"if {asked}" if number == 0 else "", OUTCOMES[outcome].question, *cells, command))
    return table(("", "asked", *map(short_name, theory_names()), "command"), rows)


@made("question reasons")
def reasons() -> str:
    """The claims and interests without which support from both changes most."""
    rows = []
    kept = [each for each in STORED["why"] if each["theory"] == theory_names()[0]]
    for kind in ("claim", "interest"):
        some = sorted((e for e in kept if e["kind"] == kind), key=lambda e: -abs(e["difference"]))[:SHOWN]
        for each in some:
            cells = []
            for theory in theory_names():
                same = [e for e in STORED["why"] if (e["kind"], e["name"], e["theory"]) == (kind, each["name"], theory)]
                cells.append(change(same[0], False) if same else "no clear difference")
            name = claim_link(each["name"]) if kind == "claim" else code(each["name"])
            rows.append((name, each["words"], *cells))
    return table(("switched off", "what it says", *(f"then, {short_name(name)}" for name in theory_names())), rows)


@made("question record")
def record() -> str:
    """What the fit to the record changes of the answer."""
    rows = []
    for asked in [each for each in PAIRS if each.startswith("they")]:
        for outcome in (PIVOT, GAIN):
            for theory in theory_names():
                cells = [
                    change(row(asked, outcome, theory, sizes), PERCENT[outcome]) for sizes in ("judgement", "record")
                ]
                rows.append((f"if {asked}", OUTCOMES[outcome].question, short_name(theory), *cells))
    return table(("", "asked", "theory", "sizes by judgement", "sizes from the record"), rows)


@made("question design")
def design() -> str:
    """How the numbers were made."""
    return (
        f"Every number: {HOW['draws']} draws of {HOW['replicates']} futures, seed {HOW['seed']}, the same worlds with "
        "and without, 95 % intervals over draws; shares in per cent and their differences in points. A command is "
        f"what follows `triangle-sim`; with "
        f"`--draws {HOW['draws']} --replicates {HOW['replicates']} --seed {HOW['seed']}` it prints these numbers."
    )
