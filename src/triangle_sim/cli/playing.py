"""The command `play`: a seat at the table in a terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triangle_sim.cli import options
from triangle_sim.cli.columns import capital, wrap
from triangle_sim.cli.output import say
from triangle_sim.errors import UsageError, quote
from triangle_sim.names import suggest

if TYPE_CHECKING:
    from triangle_sim.cli.play_words import Told
    from triangle_sim.seat import Game, Option

DRAWS, REPLICATES = 100, 5
"""How many futures the ending is told from, where nobody says."""

QUIT = ("q", "quit", "exit", "끝", "그만")
UNDO = ("u", "undo", "back", "되돌리기")
MODEL = ("m", "model", "모형")
HELP = ("h", "help", "도움말")
"""What a player may type, in either language, besides a move."""


def play(
    scenario: options.Scenario,
    as_: Annotated[
        str | None, typer.Option("--as", metavar="COUNTRY", help="your seat, e.g. RUS or Moscow; default: that of a "
                                 "saved game, else PRK")] = None,
    run: Annotated[
        str | None, typer.Option("--run", metavar="D.R", help="which history: draw and replicate; default 0.0, or the "
                                 "one that a saved game was played in")] = None,
    seed: options.Seed = None,
    turns: Annotated[int, typer.Option("--turns", help="quarters to play")] = 6,
    open_: Annotated[bool, typer.Option("--open", help="show what each move is worth before you choose")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="where to keep the game; default game.yaml")
    ] = None,
    draws: options.Draws = None,
    replicates: options.Replicates = None,
    language: Annotated[str, typer.Option("--language", help="what the game speaks: en, or ko for Korean")] = "en",
) -> None:  # fmt: skip
    """Play one country's moves, quarter by quarter, against the model; then see how it ends with you and without.

    The game is kept as a scenario: `story` tells it again, `play` goes on with it.
    """
    from triangle_sim.cli.loading import design, load, within_reason
    from triangle_sim.cli.play_words import Told
    from triangle_sim.cli.telling import address
    from triangle_sim.seat import Game
    from triangle_sim.web.words import words

    spoken = words(language)
    draw, replicate = (None, None) if run is None else address(run)
    loaded = load(scenario)
    design(loaded, draws, replicates, seed)
    size = within_reason(draws, replicates, {"draws": DRAWS, "replicates": REPLICATES})
    game = Game.of(loaded, seed=seed, draw=draw, replicate=replicate)
    usual = next(iter(game.moves)) if len(game.moves) == 1 else "PRK"  # that of a saved game, if it was played from one
    country = game.seat(usual if as_ is None else as_)
    if turns < 1:
        raise UsageError(f"--turns {turns}: a game needs at least 1", "e.g. --turns 6")
    if game.over:
        raise UsageError(f"{scenario} is played to its end, {loaded.end}", f"tell it: triangle-sim story {scenario}")
    left = loaded.quarters - game.turn
    table = Sitting(game, Told(spoken, country), min(turns, left), open_, _place(scenario, output, game))
    try:
        table.sit()
        table.rise(*size)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(table.told("interrupted", kept=table.kept())) from None


def _place(scenario: str, output: Path | None, game: Game) -> Path:
    """Where the game is kept: what was asked for, else a name that is free. A file that is there is overwritten only
    where it is asked for and holds the game that goes on.

    Raises UsageError for any other file that is there.
    """
    if output is not None:
        if output.exists() and not (game.turn and Path(scenario).exists() and output.samefile(scenario)):
            raise UsageError(f"{output} is there already", "choose another name with -o, or remove it first")
        if not output.parent.is_dir():
            raise UsageError(f"cannot write {output}: there is no folder {output.parent}", "choose another with -o")
        return output
    names = ["game.yaml", *(f"game-{number}.yaml" for number in range(2, 1000))]
    free = next((path for path in map(Path, names) if not path.exists()), None)
    if free is None:
        raise UsageError("this folder holds a thousand games", "choose a name with -o")
    return free


@dataclass
class Sitting:
    """One player at the table: the game as it stands, and where it is kept after every quarter."""

    game: Game
    told: Told
    turns: int
    open: bool
    file: Path
    saved: bool = False

    def __post_init__(self) -> None:
        self.country = self.told.country
        self.first = self.game.turn
        self.last = self.first + self.turns

    def sit(self) -> None:
        """Play until the turns are over, the player ends, or the input does."""
        for line in self.told.opening(self.game, self.turns):
            print(wrap(line, "", ""))
        asked = -1
        while self.game.turn < self.last:
            if asked != self.game.turn:
                self._show()
                asked = self.game.turn
            answer = _ask(f"{self.told('your_move', quarter=self.game.situation().quarter)} ")
            word = "" if answer is None else answer.casefold()
            if answer is None or word in QUIT:
                return
            if word in UNDO:
                asked = self._undo(asked)
            elif word in HELP:
                self._explain("")
            elif answer.startswith("?") or answer.endswith("?"):
                self._explain(answer.strip("? "))
            elif word in MODEL:
                self._play(None)
            elif answer and (option := self._option(answer)):
                self._play(option.move)

    def rise(self, draws: int, replicates: int) -> None:
        """Tell how it ends, and hold each move against the best reply."""
        told = self.told
        if self.game.turn == self.first:
            print(f"\n{capital(told('nothing'))}.")
            return
        print(f"\n{told('review')}")
        for each in told.beside(self.game.review(self.country)):
            print(wrap(each))
        many = told.counted(draws * replicates, "future")
        say(told("counting", futures=many))
        found = self.game.endings(draws, replicates)
        if found.without:
            print(f"\n{told('how_it_ends', futures=many)}")
            print("\n".join(told.ended(found)))
            print(wrap(told("same_worlds"), "  ", ""))
            if ending := self.game.ending():
                name = told.words.name("endings", ending, "label")
                print(wrap(told("this_history", ending=name), "  ", ""))
        print(f"\n{capital(self.kept())}")

    def kept(self) -> str:
        """Where the game is, and how it is told again."""
        from triangle_sim.seat.export import command

        if not self.saved:
            return self.told("nothing")
        return f"{self.told('kept', file=self.file)}\n  {command(self.file)}"

    def _show(self) -> None:
        told, now = self.told, self.game.situation()
        print(f"\n{told('turn', quarter=now.quarter, n=now.turn - self.first + 1, of=self.turns)}")
        for line in told.standing(now, self.game):
            print(wrap(line))
        print(told("moves_beside" if self.open else "moves"))
        for line in told.menu(self.game.options(self.country), self.open):
            print(line)

    def _play(self, move: str | None) -> None:
        game = self.game.play({self.country: move})
        game.export(self.file)
        self.game, self.saved = game, True
        chapter = game.chapters[-1]
        print(f"\n{self.told('happened', quarter=chapter.quarter)}")
        for line in self.told.happened(chapter, self.open):
            print(wrap(line))

    def _undo(self, asked: int) -> int:
        """Take a quarter back, and forget that it has been shown; this game's own quarters alone."""
        if self.game.turn == self.first:
            print(self.told("none_to_undo"))
            return asked
        self.game = self.game.undo()
        if self.game.turn:
            self.game.export(self.file)
        else:
            self.file.unlink(missing_ok=True)
            self.saved = False
        print(self.told("undone"))
        return -1

    def _explain(self, words: str) -> None:
        if not words:
            print(wrap(self.told("keys"), "", ""))
        elif option := self._option(words):
            print("\n".join(self.told.explained(option)))

    def _option(self, words: str) -> Option | None:
        """The move that is meant, by its number, name or words; None, and what there is, if none is."""
        told, found = self.told, self.game.options(self.country)
        if words.isdecimal():
            if 1 <= int(words[:9]) <= len(found):
                return found[int(words[:9]) - 1]
            print(told("no_number", n=words[:9], last=len(found)))
            return None
        names = {name.casefold(): option for option in found
                 for name in (option.move, option.label, told.label(option.country, option.move))}  # fmt: skip
        wanted = " ".join(words.split()).casefold()
        near = {option.move: option for name, option in names.items() if name.startswith(wanted)}
        if wanted in names:
            return names[wanted]
        if len(near) == 1:
            return next(iter(near.values()))
        if near:
            help = told("which", moves=_listed(told.typed(near.values())))
        else:
            typed = sorted(told.typed(found))
            meant = [told("did_you_mean", move=quote(name)) for name in suggest(words, typed)]
            help = " ".join([*meant, told("these_moves", moves=_listed(typed))])
        print(wrap(told("no_move", move=quote(words), help=help), "", "  "))
        return None


def _listed(names: list[str]) -> str:
    """Names in a row, apart from each other also where there are commas in them."""
    return ("; " if any("," in each for each in names) else ", ").join(names)


def _ask(prompt: str) -> str | None:
    """A line of input, None at its end; what comes through a pipe is shown as if it had been typed."""
    if sys.stdin.isatty():
        try:
            return input(prompt).strip()
        except EOFError:
            print()
            return None
    print(prompt, end="", flush=True)
    line = sys.stdin.readline()
    print(quote(line.strip())[1:-1] if line else "")
    return line.strip() if line else None
