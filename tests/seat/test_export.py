"""A game is a scenario file: what is read back plays the same history to the last bit, alone and among others."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from seat.games import CODES, DRAW, REPLICATE, SEED, new, played, scenario
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.run import run
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.scenario.load import check, load
from triangle_sim.seat import Game
from triangle_sim.story.tell import tell


def test_it_replays_to_the_bit(tmp_path: Path) -> None:
    game = played()
    file = game.export(tmp_path / "mine.yaml")
    again = load(str(file))
    assert (again.name, again.seed) == ("mine", SEED)
    told = tell(again, seed=again.seed, draw=DRAW, replicate=REPLICATE)
    known = tell(game.scenario_with_seats(), seed=SEED, draw=DRAW, replicate=REPLICATE)
    assert told.chapters == known.chapters and told.chapters[:4] == game.chapters
    assert np.array_equal(told.trajectory.state, known.trajectory.state)
    assert Game.of(again).moves == game.moves


def test_a_run_of_it_holds_its_history(tmp_path: Path) -> None:
    again = load(str(played().export(tmp_path / "mine.yaml")))
    runs = run(again, draws=DRAW + 1, replicates=REPLICATE + 1, jobs=1, backend="numpy").runs
    own = runs[(runs["draw"] == DRAW) & (runs["replicate"] == REPLICATE)].iloc[0]
    t = tell(again, seed=SEED, draw=DRAW, replicate=REPLICATE).trajectory
    for name in ("end_state", "technology_gained", "dependence_on_china", "nuclear_test"):
        assert own[name] == OUTCOMES[name].of(t)[0], name


def test_a_game_of_a_bundled_scenario_is_short(tmp_path: Path) -> None:
    game = Game(load("baseline"), 7, 37, 4).play({"RUS": "transfer_technology"}).play({"PRK": "hold"})
    text = game.export(tmp_path / "short.yaml").read_text(encoding="utf-8")
    assert len(text.splitlines()) < 15
    for line in ("extends: baseline", "seed: 7", "run: {draw: 37, replicate: 4}", "  PRK: [null, hold]",
                 "  RUS: [transfer_technology, null]"):  # fmt: skip
        assert f"\n{line}\n" in text
    assert [path.name for path in tmp_path.iterdir()] == ["short.yaml"]
    found = check(str(tmp_path / "short.yaml"))
    assert found.problems == () and found.scenario.title.endswith(": a game")


def test_a_file_beside_it_does_not_stand_for_the_bundled_one(tmp_path: Path) -> None:
    (tmp_path / "trump_win.yaml").write_text("extends: baseline\nquarters: 9\nenvironment: {ukraine_war: 0.1}\n")
    game = Game(load("trump_win"), 1, 0, 0).play({"PRK": "hold"})
    again = load(str(game.export(tmp_path / "game.yaml")))
    assert again.content_hash() == game.scenario_with_seats().content_hash()


def test_a_scenario_of_ones_own_is_written_whole(tmp_path: Path) -> None:
    file = played().export(tmp_path / "whole.yaml")
    assert "extends" not in file.read_text(encoding="utf-8")
    assert load(str(file)).content_hash() == played().scenario_with_seats().content_hash() != scenario().content_hash()


def test_it_goes_on_in_its_own_history_and_another_only_when_asked(tmp_path: Path) -> None:
    game = Game.of(load(str(played().export(tmp_path / "mine.yaml"))))
    assert (game.seed, game.draw, game.replicate, game.chapters) == (SEED, DRAW, REPLICATE, played().chapters)
    later = Game.of(load(str(game.play({"PRK": "hold"}).export(tmp_path / "later.yaml"))))
    assert (later.draw, later.replicate, later.turn) == (DRAW, REPLICATE, 5)
    file = Game.of(load(str(tmp_path / "later.yaml")), draw=9).undo().export(tmp_path / "other.yaml")
    assert (
        load(str(file)).shown == (9, 0)
        and load(str(file)).content_hash() == load(str(tmp_path / "mine.yaml")).content_hash()
    ), "which history is shown is no part of what is simulated"


def test_what_nobody_played_keeps_its_quarters(tmp_path: Path) -> None:
    game = new().play().play()
    again = Game.of(load(str(game.export(tmp_path / "own.yaml"))))
    assert (again.turn, dict(again.moves)) == (2, {}) and again.chapters == game.chapters
    assert again.codes == CODES


def test_what_cannot_be_written_is_refused_and_nothing_is_lost(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot write"):
        played().export(tmp_path / "nowhere" / "game.yaml")
    file = new().play({"PRK": "hold"}).export(tmp_path / "game.yaml")
    played().export(file)
    assert load(str(file)).seats["PRK"] == played().moves["PRK"]
