"""Commands about scenario files: list, new, check, show, schema."""

from __future__ import annotations

import os
from pathlib import Path

from triangle_sim.cli.output import print_json, print_rows, say
from triangle_sim.errors import Problem, ScenarioError, UsageError, printable, quote, render


def list_scenarios(json: bool, csv: bool) -> None:
    """Name and question of every bundled scenario."""
    from triangle_sim import resources

    names = resources.list_scenarios()
    rows = [(name, str(resources.read_yaml(resources.scenario_path(name)).get("question", ""))) for name in names]
    print_rows(("scenario", "question"), rows, json_=json, csv=csv)


def new_scenario(name: str, parent: str) -> None:
    """Write NAME.yaml and the schema beside it; an existing scenario is never overwritten."""
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
            (part, "w", _schema()),
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


def check_files(files: list[str], strict: bool) -> None:
    """Every problem of every file; exit 2 if there is an error (or a warning, with ``strict``)."""
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


def show_scenario(name: str, other: str | None, with_: list[str], set_: list[str], as_yaml: bool, json: bool) -> None:
    """A scenario in words, as a file, or as JSON; or the rows in which it differs from another."""
    from triangle_sim.cli.loading import load
    from triangle_sim.scenario.check.catalogue import model_catalogue

    if other is not None:
        return _show_difference(name, other, with_, set_, json)
    scenario = load(name, with_, set_)
    if json:
        print_json(scenario.data())
    elif as_yaml:
        from triangle_sim.montecarlo.folder.scenario_file import scenario_yaml

        print(scenario_yaml(scenario), end="")
    else:
        from triangle_sim.scenario.show.describe import describe

        print(describe(scenario, model_catalogue()))


def _show_difference(name: str, other: str, with_: list[str], set_: list[str], json: bool) -> None:
    from triangle_sim.scenario.load import check
    from triangle_sim.scenario.show.diff import difference

    found = [check(name, with_=with_, set_=set_), check(other)]
    for each in found:
        if each.scenario is None:
            raise ScenarioError(each.errors)
    one, two = (each.scenario for each in found)
    assert one is not None and two is not None
    rows = difference(two, one, of_a=found[1].merged, of_b=found[0].merged)
    if not rows and not json:
        print(f"{one.name} and {two.name} mean the same.")
        return
    print_rows(
        ("key", two.name, one.name, "written in"),
        [(row.key, _value(row.a), _value(row.b), row.source) for row in rows],
        json_=json,
    )


def _value(value: object) -> str:
    return "-" if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def print_schema() -> None:
    """The JSON Schema on stdout."""
    print(_schema(), end="")


def _schema() -> str:
    import json

    from triangle_sim.scenario.check.catalogue import model_catalogue
    from triangle_sim.scenario.show.json_schema import json_schema

    return json.dumps(json_schema(model_catalogue()), indent=1, ensure_ascii=False) + "\n"
