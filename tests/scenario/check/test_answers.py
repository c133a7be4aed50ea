"""What answers a question and what it is compared with: shape, names, where a reference is looked for."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from scenario.conftest import assert_error
from scenario.fake import CATALOGUE
from triangle_sim.errors import render
from triangle_sim.scenario.load import check, load, load_reference
from triangle_sim.scenario.schema import Scenario

Write = Callable[[str, str], object]


def test_an_answer_is_a_column_of_the_futures() -> None:
    given = [
        {"outcome": "us_prk_summit"},
        {"outcome": "final goodwill[Russia, North Korea]"},
        {"ending": "bloc", "expected": "more"},
        {"meeting": "us_prk_summit"},
        {"meeting": "us_prk_summit", "after": "us_rus_deal"},
    ]
    assert [answer.column for answer in Scenario.from_data({"answers": given}).answers] == [
        "us_prk_summit",
        "final goodwill[RUS,PRK]",
        "end_state=bloc",
        "met us_prk_summit",
        "met us_prk_summit after us_rus_deal",
    ]


def shown(write: Write, text: str) -> str:
    write("s.yaml", text)
    return render(check("s.yaml", catalogue=CATALOGUE).problems)


@pytest.mark.parametrize(
    ("answer", "line", "help"),
    [
        ("outcome: us_prk_sumit", "3:14: error: unknown outcome 'us_prk_sumit'", "did you mean 'us_prk_summit'?"),
        ("outcome: end_state", "3:14: error: 'end_state' is a category, not a number", "{ending: bloc}"),
        ("outcome: mean us_prk_dialog", "3:14: error: unknown state variable 'us_prk_dialog'",
         "did you mean 'us_prk_dialogue'?"),
        ("outcome: us_prk_dialogue", "3:14: error: 'us_prk_dialogue' is a state variable", "final us_prk_dialogue"),
        ("ending: russian_shild", "3:13: error: unknown ending 'russian_shild'", "did you mean 'russian_shield'?"),
        ("meeting: us_prk_sumit", "3:14: error: unknown meeting 'us_prk_sumit'", "did you mean 'us_prk_summit'?"),
        ("meeting: us_prk_summit\n    after: us_rus_deel", "4:12: error: unknown meeting 'us_rus_deel'",
         "did you mean 'us_rus_deal'?"),
        ("ending: bloc\n    after: us_rus_deal", "4:5: error: 'answers[1]': 'after' belongs to a meeting", "as in"),
        ("ending: bloc\n    outcome: nuclear_test", "2:5: error: 'answers[1]': an answer is one of outcome, ending and "
         "meeting, and this is outcome and ending", "give one of the three"),
        ("ending: bloc\n    expects: more", "4:5: error: unknown key 'expects'", "did you mean 'expected'?"),
        ("ending: bloc\n    expected: lots", "4:15: error: 'expected' in 'answers[1]' cannot be",
         "known: less, more"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_where_it_stands(write: Write, answer: str, line: str, help: str) -> None:
    asked = "" if "outcome and ending" in line else "asks: How?\n    "
    assert_error(shown(write, f"answers:\n  - {asked}{answer}\n"), line, help)


def test_a_reference_must_be_there(write: Write) -> None:
    assert_error(shown(write, "reference: basline\n"), "1:12: error: no scenario 'basline'", "did you mean 'baseline'?")
    assert_error(shown(write, "reference: lost.yaml\n"), "1:12: error: no scenario 'lost.yaml'", "path of a file")


def test_the_reference_is_what_a_file_extends_unless_it_says_so(write: Write) -> None:
    assert load("baseline").reference is None
    assert load("trump_win").reference == "baseline"
    write("mine.yaml", "extends: trump_win\nenvironment: {ukraine_war: 0.2}\nanswers: [{ending: bloc}]\n")
    write("below/child.yaml", "extends: ../mine.yaml\nenvironment: {ukraine_war: 0.1}\n")
    write("below/other.yaml", "extends: ../mine.yaml\nreference: child\nquarters: 8\n")
    write("below/none.yaml", "extends: ../mine.yaml\nreference: null\nquarters: 8\n")
    assert load("./mine.yaml").reference == "trump_win"
    child, other = load("./below/child.yaml"), load("./below/other.yaml")
    assert (child.reference, other.reference) == ("mine.yaml", "below/child.yaml")
    assert load("./below/none.yaml").reference is None
    assert child.answers == ()
    found = load_reference(other)
    assert found is not None and (found.name, found.quarters) == ("child", 8)


def test_neither_moves_the_hash() -> None:
    one = load("trump_win")
    assert one.with_(reference="trump_loses", answers=[]).content_hash() == one.content_hash()


def test_values_that_are_set_count_for_both_but_for_events() -> None:
    given = ["ukraine_war=0.2", "events.trump_elected.probability=0.5", "seed=4", "question=Who?"]
    found = load_reference(load("trump_loses", set_=["ukraine_war=0.2"]), given)
    assert found is not None
    assert (found.environment, found.seed, found.question) == ({"ukraine_war": 0.2}, 4, load("baseline").question)
    assert found.events == load("baseline").events


def test_what_means_the_same_is_no_reference(write: Write) -> None:
    write("mine.yaml", "extends: baseline\n")
    assert load_reference(load("./mine.yaml")) is None
