"""The command `claims`: the list, one claim, one disagreement, and what simulation says."""

from __future__ import annotations

import csv
import io
import json
from typing import Any

import pytest

from cli.conftest import Call
from triangle_sim.analysis.claims import one_claim, verdicts
from triangle_sim.claims import load_claims
from triangle_sim.montecarlo.sample import sample

SMALL = ("--draws", 20, "--replicates", 2)


@pytest.fixture(autouse=True)
def no_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """So few futures are not worth a compiled program, and three quarters tell as much of a command as twenty."""

    def plain(scenario: Any, *given: Any, **how: Any) -> Any:
        return sample(scenario.with_(quarters=3), *given, **{**how, "backend": "numpy"})

    monkeypatch.setattr(verdicts, "sample", plain)
    monkeypatch.setattr(one_claim, "sample", plain)


def test_the_list_has_every_claim_and_every_disagreement(call: Call) -> None:
    done = call("claims")
    assert done.code == 0
    for id_ in (*load_claims(), *(f"D{n}" for n in range(1, 12))):
        assert f"\n{id_} " in done.out, id_
    assert max(map(len, done.out.splitlines())) <= 120


def test_filters_choose(call: Call) -> None:
    rows = list(csv.DictReader(io.StringIO(call("claims", "--article", "B", "--actor", "Seoul", "--csv").out)))
    assert [row["id"] for row in rows] == ["B4", "B37"]
    chosen = json.loads(call("claims", "--kind", "norm", "--json").out)
    assert [each["id"] for each in chosen] == ["A41"]
    assert "| A41 |" in call("claims", "--kind", "norm", "--markdown").out


def test_one_claim_is_told_with_its_verdict_place_and_sizes(call: Call) -> None:
    done = call("claims", "a2", *SMALL)
    assert done.code == 0
    for said in ("A2  While it does so", "The model:", "baseline, below 0", "could tell", "move.PRK.snub_beijing"):
        assert said in done.out, said
    for said in ("What the record makes of the sizes", "With its terms less without them", "not a forecast"):
        assert said in done.out, said
    data = json.loads(call("claims", "A2", *SMALL, "--json").out)
    assert {look["theory"] for look in data["verdict"]["looks"]} == {"chung-2024", "lowy-2023"}
    assert {size["parameter"] for size in data["sizes"]} >= {"effect.PRK.snub_beijing.goodwill[PRK,CHN]"}
    rows = list(csv.DictReader(io.StringIO(call("claims", "A2", *SMALL, "--csv").out)))
    assert [row["theory"] for row in rows] == ["chung-2024", "lowy-2023"]


def test_a_claim_that_nothing_can_test_says_so(call: Call) -> None:
    done = call("claims", "A41", *SMALL)
    assert done.code == 0
    assert "Untested" in done.out and "Nothing of it can be switched off" in done.out


def test_one_disagreement(call: Call) -> None:
    done = call("claims", "D9", *SMALL)
    assert done.code == 0
    assert "Alone: cut off further" in done.out and "the patrons are at odds" in done.out
    data = json.loads(call("claims", "D9", *SMALL, "--json").out)
    assert (data["id"], len(data["answers"])) == ("D9", 16)


def test_a_check_answers_though_claims_are_contradicted(call: Call) -> None:
    done = call("claims", "--check", "--kind", "prediction", "--article", "A", *SMALL)
    assert done.code == 0
    assert "3 claims chosen." in done.out and "A39" in done.out
    data = json.loads(call("claims", "--check", "--kind", "prediction", "--article", "A", *SMALL, "--json").out)
    assert data["design"] == {"draws": 20, "replicates": 2, "seed": 1}
    assert [each["id"] for each in data["claims"]] == ["A34", "A39", "A40"]
    chosen = call("claims", "--verdict", "borne out", "--kind", "prediction", "--article", "A", *SMALL, "--csv")
    assert {row["claim"] for row in csv.DictReader(io.StringIO(chosen.out))} <= {"A34", "A39", "A40"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("A99",), ("no claim 'A99'", "A9")),
        (("D12",), ("no claim 'D12'", "D1")),
        (("A1", "--kind", "fact"), ("--kind chooses among claims",)),
        (("--kind", "mechanics"), ("--kind 'mechanics'", "mechanism")),
        (("--actor", "Mars"), ("--actor 'Mars'", "CHN")),
        (("--verdict", "true"), ("--verdict 'true'", "borne out")),
        (("--json", "--csv"), ("exclude each other",)),
        (("--check", "--draws", "3"), ("--draws",)),
    ],
)
def test_bad_input_is_one_clear_error(call: Call, words: tuple[str, ...], says: tuple[str, ...]) -> None:
    call("claims", *words).refused(*says)
