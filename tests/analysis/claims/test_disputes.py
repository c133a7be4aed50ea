"""What the model answers to a disagreement: read off a verdict, held against what each article expects."""

from __future__ import annotations

import pytest

from triangle_sim.analysis.claims.disputes import Answer, answers, in_words, score
from triangle_sim.analysis.claims.judging import Finding
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.claims.disagreements import Disagreement, Trial, load_disagreements

MISSING = float("nan")
WHEN = ("it rains", "it shines")


def trial(asks: str = "Is it less?", yes: str = "decrease", **expected: str) -> Trial:
    level = "above" in expected.values()
    return Trial.model_validate({
        "asks": asks, "yes_is": yes, "contrast": ["baseline"] if level else ["trump_win", "baseline"],
        "variable": "chinese_supply", "measure": "mean", "threshold": 0.5 if level else None,
        "expected": expected or {"A": "decrease", "B": "none"}, "when": WHEN,
    })  # fmt: skip


def given(of: Trial, *said: str) -> list[Answer]:
    """Answers with these verdicts: for each condition, for each of two theories."""
    made = []
    for number, verdict in enumerate(said):
        finding = Finding(
            f"t{number % 2}", 0, 0, Estimate(0, 0, 0, 9), 0.01, 0, MISSING, MISSING, MISSING, MISSING, MISSING, verdict
        )
        made.append(Answer("D1", of, WHEN[number // 2], finding))
    return made


def dispute(of: Trial) -> Disagreement:
    side = {"claims": [], "says": "so"}
    data = {"id": "D1", "question": "Which?", "sides": {"A": side, "B": side}, "expressed_by": ["x"], "trials": [of]}
    return Disagreement.model_validate(data)


@pytest.mark.parametrize(
    ("expected", "verdict", "says", "whom"),
    [
        ({"A": "decrease", "B": "none"}, "contradicted", "decrease", "A"),
        ({"A": "decrease", "B": "none"}, "borne out", "increase", "neither"),
        ({"A": "decrease", "B": "none"}, "makes no difference", "none", "B"),
        ({"A": "increase", "B": "increase"}, "borne out", "increase", "both"),
        ({"A": "silent", "B": "increase"}, "borne out", "increase", "B"),
        ({"A": "silent", "B": "increase"}, "contradicted", "decrease", "neither"),
        ({"A": "decrease", "B": "none"}, "depends", "depends", "open"),
        ({"A": "decrease", "B": "none"}, "too rare to say", "too rare to say", "open"),
        ({"A": "below", "B": "above"}, "borne out", "above", "B"),
        ({"A": "below", "B": "above"}, "contradicted", "below", "A"),
        ({"A": "below", "B": "above"}, "makes no difference", "not settled", "open"),
    ],
)
def test_whom_an_answer_suits(expected: dict[str, str], verdict: str, says: str, whom: str) -> None:
    (answer,) = given(trial(**expected), verdict)
    assert (answer.says, answer.whom) == (says, whom)


BORNE, AGAINST, NONE = "borne out", "contradicted", "makes no difference"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ([AGAINST] * 4, "Is it less? Yes, as A expects."),
        ([BORNE] * 4, "Is it less? The contrary, which neither expects."),
        ([AGAINST, NONE] * 2, "Is it less? Under t0: yes, as A expects; under t1: no difference, as B expects."),
        ([AGAINST] * 2 + ["depends", "not settled"], "Is it less? If it rains: yes, as A expects; "
                                                     "if it shines: no clear answer."),
        ([AGAINST, NONE, NONE, NONE], "Is it less? If it rains: under t0 yes, as A expects and under t1 no difference, "
                                      "as B expects; if it shines: no difference, as B expects."),
    ],
)  # fmt: skip
def test_answers_in_as_few_words_as_they_allow(said: list[str], words: str) -> None:
    of = trial()
    assert in_words(dispute(of), given(of, *said)) == words


def test_the_score() -> None:
    of = trial()
    assert score(dispute(of), given(of, AGAINST, AGAINST, BORNE, "depends")) == "A 2, neither 1, open 1"


def test_every_trial_is_answered_under_every_condition_and_theory() -> None:
    """By simulation: with a market that offers little, and one as today's."""
    found = answers(["D8"], draws=20, replicates=2, backend="numpy")
    trials = load_disagreements()["D8"].trials
    assert [(a.trial.asks, a.condition, a.finding.theory) for a in found] == [
        (one.asks, when, theory) for one in trials for when in one.when for theory in ("chung-2024", "lowy-2023")
    ]
    warmth = {a.condition: a.finding.level for a in found if a.trial is trials[1]}
    assert warmth["Seoul has little to offer"] > warmth["Seoul offers what it does today"]
