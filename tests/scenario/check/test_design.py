"""Decision rules, menus, the size of the experiment, and scenarios that say nothing new."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scenario.conftest import assert_error, assert_warning

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "line", "help"),
    [
        ("decision: {PRK: {rule: quantl}}", "1:24: error: unknown rule 'quantl'", "did you mean 'quantal'?"),
        ("decision: {PRK: {rule: scripted, script: [hld]}}",
         "1:43: error: unknown move 'hld' in 'decision.PRK.script'", "did you mean 'hold'?"),
        ("moves: {disable: {PRK: [test_nuke]}}", "1:25: error: unknown move 'test_nuke'", "known moves: court_moscow"),
        ("moves: {disable: {RUS: [hold, transfer_technology]}}", "1:19: error: all moves of 'RUS' are disabled",
         "least"),
    ],
)  # fmt: skip
def test_errors(told: Told, text: str, line: str, help: str) -> None:
    assert_error(told(text + "\n"), line, help)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("draws: 10", "1:8: warning: 10 draws are few: intervals over draws will be rough"),
        ("quarters: 100", "1:11: warning: 100 quarters are 25 years"),
        ("draws: 100000", "1:8: warning: 100,000 draws x 20 replicates = 2,000,000 runs"),
        ("decision: {PRK: {rule: habit, damping: 0.1}}", "1:31: warning: 'damping' has no effect on the rule 'habit'"),
        ("quarters: 1\ndecision: {PRK: {rule: scripted, script: [hold, hold]}}",
         "2:34: warning: the script has 2 moves for 1 quarter"),
        ("moves: {disable: {PRK: [hold]}}", "1:19: warning: 'PRK' cannot hold: it must act every quarter"),
    ],
)  # fmt: skip
def test_warnings(told: Told, text: str, line: str) -> None:
    assert_warning(told(text + "\n"), line)


def test_one_equilibrium_has_one_set_of_settings(told: Told) -> None:
    shown = told("decision: {default: {rule: equilibrium}, PRK: {rule: equilibrium, damping: 0.3}}\n")
    assert "'damping' is 0.3 for PRK and 0.5 for CHN" in shown
    assert "nothing was run" in shown
