"""The ledger runs: planted contrasts come out as planted, and every check gets a verdict, an interval and its power."""

from __future__ import annotations

import math
from typing import Any

import pytest

from triangle_sim.analysis.claims.judging import VERDICTS
from triangle_sim.analysis.claims.verdict_words import ORDER, answer, changed, compared, looked_at, own, sections, tally
from triangle_sim.analysis.claims.verdicts import (
    Question,
    Verdict,
    as_data,
    column_of,
    from_data,
    matters,
    questions,
    verdicts,
)
from triangle_sim.claims import Check, load_claims
from triangle_sim.scenario.load import load
from triangle_sim.world.theories import theory_names

DESIGN: dict[str, Any] = {"draws": 40, "replicates": 4, "seed": 3, "backend": "numpy"}
SHORT = {"quarters": 4}


def check(**given: Any) -> Check:
    return Check(**{"contrast": ("baseline", "baseline"), "measure": "mean", "direction": "increase", **given})


PLANTED = {
    "a supply that starts higher": (
        check(first={"state": {"chinese_supply": 0.95}}, variable="chinese_supply", measure="final"), "borne out"),
    "the same, claimed to be lower": (
        check(first={"state": {"chinese_supply": 0.95}}, variable="chinese_supply", measure="final",
              direction="decrease"), "contradicted"),
    "tests that cannot be made": (
        check(first={"moves": {"disable": {"PRK": ["test_nuclear_weapon"]}}}, outcome="nuclear_test", measure="share",
              direction="decrease"), "borne out"),
    "a title of the first scenario": (
        check(first={"title": "Something else"}, variable="chinese_supply"), "makes no difference"),
    "treaties that stand already": (
        check(first={"state": {"chinese_supply": 0.95}}, outcome="both_treaties", measure="share"),
        "too rare to say"),
    "a level that is nothing": (
        Check(contrast=("baseline",), first={"moves": {"disable": {"PRK": ["test_nuclear_weapon"]}}},
              outcome="nuclear_test", measure="share", direction="below", threshold=0.5), "borne out"),
    "a level that cannot be reached": (
        Check(contrast=("baseline",), variable="chinese_supply", measure="final", direction="above", threshold=0.99),
        "contradicted"),
}  # fmt: skip


@pytest.fixture(scope="module")
def planted() -> dict[str, Verdict]:
    asked = [Question(name, each, (SHORT,)) for name, (each, _) in PLANTED.items()]
    return {found.id: found for found in verdicts(asked, **DESIGN)}


@pytest.mark.parametrize("name", PLANTED)
def test_planted_contrasts(name: str, planted: dict[str, Verdict]) -> None:
    found = planted[name]
    assert [finding.theory for finding in found.findings] == theory_names()
    assert {finding.verdict for finding in found.findings} == {PLANTED[name][1]} == {found.overall}


def test_an_empty_difference_is_exactly_none(planted: dict[str, Verdict]) -> None:
    for finding in planted["a title of the first scenario"].findings:
        assert (finding.difference.value, finding.could_tell, finding.spread) == (0, 0, 0)


@pytest.fixture(scope="module")
def ledger() -> list[Verdict]:
    """All checks of the ledger over a few quarters of few futures."""
    asked = [Question(each.id, each.check, (SHORT,)) for each in questions()]
    return verdicts(asked, **{**DESIGN, "draws": 20, "replicates": 2})


def test_every_claim_has_a_place_and_every_check_a_verdict_an_interval_and_its_power(ledger: list[Verdict]) -> None:
    claims = load_claims()
    assert len(claims) == 81 and all(claim.places for claim in claims.values())
    assert [each.id for each in ledger] == [id_ for id_, claim in claims.items() if claim.check]
    for each in ledger:
        assert [finding.theory for finding in each.findings] == theory_names(), each.id
        for finding in each.findings:
            d = finding.difference
            assert finding.verdict in VERDICTS and finding.verdict != "untested", each.id
            assert d.low <= d.value <= d.high and math.isfinite(d.low + d.high), each.id
            assert finding.could_tell >= 0 and finding.matters > 0, each.id


def test_scenarios_are_played_once_and_progress_is_told() -> None:
    told: list[tuple[int, int]] = []
    asked = [
        Question("a", check(first={"state": {"chinese_supply": 0.9}}, variable="chinese_supply"), (SHORT,)),
        Question("b", check(first={"state": {"chinese_supply": 0.9}}, variable="russian_supply"), (SHORT,)),
    ]
    verdicts(asked, **{**DESIGN, "draws": 4, "replicates": 2}, tell=lambda done, every: told.append((done, every)))
    assert told == [(8, 16), (16, 16)]


@pytest.mark.parametrize(
    ("column", "size"),
    [
        ("us_prk_summit", 0.01), ("end_state=bloc", 0.01), ("mean goodwill[PRK,CHN]", 0.02), ("change chinese_supply",
         0.01), ("playoff_success", 0.02), ("bloc_consolidation", 0.04), ("technology_gained", 0.2),
        ("isolation_share", 0.01), ("rok_rus_cooperation_gain", 0.02),
    ],
)  # fmt: skip
def test_what_matters_is_a_hundredth_of_the_range(column: str, size: float) -> None:
    assert matters(column, load("baseline")) == pytest.approx(size)


def test_a_check_in_words() -> None:
    claims = load_claims()
    told = {id_: (looked_at(claim.check), compared(claim.check)) for id_, claim in claims.items() if claim.check}
    assert told["A18"] == (
        "how well North Korea is disposed to China (mean over the horizon)", "china_tightens, less baseline"
    )  # fmt: skip
    assert told["A32"][0] == "share of futures that end as strongmen's alignment"
    assert told["B18"][1] == "baseline, above 0.5"
    where = "baseline where North Korea cannot court Moscow or ship arms to Russia, less the same without that"
    assert told["A12"][1] == where
    assert changed({"quarters": 8, "pin": {"ukraine_war": 0.2}, "state": {"chinese_supply": 0.1}}) == (
        "quarters is 8, the war in Ukraine is held at 0.2, Chinese supply starts at 0.1"
    )
    assert column_of(claims["A32"].check) == "end_state=strongmens_alignment"  # type: ignore[arg-type]


def test_the_answer_counts_what_the_verdicts_are(ledger: list[Verdict]) -> None:
    count = tally(ledger)
    assert set(count) == {*theory_names(), "both"}
    assert all(sum(each.values()) == len(ledger) for each in count.values())
    parts = sections(ledger)
    assert [name for name in ORDER if name in parts] == list(parts)
    assert sum(map(len, parts.values())) == len(ledger)
    by_id = {each.id: each for each in ledger}
    for theory, ids in own(ledger, "contradicted").items():
        for id_ in ids:
            assert {"A": "chung-2024", "B": "lowy-2023"}[id_[0]] == theory
            assert any(f.theory == theory and f.verdict == "contradicted" for f in by_id[id_].findings)
    assert f"{len(ledger)} of 81 claims" in answer(ledger, 81)[0]


def test_a_verdict_comes_back_from_data(ledger: list[Verdict]) -> None:
    for each in ledger:
        data = as_data(each)
        data["looks"] = [{k: None if v != v else v for k, v in look.items()} for look in data["looks"]]
        assert str(from_data(data, each.check)) == str(each)
