"""What a user reads about a scenario that is wrong, word for word."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from triangle_sim.scenario.load import check

from .fake import CATALOGUE

Told = Callable[..., str]


def test_the_model_error(told: Told) -> None:
    assert told("""\
        set:
          ukraine_wr: 0.8
        """) == (
        "s.yaml:2:3: error: unknown key 'ukraine_wr' in 'set'\n"
        "     2 |   ukraine_wr: 0.8\n"
        "       |   ^^^^^^^^^^\n"
        "       = help: did you mean 'ukraine_war'? known keys: chinese_supply, "
        "effect.PRK.court_moscow.goodwill[RUS,PRK], goodwill[CHN,PRK], goodwill[RUS,PRK], rationality.PRK, "
        "sino_russian_rivalry, start.us_prk_dialogue, ukraine_war, us_deal_appetite, us_prk_dialogue, "
        "weight.PRK.supply\n"
        "\n"
        "1 error in s.yaml; nothing was run."
    )


def test_a_value_out_of_range(told: Told) -> None:
    assert told("draws: 0\n") == (
        "s.yaml:1:8: error: 'draws' must be 1 to 1,000,000 (draws), not 0\n"
        "     1 | draws: 0\n"
        "       |        ^\n"
        "       = help: samples of what we do not know: theory and parameters\n"
        "\n"
        "1 error in s.yaml; nothing was run."
    )


def test_a_variable_out_of_range(told: Told) -> None:
    assert told("set: {ukraine_war: 1.5}\n") == (
        "s.yaml:1:20: error: 'ukraine_war' must be 0 to 1, not 1.5\n"
        "     1 | set: {ukraine_war: 1.5}\n"
        "       |                    ^^^\n"
        "       = help: ukraine_war: intensity of the war in Ukraine (0 none .. 1 as high as it can be)\n"
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
        ("set: {ukraine_war: 50%}", "1:20: error: 'ukraine_war' in 'set' must be a number, not the text '50%'", "0.5"),
        ("set: {ukraine_war: '0,5'}",
         "1:20: error: 'ukraine_war' in 'set' must be a number, not the text '0,5'", "0.5"),
        ("set: {ukraine_war: on}", "1:20: error: 'ukraine_war' in 'set' must be a number, not the text 'on'", ""),
        ("set: [1]", "1:1: error: 'set' must be a mapping of keys to values, not a list", "values of environment"),
        ("claims: A31", "1:9: error: 'claims' must be a list, not the text 'A31'", "write [A31]"),
        ("title: 5", "1:8: error: 'title' must be text, not 5", 'put it in quotes: "5"'),
        ("name: a/b", "1:7: error: 'name' cannot be 'a/b'", "none of /"),
        ("name: ..", "1:7: error: 'name' cannot be '..'", "not beginning with a dot"),
        ("countries: [CHI]", "1:13: error: unknown country 'CHI' in 'countries'", "did you mean 'CHN'?"),
        ("countries: [CHN, China]", "1:1: error: 'countries': CHN appears more than once", "each country once"),
        ("countries: []", "1:1: error: 'countries' has 0 items, at least 1 expected", "who decides"),
        ("theory: chung-2023", "1:9: error: unknown theory 'chung-2023' in 'theory'", "did you mean 'chung-2024'?"),
        ("theory: {lowy: 1}", "1:10: error: unknown theory 'lowy' in 'theory'", "did you mean 'lowy-2023'?"),
        ("theory: {chung-2024: 0.5, lowy-2023: 0.6}",
         "1:1: error: 'theory': the shares of the theories sum to 1.1", ""),
        ("world: 2024Q4", "1:8: error: unknown starting world '2024Q4' in 'world'", "did you mean '2024Q3'?"),
        ("claims: [A4, Z9]", "1:14: error: unknown claim 'Z9' in 'claims'", "known claims: A31, A4, B15"),
        ("pin: {us_prk_dialogue: 1}", "1:7: error: unknown environment variable 'us_prk_dialogue' in 'pin'", ""),
        ("events: {e: {}}", "1:10: error: 'events.e': the event has no timing", "give one of when: 2024Q4 |"),
        ("events: {e: {when: 2025Q1, hazard: 0.1}}",
         "1:28: error: 'events.e': the event has several timings", "one of"),
        ("events: {e: {when: 2025Q1, until: 2025Q3}}",
         "1:28: error: 'events.e': the event has 'until' without a hazard or a condition: when and until", "one of"),
        ("events: {e: {window: [2025Q4, 2025Q1]}}",
         "1:14: error: 'events.e': the window ends before it begins", "write"),
        ("events: {e: {window: [2025Q4]}}", "1:14: error: 'window' in 'events.e' has too few items", "first and last"),
        ("events: {e: {hazard: 1.5}}",
         "1:22: error: 'hazard' in 'events.e' must be 0 to 1 (probability per quarter)", ""),
        ("events: {e: {hazard: .1, from: 2026Q1, until: 2025Q1}}", "1:40: error: 'events.e': 'until' lies before", ""),
        ("events: {e: {hazard: .1, duration: 0}}", "1:36: error: 'duration' in 'events.e' must be 1 to 400 (quar", ""),
        ("events: {e: {hazzard: .1}}", "1:14: error: unknown key 'hazzard' in 'events.e'", "did you mean 'hazard'?"),
        ("events: {e e: {hazard: .1}}", "1:10: error: 'e e' in 'events' cannot be a name", "letters, digits"),
        ("events: {e: {condition: []}}", "1:14: error: 'condition' in 'events.e' has 0 items, at least 1", ""),
        ("events: {e: {condition: [{variable: ukraine_war}]}}",
         "1:26: error: 'events.e.condition[1]': a condition needs 'above' or 'below'", "as in {variable:"),
        ("events: {e: {condition: [{variable: ukraine_wr, above: 0}]}}",
         "1:37: error: unknown variable 'ukraine_wr' in 'events.e.condition.0.variable'",
         "did you mean 'ukraine_war'?"),
        ("events: {e: {hazard: .1, effects: {ukrane_war: 1}}}",
         "1:36: error: unknown variable 'ukrane_war' in 'events.e.effects'", "did you mean 'ukraine_war'?"),
        ("events: {e: {hazard: .1, shock: {ukraine_war: 1}}}",
         "1:34: error: a shock moves state variables; 'ukraine_war' belongs to the environment", "'effects'"),
        ("events: {e: {when: 2020Q1, effects: {ukraine_war: .1}}}",
         "1:20: error: the event 'e' lies before the start of the run, 2024Q3", "from 2024Q3 to 2029Q2"),
        ("events: {e: {hazard: .1, until: 2020Q1, effects: {ukraine_war: .1}}}",
         "1:33: error: the event 'e' can only happen before the start of the run", "from 2024Q3 to 2029Q2"),
        ("events: {e: {hazard: .1, group: g, effects: {ukraine_war: .1}}}",
         "1:33: error: unknown group 'g'", "declare it: groups: {g: a title}"),
        ("decision: {PRK: {rule: quantl}}", "1:24: error: unknown rule 'quantl'", "did you mean 'quantal'?"),
        ("decision: {PRK: {rule: quantal, depth: 11}}",
         "1:40: error: 'depth' in 'decision.PRK' must be 0 to 10 (steps), not 11", "steps of reasoning"),
        ("decision: {PRK: {depth: 1}}", "1:12: error: 'rule' is missing in 'decision.PRK'", "decision rule: quantal"),
        ("decision: {PRK: {rule: scripted}}", "1:18: error: 'decision.PRK': a scripted country needs a script", "add"),
        ("decision: {PRK: {rule: scripted, script: [hld]}}",
         "1:43: error: unknown move 'hld' in 'decision.PRK.script'", "did you mean 'hold'?"),
        ("decision: {PRK: {rule: scripted, script: [hold], then: rest}}",
         "1:56: error: 'then' in 'decision.PRK' cannot be the text 'rest'", "choose, hold, repeat"),
        ("decision: {JPN: {rule: quantal}}",
         "1:12: error: unknown country 'JPN' in 'decision'", "known countries: CHN"),
        ("moves: {disable: {PRK: [test_nuke]}}", "1:25: error: unknown move 'test_nuke'", "known moves: court_moscow"),
        ("moves: {disable: {RUS: [hold, transfer_technology]}}",
         "1:19: error: all moves of 'RUS' are disabled", "least"),
        ("moves: {enable: {}}", "1:9: error: unknown key 'enable' in 'moves'", "known keys: disable"),
        ("priors: {weight.PRK.suply: 1}", "1:10: error: unknown parameter 'weight.PRK.suply'", "'weight.PRK.supply'?"),
        ("priors: {rationality.PRK: {dist: nrm}}",
         "1:34: error: unknown distribution 'nrm' in 'priors.rational", "'norm'?"),
        ("priors: {rationality.PRK: {loc: 1}}",
         "1:10: error: 'rationality.PRK' in 'priors' does not say 'dist'", "as in"),
        ("priors: {rationality.PRK: {dist: norm, loc: 1}}",
         "1:10: error: 'scale' is missing in 'priors.rationality", ""),
        ("priors: {rationality.PRK: {dist: norm, loc: 1, scale: -1}}",
         "1:55: error: 'scale' in 'priors.rationality.PRK' must be at least 0, not -1", "standard deviation"),
        ("priors: {rationality.PRK: {dist: triang, low: 1, mode: 0, high: 2}}",
         "1:50: error: 'priors.rationality.PRK': the values are not in the order low <= mode <= high", "sort them"),
        ("priors: {rationality.PRK: '5'}",
         "1:27: error: 'rationality.PRK' in 'priors' must be a number", "remove the quot"),
        ("priors: {rationality.PRK: -1}", "1:27: error: 'rationality.PRK' must be 0 to 100, not -1", "how closely"),
        ("seed: -1", "1:7: error: 'seed' must be 0 to 9,223,372,036,854,775,807, not -1", "seed of all random numbers"),
        ("- a", "1:1: error: a scenario is a mapping of keys to values", "extends: baseline"),
        ("just text", "1:1: error: a scenario is a mapping of keys to values", "extends: baseline"),
        ("extends: [1]", "1:11: error: 'extends' takes the name or path of a scenario", "extends: baseline"),
        ("set: {North Korea: 1, DPRK: 2, 'goodwill[RUS, KP]': 0, 'goodwill[RUS,PRK]': 0}",
         "1:56: error: 'goodwill[RUS,PRK]' is the same as 'goodwill[RUS, KP]' at line 1", "keep one of the two"),
    ],
)  # fmt: skip
def test_errors(told: Told, text: str, line: str, help: str) -> None:
    shown = told(text + "\n")
    lines = shown.splitlines()
    assert any(candidate.startswith(f"s.yaml:{line}") for candidate in lines), shown
    assert help in shown
    assert shown.endswith("nothing was run.")
    assert "in s.yaml; nothing" in shown


def test_everything_is_told_at_once_shape_and_meaning(told: Told) -> None:
    shown = told("""\
        quaters: 3
        set: {ukraine_wr: 0.1, us_deal_appetite: high}
        events:
          one: {when: 2025Q1, hazard: 0.1}
          two: {hazard: 0.1, effects: {chinese_suply: 0.1}}
        decision: {CHN: {rule: quantl}}
        """)
    assert [line.split(": error: ")[0] for line in shown.splitlines() if ": error: " in line] == [
        "s.yaml:1:1", "s.yaml:2:7", "s.yaml:2:42", "s.yaml:4:23", "s.yaml:5:32", "s.yaml:6:24",
    ]  # fmt: skip
    assert shown.endswith("6 errors in s.yaml; nothing was run.")


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("draws: 10", "1:8: warning: 10 draws are few: intervals over draws will be rough"),
        ("quarters: 100", "1:11: warning: 100 quarters are 25 years"),
        ("draws: 100000", "1:8: warning: 100,000 draws x 20 replicates = 2,000,000 runs"),
        ("start: 2025Q1", "1:8: warning: the run starts in 2025Q1 with the world of 2024Q3"),
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
        ("countries: [CHN, PRK]\ndecision: {USA: {rule: habit}}", "2:12: warning: 'USA' is not in this scenario"),
        ("decision: {PRK: {rule: habit, damping: 0.1}}", "1:31: warning: 'damping' has no effect on the rule 'habit'"),
        ("quarters: 1\ndecision: {PRK: {rule: scripted, script: [hold, hold]}}",
         "2:34: warning: the script has 2 moves for 1 quarter"),
        ("moves: {disable: {PRK: [hold]}}", "1:19: warning: 'PRK' cannot hold: it must act every quarter"),
        ("priors: {weight.PRK.supply: {dist: uniform, loc: -1, scale: 2}}",
         "1:10: warning: the prior of 'weight.PRK.supply' reaches beyond its range at least 0"),
        ("events:\n", "1:1: warning: nothing stands after 'events:', which deletes what the parents say of it"),
    ],
)  # fmt: skip
def test_warnings(told: Told, text: str, line: str) -> None:
    shown = told(text + "\n")
    assert any(candidate.startswith(f"s.yaml:{line}") for candidate in shown.splitlines()), shown
    assert "nothing was run" not in shown


def test_events_that_exclude_each_other(told: Told) -> None:
    assert told("""\
        groups: {election: who wins}
        events:
          a: {when: 2025Q1, probability: 0.7, group: election, effects: {ukraine_war: 0.1}}
          b: {when: 2025Q1, probability: 0.5, group: election, effects: {ukraine_war: 0.1}}
        """) == (
        "s.yaml:4:34: error: the events of the group 'election' are mutually exclusive, but their odds sum to 1.2\n"
        "     4 |   b: {when: 2025Q1, probability: 0.5, group: election, effects: {ukraine_war: 0.1}}\n"
        "       |                                  ^^^\n"
        "       = help: 0.7 (a) + 0.5 (b) must not exceed 1\n"
        "\n"
        "1 error in s.yaml; nothing was run."
    )


def test_two_sayings_that_disagree(told: Told) -> None:
    disagreement = told("set: {ukraine_war: .5}\npin: {ukraine_war: .2}")
    assert "'ukraine_war' is 0.5 in 'set' and held at 0.2 in 'pin'" in disagreement
    assert "has a prior, but 'set' fixes it" in told("set: {rationality.PRK: 5}\npriors: {rationality.PRK: 6}")
    assert "has a prior, but 'set' fixes it" in told("set: {us_prk_dialogue: .5}\npriors: {start.us_prk_dialogue: .6}")
    assert "the same starting value" in told("set: {us_prk_dialogue: .5, start.us_prk_dialogue: .6}")
    shown = told("decision: {PRK: {rule: scripted, script: [test_missile]}}\nmoves: {disable: {PRK: [test_missile]}}")
    assert "s.yaml:1:43: error: the script plays 'test_missile', which 'moves.disable' takes away" in shown


def test_a_sound_scenario_says_nothing(told: Told) -> None:
    assert (
        told("""\
        question: What if the war ends?
        set: {ukraine_war: 0.2, 'goodwill[ RUS , North Korea ]': 0.5}
        decision: {DPRK: {rule: scripted, script: [court_moscow, hold], then: repeat}}
        """)
        == ""
    )


def test_an_event_after_the_horizon(told: Told) -> None:
    shown = told("events: {e: {when: 2040Q1, effects: {ukraine_war: .1}}}\n")
    assert shown.startswith("s.yaml:1:20: error: the event 'e' lies after the last quarter of the run, 2029Q2")
    assert shown.endswith("1 error in s.yaml; nothing was run.")


def test_a_horizon_cut_short_leaves_an_inherited_event_out(tmp_path: Path) -> None:
    (tmp_path / "parent.yaml").write_text("quarters: 40\nevents: {e: {when: 2030Q1, effects: {ukraine_war: .1}}}\n")
    (tmp_path / "child.yaml").write_text("extends: parent.yaml\nquarters: 4\n")
    for found in (
        check(tmp_path / "child.yaml", catalogue=CATALOGUE),
        check(tmp_path / "parent.yaml", set_=["quarters=4"], catalogue=CATALOGUE),
    ):
        assert not found.errors
        assert any("lies after the last quarter" in problem.message for problem in found.warnings)


def test_one_equilibrium_has_one_set_of_settings(told: Told) -> None:
    shown = told("decision: {default: {rule: equilibrium}, PRK: {rule: equilibrium, damping: 0.3}}\n")
    assert "'damping' is 0.3 for PRK and 0.5 for CHN" in shown
    assert "nothing was run" in shown
