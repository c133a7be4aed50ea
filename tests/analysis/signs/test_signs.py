"""Signs to watch: planted ones are found and measured, empty ones are not believed, halves of draws stay apart."""

from __future__ import annotations

import json

import numpy as np
import pytest
from typer.testing import CliRunner

from triangle_sim.analysis.signs.sightings import Sight, Sightings, look
from triangle_sim.analysis.signs.signs import Sign, chosen, measured, signs
from triangle_sim.cli.commands import app
from triangle_sim.errors import UsageError
from triangle_sim.outcomes.end_state import ENDINGS
from triangle_sim.scenario.load import load

CODE, OTHER = 4, 3
SHARE, HITS, ALARMS = 0.3, 0.8, 0.1
THEN = SHARE * HITS / (SHARE * HITS + (1 - SHARE) * ALARMS)
"""Bayes: three tenths of futures end so, eight in ten of them show it, and one in ten of the others."""


def planted(seed: int, draws: int = 400, replicates: int = 5, empty: int = 6) -> Sightings:
    """Futures whose first sight tells the ending as above; their last is its mirror, the others say nothing."""
    rng = np.random.default_rng(seed)
    runs = draws * replicates
    so = rng.random(runs) < SHARE
    told = np.where(so, rng.random(runs) < HITS, rng.random(runs) < ALARMS)
    nothing = rng.random((empty, runs)) < 0.4
    seen = np.concatenate([told[None], nothing, ~told[None]])
    counts = np.zeros((len(seen), 4, runs), np.int8)
    counts[:, 2:] = seen[:, None]  # all of it in the third quarter
    return Sightings(
        tuple(Sight(f"s{k}", f"sight {k}", ()) for k in range(len(seen))),
        np.repeat(np.arange(draws), replicates),
        np.where(np.repeat(np.arange(draws), replicates) % 4 < 2, "a", "b").astype(object),
        counts,
        np.where(so, CODE, OTHER),
        np.full(runs, OTHER),
        np.where(so, 9, 0),
    )


def halves(at: Sightings) -> tuple[np.ndarray, np.ndarray]:
    return at.ending == CODE, at.draw % 2 == 0


def test_a_planted_sign_is_found_first_and_measured_where_it_was_not_chosen() -> None:
    at = planted(1)
    so, choosing = halves(at)
    best, *others = chosen(at, so, choosing, 5)
    assert best.name in ("s0", "no s7") and not {"s0", "no s7"} & {each.name for each in others}, (
        "its mirror is the same"
    )
    rows = {row["theory"]: row for row in measured(at, best, so, ~choosing)}
    assert set(rows) == {"all", "a", "b"}
    for row in rows.values():  # 1,000 futures held out, 500 a theory: three standard errors are at most 0.09
        assert row["then"] == pytest.approx(THEN, abs=0.09) and row["hits"] == pytest.approx(HITS, abs=0.09)
        assert row["false_alarms"] == pytest.approx(ALARMS, abs=0.06) and row["holds"]
        assert row["then_low"] < row["then"] < row["then_high"]
    assert rows["all"]["lead"] == 6 - (best.times == 0), (
        "seen in the third quarter or missed by the fourth, so in the ninth"
    )
    assert rows["all"]["already"] == 0


def test_a_sign_of_nothing_seldom_holds() -> None:
    """One-sided 2.5 per cent each: of 120 empty signs at most 9 (a false alarm in a thousand)."""
    held = 0
    for seed in range(20):
        at = planted(100 + seed, draws=120)
        so, choosing = halves(at)
        held += sum(measured(at, Sign(at.sights[k], k, 1), so, ~choosing)[0]["holds"] for k in range(1, 7))
    assert held <= 9


def test_intervals_hold_the_truth() -> None:
    """Of 100 intervals that hold it in 95 of 100 cases, 88 at least (a false alarm in 500)."""
    held = 0
    for seed in range(100):
        at = planted(500 + seed, draws=80, empty=0)
        so, choosing = halves(at)
        row = measured(at, Sign(at.sights[0], 0, 1), so, ~choosing)[0]
        held += row["then_low"] <= THEN <= row["then_high"]
    assert held >= 88


def test_a_rupture_that_makes_the_ending_is_its_sign() -> None:
    """Moscow turns on Pyongyang in the second quarter of half the futures, and shields it in the others."""
    turn = {"when": "2024Q4", "probability": 0.5, "effects": {f"goodwill[{a},{b}]": -5.0 for a, b in (("RUS", "PRK"),
            ("PRK", "RUS"))}, "shock": {"goodwill[RUS,PRK]": -3.0, "goodwill[PRK,RUS]": -3.0}}  # fmt: skip
    found = signs(
        load("baseline").with_(events={"rupture": turn}),
        ending="russian_shield",
        draws=60,
        replicates=4,
        top=2,
        backend="numpy",
    )
    first = found.of("russian_shield").iloc[0]
    assert first["sign"] == "no rupture" and first["hits"] > 0.95 and first["then"] > first["base"]
    assert found.skill["russian_shield"] > 0.1 and 0.5 < found.start["russian_shield"] < 1


def test_what_is_seen_is_what_was_played() -> None:
    """Against the outcome of the same name, and the ending's own rules."""
    scenario = load("trump_win").with_(quarters=6)
    at = look(scenario, 6, draws=5, replicates=4, seed=3, backend="numpy")
    whole = look(scenario, 2, draws=5, replicates=4, seed=3, backend="numpy")
    names = [each.name for each in at.sights]
    assert np.array_equal(at.counts[:, :2], whole.counts) and (np.diff(at.counts, axis=1) >= 0).all()
    assert (at.counts[names.index("trump_elected"), -1] == 1).all() and "PRK hold" not in names
    assert (at.settled <= 6).all() and set(at.ending) <= set(range(len(ENDINGS)))


@pytest.mark.parametrize(
    ("how", "says"),
    [
        ({"ending": "block"}, "did you mean 'bloc'"),
        ({"within": 0}, "give 1 to 16"),
        ({"within": 17}, "give 1 to 16"),
        ({"draws": 2}, "give at least 4"),
        ({"scenario": load("baseline").with_(countries=["CHN", "PRK", "RUS"])}, "without USA"),
    ],
)
def test_what_cannot_be_asked(how: dict, says: str) -> None:
    with pytest.raises(UsageError, match=says):
        signs(**{"scenario": "baseline", **how})


def test_the_command_answers_first() -> None:
    asked = ["signs", "trump_win", "--draws", "40", "--replicates", "5", "--top", "1", "--backend", "numpy"]
    text = CliRunner().invoke(app, asked).stdout
    assert (
        text.startswith("What, within 4 quarters, tells how 'Trump wins' will end?")
        and "A model, not a forecast" in text
    )
    assert max(map(len, text.splitlines())) <= 120
    data = json.loads(CliRunner().invoke(app, [*asked, "--json"]).stdout)
    assert {row["theory"] for row in data["signs"]} == {"all", "chung-2024", "lowy-2023"} and data["within"] == 4
