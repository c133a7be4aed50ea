"""Loading: every file and every argument gives a scenario or an error in words."""

from __future__ import annotations

import copy
import itertools
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from scenario.conftest import quick
from scenario.fake import CATALOGUE
from scenario.strategies import patches, scenario_data
from triangle_sim.errors import TOLD, ScenarioError, render
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.load import check, load
from triangle_sim.scenario.read.extends import MAX_FILES
from triangle_sim.scenario.read.text_file import MAX_BYTES
from triangle_sim.scenario.schema import Event, RuleSpec, Scenario
from triangle_sim.scenario.show.dump import dump

FROM = {"from_": "from", "for_": "for"}


@settings(quick, max_examples=80)
@given(scenario_data(CATALOGUE), st.data())
def test_a_damaged_file_gives_a_scenario_or_problems(data: dict[str, Any], choose: st.DataObject) -> None:
    text = yaml.safe_dump(data, allow_unicode=True)
    start = choose.draw(st.integers(0, len(text)))
    length = choose.draw(st.integers(0, 12))
    put = choose.draw(st.sampled_from(["", ":", "- ", "[", "}", "&a ", "null", "\t", "!!x ", "'", "1e999", "\n", "NO"]))
    with open("damaged.yaml", "w", encoding="utf-8", newline="") as stream:
        stream.write(text[:start] + put + text[start + length :])
    checked = check("damaged.yaml", catalogue=CATALOGUE)
    assert (checked.scenario is None) == bool(checked.errors)
    assert bool(render(checked.problems)) == bool(checked.problems)


@settings(quick, max_examples=80)
@given(patches(CATALOGUE))
def test_values_of_the_wrong_kind_give_problems_with_words(data: dict[str, Any]) -> None:
    with open("wrong.yaml", "w", encoding="utf-8") as stream:
        stream.write(dump(data))
    checked = check("wrong.yaml", catalogue=CATALOGUE)
    assert (checked.scenario is None) == bool(checked.errors)
    for problem in checked.errors:
        assert problem.message
        assert "_type" not in problem.message


PLACES: list[tuple[str, ...]] = [
    *((key,) for key in (*Scenario.model_fields, "extends", "set", "no_such_key")),
    *(("events", "e", FROM.get(key, key)) for key in Event.model_fields),
    *(("decision", "PRK", key) for key in RuleSpec.model_fields),
    *(("priors", "weight.PRK.supply", key) for key in ("dist", "loc", "scale", "low")),
    *(("environment", "ukraine_war"), ("state", "chinese_supply"), ("parameters", "rationality.PRK")),
    *(
        ("events", "e"),
        ("decision", "PRK"),
        ("moves", "disable"),
        ("moves", "disable", "PRK"),
        ("theory", "chung-2024"),
    ),
    *(
        ("pin", "ukraine_war"),
        ("groups", "g"),
        ("priors", "weight.PRK.supply"),
        ("events", "e", "effects", "ukraine_war"),
    ),
]
SOUND: dict[str, dict[str, Any]] = {
    "events": {"e": {"hazard": 0.1}},
    "decision": {"PRK": {"rule": "scripted", "script": ["hold"]}},
    "priors": {"weight.PRK.supply": {"dist": "norm", "loc": 1, "scale": 1}},
}
ODD: list[Any] = [
    *(None, True, 5, -1.5, 1e300, 10**25, "", "text", "2025Q1", "PRK"),
    *([], [1], [[]], [None], ["PRK"], [{"a": 1}], [{"variable": 5, "above": []}]),
    *(
        {},
        {"a": 1},
        {"a": {"b": []}},
        {"PRK": 5},
        {"default": None},
        {"dist": 5},
        {"x": {"when": "2025Q1", "effects": 5}},
    ),
]


@pytest.mark.parametrize("place", PLACES, ids=".".join)
def test_an_odd_value_anywhere_is_no_fault_of_the_program(place: tuple[str, ...], write: Callable[..., Path]) -> None:
    """Every wrong type is an error of the file, in words."""
    for value in ODD:
        data: Any = copy.deepcopy({place[0]: SOUND[place[0]]} if place[0] in SOUND and len(place) > 2 else {})
        holder = data
        for step in place[:-1]:
            holder = holder.setdefault(step, {})
        holder[place[-1]] = value
        write("s.yaml", dump(data))
        found = check("s.yaml")
        assert (found.scenario is None) == bool(found.errors), value
        assert bool(render(found.problems)) == bool(found.problems)
        assert all(problem.message and "_type" not in problem.message for problem in found.problems), found.problems


