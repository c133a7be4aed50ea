"""The command `why`: the answer first, tables after it, the same numbers as data, and mistakes."""

from __future__ import annotations

import csv
import io
import json

import pytest

FEW = ("--draws", "3", "--replicates", "2", "--backend", "numpy")
TWO = """
name: two
quarters: 2
countries: [PRK, USA]
sizes: judgement
events:
  deal: {title: The president wants a deal, when: 2024Q3, effects: {us_deal_appetite: 0.5}}
"""


@pytest.fixture
def two(write) -> str:
    """A scenario of two countries, which is over soon."""
    return str(write("two.yaml", TWO))


def test_the_answer_comes_first(call, two: str) -> None:
    ended = call("why", "mean us_prk_dialogue", two, "--kind", "event", "--kind", "driver", "--top", "2", *FEW)
    assert ended.code == 0 and "3 draws x 2 replicates" in ended.err
    first, *rest = ended.out.split("\n\n")
    assert first.startswith("Talks between Washington and Pyongyang, mean over the horizon: ")
    assert " in two (Chung " in " ".join(first.split())
    assert [part.split()[0] for part in rest[:-1]] == ["Drivers", "Events"]
    assert "The president wants a deal" in rest[1]
    assert ended.out.rstrip().endswith("A model, not a forecast.")
    assert max(map(len, ended.out.splitlines())) <= 120


def test_as_data_every_row_is_there(call, two: str) -> None:
    options = ("why", "us_prk_summit", two, "--kind", "interest", *FEW)
    data = json.loads(call(*options, "--json").out)
    rows = list(csv.DictReader(io.StringIO(call(*options, "--csv").out)))
    assert len(rows) == len(data["switched_off"]) >= 10
    assert (data["scenario"], data["outcome"]) == ("two", "us_prk_summit")
    for one, other in zip(data["switched_off"], rows, strict=True):
        assert (one["name"], one["theory"]) == (other["name"], other["theory"])
        assert float(other["difference"]) == pytest.approx(one["difference"])


def test_claims_without_anything_to_switch_off_are_told_with_the_reason(call, two: str) -> None:
    ended = call("why", "us_prk_summit", two, "--kind", "claim", *FEW)
    text = " ".join(ended.out.split())
    assert ended.code == 0 and "Of 81 claims" in text
    for reason in ("A9, A35, A39, A40, B17, B39: a statement", "A24: about traits", "not in this scenario"):
        assert reason in text.split("should be false.")[1]


@pytest.mark.parametrize(
    "words, says",
    [
        (["us_prk_sumit"], "us_prk_summit"),
        (["end_state"], "end_state=bloc"),
        (["us_prk_summit_when"], "a time"),
        (["bloc", "trump_wins"], "trump_win"),
        (["bloc", "--kind", "claims"], "claim"),
        (["bloc", "--draws", "0"], "at least 1"),
        (["bloc", "-j", "none"], "a number from 1"),
    ],
)
def test_mistakes(words: list[str], says: str, call) -> None:
    call("why", *words).refused(says)
