"""The commands `list` and `explain`: what has a name, and what it stands for."""

from __future__ import annotations

import textwrap
from typing import Annotated

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import print_json, print_rows
from triangle_sim.errors import UsageError, quote

WIDTH = 118


def list_(
    kind: Annotated[
        str,
        typer.Argument(
            metavar="[KIND]",
            help="scenarios, outcomes, endings, variables, moves, events, parameters, interests, claims, theories or "
            "rules",
        ),
    ] = "scenarios",
    json: options.Json = False,
    csv: options.Csv = False,
) -> None:
    """Bundled scenarios with the question they ask; or all outcomes, variables, moves, parameters, claims, ..."""
    from triangle_sim import resources

    if kind == "scenarios":  # from the files alone, which is quick
        names = resources.list_scenarios()
        found = [(name, str(resources.read_yaml(resources.scenario_path(name)).get("question", ""))) for name in names]
        print_rows(("scenario", "question"), found, json_=json, csv=csv)
        return
    from triangle_sim.analysis.vocabulary import KINDS, entries
    from triangle_sim.names import did_you_mean

    if kind not in KINDS:
        raise UsageError(f"{quote(kind)} is no kind of name", did_you_mean(kind, KINDS, "there are"))
    every = entries(kind)
    heads = ("name", "what it is", *(["unit"] if any(each.unit for each in every) else []), "rests on")
    rows = [
        (each.name, each.what, *([each.unit] if "unit" in heads else []), ", ".join(each.sources)) for each in every
    ]
    print_rows(heads, rows, json_=json, csv=csv)


def explain(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="an outcome, variable, move, parameter, interest, claim, theory, ...")
    ],
    json: options.Json = False,
) -> None:
    """What a name stands for: its unit, range, prior and fitted size, where it is used, which claims it rests on."""
    from triangle_sim.analysis.vocabulary import found, names
    from triangle_sim.claims import load_claims
    from triangle_sim.names import did_you_mean

    some = found(name)
    if not some:
        raise UsageError(f"nothing is called {quote(name)}", did_you_mean(name, names(), "known names", 8))
    claims = load_claims()
    if json:
        shown = [
            {"name": each.name, "kind": each.kind, "what": each.what, "unit": each.unit, **each.more}
            | {"rests on": {id_: claims[id_].claim if id_ in claims else "" for id_ in each.sources}}
            for each in some
        ]
        print_json(shown)
        return
    for place, each in enumerate(some):
        print("\n" * (place > 0) + f"{each.name} ({each.kind})")
        _say("", each.what)
        for heading, text in ({"unit": each.unit} | each.more).items():
            _say(heading, text)
        for id_ in each.sources:
            _say("rests on", f"{id_}: {claims[id_].claim}" if id_ in claims else id_)


def _say(heading: str, text: str) -> None:
    if text:
        start = f"  {heading}: " if heading else "  "
        print(textwrap.fill(" ".join(text.split()), WIDTH, initial_indent=start, subsequent_indent="    "))