def rows(head: str, row: Callable[[int], str], foot: str = "") -> str:
    """As many rows as a file may have."""
    many = list(map(row, range(30_000)))
    sizes = itertools.accumulate(map(len, many))
    fitting = sum(size <= MAX_BYTES - len(head) - len(foot) for size in sizes)
    return head + "".join(many[:fitting]) + foot


LARGE = {
    "unknown names": rows("environment:\n", lambda i: f"  name{i}: 1\n"),
    "unknown parameters": rows("parameters:\n", lambda i: f"  weight.PRK.n{i}: 1\n"),
    "unknown keys": rows("", lambda i: f"key{i}: 1\n"),
    "events": rows("events:\n", lambda i: f"  e{i}: {{when: 2025Q1, effects: {{ukraine_war: 0.1}}}}\n"),
    "events without timing": rows("events:\n", lambda i: f"  e{i}: {{a: 1, b: 2}}\n"),
    "one group": rows("groups: {g: x}\nevents:\n", lambda i: f"  e{i}: {{when: 2025Q1, group: g}}\n"),
    "countries": rows("countries: [", lambda i: f"Z{i},", "]"),
    "claims": rows("claims: [", lambda i: f"Z{i},", "]"),
    "conditions": rows("events: {e: {condition: [", lambda i: "{},", "]}}"),
    "priors": rows("priors:\n", lambda i: f"  a.b{i}: {{dist: beta, a: 1e-3, b: 1e6}}\n"),
    "equal keys": rows("", lambda i: "a: 1\n"),
    "a list of lists": rows("note: [", lambda i: "[],", "]"),
    "a long key": "environment: {'a" + " " * 45_000 + "b': 1}",
}


@pytest.mark.parametrize("what", LARGE)
def test_a_large_file_is_answered_soon_and_in_few_words(what: str, write: Callable[..., Path]) -> None:
    write("s.yaml", LARGE[what])
    model_catalogue()
    begun = time.process_time()
    found = check("s.yaml")
    shown = render(found.problems)
    assert time.process_time() - begun < 30
    assert found.problems
    assert len(shown) < 20_000
    assert shown.count("error: ") + shown.count("warning: ") <= TOLD


def test_many_parents_are_answered_soon(write: Callable[..., Path]) -> None:
    names = [f"p{i}" for i in range(MAX_FILES - 1)]
    size = MAX_BYTES // MAX_FILES // 40
    for name in names:
        events = "".join(f"  e{i}: {{when: 2025Q1, note: {name}}}\n" for i in range(size))
        write(f"{name}.yaml", f"events:\n{events}")
    write("s.yaml", f"extends: [{', '.join(names)}]\n")
    begun = time.process_time()
    shown = render(check("s.yaml").problems)
    assert time.process_time() - begun < 30
    assert "'events.e0.note' is 'p0' in p0.yaml:2 and 'p1' in p1.yaml:2" in shown
    assert len(shown) < 20_000


def test_many_ways_to_the_same_ancestors_are_answered_soon(write: Callable[..., Path]) -> None:
    for i in range(MAX_FILES):
        parents = [f"p{j}" for j in range(i + 1, MAX_FILES)]
        write(f"p{i}.yaml", f"extends: [{', '.join(parents)}]\nenvironment: {{ukraine_war: 0.{i + 10}}}\n")
    begun = time.process_time()
    found = check("./p0.yaml", catalogue=CATALOGUE)
    assert time.process_time() - begun < 30
    assert found.scenario is not None
    assert found.scenario.environment == {"ukraine_war": 0.1}


@pytest.mark.parametrize("given", [None, 5, float("nan"), True, b"baseline", ["baseline"], {}, object()])
def test_what_is_no_name_or_path_is_a_type_error_in_one_sentence(given: Any) -> None:
    with pytest.raises(TypeError, match="a scenario is given by its name or path, not by ") as caught:
        load(given)
    assert len(str(caught.value).splitlines()) == 1
    with pytest.raises(TypeError, match="a scenario is given by its name or path"):
        load("baseline", with_=[given])


