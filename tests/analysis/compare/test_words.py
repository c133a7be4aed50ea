"""A comparison in words: the answer first, nothing wider than the page, the same numbers in every form."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd
import pytest

from analysis.batches import with_runs
from analysis.formulas import table
from triangle_sim.analysis.compare.compare import Comparison, compare, comparison
from triangle_sim.analysis.compare.shown import html, markdown, text
from triangle_sim.analysis.compare.words import once, parts
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.run import run
from triangle_sim.scenario.load import load

ASKED = ["end_state", "us_prk_summit", "technology_gained", "nuclear_test_when", "dependence_on_china"]


@pytest.fixture(scope="module")
def result() -> Result:
    return run(load("baseline").with_(quarters=3), draws=6, replicates=2, jobs=1, backend="numpy")


@pytest.fixture(scope="module")
def found(result: Result) -> Comparison:
    """Technology rises under one theory and falls under the other; a fifth of the futures end otherwise."""
    frame = table(60, 5)
    changed = frame.assign(
        technology_gained=frame["technology_gained"] + np.where(frame["theory"] == "chung-2024", 1.0, -0.5),
        end_state=frame["end_state"].mask(frame["replicate"] == 0, "abandonment"),
    )
    return comparison([with_runs(result, rows)[0] for rows in (changed, frame)], ASKED)


def test_the_answer_says_what_differs_most_and_what_does_not(found: Comparison) -> None:
    (part,) = parts(found)
    assert "What differs most, baseline (1) against baseline (2): How much Russian weapons technology" in part.answer
    assert "under Chung, +1.000 [+1.000, +1.000]" in part.answer and "under Lowy, -0.500" in part.answer
    assert "disagree on the direction of Russian technology gained" in part.answer
    assert "more abandonment" in part.answer and "No clear difference in 3 of 4 outcomes" in part.answer
    assert [name for name, _ in part.outcomes] == ["technology_gained"]
    assert "Kim meets" in part.folded[-1] and part.endings[0][0].startswith("end_state=")


def test_endings_come_before_outcomes_and_the_answer_before_both(found: Comparison) -> None:
    said = repr(found)
    places = [said.index(words) for words in ("What differs most", "How the futures end", "Outcomes, largest effect")]
    assert places == sorted(places) and said.endswith("A model, not a forecast.")


@pytest.mark.parametrize("width", [80, 120])
def test_no_line_is_wider_than_the_page(width: int, found: Comparison) -> None:
    assert max(map(len, text(found, width).splitlines())) <= width


def test_every_form_has_the_same_numbers(found: Comparison) -> None:
    number = re.compile(r"[+-]\d+\.\d+")
    forms = [number.findall(form(found)) for form in (text, markdown, html)]
    assert forms[0] == forms[1] == forms[2] and len(forms[0]) > 30


def test_an_empty_pass_says_how_much_may_have_been_missed(result: Result) -> None:
    """With noise of the same size in few draws, and nothing planted."""
    frame, rng = table(9, 3), np.random.default_rng(2)
    noisy = frame.assign(technology_gained=frame["technology_gained"] + rng.normal(0, 0.5, len(frame)))
    made = comparison([with_runs(result, rows)[0] for rows in (noisy, frame)], ["technology_gained"])
    (part,) = parts(made)
    rows = made.to_frame().query("theory != 'all'")
    most = (rows[["low", "high"]].abs().max(axis=1) / rows["sd"]).max()
    assert most > 0.2 and f"none of more than {most:.2f} standard deviations" in part.folded[-1]


def test_a_title_cannot_break_out_of_a_page(result: Result) -> None:
    one, other = (result.scenario.with_(name=name, title=f"<script>{name}</script> | a", quarters=1) for name in "ab")
    made = compare([one, other], ["technology_gained"], draws=2, replicates=1, jobs=1, backend="numpy")
    assert "<script>" not in html(made) and "<script>" not in markdown(made)
    assert "| a" not in markdown(made).replace("\\|", "")


def test_a_time_is_not_named_beside_its_event() -> None:
    assert once(["us_prk_summit_when", "us_prk_summit", "nuclear_test_when"]) == ["us_prk_summit", "nuclear_test_when"]


def test_what_is_printed_can_be_read_back(found: Comparison) -> None:
    """Each row of the frame keeps its theory; nothing is rounded away."""
    frame = found.to_frame()
    assert isinstance(frame, pd.DataFrame) and {"chung-2024", "lowy-2023", "all"} == set(frame["theory"])
    assert "<table" in found._repr_html_()


def test_text_is_plain_where_colour_is_forced(found: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    """A notebook's kernel asks all programs for colour; what a comparison returns as text has none all the same."""
    plain = text(found)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert text(found) == plain and "\x1b" not in plain
