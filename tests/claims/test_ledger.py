"""The ledger reads its files whole, says what is wrong with them and where, and takes a third article as it comes."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from triangle_sim.claims import load_claims
from triangle_sim.errors import ScenarioError

THIRD = """\
article: Z
claims:
  - id: Z2
    source: Z
    kind: norm
    actors: [KOR]
    claim: Seoul had better wait.
    other_article: {stance: silent}
    places:
      - {role: not_modelled, reason: advice to a country that is not the model's subject}
  - id: Z1
    source: Z
    kind: prediction
    actors: [PRK, RUS]
    claim: The treaty outlasts the war.
    other_article: {stance: disagree, note: "A37: it does not"}
    places:
      - {role: starting_fact, names: [start.russian_commitment]}
    check: {contrast: [baseline], variable: russian_commitment, measure: final, direction: above, threshold: 0.5}
"""


def test_all_claims_are_there_in_order_and_cannot_be_changed() -> None:
    claims = load_claims()
    assert [id_ for id_ in claims if id_[0] in "AB"] == [f"A{n}" for n in range(1, 43)] + [
        f"B{n}" for n in range(1, 40)
    ]
    assert all(claim.id == key for key, claim in claims.items())
    with pytest.raises(TypeError):
        claims["A1"] = claims["A2"]  # type: ignore[index]
    with pytest.raises(ValidationError, match="frozen"):
        claims["A1"].claim = ""  # type: ignore[misc]
    assert load_claims() is claims


def test_a_third_article_is_a_file_dropped_into_the_folder(seeds: Path) -> None:
    (seeds / "claims" / "third-2030.yaml").write_text(THIRD, encoding="utf-8")
    assert list(load_claims())[-2:] == ["Z1", "Z2"]
    check = load_claims()["Z1"].check
    assert check is not None
    assert (check.contrast, check.threshold, check.outcome) == (("baseline",), 0.5, None)
    assert load_claims()["A2"].names == ("start.goodwill[PRK,CHN]", "move.PRK.snub_beijing")


SPOILT = [
    ("kind: prediction", "kind: predicton", "claims[1].kind: ", "not 'predicton'"),
    ("id: Z1", "id: Z2", "claim 'Z2' is given twice", ""),
    ("id: Z1", "id: A1", "claims[1]: 'A1' is no claim of article 'Z'", ""),
    ("    actors: [KOR]\n", "", "claims[0].actors: Field required", ""),
    ("actors: [KOR]", "actors: KOR", "claims[0].actors: ", "tuple"),
    ("source: Z", "sauce: C", "claims[0].sauce: ", "Extra inputs"),
    (", reason: advice to a country that is not the model's subject", "", "claims[0].places[0]: ", "needs a reason"),
    (", threshold: 0.5", "", "claims[1].check: one scenario alone needs a threshold", ""),
    ("threshold: 0.5", "threshold: high", "claims[1].check.threshold: ", "not 'high'"),
    ("variable: russian_commitment", "outcome: both_treaties, variable: russian_commitment", "looks at one thing", ""),
    (
        "contrast: [baseline], variable: russian_commitment, measure: final, direction: above, threshold: 0.5",
        "contrast: [baseline, baseline], variable: russian_commitment, measure: final, direction: increase",
        "a scenario is set against itself",
        "",
    ),
    ("direction: above", "direction: increase", "'increase' is not a direction here", ""),
    ("kind: prediction", "kind: conditional", "names no condition", ""),
    ("{stance: silent}", "none", "claims[0].other_article: ", "not 'none'"),
    ("article: Z", "article: A", "article 'A' has a file already", ""),
    ("claims:\n", "claims: [\n", "cannot be read as YAML", ""),
]


@pytest.mark.parametrize(("old", "new", "message", "more"), SPOILT, ids=[case[1] or case[2] for case in SPOILT])
def test_a_spoilt_file_is_told_with_file_place_and_reason(
    seeds: Path, old: str, new: str, message: str, more: str
) -> None:
    text = THIRD.replace(old, new)
    if new == "article: A":
        text = text.replace("source: Z", "source: A").replace("id: Z", "id: A")
    (seeds / "claims" / "third-2030.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_claims()
    told = [problem for problem in caught.value.problems if message in problem.message]
    assert told, str(caught.value)
    assert told[0].path == "seeds/claims/third-2030.yaml"
    assert more in told[0].message


def test_all_errors_of_all_files_come_at_once(seeds: Path) -> None:
    (seeds / "claims" / "third-2030.yaml").write_text(THIRD.replace("kind: norm", "kind: 3"), encoding="utf-8")
    path = seeds / "claims" / "chung-2024.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("kind: belief", "kind: faith"), encoding="utf-8")
    with pytest.raises(ScenarioError) as caught:
        load_claims()
    assert len(caught.value.problems) == 5
    assert {problem.path for problem in caught.value.problems} == {
        "seeds/claims/third-2030.yaml",
        "seeds/claims/chung-2024.yaml",
    }
