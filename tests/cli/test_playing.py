"""A seat in the terminal: what comes through a pipe plays a game, and the game it leaves is the one that was played."""

from __future__ import annotations

import io
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.cells import cell_len

from cli.conftest import PROGRAM, SOURCE, Call, Ended
from triangle_sim.scenario.load import load
from triangle_sim.seat import Game
from triangle_sim.web.words import words

WORLD = "extends: trump_win\nquarters: 4\nmoves: {disable: {PRK: [snub_beijing]}}\n"
SMALL = ("--draws", 2, "--replicates", 1)
Typed = Callable[..., Ended]


@pytest.fixture
def typed(call: Call, monkeypatch: pytest.MonkeyPatch, write) -> Typed:
    """``typed("2", "q")``: these lines come through a pipe, then it ends."""
    write("world.yaml", WORLD)

    def one(*lines: str, words: tuple[object, ...] = ()) -> Ended:
        monkeypatch.setattr(sys, "stdin", io.StringIO("".join(f"{line}\n" for line in lines)))
        return call("play", *(words or ("world.yaml", "--run", "2.1", *SMALL)))

    return one


def test_a_session(typed: Typed, call: Call, here: Path) -> None:
    lines = ("ship shells and missiles to Russia", "?", "? 3", "1", "Back", "court_b", "m", "nonsense", "99", "exit")
    ended = typed(*lines)
    assert ended.code == 0 and max(map(len, ended.out.splitlines())) <= 80
    assert "You are North Korea." in ended.out and "A model, not a forecast." in ended.out
    for text in ("quarter 1 of 4", "What happened in 2025Q1", "Taken back.", "There is no move 'nonsense'",
                 "There is no move 99: moves are 1 to 8.", "Wait and see. ", "How it ends, with your moves and without",
                 "(chosen by its own rule)", "triangle-sim story game.yaml"):  # fmt: skip
        assert text in ended.out, text
    assert "snub Beijing" not in ended.out, "it is disabled"
    assert load("./game.yaml").seats == {"PRK": ("ship_arms_to_russia", "court_beijing", None)}
    again = call("story", "game.yaml")
    game = Game.of(load("./game.yaml"))
    assert (game.draw, game.replicate) == (2, 1)
    assert call("story", "game.yaml", "--run", "2.1").out == again.out != call("story", "game.yaml", "--run", "3.1").out
    assert again.code == 0 and "- North Korea: court Beijing with visits and deference" in again.out
    for chapter in game.chapters:
        told = ended.out.split(f"What happened in {chapter.quarter}")[-1]
        for act in chapter.acts:
            assert f"- {act.label}: {act.says} [" in " ".join(again.out.split())
            assert f"- {'You' if act.country == 'PRK' else act.label}: " in told


def test_what_it_says_of_a_move_are_the_numbers_of_the_game(typed: Typed) -> None:
    ended = typed("? court_moscow", words=("world.yaml", "--as", "Pyongyang", "--open", "--run", "3.1"))
    game = Game.of(load("./world.yaml"), draw=3, replicate=1)
    option = next(each for each in game.options("PRK") if each.move == "court_moscow")
    said = " ".join(ended.out.split())
    assert f"Beside holding still it is worth {option.gain:+.3f} of a payoff from 0 to 1" in said
    for term in sorted(option.terms, key=lambda each: -abs(each.gain))[:3]:
        assert f"{term.gain:+.3f} " in said and f"[{', '.join(term.claims)}]" in said
    assert said.count("(the best reply)") == 1 and "Nothing was played." in said
    assert not Path("game.yaml").exists()


