"""The parts the scalar program stands on, each against its own source, so that a failure has one cause."""

import random

import numpy as np
import pytest

from reference.choice import best, logit
from reference.interests import PHI
from reference.latent import to_latent, to_level
from reference.random_numbers import normal, threefry, uniform
from reference.scalar import formula
from triangle_sim.arrays import squash, unsquash
from triangle_sim.countries import countries
from triangle_sim.uncertainty import Streams
from triangle_sim.world.environment import CONDITIONS
from triangle_sim.world.variables import variables_of
from triangle_sim.world.views import View

ONES = 2**64 - 1
PUBLISHED = [
    ((0, 0), (0, 0), (0xC2B6E3A8C2C69865, 0x6F81ED42F350084D)),
    ((ONES, ONES), (ONES, ONES), (0xE02CB7C4D95D277A, 0xD06633D0893B8B68)),
    (
        (0x243F6A8885A308D3, 0x13198A2E03707344),
        (0xA4093822299F31D0, 0x082EFA98EC4E6C89),
        (0x263C7D30BB0F0AF1, 0x56BE8361D3311526),
    ),
]
"""Known answers of threefry2x64, 20 rounds, in the Random123 distribution (kat_vectors)."""


@pytest.mark.parametrize(("counter", "key", "answer"), PUBLISHED)
def test_published_answers(counter: tuple[int, int], key: tuple[int, int], answer: tuple[int, int]) -> None:
    assert threefry(counter, key) == answer


def test_addressed_numbers_agree_with_the_models() -> None:
    """Uniform numbers to the bit; normal ones to the last bits of two mathematical libraries."""
    rng = random.Random(3)
    for _ in range(50):
        seed, draw, replicate = rng.randrange(2**63), rng.randrange(2**32), rng.randrange(2**32)
        quarter, name = rng.randrange(40), f"noise:{rng.random()}"
        streams = Streams(seed, [draw], [replicate])
        assert streams.uniform([name], [quarter])[0, 0, 0] == uniform(seed, name, draw, replicate, quarter)
        ours = normal(seed, name, draw, replicate, quarter)
        assert streams.normal([name], quarter + 1)[0, quarter, 0] == pytest.approx(ours, rel=1e-13, abs=1e-13)


FORMULAS = [(code, name) for code, mine in PHI.items() for name in mine]


@pytest.mark.parametrize(("code", "name"), FORMULAS)
def test_every_formula_here_is_the_models(code: str, name: str) -> None:
    """At random states, and with random numbers in its form as well as with those that are declared."""
    model = countries()[code].interests()[name]
    rng = random.Random(7)
    for attempt in range(20):
        state = {v: rng.uniform(each.low, each.high) for v, each in variables_of(tuple(PHI)).items()}
        conditions = {c: rng.random() for c in CONDITIONS}
        numbers = {n: rng.random() if attempt else each.value for n, each in model.numbers.items()}
        found = model(View(state), View(conditions), **(numbers if attempt else {}))
        assert found == pytest.approx(PHI[code][name](state, conditions, numbers), abs=1e-12)


def test_an_interest_that_is_not_here_is_taken_from_the_model(monkeypatch: pytest.MonkeyPatch) -> None:
    written = formula("PRK", "supply")
    monkeypatch.delitem(PHI["PRK"], "supply")
    state, numbers = {"chinese_supply": 0.3, "russian_supply": 0.5, "sanctions_pressure": 0.7}, {"chinese": 0.9}
    every = numbers | {"russian": 0.6, "lost": 0.4}
    assert formula("PRK", "supply")(state, {}, numbers) == pytest.approx(written(state, {}, every), abs=1e-12)


@pytest.mark.parametrize(("variable", "low", "high"), [("goodwill[A,B]", -1.0, 1.0), ("supply", 0.0, 1.0)])
def test_the_latent_scale(variable: str, low: float, high: float) -> None:
    for level in np.linspace(low, high, 41):
        assert to_latent(variable, level) == pytest.approx(float(unsquash(level, low, high)), abs=1e-12)
        latent = 3 * float(level)
        assert to_level(variable, latent) == pytest.approx(float(squash(np.asarray(latent), low, high)), abs=1e-15)
    middle = (low + high) / 2
    slope = (to_level(variable, middle + 1e-6) - to_level(variable, middle - 1e-6)) / 2e-6
    assert slope == pytest.approx(1.0, abs=1e-9), "a push of 0.1 moves a variable by 0.1 at mid-range"


def test_choices_by_hand() -> None:
    assert logit({"a": 0.0, "b": 0.0, "c": float("-inf")}, 5.0) == {"a": 0.5, "b": 0.5, "c": 0.0}
    assert best({"a": 1.0, "b": 2.0, "c": 2.0}) == {"a": 0.0, "b": 0.5, "c": 0.5}