@pytest.mark.parametrize("given", [None, 5, float("nan"), b"draws=5", [5], {5: 1}, object()])
def test_what_is_no_setting_is_a_type_error_in_one_sentence(given: Any) -> None:
    with pytest.raises(TypeError, match="set_ takes a mapping of names to values, or a list of texts NAME=VALUE"):
        load("baseline", set_=given)
    with pytest.raises(TypeError, match="with_ takes a list of names or paths"):
        load("baseline", with_="trump_win")


@pytest.mark.parametrize("given", [Path("no/where.yaml"), "no/where.yaml", "", "x\0y", "./x\0y.yaml", ".", "nosuch"])
def test_what_leads_nowhere_is_an_error_of_the_scenario(given: Any) -> None:
    with pytest.raises(ScenarioError, match="nothing was run"):
        load(given)


def itself() -> dict[str, Any]:
    data: dict[str, Any] = {}
    data["x"] = data
    return data


@pytest.mark.parametrize(
    "value",
    [float("nan"), float("inf"), 10**5000, object(), np.zeros(3), b"5", {1, 2}, itself(), lambda: 1, [itself()]],
    ids=lambda value: type(value).__name__,
)
def test_any_python_value_is_taken_or_refused(value: Any) -> None:
    for key in ("draws", "ukraine_war", "events", "priors.weight.PRK.supply", "countries", "title"):
        with pytest.raises(ScenarioError):
            load("baseline", set_={key: value})
    for key in ("draws", "environment", "events", "countries", "title", "set"):
        with pytest.raises(ScenarioError):
            Scenario().with_(**{key: value})


def test_numpy_numbers_are_numbers() -> None:
    scenario = load("baseline", set_={"ukraine_war": np.float64(0.5), "draws": np.int64(7)})
    assert (scenario.environment, scenario.draws) == ({"ukraine_war": 0.5}, 7)


def test_what_was_checked_shows_its_problems(tmp_path: Path) -> None:
    """A notebook shows what `check` prints, not the objects behind it."""
    path = tmp_path / "mine.yaml"
    path.write_text("extends: baseline\nenvironment: {ukraine_was: 0.2}\n", encoding="utf-8")
    found = check(path)
    assert repr(found) == render(found.problems) and "did you mean 'ukraine_war'" in repr(found)
    path.write_text("extends: baseline\nenvironment: {ukraine_war: 0.2}\n", encoding="utf-8")
    assert repr(check(path)) == "mine: nothing is wrong."


def test_what_stands_under_a_misspelt_key_is_looked_at_as_if_it_were_spelt_right(tmp_path: Path) -> None:
    """All is told at once, where it was written."""
    path = tmp_path / "mine.yaml"
    text = """
    extends: baseline
    enviroment: {ukrain_war: 0.3}
    quaters: -4
    answers: [{outcom: nosuch}, {ending: blok}]
    events: {mine: {hazzard: 0.1, efects: {us_deal_apetite: 0.1}}}
    decison: {PRK: {rule: quantl, dept: 3}}
    """
    path.write_text(text, encoding="utf-8")
    found = {(each.line, each.message) for each in check(path).problems}
    assert found == {
        (3, "unknown key 'enviroment'"), (3, "unknown environment variable 'ukrain_war' in 'environment'"),
        (4, "unknown key 'quaters'"), (4, "'quarters' must be 1 to 400 (quarters), not -4"),
        (5, "unknown key 'outcom' in 'answers[1]'"), (5, "unknown outcome 'nosuch'"),
        (5, "unknown ending 'blok' in 'answers[2].ending'"),
        (6, "unknown key 'hazzard' in 'events.mine'"), (6, "unknown key 'efects' in 'events.mine'"),
        (6, "unknown variable 'us_deal_apetite' in 'events.mine.effects'"),
        (7, "unknown key 'decison'"), (7, "unknown key 'dept' in 'decision.PRK'"),
        (7, "unknown rule 'quantl' in 'decision.PRK.rule'"),
    }  # fmt: skip
