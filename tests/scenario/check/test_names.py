"""Unknown names and values out of range."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scenario.conftest import assert_error, assert_warning

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "line", "help"),
    [
        ("countries: [CHI]", "1:13: error: unknown country 'CHI' in 'countries'", "did you mean 'CHN'?"),
        ("theory: chung-2023", "1:9: error: unknown theory 'chung-2023' in 'theory'", "did you mean 'chung-2024'?"),
        ("theory: {lowy: 1}", "1:10: error: unknown theory 'lowy' in 'theory'", "did you mean 'lowy-2023'?"),
        ("world: 2024Q4", "1:8: error: unknown starting world '2024Q4' in 'world'", "did you mean '2024Q3'?"),
        ("claims: [A4, Z9]", "1:14: error: unknown claim 'Z9' in 'claims'", "known claims: A31, A4, B15"),
        ("pin: {us_prk_dialogue: 1}", "1:7: error: unknown environment variable 'us_prk_dialogue' in 'pin'", ""),
        ("decision: {JPN: {rule: quantal}}", "1:12: error: unknown country 'JPN' in 'decision'",
         "known countries: CHN"),
    ],
)  # fmt: skip
def test_errors(told: Told, text: str, line: str, help: str) -> None:
    assert_error(told(text + "\n"), line, help)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("start: 2025Q1", "1:8: warning: the run starts in 2025Q1 with the world of 2024Q3"),
        ("countries: [CHN, PRK]\ndecision: {USA: {rule: habit}}", "2:12: warning: 'USA' is not in this scenario"),
    ],
)  # fmt: skip
def test_warnings(told: Told, text: str, line: str) -> None:
    assert_warning(told(text + "\n"), line)


def test_the_model_error(told: Told) -> None:
    assert told("""\
        environment:
          ukraine_wr: 0.8
        """) == (
        "s.yaml:2:3: error: unknown environment variable 'ukraine_wr' in 'environment'\n"
        "     2 |   ukraine_wr: 0.8\n"
        "       |   ^^^^^^^^^^\n"
        "       = help: did you mean 'ukraine_war'? known names: sino_russian_rivalry, ukraine_war, us_deal_appetite\n"
        "\n"
        "1 error in s.yaml; nothing was run."
    )


def test_a_variable_out_of_range(told: Told) -> None:
    assert told("environment: {ukraine_war: 1.5}\n") == (
        "s.yaml:1:28: error: 'ukraine_war' must be 0 to 1, not 1.5\n"
        "     1 | environment: {ukraine_war: 1.5}\n"
        "       |                            ^^^\n"
        "       = help: ukraine_war: intensity of the war in Ukraine (0 none .. 1 as high as it can be)\n"
        "\n"
        "1 error in s.yaml; nothing was run."
    )


def test_two_sayings_that_disagree(told: Told) -> None:
    disagreement = told("environment: {ukraine_war: .5}\npin: {ukraine_war: .2}")
    assert "'ukraine_war' is 0.5 in 'environment' and held at 0.2 in 'pin'" in disagreement
    assert "has a prior, but 'parameters' fixes it" in told(
        "parameters: {rationality.PRK: 5}\npriors: {rationality.PRK: 6}"
    )
    assert "has a prior, but 'state' fixes it" in told(
        "state: {us_prk_dialogue: .5}\npriors: {start.us_prk_dialogue: .6}"
    )
    assert "the same starting value" in told("state: {us_prk_dialogue: .5}\nparameters: {start.us_prk_dialogue: .6}")
    shown = told("decision: {PRK: {rule: scripted, script: [test_missile]}}\nmoves: {disable: {PRK: [test_missile]}}")
    assert "s.yaml:1:43: error: the script plays 'test_missile', which 'moves.disable' takes away" in shown
