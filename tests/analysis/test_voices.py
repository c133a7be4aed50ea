"""Where two theories differ and what of it matters: a planted difference is found, one without consequence is not."""

from __future__ import annotations

from functools import cache
from typing import Any
from unittest.mock import patch

import numpy as np
import pytest

import triangle_sim as ts
from triangle_sim.analysis import voices as module
from triangle_sim.analysis.voices import EVERYTHING, REST, Difference, voices
from triangle_sim.montecarlo.sample import sample
from triangle_sim.scenario.schema import Scenario
from triangle_sim.world.theories import load_theory

NUMPY: dict[str, Any] = {"draws": 120, "seed": 3, "backend": "numpy"}


def stated(**priors: Any) -> dict[str, Any]:
    return {"priors": {name.replace("__", "."): {"prior": prior} for name, prior in priors.items()}}


@cache
def scenario(sizes: str = "judgement") -> Scenario:
    """One voice tests a weapon whatever it costs, the other never; they also disagree on what hardly matters."""
    eager = stated(cost__PRK__test_nuclear_weapon=0.0, memory__KOR=0.20)
    afraid = stated(cost__PRK__test_nuclear_weapon=9.0, memory__KOR=0.21)
    theories = {"eager": eager, "afraid": afraid}
    return ts.load("baseline").with_(theory={"eager": 0.5, "afraid": 0.5}, theories=theories, quarters=5, sizes=sizes)


@cache
def found() -> Difference:
    with patch.object(module, "LUCK", 2):
        return voices(scenario(), "eager", "afraid", **NUMPY)


def test_the_planted_difference_comes_first_and_alone() -> None:
    first, second = found().numbers
    assert (first.what, second.what) == ("cost.PRK.test_nuclear_weapon", "memory.KOR")
    assert "nuclear_test" in first.clear and first.effects["nuclear_test"].value < -0.1
    assert not second.clear


def test_the_effect_is_the_difference_on_the_same_worlds() -> None:
    """Computed once more, with the number set by hand."""
    base = scenario().with_(theory="eager")
    means = [
        sample(each, ["nuclear_test"], draws=120, replicates=1, seed=3, backend="numpy").means("nuclear_test")
        for each in (base, base.with_(parameters={"cost.PRK.test_nuclear_weapon": 9.0}))
    ]
    effect = found().numbers[0].effects["nuclear_test"]
    assert effect.value == pytest.approx(float(np.mean(means[1] - means[0])), abs=1e-12)


def test_everything_switched_is_the_other_voice() -> None:
    (*_, whole) = found().subjects
    assert whole.what == EVERYTHING and len(whole.parameters) == 2
    means = [
        sample(scenario().with_(theory=name), ["nuclear_test"], draws=120, replicates=2, seed=3,
               backend="numpy").means("nuclear_test")
        for name in ("eager", "afraid")
    ]  # fmt: skip
    assert whole.effects["nuclear_test"].value == pytest.approx(float(np.mean(means[1] - means[0])), abs=1e-12)


def test_a_distance_is_in_standard_deviations_of_the_models_prior() -> None:
    gaps = {gap.parameter: gap for gap in found().gaps}
    assert gaps["memory.KOR"].apart == pytest.approx(0.01 / (0.3 * 0.6826 / 2), rel=1e-3)  # uniform, 0.3 long


def test_subjects_are_told_in_words() -> None:
    assert {each.what for each in found().subjects} == {
        "what moves of North Korea cost",
        "how South Korea decides",
        EVERYTHING,
    }


def test_what_the_fits_tell_apart_is_a_subject_of_its_own() -> None:
    """Two voices that state the same and extend different theories differ in what is fitted to the record, no more."""
    contested = {name for theory in ("chung-2024", "lowy-2023") for name in load_theory(theory).priors}
    same = {"priors": {name: {"prior": 0.1 if name.startswith("weight") else 0.0} for name in contested}}
    theories = {"one": same | {"extends": "chung-2024"}, "two": same | {"extends": "lowy-2023"}}
    world = ts.load("baseline").with_(theory={"one": 0.5, "two": 0.5}, theories=theories, quarters=1)
    between = voices(world, "one", "two", draws=3, seed=3, backend="numpy")
    rest, whole = between.subjects
    assert not between.gaps and (rest.what, whole.what) == (REST, EVERYTHING)
    assert len(rest.parameters) > 100 and not contested & set(rest.parameters)
    assert rest.parameters == whole.parameters


def test_a_voice_and_itself_differ_in_nothing() -> None:
    same = voices(scenario(), "eager", "eager", draws=2, seed=3, backend="numpy")
    assert not same.gaps and not same.numbers and len(same.subjects) == 1 and not same.subjects[0].clear
