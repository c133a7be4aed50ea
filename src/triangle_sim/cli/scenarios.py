"""The commands about scenario files: `new`, `check`, `show`, `schema`."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import print_json, print_rows, say
from triangle_sim.errors import Problem, ScenarioError, UsageError, printable, quote, render

if TYPE_CHECKING:
    from triangle_sim.scenario.schema import Scenario
    from triangle_sim.scenario.show.diff import Row


def new(
    name: Annotated[str, typer.Argument(metavar="NAME", help="name of the new scenario; the file is NAME.yaml")],
    parent: Annotated[str | None, typer.Option("--from", metavar="SCENARIO", help="what it extends: baseline")] = None,
    theory: Annotated[bool, typer.Option("--theory", help="write a theory of your own, not a scenario")] = False,
) -> None:
    """Write a commented scenario to start from, and the schema beside it for editors; or a theory of your own."""
    stem = name.removesuffix(".yaml").removesuffix(".yml")
    target = Path(f"{stem}.yaml")
    short = Path(stem).name
    if not short or len(short) > 100 or not stem.isprintable() or any(c in short for c in '\\:*?"<>|'):
        raise UsageError(f"{quote(name)} is not a name for a file", "use up to 100 letters, digits, - and _")
    if theory:
        if parent is not None:
            raise UsageError("--from is for scenarios", "a theory names what it starts from in its file: 'extends:'")
        _new_theory(short, target)
        return
    _must_be_new(target)
    _new_scenario(parent or "baseline", short, target)


def _must_be_new(target: Path) -> None:
    if target.exists():
        raise UsageError(f"{target} exists already", "choose another name, or edit it")


def _new_scenario(parent: str, name: str, target: Path) -> None:
    from triangle_sim.cli.loading import load
    from triangle_sim.scenario.show.template import SCHEMA_FILE, template

    load(parent)
    extends = parent if not Path(parent).exists() else os.path.relpath(parent, target.parent)
    # The schema may be there from an earlier scenario: it is replaced once the new one is written.
    part = target.parent / f".{SCHEMA_FILE}.part"
    _write((target, "x", template(name, extends, file=str(target))), (part, "w", schema_text()))
    part.replace(target.parent / SCHEMA_FILE)
    print(target)
    say(f"and {target.parent / SCHEMA_FILE} for your editor. Next: triangle-sim check {target}")


def _new_theory(name: str, target: Path) -> None:
    from triangle_sim.scenario.check.catalogue import model_catalogue
    from triangle_sim.scenario.read.voices import not_a_name
    from triangle_sim.scenario.show.theory_template import theory_template

    catalogue = model_catalogue()
    if reason := not_a_name(name):
        raise UsageError(f"{quote(name)} cannot be the name of a theory", reason)
    if name in catalogue.theories:
        raise UsageError(f"a bundled theory is called {quote(name)} already", "choose another name")
    _must_be_new(target)
    _write((target, "x", theory_template(name, catalogue, file=str(target))))
    print(target)
    say(f"Next: triangle-sim check {target}, triangle-sim show {target} --diff {sorted(catalogue.theories)[0]}")


def _write(*files: tuple[Path, str, str]) -> None:
    """Write new files, or none of them."""
    made = []
    try:
        for path, mode, text in files:
            with path.open(mode, encoding="utf-8") as file:
                made.append(path)
                file.write(text)
    except OSError as error:
        for path in made:
            path.unlink(missing_ok=True)
        raise UsageError(f"cannot write {files[0][0]}: {error.strerror}", "choose a folder you may write to") from None


def check(
    files: Annotated[list[str], typer.Argument(metavar="SCENARIO...", help="bundled names or paths; theories too")],
    strict: Annotated[bool, typer.Option("--strict", help="count warnings as errors")] = False,
) -> None:
    """Validate scenarios: every error at once, with file, line and column. Exit 2 if there is one."""
    from triangle_sim.scenario.load import check
    from triangle_sim.scenario.read.voices import is_theory

    problems: list[Problem] = []
    for file in files:
        found = (check("baseline", set_={"theory": file}) if is_theory(file) else check(file)).problems
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
    """What a scenario or a theory says, in words; or what differs from another, and of two theories what matters."""
    from triangle_sim.cli.loading import load
    from triangle_sim.scenario.read.voices import is_theory

    theories = [is_theory(each) for each in (scenario, diff) if each is not None]
    if any(theories):
        _show_theories(scenario, diff, theories, with_, set_, yaml, json)
    elif diff is not None:
        _show_difference(scenario, diff, with_, set_, json)
    elif json:
        print_json(load(scenario, with_, set_).data())
    elif yaml:
        from triangle_sim.montecarlo.folder.scenario_file import scenario_yaml

        print(scenario_yaml(load(scenario, with_, set_)), end="")
    else:
        from triangle_sim.scenario.show.describe import describe

        print(describe(load(scenario, with_, set_)))


def _show_theories(
    name: str, other: str | None, theories: list[bool], with_: list[str], set_: list[str], yaml: bool, json: bool
) -> None:
    from triangle_sim.cli.voices import print_theory, print_two

    if yaml:
        raise UsageError("--yaml is for scenarios", "a theory's file is its text")
    if not all(theories):
        one = name if theories[0] else other
        help = f"to see what it changes in a scenario, compare two that differ in theory, as --set theory={one}"
        raise UsageError(f"{quote(one)} is a theory and {quote(other if theories[0] else name)} a scenario", help)
    if other is None:
        print_theory(name, with_, set_, json)
    else:
        print_two(name, other, with_, set_, json)


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
    _print_difference(rows, theirs.scenario, mine.scenario, json)
    _show_voices(theirs.scenario, mine.scenario, json)


def _show_voices(theirs: Scenario, mine: Scenario, json: bool) -> None:
    """What of it matters, where the one is played under one theory and the other under another."""
    (a, *others), (b, *more) = ([name for name, share in each.theory.items() if share > 0] for each in (theirs, mine))
    if json or a == b or others or more:
        return
    from triangle_sim.cli.voices import print_voices

    carried = {name: voice for each in (theirs, mine) for name, voice in each.theories.items()}
    print()
    print_voices(mine.with_(theory={a: 0.5, b: 0.5}, theories=carried), a, b)


def _print_difference(rows: list[Row], theirs: Scenario, mine: Scenario, json: bool) -> None:
    heads = ("key", theirs.name, mine.name, "written in")
    if json:
        print_rows(heads, [(row.key, row.a, row.b, row.source) for row in rows], json_=True)
    else:
        told = [(row.key, _value(row, row.a, theirs), _value(row, row.b, mine), row.source) for row in rows]
        print_rows(heads, told)


def _value(row: Row, value: Any, scenario: Scenario) -> str:
    """A value as one reads it: an event in words, a list or a mapping as a file says it."""
    from triangle_sim.scenario.show.describe import event_in_words
    from triangle_sim.scenario.show.dump import dump

    if value is None:
        return "-"
    if isinstance(value, dict) and row.key.startswith("events.") and row.key.count(".") == 1:
        return event_in_words(scenario.events[row.key.removeprefix("events.")])
    if isinstance(value, float):
        return f"{value:g}"
    return dump(value, flow=True).strip() if isinstance(value, dict | list) else str(value)


def schema() -> None:
    """JSON Schema of scenario files, for editors."""
    print(schema_text(), end="")


def schema_text() -> str:
    """The JSON Schema as the text of a file."""
    import json

    from triangle_sim.scenario.check.catalogue import model_catalogue
    from triangle_sim.scenario.show.json_schema import json_schema

    return json.dumps(json_schema(model_catalogue()), indent=1, ensure_ascii=False) + "\n"
