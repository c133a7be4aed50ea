"""The commands `list` and `explain`: what has a name, and what it stands for."""

from __future__ import annotations

from typing import Annotated

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import print_json, print_rows
from triangle_sim.errors import UsageError, quote


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
    from triangle_sim.analysis import vocabulary
    from triangle_sim.claims import load_claims

    told = vocabulary.explain(name)
    if json:
        claims = load_claims()
        print_json([
            {"name": each.name, "kind": each.kind, "what": each.what, "unit": each.unit, **each.more}
            | {"rests on": {id_: claims[id_].claim if id_ in claims else "" for id_ in each.sources}}
            for each in vocabulary.found(name)
        ])  # fmt: skip
        return
    print(told)
