"""Words: every name of the model has some, and both languages say the same things."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

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
    assert differences(words("en").data, words(language).data) == []


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
