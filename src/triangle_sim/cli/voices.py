"""Theories on the command line: what one states, where two differ, what of it matters."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from triangle_sim.analysis.voices import EVERYTHING, Difference, Gap, Switch, voices
from triangle_sim.cli.loading import load
from triangle_sim.cli.output import paragraph, print_json, table
from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.names import counted
from triangle_sim.outcomes import label
from triangle_sim.scenario.read.voices import name_of
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.theory_template import spread_text
from triangle_sim.world.theories import load_theory

SHOWN = 12
"""Numbers that are told one by one."""


def print_theory(reference: str, with_: Sequence[str], set_: Sequence[str], json: bool) -> None:
    """What a theory says: each number with its prior, the model's own, and what it rests on."""
    scenario = load("baseline", with_, [*set_, f"theory={reference}"])
    (name,) = scenario.theory
    voice = scenario.theories.get(name)
    theory = load_theory(name) if voice is None else voice.theory(name)
    ready = prepared_for(scenario)
    rows = [
        (key, str(ready.tables[name][key].prior), str(ready.table[key].prior), ", ".join(theory.claims[key]))
        for key in theory.priors
        if key in ready.table
    ]
    heads = ("number", "prior", "the model's own", "claims")
    if json:
        print_json([dict(zip(heads, row, strict=True)) for row in rows])
        return
    extends = "" if voice is None or voice.extends is None else f" What it does not state is as in {voice.extends}."
    paragraph(f"{name}: {theory.title or 'a theory without a title'}.{extends}")
    print()
    table(heads, rows)


def print_two(mine: str, other: str, with_: Sequence[str], set_: Sequence[str], json: bool) -> None:
    """Where theory ``mine`` differs from theory ``other``, and what of it matters in the baseline."""
    names = [name_of(each) for each in (other, mine)]
    if names[0] == names[1]:
        raise UsageError(f"both theories are called {quote(names[0])}", "give one another 'name:' in its file")
    scenario = load("baseline", with_, [*set_, f"theory={{{other!r}: 0.5, {mine!r}: 0.5}}"])
    print_voices(scenario, *names, json=json)


def print_voices(scenario: Scenario, a: str, b: str, *, json: bool = False) -> None:
    """The same for two theories of a scenario, from ``a`` to ``b``."""
    found = voices(scenario, a, b)
    if json:
        print_json(as_data(found))
    elif not found.gaps and len(found.subjects) == 1:
        print(f"{a} and {b} say the same.")
    else:
        _print_difference(found, scenario.name)


def _print_difference(found: Difference, scenario: str) -> None:
    a, b = found.a, found.b
    paragraph(answer(found, scenario))
    gaps = {gap.parameter: gap for gap in found.gaps}
    clear = [each for each in found.numbers if each.clear][:SHOWN]
    if clear:
        _head(f"The numbers that matter, each switched by itself from {a} to {b}, all else as {a} has it")
        heads = ("number", a, b, "apart", "moves most", "by (points)")
        table(heads, [(each.what, *_gap(gaps[each.what]), *_most(each)) for each in clear])
    left = [gap for gap in found.gaps if gap.parameter not in {each.what for each in clear}]
    if left:
        _head(f"{'The others' if clear else 'All of them'} move no ending and no event clearly by themselves")
        table(("number", a, b, "apart"), [(gap.parameter, *_gap(gap)) for gap in left[:SHOWN]])
        if len(left) > SHOWN:
            print(f"... and {len(left) - SHOWN} more, closer together; --json has all.")
    _head("By subject, and everything at once")
    rows = [(each.what, len(each.parameters), *_most(each)) for each in found.subjects]
    table(("subject", "numbers", "moves most", "by (points)"), rows)
    paragraph(
        f"\n{counted(found.draws, 'draw')} on the same worlds. Numbers: median and the middle nine tenths of the "
        "prior; apart: from median to median, in standard deviations of the model's own prior. Effects: points of "
        "probability with 95% intervals over draws; clear are those that hold for all looks at once. "
        "A model, not a forecast."
    )


def answer(found: Difference, scenario: str) -> str:
    """The answer in words."""
    whole = next(each for each in found.subjects if each.what == EVERYTHING)
    name, effect = whole.most
    moved = "no ending and no event clearly"
    if whole.clear:
        moved = f"'{_plain(name)}' most, by {100 * effect.value:+.0f} points"
    matter = [each for each in found.numbers if each.clear]
    alone = "None of them matters much by itself."
    if matter:
        what, size = matter[0].most
        how = "matters by itself" if len(matter) == 1 else "matter by themselves, most of all"
        alone = f"{len(matter)} of them {how}: {matter[0].what} ({_plain(what)} {100 * size.value:+.0f} points)."
        alone = alone.replace("most of all:", "most of all")
    return (
        f"{found.a} and {found.b} state different priors for {counted(len(found.gaps), 'number')}. {alone} In "
        f"'{scenario}' the step from {found.a} to {found.b} as a whole moves {moved}."
    )


def _head(text: str) -> None:
    """What stands above a table."""
    paragraph(f"\n{text}:\n")


def _gap(gap: Gap) -> tuple[str, str, str]:
    return spread_text(gap.a), spread_text(gap.b), "-" if gap.apart != gap.apart else f"{gap.apart:+.1f} sd"


def _most(each: Switch) -> tuple[str, str]:
    if not each.clear:
        return "nothing clearly", ""
    name, effect = each.most
    return _plain(name), f"{100 * effect.value:+.0f} [{100 * effect.low:+.0f}, {100 * effect.high:+.0f}]"


def _plain(column: str) -> str:
    return "ending " * ("=" in column) + label(column)


def as_data(found: Difference) -> dict[str, Any]:
    """All of it, for a program."""

    def row(each: Switch) -> dict[str, Any]:
        effects = {
            name: {"points": 100 * e.value, "low": 100 * e.low, "high": 100 * e.high, "clear": name in each.clear}
            for name, e in each.effects.items()
        }
        return {"what": each.what, "parameters": list(each.parameters), "effects": effects}

    gaps = {gap.parameter: gap for gap in found.gaps}
    numbers = []
    for each in found.numbers:
        gap = gaps[each.what]
        about = {"meaning": gap.meaning, found.a: str(gap.a), found.b: str(gap.b), "apart": gap.apart}
        numbers.append(row(each) | about)
    subjects = [row(each) for each in found.subjects]
    return {"from": found.a, "to": found.b, "draws": found.draws, "numbers": numbers, "subjects": subjects}