def test_a_game_goes_on_and_nothing_is_overwritten(typed: Typed) -> None:
    assert typed("hold", "hold", "q").code == 0
    first = Path("game.yaml").read_text()
    more = typed("u", "hold", words=("game.yaml", "--turns", 1, *SMALL))
    assert "There is nothing to take back." in more.out and "2 quarters played so far" in more.out
    assert Path("game.yaml").read_text() == first
    assert load("./game-2.yaml").seats == {"PRK": ("hold",) * 3}
    assert load("./game-2.yaml").shown == (2, 1)
    typed("hold", words=("game.yaml", "--run", "2.1", "--turns", 1, "-o", "game.yaml", *SMALL))
    assert load("./game.yaml") == load("./game-2.yaml").with_(name="game")
    assert typed("q", words=("game.yaml", "--run", "3.0")).out.count("(run 3.0, seed 1)") == 1
    typed("hold", "u", words=("world.yaml", "--turns", 1, *SMALL))  # the game ends with its last move
    assert Path("game-3.yaml").exists()
    assert "Nothing was played." in typed("hold", "u", "q", words=("world.yaml", "--turns", 2, "-o", "x.yaml")).out
    assert not Path("x.yaml").exists()


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["--as", "Japan"], ["no country 'Japan' at the table", "PRK (North Korea)"]),
        (["--turns", 0], ["--turns 0"]),
        (["--run", "4"], ["--run 4: not the address of a run"]),
        (["--seed", -1], ["--seed -1 is out of range"]),
        (["-o", "world.yaml"], ["world.yaml is there already"]),
        (["-o", "nowhere/game.yaml"], ["there is no folder nowhere"]),
        (["--draws", 0], ["--draws 0"]),
        (["--language", "fr"], ["no words in 'fr'", "languages: en, ko"]),
    ],
    ids=lambda words: words[0],
)
def test_what_cannot_be_played_is_refused(words: list[object], says: list[str], typed: Typed) -> None:
    typed(words=("world.yaml", *words)).refused(*says)
    assert Path("world.yaml").read_text() == WORLD


def test_a_game_that_is_over_is_refused(typed: Typed, write) -> None:
    write("over.yaml", "extends: world.yaml\nquarters: 2\nseats: {PRK: [hold, null]}\n")
    typed(words=("over.yaml",)).refused("over.yaml is played to its end, 2024Q4", "triangle-sim story over.yaml")


def test_a_korean_game_has_no_english_in_it(typed: Typed) -> None:
    """But for names and terms that Korean readers know in Latin letters too, and what is typed."""
    ended = typed(
        "도움말", "? 2", "?hold", "러시아", "xyzzy", "99", "u", "1", "m", "되돌리기",
        "러시아에 포탄과 미사일 보내기", "m", "m",
        words=("trump_win", "--language", "ko", "--run", "2.1", "--turns", 4, "--open", *SMALL),
    )  # fmt: skip
    assert ended.code == 0 and max(map(cell_len, ended.out.splitlines())) <= 80
    assert load("./game.yaml").seats["PRK"][:2] == ("court_beijing", "ship_arms_to_russia")
    korean = words("ko")
    said = " ".join(ended.out.split())
    assert korean.name("scenarios", "trump_win", "question") in said
    for key in ("keys", "moves_beside", "held_against", "undone", "none_to_undo", "review", "same_worlds"):
        assert korean(f"play.{key}") in said, key
    left = {*re.findall("[a-zé]{2,}", f"{said} {ended.err}", re.IGNORECASE)}
    known = {"Chung", "Lowy", "pivot", "ménage", "trois", "xyzzy", "hold"}
    assert left <= {*known, *"triangle-sim story game.yaml --run".replace("-", " ").replace(".", " ").split()}
    assert not set("{}") & set(said)


def test_ctrl_c_keeps_the_game(here: Path, write) -> None:
    """A process of its own, its input a pipe that stays open."""
    write("world.yaml", WORLD)
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "play", "world.yaml", "--as", "RUS"],
        env={**os.environ, "PYTHONPATH": str(SOURCE), "NO_COLOR": "1"},
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=here,
    )  # fmt: skip
    assert process.stdin is not None and process.stdout is not None
    try:
        process.stdin.write("hold\n")
        process.stdin.flush()
        assert any("2024Q4: quarter 2 of 4" in line for line in process.stdout)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130 and "Traceback" not in err and "\x1b" not in out + err
    assert "interrupted; the game is in game.yaml" in err and "triangle-sim story game.yaml" in err
    assert load(str(here / "game.yaml")).seats == {"RUS": ("hold",)}
