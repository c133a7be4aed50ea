"""The sections of a report that answer: the question, the endings, what else moved, the key outcomes; by theory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from triangle_sim.analysis.answer_words import answer_in_words, change, digits_of, level_of, number
from triangle_sim.analysis.answers import answers as analysis
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.cli.output import per_cent
from triangle_sim.cli.report.document import Block, Heading, Table, Text
from triangle_sim.montecarlo.result import Result
from triangle_sim.names import counted, extent
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots import words
from triangle_sim.plots.base import span
from triangle_sim.world.theories import short_name

_HEADS = ("With the scenario", "Without", "Difference")
ROWS = 10
"""Outcomes that moved and are shown."""


def answer(result: Result, data: Mapping[str, Any]) -> Iterator[Block]:
    """The question, the answer in words and in numbers, and what kind of answer it is."""
    scenario = result.scenario
    yield Heading("The question and the answer", "answer")
    if scenario.question:
        yield Text(scenario.question)
    found = analysis.answers(result)
    told = [answer_in_words(result, each) for each in found] if found else _how_it_ends(data)
    yield from (Text(text, leads=True) for text in told)
    compared = f" It is compared with the scenario {data['reference']} on the same worlds." if data["reference"] else ""
    yield Text(
        f"This rests on {counted(result.manifest['runs'], 'future')} of a model "
        f"({extent(result.draws, result.replicates)}, {span(result)}).{compared} A model, not a forecast: it shows "
        "what follows from which argument. In brackets: 95 % intervals over draws, that is, over what the model does "
        "not know; they say nothing of what the model lacks."
    )
    rows: list[list[str]] = []
    for each in found:
        for theory, it in each.by_theory.items():
            digits = digits_of(each.by_theory.values(), each.kind)
            row = [each.asks, words.theory(theory), level_of(it.with_, each.kind)]
            without = [_plain(it.without, each.kind), change(it, each.kind, unit=True, digits=digits)]
            rows.append([*row, *(without if compared else [])])
    if rows:
        heads = (
            ["Part of the question", "Theory", *_HEADS] if compared else ["Part of the question", "Theory", "Answer"]
        )
        yield Table("The answer in numbers, theory by theory", heads, rows)


def _how_it_ends(data: Mapping[str, Any]) -> Iterator[str]:
    """The commonest ending under each theory."""
    for theory in theories(data["endings"]):
        rows = [row for row in data["endings"] if row["theory"] == theory]
        most = max(rows, key=lambda row: row["share"])
        commonest = words.plain(most["ending"])
        yield f"{words.theory(theory)}: most often {commonest}, in {_level(most, 'share')} of the futures."


def endings(data: Mapping[str, Any]) -> Iterator[Block]:
    """Under each theory: what the starting world looks like, the endings without the scenario, and with it."""
    if not data["endings"]:
        return
    yield Heading("How the futures end", "endings")
    views, compared = theories(data["endings"]), data["reference"] is not None
    cells = {(row["ending"], row["theory"]): row for row in data["endings"]}
    rows = []
    for name in dict.fromkeys(row["ending"] for row in data["endings"]):
        row = [words.plain(name)]
        for view in views:
            it = cells[name, view]
            row += [
                _plain(it["at_start"], "share"),
                *([_plain(it["without"], "share")] if compared else []),
                _level(it, "share"),
            ]
        rows.append([*row, words.ENDINGS.get(name, "")])
    parts = ["at the start", *(["without"] if compared else []), "with" if compared else "at the end"]
    heads = [f"{short_name(view)}: {part}" for view in views for part in parts]
    yield Table("Share of futures with each ending", ("Ending", *heads, "What it means"), rows)


def moved(result: Result) -> Iterator[Block]:
    """What else the scenario changes, the largest first, and what it does not."""
    clear, rest = analysis.moved(result)
    if not clear and not rest:
        return
    yield Heading("What else moved", "moved")
    views = [view for view in next(iter(clear.values()), {}) if view != "all"]
    rows = []
    for name in list(clear)[:ROWS]:
        kind = analysis.kind(name)
        by = clear[name]
        digits = digits_of((by[view] for view in views), kind)
        cells = [f"{_plain(by[view].without, kind)} to {_plain(by[view].with_.value, kind)}: "
                 f"{change(by[view], kind, unit=True, digits=digits)}" for view in views]  # fmt: skip
        rows.append((_asked(name), *cells))
    if rows:
        heads = [f"{short_name(view)}: without to with" for view in views]
        yield Table("Outcomes with a clear change under some theory, the largest first", ("Outcome", *heads), rows)
    less = [words.plain(name) for name in list(clear)[ROWS:]]
    for head, names in (("Moved less", less), ("No clear difference", [words.plain(name) for name in rest])):
        if names:
            yield Text(f"{head}: {', '.join(names)}.")


def outcomes(data: Mapping[str, Any]) -> Iterator[Block]:
    """What is asked of every scenario."""
    yield Heading("Key outcomes", "outcomes")
    views = theories(data["outcomes"])
    rows = []
    for name in dict.fromkeys(row["outcome"] for row in data["outcomes"]):
        of = {row["theory"]: row for row in data["outcomes"] if row["outcome"] == name}
        kind = analysis.kind(name)
        unit = "share of futures" if kind == "share" else OUTCOMES[name].unit if name in OUTCOMES else ""
        claims = ", ".join(OUTCOMES[name].claims) if name in OUTCOMES else ""
        cells = (_level(of[view], kind) if view in of else "" for view in views)
        rows.append((_asked(name), *cells, unit, claims))
    yield Table("Asked of every scenario", ("Question", *map(words.theory, views), "In", "Claims it bears on"), rows)


def theories(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """The theories in records, without all draws together: their average answers a question nobody asked."""
    views = dict.fromkeys(str(row["theory"]) for row in rows)
    return [view for view in views if view != "all"] or list(views)


def _asked(name: str) -> str:
    return OUTCOMES[name].question if name in OUTCOMES else words.plain(name.replace("end_state=", "ending: "))


def _plain(value: float | None, kind: str) -> str:
    if value is None or value != value:
        return ""
    return per_cent(value) if kind == "share" else number(value)


def _level(row: Mapping[str, Any], kind: str) -> str:
    """A level with its interval, from a record of the summary."""
    return level_of(Estimate(row["share"] if "share" in row else row["value"], row["low"], row["high"], 0), kind)
