"""The disagreements name claims of both articles and things of the model, and every trial can be played."""

from __future__ import annotations

from pathlib import Path

import pytest

from triangle_sim import resources
from triangle_sim.claims import disagreements, load_claims
from triangle_sim.claims.disagreements import Disagreement, Trial, load_conditions, load_disagreements
from triangle_sim.errors import ScenarioError
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.load import load
from triangle_sim.world import variables_of

ALL = load_disagreements()
TRIALS = [trial for each in ALL.values() for trial in each.trials]


def test_there_are_eleven_and_every_condition_is_used() -> None:
    assert list(ALL) == [f"D{n}" for n in range(1, 12)]
    assert {name for trial in TRIALS for name in trial.when} == set(load_conditions())


@pytest.mark.parametrize("each", ALL.values(), ids=list(ALL))
def test_sides_are_claims_of_their_article_and_names_exist(each: Disagreement, known_names: set[str]) -> None:
    for letter, side in each.sides.items():
        assert set(side.claims) <= set(load_claims())
        assert all(claim.startswith(letter) for claim in side.claims)
    assert set(each.expressed_by) <= known_names
    for trial in each.trials:
        said = set(trial.expected.values())
        assert said != {"silent"}, "somebody expects something"


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.asks[:40])
def test_a_trial_can_be_played(trial: Trial) -> None:
    assert set(trial.contrast) <= set(list_scenarios())
    assert (trial.outcome in OUTCOMES) != (trial.variable in variables_of(("CHN", "KOR", "PRK", "RUS", "USA")))
    known = model_catalogue()
    for name in trial.when:
        scenario = load(trial.contrast[0]).with_(**trial.both).with_(**load_conditions()[name]).with_(**trial.first)
        assert set(scenario.pin) <= set(known.environment)
        for code, moves in scenario.moves.disable.items():
            assert set(moves) <= set(known.moves[code])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("expected: {A: below, B: above}", "expected: {A: decrease, B: above}", "'decrease' cannot be expected here"),
        ("expected: {A: below, B: above}", "expected: {A: below}", "does not say what each article expects"),
        ("[the war goes on, the war is over]", "[the war goes on, the peace]", "unknown condition 'the peace'"),
        ("  - id: D1\n", "  - id: one\n", "disagreements[0].id"),
    ],
)
def test_a_spoilt_file_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: str, new: str, message: str
) -> None:
    text = (resources.data_dir("seeds") / "claims" / "disagreements.yaml").read_text(encoding="utf-8")
    assert old in text
    (tmp_path / "claims").mkdir()
    (tmp_path / "claims" / "disagreements.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")
    monkeypatch.setattr(resources, "data_dir", lambda kind: tmp_path)
    disagreements._read.cache_clear()
    try:
        with pytest.raises(ScenarioError, match=message.replace("[", r"\[")):
            load_disagreements()
    finally:
        disagreements._read.cache_clear()
