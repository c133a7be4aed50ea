"""What is wrong with the shape of a scenario, word for word."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scenario.conftest import assert_error

Told = Callable[..., str]


def test_a_value_out_of_range(told: Told) -> None:
    assert told("draws: 0\n") == (
        "s.yaml:1:8: error: 'draws' must be 1 to 1,000,000 (draws), not 0\n"
        "     1 | draws: 0\n"
        "       |        ^\n"
        "       = help: samples of what we do not know: theory and parameters\n"
        "\n"
        "1 error in s.yaml; nothing was run."
    )


@pytest.mark.parametrize(
    ("text", "line", "help"),
    [
        ("quaters: 3", "1:1: error: unknown key 'quaters'", "did you mean 'quarters'?"),
        ("quarters: '8'", "1:11: error: 'quarters' must be a whole number (quarters), not the text '8'", "remove the"),
        ("quarters: 2.0", "1:11: error: 'quarters' must be a whole number (quarters), not 2.0", "write 2"),
        ("quarters: true", "1:11: error: 'quarters' must be a whole number (quarters), not true", "how many"),
        ("replicates: -1", "1:13: error: 'replicates' must be 1 to 100,000 (runs), not -1", "runs for each draw"),
        ("start: Q3 2024", "1:8: error: 'start': 'Q3 2024' is not a quarter", "write 2024Q3"),
        ("start: 2024-08-13", "1:8: error: 'start': '2024-08-13' is not a quarter", "write 2024Q3"),
        ("environment: {ukraine_war: 50%}",
         "1:28: error: 'ukraine_war' in 'environment' must be a number, not the text '50%'", "0.5"),
        ("environment: {ukraine_war: '0,5'}",
         "1:28: error: 'ukraine_war' in 'environment' must be a number, not the text '0,5'", "0.5"),
        ("environment: {ukraine_war: on}",
         "1:28: error: 'ukraine_war' in 'environment' must be a number, not the text 'on'", ""),
        ("environment: [1]", "1:1: error: 'environment' must be a mapping of keys to values, not a list", "conditions"),
        ("claims: A31", "1:9: error: 'claims' must be a list, not the text 'A31'", "write [A31]"),
        ("title: 5", "1:8: error: 'title' must be text, not 5", 'put it in quotes: "5"'),
        ("name: a/b", "1:7: error: 'name' cannot be 'a/b'", "none of /"),
        ("name: ..", "1:7: error: 'name' cannot be '..'", "not beginning with a dot"),
        ("countries: [CHN, China]", "1:1: error: 'countries': CHN appears more than once", "each country once"),
        ("countries: []", "1:1: error: 'countries' has 0 items, at least 1 expected", "who decides"),
        ("theory: {chung-2024: 0.5, lowy-2023: 0.6}", "1:1: error: 'theory': the shares of the theories sum to 1.1",
         ""),
        ("events: {e: {}}", "1:10: error: 'events.e': the event has no timing", "give one of when: 2024Q4 |"),
        ("events: {e: {when: 2025Q1, hazard: 0.1}}", "1:28: error: 'events.e': the event has several timings",
         "one of"),
        ("events: {e: {when: 2025Q1, until: 2025Q3}}",
         "1:28: error: 'events.e': the event has 'until' without a hazard or a condition: when and until", "one of"),
        ("events: {e: {window: [2025Q4, 2025Q1]}}", "1:14: error: 'events.e': the window ends before it begins",
         "write"),
        ("events: {e: {window: [2025Q4]}}", "1:14: error: 'window' in 'events.e' has too few items", "first and last"),
        ("events: {e: {hazard: 1.5}}", "1:22: error: 'hazard' in 'events.e' must be 0 to 1 (probability per quarter)",
         ""),
        ("events: {e: {hazard: .1, from: 2026Q1, until: 2025Q1}}", "1:40: error: 'events.e': 'until' lies before", ""),
        ("events: {e: {hazard: .1, duration: 0}}", "1:36: error: 'duration' in 'events.e' must be 1 to 400 (quar", ""),
        ("events: {e: {hazzard: .1}}", "1:14: error: unknown key 'hazzard' in 'events.e'", "did you mean 'hazard'?"),
        ("events: {e e: {hazard: .1}}", "1:10: error: 'e e' in 'events' cannot be a name", "letters, digits"),
        ("events: {e: {condition: []}}", "1:14: error: 'condition' in 'events.e' has 0 items, at least 1", ""),
        ("events: {e: {condition: [{variable: ukraine_war}]}}",
         "1:26: error: 'events.e.condition[1]': a condition needs 'above' or 'below'", "as in {variable:"),
        ("decision: {PRK: {rule: quantal, depth: 11}}",
         "1:40: error: 'depth' in 'decision.PRK' must be 0 to 10 (steps), not 11", "steps of reasoning"),
        ("decision: {PRK: {depth: 1}}", "1:12: error: 'rule' is missing in 'decision.PRK'",
         "decision rule: best_response"),
        ("decision: {PRK: {rule: scripted}}", "1:18: error: 'decision.PRK': a scripted country needs a script", "add"),
        ("decision: {PRK: {rule: scripted, script: [hold], then: rest}}",
         "1:56: error: 'then' in 'decision.PRK' cannot be the text 'rest'", "choose, hold, repeat"),
        ("moves: {enable: {}}", "1:9: error: unknown key 'enable' in 'moves'", "known keys: disable"),
        ("priors: {rationality.PRK: {dist: nrm}}", "1:34: error: unknown distribution 'nrm' in 'priors.rational",
         "'norm'?"),
        ("priors: {rationality.PRK: {loc: 1}}", "1:10: error: 'rationality.PRK' in 'priors' does not say 'dist'",
         "as in"),
        ("priors: {rationality.PRK: {dist: norm, loc: 1}}", "1:10: error: 'scale' is missing in 'priors.rationality",
         ""),
        ("priors: {rationality.PRK: {dist: norm, loc: 1, scale: -1}}",
         "1:55: error: 'scale' in 'priors.rationality.PRK' must be at least 0, not -1", "standard deviation"),
        ("priors: {rationality.PRK: {dist: triang, low: 1, mode: 0, high: 2}}",
         "1:50: error: 'priors.rationality.PRK': the values are not in the order low <= mode <= high", "sort them"),
        ("priors: {rationality.PRK: '5'}", "1:27: error: 'rationality.PRK' in 'priors' must be a number",
         "remove the quot"),
        ("seed: -1", "1:7: error: 'seed' must be 0 to 9,223,372,036,854,775,807, not -1", "seed of all random numbers"),
    ],
)  # fmt: skip
def test_errors(told: Told, text: str, line: str, help: str) -> None:
    assert_error(told(text + "\n"), line, help)


def test_everything_is_told_at_once_shape_and_meaning(told: Told) -> None:
    shown = told("""\
        quaters: 3
        environment: {ukraine_wr: 0.1, us_deal_appetite: high}
        events:
          one: {when: 2025Q1, hazard: 0.1}
          two: {hazard: 0.1, effects: {chinese_suply: 0.1}}
        decision: {CHN: {rule: quantl}}
        """)
    assert [line.split(": error: ")[0] for line in shown.splitlines() if ": error: " in line] == [
        "s.yaml:1:1", "s.yaml:2:15", "s.yaml:2:50", "s.yaml:4:23", "s.yaml:5:32", "s.yaml:6:24",
    ]  # fmt: skip
    assert shown.endswith("6 errors in s.yaml; nothing was run.")


def test_a_sound_scenario_says_nothing(told: Told) -> None:
    assert (
        told("""\
        question: What if the war ends?
        environment: {ukraine_war: 0.2}
        state: {'goodwill[ RUS , North Korea ]': 0.5}
        decision: {DPRK: {rule: scripted, script: [court_moscow, hold], then: repeat}}
        """)
        == ""
    )
