"""Names as people write them, and what is suggested for unknown ones."""

from __future__ import annotations

import time

import pytest

from triangle_sim.names import Suggestion, canonical_name, country_code, did_you_mean, suggest


@pytest.mark.parametrize(
    ("text", "code"),
    [("North Korea", "PRK"), ("DPRK", "PRK"), ("kp", "PRK"), ("north_korea", "PRK"), ("PRK", "PRK"), ("U.S.", "USA"),
     ("us", "USA"), ("Russia", "RUS"), ("CN", "CHN"), ("South-Korea", "KOR"), ("KR", "KOR"), (" ROK ", "KOR"),
     ("Japan", "Japan"), ("", "")],
)  # fmt: skip
def test_countries_by_any_name(text: str, code: str) -> None:
    assert country_code(text) == code


@pytest.mark.parametrize(
    ("text", "name"),
    [("goodwill[ RUS , North Korea ]", "goodwill[RUS,PRK]"), ("goodwill [RUS,PRK]", "goodwill[RUS,PRK]"),
     ("weight.DPRK.supply", "weight.PRK.supply"), (" ukraine_war ", "ukraine_war"),
     ("effect.KP.court_moscow.goodwill[Russia, KP]", "effect.PRK.court_moscow.goodwill[RUS,PRK]"),
     ("start.goodwill[CN,KP]", "start.goodwill[CHN,PRK]"), ("goodwill[RUS", "goodwill[RUS"), ("[]", "[]")],
)  # fmt: skip
def test_variables_have_one_spelling(text: str, name: str) -> None:
    assert canonical_name(text) == name
    assert canonical_name(name) == name


def test_suggestions() -> None:
    assert suggest("us_presure", ["us_pressure", "ukraine_war"]) == ["us_pressure"]
    assert suggest("appetite", ["us_deal_appetite", "ukraine_war"]) == ["us_deal_appetite"]
    assert did_you_mean("CHI", ["CHN", "PRK"]) == "did you mean 'CHN'? known: CHN, PRK"
    assert did_you_mean("x", []) == ""
    many = did_you_mean("name7", [f"name{i}" for i in range(100)])
    assert many.startswith("did you mean 'name7'?")
    assert many.endswith("... (100 in all)")


def test_suggestions_wait_until_they_are_printed() -> None:
    known = [f"parameter.number.{i}" for i in range(500)]
    begun = time.perf_counter()
    for i in range(10_000):
        Suggestion(f"nme{i}", known)
    assert time.perf_counter() - begun < 30
    assert str(Suggestion("parameter.nmber.7", known)).startswith("did you mean 'parameter.number.7'? known: ")
    assert str(Suggestion("x", [])) == ""


def test_very_long_names_cost_nothing() -> None:
    begun = time.perf_counter()
    assert canonical_name("a" + " " * 100_000 + "b") == "a" + " " * 100_000 + "b"
    assert suggest("x" * 10**7, ["x" * 100]) == []
    assert did_you_mean("y" * 10**6, ["a", "b"]) == "known: a, b"
    assert time.perf_counter() - begun < 30


def test_suggestions_hold_nothing_that_disturbs_a_terminal() -> None:
    assert "\x1b" not in did_you_mean("red", ["red\x1b[31m"])
