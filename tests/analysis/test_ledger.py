"""Claims, answers and payoffs as a notebook shows them: what is printed and what the tables hold are the same."""

from __future__ import annotations

import pytest

import triangle_sim as ts
from triangle_sim.errors import UsageError

HOW = {"draws": 24, "replicates": 2, "seed": 1, "backend": "numpy"}


def test_what_is_checked_is_told_and_tabled() -> None:
    found = ts.check_claims(["A37", "D8"], **HOW)
    assert set(found.claims.id) == {"A37"} and set(found.answers.id) == {"D8"}
    assert (found.claims.low <= found.claims.difference).all() and (found.claims.difference <= found.claims.high).all()
    assert found.suits().drop(columns="question").to_numpy().sum() == len(found.answers)
    assert "A37" in repr(found) and "D8" in repr(found) and "D9" not in repr(found)
    assert "| A37 |" in found._repr_markdown_()


def test_a_claim_that_there_is_not_is_told() -> None:
    with pytest.raises(UsageError, match="no claim 'A999'"):
        ts.check_claims(["A999"], **HOW)


def test_a_result_is_compared_with_what_its_scenario_names() -> None:
    how = {**HOW, "draws": 8}
    told = ts.run("trump_win", **how).answer()
    given = ts.run("trump_win", reference="baseline", **how).answer()
    assert repr(told) == repr(given) and "without (baseline)" in repr(told)
    rows = told.table[told.table["of"] == "us_prk_summit"]
    assert (rows.value - rows.without - rows.difference).abs().max() < 1e-12
    by_ending = told.endings[told.endings.theory == "all"]
    assert by_ending.value.sum() == pytest.approx(1) and by_ending.at_start.sum() == pytest.approx(1)


def test_a_future_is_found_or_what_was_asked_is_told() -> None:
    result = ts.run("baseline", **HOW)
    story = result.story(where=["nuclear_test", "theory=lowy-2023"])
    row = result.runs.set_index(["draw", "replicate"]).loc[(story.draw, story.replicate)]
    assert row.nuclear_test and row.theory == "lowy-2023"
    assert repr(story) == str(story)
    with pytest.raises(UsageError, match="no ending"):
        result.story(typical="victory")
    with pytest.raises(UsageError, match="no future is named"):
        result.story()


def test_an_interest_tells_what_it_is_worth() -> None:
    assert "is worth: us_deal_appetite * us_prk_dialogue\n" in ts.explain("PRK.deal_with_washington")
    assert str(ts.describe(ts.load("trump_win"))) == repr(ts.describe(ts.load("trump_win")))
