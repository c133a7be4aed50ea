"""The commands about scenario files: `new`, `check`, `show`, `schema`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import print_json, print_rows, say
from triangle_sim.errors import Problem, ScenarioError, UsageError, printable, quote, render


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="name of the new scenario; the file is NAME.yaml")],
    parent: Annotated[str, typer.Option("--from", metavar="SCENARIO", help="what it extends")] = "baseline",
) -> None:
    """Write a commented scenario to start from, and the schema beside it for editors."""
    from triangle_sim.cli.loading import load
    from triangle_sim.scenario.show.template import SCHEMA_FILE, template

    stem = name.removesuffix(".yaml").removesuffix(".yml")
    target = Path(f"{stem}.yaml")
    short = Path(stem).name
    if not short or len(short) > 100 or not stem.isprintable() or any(c in short for c in '\\:*?"<>|'):
        raise UsageError(f"{quote(name)} is not a name for a file", "use up to 100 letters, digits, - and _")
    if target.exists():
        raise UsageError(f"{target} exists already", "choose another name, or edit it")
    load(parent)
    extends = parent if not Path(parent).exists() else os.path.relpath(parent, target.parent)
    # The schema may be there from an earlier scenario: it is replaced once the new one is written.
    part, made = target.parent / f".{SCHEMA_FILE}.part", []
    try:
        for path, mode, text in (
            (target, "x", template(Path(stem).name, extends, file=str(target))),
            (part, "w", schema_text()),
        ):
            with path.open(mode, encoding="utf-8") as file:
                made.append(path)
                file.write(text)
        part.replace(target.parent / SCHEMA_FILE)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        raise UsageError(f"cannot write {target}: {error.strerror}", "choose a folder you may write to") from None
    print(target)
    say(f"and {target.parent / SCHEMA_FILE} for your editor. Next: triangle-sim check {target}")


def check(
    files: Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="bundled names or paths")],
    strict: Annotated[bool, typer.Option("--strict", help="count warnings as errors")] = False,
) -> None:
    """Validate scenarios: every error at once, with file, line and column. Exit 2 if there is one."""
    from triangle_sim.scenario.load import check

    problems: list[Problem] = []
    for file in files:
        found = check(file).problems
        problems += found
        if not found:
            print(f"{printable(file)}: fine")
    if any(strict or problem.severity == "error" for problem in problems):
        raise ScenarioError(problems)
    if problems:
        say(render(problems))


def show(
    scenario: options.Scenario,
    diff: Annotated[
        str | None, typer.Option("--diff", metavar="OTHER", help="what differs in meaning from OTHER")
    ] = None,
    with_: options.With = [],  # noqa: B006
    set_: options.Set = [],  # noqa: B006
    yaml: Annotated[bool, typer.Option("--yaml", help="print the scenario after `extends` as a file")] = False,
    json: options.Json = False,
) -> None:
    """What a scenario means after `extends`, in words; or what differs from another."""
    from triangle_sim.cli.loading import load

    if diff is not None:
        _show_difference(scenario, diff, with_, set_, json)
    elif json:
        print_json(load(scenario, with_, set_).data())
    elif yaml:
        from triangle_sim.montecarlo.folder.scenario_file import scenario_yaml

        print(scenario_yaml(load(scenario, with_, set_)), end="")
    else:
        from triangle_sim.scenario.check.catalogue import model_catalogue
        from triangle_sim.scenario.show.describe import describe

        print(describe(load(scenario, with_, set_), model_catalogue()))


def _show_difference(name: str, other: str, with_: list[str], set_: list[str], json: bool) -> None:
    from triangle_sim.scenario.load import check
    from triangle_sim.scenario.show.diff import difference

    mine, theirs = check(name, with_=with_, set_=set_), check(other)
    for each in (mine, theirs):
        if each.scenario is None:
            raise ScenarioError(each.errors)
    assert mine.scenario is not None and theirs.scenario is not None
    rows = difference(theirs.scenario, mine.scenario, of_a=theirs.merged, of_b=mine.merged)
    if not rows and not json:
        print(f"{mine.scenario.name} and {theirs.scenario.name} mean the same.")
        return
    print_rows(
        ("key", theirs.scenario.name, mine.scenario.name, "written in"),
        [(row.key, _value(row.a), _value(row.b), row.source) for row in rows],
        json_=json,
    )


def _value(value: object) -> str:
    return "-" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def schema() -> None:
    """JSON Schema of scenario files, for editors."""
    print(schema_text(), end="")


def schema_text() -> str:
    """The JSON Schema as the text of a file."""
    import json

    from triangle_sim.scenario.check.catalogue import model_catalogue
    from triangle_sim.scenario.show.json_schema import json_schema

    return json.dumps(json_schema(model_catalogue()), indent=1, ensure_ascii=False) + "\n"
