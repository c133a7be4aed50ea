"""With and without a game's moves: the futures that `run` plays, on the same worlds."""

from __future__ import annotations

import pytest

from seat.games import SEED, new, played, scenario
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo import design
from triangle_sim.montecarlo.run import run

SIZE = {"draws": 6, "replicates": 2}


@pytest.fixture(autouse=True)
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """A compiler takes longer than it saves here."""
    monkeypatch.setattr(design, "choose", lambda name: "numpy")


def test_a_fan_is_that_of_a_run() -> None:
    game = played()
    for with_you, what in ((True, game.scenario_with_seats()), (False, scenario())):
        table = run(what, **SIZE, seed=SEED, jobs=1, backend="numpy").quarters
        own = table[table["variable"] == "goodwill[RUS,PRK]"]
        fan = game.fan("goodwill[Russia, North Korea]", with_you, **SIZE)
        assert list(fan.columns) == ["theory", "quarter", "mean", "q05", "q25", "q50", "q75", "q95"]
        assert (fan.to_numpy() == own.drop(columns="variable").to_numpy()).all()
    with pytest.raises(UsageError, match="no variable 'goodwil"):
        game.fan("goodwil[RUS,PRK]", **SIZE)


def test_endings_are_the_shares_of_runs() -> None:
    game = played()
    found = game.endings(**SIZE)
    for scenario_, shares in ((game.scenario_with_seats(), found.with_you), (scenario(), found.without)):
        runs = run(scenario_, **SIZE, seed=SEED, jobs=1, backend="numpy").runs
        for view in ("all", *scenario_.theory):
            some = runs if view == "all" else runs[runs["theory"] == view]
            counted = some["end_state"].value_counts(normalize=True)
            for name, by_view in shares.items():
                assert by_view[view].value == pytest.approx(counted.get(name, 0.0), abs=1e-12)
                assert by_view[view].low <= by_view[view].value <= by_view[view].high
    assert found.with_you != found.without, "four moves of Pyongyang leave a trace"


def test_without_moves_both_are_the_same() -> None:
    found = new().endings(**SIZE)
    assert found.with_you == found.without and (found.draws, found.replicates, found.seed) == (6, 2, SEED)
