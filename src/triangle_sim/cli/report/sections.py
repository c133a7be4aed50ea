"""What a report says of a result, the answer first: a list of blocks, made from the summary that `run` prints."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from triangle_sim.cli.report.alt import alt_text, by_view
from triangle_sim.cli.report.answer import answer, endings, moved, outcomes
from triangle_sim.cli.report.background import background
from triangle_sim.cli.report.document import Block, Document, Heading, Picture, Table, Text
from triangle_sim.cli.summary import as_data
from triangle_sim.montecarlo.result import Result
from triangle_sim.plots import words
from triangle_sim.plots.base import NotInResultError, scenario_title
from triangle_sim.plots.numbers import numbers
from triangle_sim.plots.pictures import draw, picture
from triangle_sim.plots.recipe import marked, recipe
from triangle_sim.world.theories import short_name

PICTURES = {
    "endings": "How the futures end, theory by theory.",
    "fan": "How it may go: median, half of the futures, nine in ten of them.",
    "triangle": "Which triangle China, North Korea and Russia are in, and North Korea's role in it, by quarter.",
    "network": "Who is with whom at the start and at the end: mean mutual ties.",
    "spread": "What the variance of the key outcomes is made of.",
}


def report_on(result: Result) -> Document:
    """The report on a result: the same result gives the same report, to the byte."""
    stated = recipe(result, None, "report")
    data = as_data(result)
    blocks = [*answer(result, data), *endings(data), *_drawn(result, "endings"), *moved(result), *outcomes(data),
              *_course(result), *_triangle(result, data), *_spread(result, data), *_more(data),
              *background(result)]  # fmt: skip
    return Document(scenario_title(result), blocks, marked(stated))


def _course(result: Result) -> Iterator[Block]:
    yield Heading("How it may go", "course")
    yield from _drawn(result, "fan")
    try:
        tables = {name: by_view(table) for name, table in numbers(result, "fan").items()}
    except NotInResultError:
        return
    views = list(next(iter(tables.values())))
    head = [f"{'' if view == 'all' else short_name(view) + ': '}{what}" for view in views
            for what in ("median at the start", "at the end", "nine in ten at the end")]  # fmt: skip
    rows = []
    for name, by in tables.items():
        row = [words.question(name)]
        for view in views:
            first, last = by[view].iloc[0], by[view].iloc[-1]
            row += [f"{first['q50']:.2f}", f"{last['q50']:.2f}", f"{last['q05']:.2f} to {last['q95']:.2f}"]
        rows.append(row)
    yield Table("The same in numbers: ties from -1 hostile to +1 allied, the rest from 0 none to 1 most",
                ("Question", *head), rows)  # fmt: skip


def _triangle(result: Result, data: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("Who is with whom", "triangle")
    yield from _drawn(result, "triangle")
    for caption, shares, meanings in (
        ("Share of quarters in each type of triangle, over all futures", data["triangle_types"], words.GLOSS),
        ("Share of quarters in each role of North Korea in it", data["prk_roles"], {}),
    ):
        if shares:
            ranked = sorted(shares.items(), key=lambda item: -item[1])
            rows = [(words.plain(name), words.percent(share), meanings.get(name, "")) for name, share in ranked]
            wide = 3 if meanings else 2
            yield Table(caption, ("Name", "Share", "What it means")[:wide], [row[:wide] for row in rows])
    if by_band := data["triangle_by_band"]["share"]:
        levels = ", ".join(f"{words.percent(share)} at {band}" for band, share in by_band.items())
        yield Text(f"How far that hangs on what counts as a good tie: {words.plain(data['triangle_by_band']['type'])} "
                   f"{levels}.")  # fmt: skip
    yield from _drawn(result, "network")


def _spread(result: Result, data: Mapping[str, Any]) -> Iterator[Block]:
    yield Heading("How sure, and where the spread comes from", "spread")
    yield Text(data["how_sure"] or data["advice"])
    yield from _drawn(result, "spread")
    rows = [(words.plain(name.replace("end_state=", "ending: ")), *(f"{shares[part]:.0%}" for part in shares))
            for name, shares in data["spread"].items()]  # fmt: skip
    yield Table("Share of the variance over all futures", ("Outcome", "Which theory is right",
                                                           "Numbers nobody knows", "Luck"), rows)  # fmt: skip


SHOWN = ("scenario", "question", "reference", "scenario_sha256", "draws", "replicates", "seed", "not_a_forecast",
         "answers", "endings", "moved", "how_sure", "outcomes", "triangle_types", "prk_roles", "triangle_by_band",
         "spread", "advice")  # fmt: skip
"""Parts of the summary that a section of its own, or the manifest, tells."""


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


def _cell(value: Any) -> str:
    if value is None or value != value:
        return ""
    if isinstance(value, float):
        return f"{value:.3g}"
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
