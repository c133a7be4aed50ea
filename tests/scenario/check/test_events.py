"""Events: what they move, when, and how they exclude each other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scenario.conftest import assert_error, assert_warning, checked

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "line", "help"),
    [
        ("events: {e: {condition: [{variable: ukraine_wr, above: 0}]}}",
         "1:37: error: unknown variable 'ukraine_wr' in 'events.e.condition[1].variable'",
         "did you mean 'ukraine_war'?"),
        ("events: {e: {hazard: .1, effects: {ukrane_war: 1}}}",
         "1:36: error: unknown variable 'ukrane_war' in 'events.e.effects'", "did you mean 'ukraine_war'?"),
        ("events: {e: {hazard: .1, shock: {ukraine_war: 1}}}",
         "1:34: error: a shock moves state variables; 'ukraine_war' belongs to the environment", "'effects'"),
        ("events: {e: {when: 2020Q1, effects: {ukraine_war: .1}}}",
         "1:20: error: the event 'e' lies before the start of the run, 2024Q3", "from 2024Q3 to 2029Q2"),
        ("events: {e: {hazard: .1, until: 2020Q1, effects: {ukraine_war: .1}}}",
         "1:33: error: the event 'e' can only happen before the start of the run", "from 2024Q3 to 2029Q2"),
        ("events: {e: {hazard: .1, group: g, effects: {ukraine_war: .1}}}", "1:33: error: unknown group 'g'",
         "declare it: groups: {g: a title}"),
    ],
)  # fmt: skip
def test_errors(told: Told, text: str, line: str, help: str) -> None:
    assert_error(told(text + "\n"), line, help)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("events: {e: {hazard: 0.6, effects: {ukraine_war: .1}}}", "1:22: warning: a hazard of 0.6 a quarter is high"),
        ("events: {e: {hazard: 0.1}}", "1:10: warning: the event 'e' changes nothing"),
        ("events: {e: {window: [2029Q1, 2029Q4], effects: {ukraine_war: .1}}}",
         "1:14: warning: the window of 'e' reaches beyond the last quarter of the run, 2029Q2"),
        ("events: {e: {hazard: .1, effects: {chinese_supply: 3}}}",
         "1:52: warning: a shift of 3 moves 'chinese_supply'"),
        ("events: {e: {hazard: .1, effects: {ukraine_war: -2}}}",
         "1:49: warning: a shift of -2 is more than the whole"),
        ("events: {e: {hazard: .1, shock: {chinese_supply: 3}}}", "1:50: warning: a shock of 3 throws"),
        ("pin: {ukraine_war: 1}\nevents: {e: {hazard: .1, effects: {ukraine_war: -.2}}}",
         "2:36: warning: 'ukraine_war' is held by 'pin'"),
        ("groups: {g: nobody}", "1:10: warning: no event belongs to the group 'g'"),
    ],
)  # fmt: skip
def test_warnings(told: Told, text: str, line: str) -> None:
    assert_warning(told(text + "\n"), line)


def test_events_that_exclude_each_other(told: Told) -> None:
    assert told("""\
        groups: {election: who wins}
        events:
          a: {when: 2025Q1, probability: 0.7, group: election, source: s, effects: {ukraine_war: 0.1}}
          b: {when: 2025Q1, probability: 0.5, group: election, source: s, effects: {ukraine_war: 0.1}}
        """) == (
        "s.yaml:4:34: error: the events of the group 'election' are mutually exclusive, but their odds sum to 1.2\n"
        "     4 |   b: {when: 2025Q1, probability: 0.5, group: election, source: s, effects: {ukraine_war: 0.1}}\n"
        "       |                                  ^^^\n"
        "       = help: 0.7 (a) + 0.5 (b) must not exceed 1\n"
        "\n"
        "1 error in s.yaml; nothing was run."
    )


def test_an_event_after_the_horizon(told: Told) -> None:
    shown = told("events: {e: {when: 2040Q1, source: s, effects: {ukraine_war: .1}}}\n")
    assert shown.startswith("s.yaml:1:20: error: the event 'e' lies after the last quarter of the run, 2029Q2")
    assert shown.endswith("1 error in s.yaml; nothing was run.")


def test_a_horizon_cut_short_leaves_an_inherited_event_out(tmp_path: Path) -> None:
    (tmp_path / "parent.yaml").write_text("quarters: 40\nevents: {e: {when: 2030Q1, effects: {ukraine_war: .1}}}\n")
    (tmp_path / "child.yaml").write_text("extends: parent.yaml\nquarters: 4\n")
    for found in (
        checked("child.yaml"),
        checked("./parent.yaml", set_=["quarters=4"]),
    ):
        assert not found.errors
        assert any("lies after the last quarter" in problem.message for problem in found.warnings)


def test_an_event_says_where_it_comes_from(told: Told) -> None:
    shown = told("events: {e: {hazard: .1, effects: {ukraine_war: .1}}}\n")
    assert_warning(shown, "1:10: warning: the event 'e' does not say where its odds and effects come from")
    assert "give it a 'source', if only `source: judgement`" in shown
    assert told("events: {e: {hazard: .1, effects: {ukraine_war: .1}, source: judgement}}\n") == ""
