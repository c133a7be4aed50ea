"""What a report says of a result, the answer first: a list of blocks, made from the summary that `run` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from triangle_sim.cli.report.alt import alt_text
from triangle_sim.cli.report.background import background
from triangle_sim.cli.report.document import Block, Document, Heading, Picture, Table, Text
from triangle_sim.cli.summary import as_data
from triangle_sim.montecarlo.result import Result
from triangle_sim.names import counted, extent
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots import words
from triangle_sim.plots.base import NotInResultError, scenario_title, span
from triangle_sim.plots.numbers import numbers
from triangle_sim.plots.pictures import draw, picture
from triangle_sim.plots.recipe import marked, recipe

PICTURES = {
    "endings": "How the futures end, theory by theory.",
    "fan": "How it may go: median, half of the futures, nine in ten of them.",
    "triangle": "Which triangle China, North Korea and Russia are in, and North Korea's role in it, by quarter.",
    "network": "Who is with whom at the start and at the end: mean mutual ties.",
    "spread": "What the variance of the key outcomes is made of.",
}
_HEAD = ("scenario", "scenario_sha256", "draws", "replicates", "seed", "not_a_forecast")
"""Parts of the summary that the manifest tells."""


def report_on(result: Result) -> Document:
    """The report on a result: the same result gives the same report, to the byte."""
    stated = recipe(result, None, "report")
    data = as_data(result)
    blocks = [*_answer(result, data), *_endings(result, data), *_outcomes(data), *_course(result),
              *_triangle(result, data), *_spread(result, data), *_more(data), *background(result)]  # fmt: skip
    return Document(scenario_title(result), blocks, marked(stated))


def _answer(result: Result, data: Mapping[str, Any]) -> Iterator[Block]:
    scenario = result.scenario
    yield Heading("The question and the answer", "answer")
    if scenario.question:
        yield Text(scenario.question)
    yield from (Text(text, leads=True) for text in _how_it_ends(data))
    yield Text(
        f"This is what {counted(result.manifest['runs'], 'future')} of a model say "
        f"({extent(result.draws, result.replicates)}, {span(result)}). A model, not a forecast: it shows what follows from which argument. In brackets: 95 % "
        "intervals over draws, that is, over what the model does not know; they say nothing of what the model lacks."
    )


def _how_it_ends(data: Mapping[str, Any]) -> Iterator[str]:
    """The commonest ending under each theory."""
    for theory in _theories(data["endings"]):
        rows = [row for row in data["endings"] if row["theory"] == theory]
        most = max(rows, key=lambda row: row["share"])
        yield f"{_view(theory)}: most often {_ending(most['ending'])}, in {_share(most)} of the futures."


def _endings(result: Result, data: Mapping[str, Any]) -> Iterator[Block]:
    if not data["endings"]:
        return
    yield Heading("How the futures end", "endings")
    views = _theories(data["endings"])
    cells = {(row["ending"], row["theory"]): _share(row) for row in data["endings"]}
    names = dict.fromkeys(row["ending"] for row in data["endings"])
    rows = [(_ending(name), *(cells[name, view] for view in views), words.ENDINGS.get(name, "")) for name in names]
    yield Table("Share of futures with each ending", ("Ending", *map(_view, views), "What it means"), rows)
    yield from _drawn(result, "endings")


def _outcomes(data: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("Key outcomes", "outcomes")
    views = _theories(data["outcomes"])
    rows = []
    for name in dict.fromkeys(row["outcome"] for row in data["outcomes"]):
        of = {row["theory"]: row for row in data["outcomes"] if row["outcome"] == name}
        known = OUTCOMES.get(name)
        how = _share if known and known.kind == "truth" else _number
        about = (known.question, known.unit, ", ".join(known.claims)) if known else (words.plain(name), "", "")
        unit = "share of futures" if known and known.kind == "truth" else about[1]
        rows.append((about[0], *(how(of[view]) if view in of else "" for view in views), unit, about[2]))
    yield Table("Key outcomes", ("Question", *map(_view, views), "In", "Claims it bears on"), rows)


def _course(result: Result) -> Iterator[Block]:
    yield Heading("How it may go", "course")
    yield from _drawn(result, "fan")
    try:
        tables = numbers(result, "fan")
    except NotInResultError:
        return
    rows = []
    for name, table in tables.items():
        first, last = table.iloc[0], table.iloc[-1]
        rows.append((words.question(name), f"{first['q50']:.2f}", f"{last['q50']:.2f}",
                     f"{last['q05']:.2f} to {last['q95']:.2f}"))  # fmt: skip
    yield Table("The same in numbers: ties from -1 hostile to +1 allied, the rest from 0 none to 1 most",
                ("Question", "Median at the start", "Median at the end", "Nine in ten futures at the end"), rows)  # fmt: skip


def _triangle(result: Result, data: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("Who is with whom", "triangle")
    yield from _drawn(result, "triangle")
    for caption, shares in (("Share of quarters in each type of triangle of China, North Korea and Russia",
                             data["triangle_types"]), ("Share of quarters in each role of North Korea in it",
                                                       data["prk_roles"])):  # fmt: skip
        if shares:
            ranked = sorted(shares.items(), key=lambda item: -item[1])
            rows = [(words.plain(name), words.percent(share), words.GLOSS.get(name, "")) for name, share in ranked]
            yield Table(caption, ("Name", "Share", "What it means"), rows)
    yield from _drawn(result, "network")


def _spread(result: Result, data: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("How sure, and where the spread comes from", "spread")
    yield Text(data["advice"])
    yield from _drawn(result, "spread")
    rows = [(words.plain(name.replace("end_state=", "ending: ")), *(f"{shares[part]:.0%}" for part in shares))
            for name, shares in data["spread"].items()]  # fmt: skip
    yield Table("Share of the variance over all futures", ("Outcome", "Which theory is right",
                                                           "Numbers nobody knows", "Luck"), rows)  # fmt: skip


SHOWN = (*_HEAD, "endings", "outcomes", "triangle_types", "prk_roles", "spread", "advice")


def _more(data: Mapping[str, Any]) -> Iterator[Block]:
    """Whatever else the summary holds: records as a table, values by name as another, text as it is."""
    for name, value in data.items():
        if name in SHOWN or not value:
            continue
        title = words.plain(name)
        yield Heading(title, f"more-{name}")
        if isinstance(value, str):
            yield Text(value)
        elif isinstance(value, Mapping):
            yield Table(title, ("Name", "Value"), [(words.plain(str(key)), _cell(each)) for key, each in value.items()])
        elif isinstance(value, Sequence) and all(isinstance(row, Mapping) for row in value):
            head = list(dict.fromkeys(key for row in value for key in row))
            rows = [[_cell(row.get(key)) for key in head] for row in value]
            yield Table(title, [words.plain(key) for key in head], rows)
        else:
            yield Text(_cell(value))


def _drawn(result: Result, name: str) -> Iterator[Block]:
    """A picture, if the result can be drawn so."""
    try:
        tables = numbers(result, name)
        svg = picture(draw(result, name), "svg", recipe(result, None, name))
    except (NotInResultError, KeyError):
        return
    yield Picture(name, PICTURES[name], alt_text(name, tables), svg)


def _theories(rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Theory by theory; all draws come last, and not at all where there is one theory."""
    views = list(dict.fromkeys(str(row["theory"]) for row in rows))
    theories = [view for view in views if view != "all"]
    return theories if len(theories) == 1 else [*theories, *(view for view in views if view == "all")]


def _view(theory: str) -> str:
    return "Over both, as weighted here" if theory == "all" else words.theory(theory)


def _ending(name: str) -> str:
    return words.plain(name)


def _share(row: Mapping[str, Any]) -> str:
    value = row["share"] if "share" in row else row["value"]
    return words.percent(value) if row["low"] != row["low"] else (
        f"{words.percent(value)} [{100 * row['low']:.0f}, {100 * row['high']:.0f}]")  # fmt: skip


def _number(row: Mapping[str, Any]) -> str:
    known = f"{row['value']:.2f}"
    return known if row["low"] != row["low"] else f"{known} [{row['low']:.2f}, {row['high']:.2f}]"


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
