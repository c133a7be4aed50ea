"""Words: every name of the model has some, and both languages say the same things."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from triangle_sim.claims.ledger import load_claims
from triangle_sim.claims.words import all_words
from triangle_sim.countries import JOINT_EFFECTS, countries
from triangle_sim.errors import UsageError
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load
from triangle_sim.triangle.typology import ROLES, TYPES
from triangle_sim.web.words import LANGUAGES, differences, fill, leaves, words
from triangle_sim.world import CONDITIONS
from triangle_sim.world.theories import theory_names
from triangle_sim.world.variables import variables_of
from web.node import in_node, needs_node


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_of_the_model_has_words_and_no_other_name_has(language: str) -> None:
    data = words(language).data
    nations = countries()
    assert set(data["countries"]) == set(nations)
    for code, nation in nations.items():
        assert set(data["moves"][code]) == {move.name for move in nation.moves}, code
        assert set(data["interests"][code]) == set(nation.interests()), code
        assert all(set(each) == {"label", "card", "news"} for each in data["moves"][code].values()), code
    expected = {
        "variables": variables_of(tuple(nations)),
        "conditions": CONDITIONS,
        "events": {name for each in list_scenarios() for name in load(each).events},
        "meetings": [each.name for each in JOINT_EFFECTS],
        "endings": ENDINGS,
        "types": TYPES,
        "roles": ROLES,
        "theories": theory_names(),
        "scenarios": list_scenarios(),
        "outcomes": OUTCOMES,
    }
    for kind, names in expected.items():
        assert set(data[kind]) == set(names), kind


def test_english_titles_and_questions_of_scenarios_are_those_of_their_files() -> None:
    for name, said in words("en").data["scenarios"].items():
        scenario = load(name)
        assert (said["title"], said["question"]) == (scenario.title, scenario.question)


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_languages_have_the_same_keys_and_holes(language: str) -> None:
    data = {key: each for key, each in words(language).data.items() if key != "said"}
    assert differences(words("en").data, data) == []


def in_english() -> dict[str, Any]:
    """What the model says in English by itself, which words of other languages are for."""
    conditions = {name: each.condition for name, each in load_claims().items() if each.condition}
    titles = {event.title for name in list_scenarios() for event in load(name).events.values()}
    return {
        "claims": {
            name: {"says": text} | ({"condition": conditions[name]} if name in conditions else {})
            for name, text in all_words().items()
        },
        "interests": {
            code: {name: one.meaning for name, one in nation.interests().items()}
            for code, nation in countries().items()
        },
        "events": {title: title for title in titles if title},
    }


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_what_the_model_says_by_itself_is_said_in_every_language(language: str) -> None:
    assert differences(in_english(), words(language).data["said"]) == []


def test_what_is_not_said_in_a_language_is_said_as_it_is_written() -> None:
    for language in LANGUAGES:
        assert words(language).said("My own event", "events", "My own event") == "My own event"
    claim = all_words()["A1"]
    assert words("en").said(claim, "claims", "A1", "says") == claim
    assert words("ko").said(claim, "claims", "A1", "says") != claim


FILLED = [
    ("{a}이(가) 온다", {"a": "한국"}, "한국이 온다"),
    ("{a}이(가) 온다", {"a": "러시아"}, "러시아가 온다"),
    ("‘{a}’을(를) 고른다", {"a": "지켜보기"}, "‘지켜보기’를 고른다"),
    ("‘{a}’(으)로 답한다", {"a": "서울"}, "‘서울’로 답한다"),
    ("{a}(으)로", {"a": "미국"}, "미국으로"),
    ("{a}(으)로", {"a": "러시아"}, "러시아로"),
    ("{a}이(가)", {"a": "로위(Lowy)"}, "로위(Lowy)가"),
    ("{a}은(는) {b}과(와) {c}과(와)", {"a": "3", "b": "12", "c": 10}, "3은 12와 10과"),
    ("{a}을(를)", {"a": "game.yaml"}, "game.yaml을(를)"),
    ("{a}은(는)", {"a": ""}, "은(는)"),
    ("{a} 은(는)", {"a": "{b}이(가)"}, "{b}이(가) 은(는)"),
]


def test_a_particle_is_the_one_that_the_word_before_it_takes() -> None:
    assert [fill(text, values) for text, values, _ in FILLED] == [expected for *_, expected in FILLED]


@needs_node
def test_the_page_fills_in_as_python_does() -> None:
    texts = {f"t{at}": text for at, (text, *_) in enumerate(FILLED)}
    quarters = {code: words(code).quarter("2026Q2") for code in LANGUAGES}
    assert quarters == {"en": "2026Q2", "ko": "2026년 2분기"}
    found = in_node(
        """
        const { speak } = await module("words.js");
        const t = speak({ en: { ui: { play: given.texts } } }, "en");
        const [en, ko] = ["en", "ko"].map((code) => speak(given.words, code));
        out = [given.values.map((each, at) => t(`play.t${at}`, each)),
          [en, ko].map((each) => each.quarter("2026Q2")), ko("play.happened", { quarter: "2026Q2" }),
          [en, ko].map((each) => each.said("a", "claims", "A1", "says")), ko.said("b", "claims", "none", "says")];
        """,
        {"texts": texts, "values": [each for _, each, _ in FILLED], "words": {
            code: {key: words(code).data.get(key, {}) for key in ("ui", "said", "quarter")} for code in LANGUAGES}},
    )  # fmt: skip
    korean = words("ko")
    assert found == [
        [expected for *_, expected in FILLED], list(quarters.values()), korean("play.happened", quarter="2026Q2"),
        ["a", korean.said("a", "claims", "A1", "says")], "b",
    ]  # fmt: skip


def test_no_particle_after_a_hole_waits_for_one_kind_of_word_alone() -> None:
    """A hole may be filled by any word: both forms are given, but where the word always ends in the same sound."""
    bare = re.compile(r"\{\w+\}[’”]*(?:이|가|은|는|을|를|과|와|으로|로)(?![가-힣(])")
    assert [text for _, text in leaves(words("ko").data) if bare.search(text)] == []
    assert bare.search("‘{move}’를 고른다") and not bare.search("{move}을(를), {n}개")


def test_differences_are_told() -> None:
    ours = {"ui": {"a": {"x": "{n} futures", "y": "yes"}}}
    assert differences(ours, ours) == []
    theirs = {"ui": {"a": {"x": "{m} futures", "z": "no"}}}
    assert [each.partition(":")[0] for each in differences(ours, theirs)] == [
        "only in the first",
        "only in the second",
        "other holes",
    ]
    assert differences({"a": "text"}, {"a": None}) == ["no text: a"]


def test_holes_are_filled_and_nothing_else_is_evaluated() -> None:
    assert fill("{who} in {when}: {0.real} {x.y}", {"who": "{when}", "when": "2024Q3", "0": "no"}) == (
        "{when} in 2024Q3: {0.real} {x.y}"
    )
    with pytest.raises(KeyError):
        fill("{missing}", {})


def test_a_name_of_a_readers_own_is_told_in_words() -> None:
    english = words()
    assert english.name("moves", "PRK", "court_moscow", "label") == "court Moscow with honours and visits"
    assert english.name("events", "oil_price_halves") == "oil price halves"
    assert english.name("moves", "PRK", "close_the_border", "label") == "close the border"


def test_an_unknown_language_is_refused_with_those_there_are() -> None:
    with pytest.raises(UsageError, match="no words in 'fr'"):
        words("fr")


def keys(data: object) -> Iterator[object]:
    """Every key, as YAML reads it."""
    for key, each in data.items() if isinstance(data, dict) else ():
        yield key
        yield from keys(each)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_key_is_read_as_something_else(language: str) -> None:
    """YAML takes a bare `on`, `no` or `yes` for a truth value."""
    assert {type(key) for key in keys(words(language).data)} == {str}


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_plain(language: str) -> None:
    for at, text in leaves(words(language).data):
        assert text == text.strip() and "\n" not in text and "<" not in text, at
