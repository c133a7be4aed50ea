"""The command `play`: a seat at the table in a terminal."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from triangle_sim.cli import options
from triangle_sim.cli.output import say
from triangle_sim.errors import UsageError, quote
from triangle_sim.names import counted, did_you_mean

if TYPE_CHECKING:
    from triangle_sim.seat import Game, Option

DRAWS, REPLICATES = 100, 5
"""How many futures the ending is told from, where nobody says."""
KEYS = "A number or a name plays a move. ? 3 explains move 3, m lets the model choose, u undoes, q ends."


def play(
    scenario: options.Scenario,
    as_: Annotated[str, typer.Option("--as", metavar="COUNTRY", help="your seat, e.g. PRK or Moscow")] = "PRK",
    run: Annotated[str, typer.Option("--run", metavar="D.R", help="which history: draw and replicate")] = "0.0",
    seed: options.Seed = None,
    turns: Annotated[int, typer.Option("--turns", help="quarters to play")] = 6,
    open_: Annotated[bool, typer.Option("--open", help="show what each move is worth before you choose")] = False,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", metavar="FILE", help="where to keep the game; default game.yaml")
    ] = None,
    draws: options.Draws = None,
    replicates: options.Replicates = None,
) -> None:
    """Play one country's moves, quarter by quarter, against the model; then see how it ends with you and without.

    The game is kept as a scenario: `story` tells it again, `play` goes on with it.
    """
    from triangle_sim.cli.loading import design, load, within_reason
    from triangle_sim.cli.telling import address
    from triangle_sim.seat import Game

    draw, replicate = address(run)
    loaded = load(scenario)
    design(loaded, draws, replicates, seed)
    size = within_reason(draws, replicates, {"draws": DRAWS, "replicates": REPLICATES})
    game = Game.of(loaded, seed=seed, draw=draw, replicate=replicate)
    country = game.seat(as_)
    if turns < 1:
        raise UsageError(f"--turns {turns}: a game needs at least 1", "e.g. --turns 6")
    if game.over:
        raise UsageError(f"{scenario} is played to its end, {loaded.end}", f"tell it: triangle-sim story {scenario}")
    table = Sitting(game, country, min(turns, loaded.quarters - game.turn), open_, _place(scenario, output, game))
    try:
        table.sit()
        table.rise(*size)
    except KeyboardInterrupt:
        raise KeyboardInterrupt(f"interrupted; {table.kept()}") from None


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
    country: str
    turns: int
    open: bool
    file: Path
    saved: bool = False

    def __post_init__(self) -> None:
        self.first = self.game.turn
        self.last = self.first + self.turns

    def sit(self) -> None:
        """Play until the turns are over, the player ends, or the input does."""
        from triangle_sim.cli import play_words as told

        for line in told.opening(self.game, self.country, self.turns):
            print(told.wrap(line, "", ""))
        print(told.wrap(KEYS, "", ""))
        asked = -1
        while self.game.turn < self.last:
            if asked != self.game.turn:
                self._show()
                asked = self.game.turn
            answer = _ask(f"{self.game.situation().quarter}, your move: ")
            if answer is None or answer in ("q", "quit"):
                return
            if answer in ("u", "undo"):
                asked = self._undo(asked)
            elif answer.startswith("?") or answer.endswith("?"):
                self._explain(answer.strip("? "))
            elif answer in ("m", "model"):
                self._play(None)
            elif answer and (option := self._option(answer)):
                self._play(option.move)

    def rise(self, draws: int, replicates: int) -> None:
        """Tell how it ends, and hold each move against the best reply."""
        from triangle_sim.cli import play_words as told
        from triangle_sim.web.words import words

        if self.game.turn == self.first:
            print("\nNothing was played.")
            return
        print("\nYour moves beside the best reply, as you could see it then")
        for each in told.beside(self.game.review(self.country)):
            print(told.wrap(each))
        many = counted(draws * replicates, "future")
        say(f"playing {many} with your moves, and the same {many} without")
        found = self.game.endings(draws, replicates)
        if found.without:
            print(f"\nHow it ends, with your moves and without ({many} each)")
            print("\n".join(told.ended(found)))
            print(told.wrap("The same worlds in both; 95% intervals, over draws. A model, not a forecast.", "  ", ""))
            if ending := self.game.ending():
                name = words().name("endings", ending, "label")
                print(told.wrap(f"This history, if all go on by their own rules: {name}.", "  ", ""))
        print(f"\n{told.capital(self.kept())}")

    def kept(self) -> str:
        """Where the game is, and how it is told again."""
        from triangle_sim.seat.export import command

        if not self.saved:
            return "nothing was played"
        return f"the game is in {self.file}. The same history again:\n  " + command(
            self.file, self.game.draw, self.game.replicate
        )

    def _show(self) -> None:
        from triangle_sim.cli import play_words as told

        now = self.game.situation()
        print(f"\n{now.quarter}: quarter {now.turn - self.first + 1} of {self.turns}")
        for line in told.standing(now, self.country):
            print(told.wrap(line))
        print("Your moves" + (", each beside holding still" if self.open else ""))
        for line in told.menu(self.game.options(self.country), self.open):
            print(line)

    def _play(self, move: str | None) -> None:
        from triangle_sim.cli import play_words as told

        game = self.game.play({self.country: move})
        game.export(self.file)
        self.game, self.saved = game, True
        chapter = game.chapters[-1]
        print(f"\nWhat happened in {chapter.quarter}")
        for line in told.happened(chapter, self.country, self.open):
            print(told.wrap(line))

    def _undo(self, asked: int) -> int:
        """Take a quarter back, and forget that it has been shown; this game's own quarters alone."""
        if self.game.turn == self.first:
            print("There is nothing to take back.")
            return asked
        self.game = self.game.undo()
        if self.game.turn:
            self.game.export(self.file)
        else:
            self.file.unlink(missing_ok=True)
            self.saved = False
        print("Taken back.")
        return -1

    def _explain(self, words: str) -> None:
        from triangle_sim.cli import play_words as told

        if not words:
            print(told.wrap(KEYS, "", ""))
        elif option := self._option(words):
            print("\n".join(told.explained(option)))

    def _option(self, words: str) -> Option | None:
        """The move that is meant, by its number, name or words; None, and what there is, if none is."""
        from triangle_sim.cli import play_words as told

        found = self.game.options(self.country)
        if words.isdecimal():
            if 1 <= int(words[:9]) <= len(found):
                return found[int(words[:9]) - 1]
            print(f"There is no move {words[:9]}: moves are 1 to {len(found)}.")
            return None
        names = {name.casefold(): option for option in found
                 for name in (option.move, option.label, told.label(option.country, option.move))}  # fmt: skip
        wanted = " ".join(words.split()).casefold()
        near = {option.move: option for name, option in names.items() if name.startswith(wanted)}
        if wanted in names:
            return names[wanted]
        if len(near) == 1:
            return next(iter(near.values()))
        help = f"which: {', '.join(near)}?" if near else did_you_mean(words, [o.move for o in found], "moves")
        print(told.wrap(f"There is no move {quote(words)}; {help}", "", "  "))
        return None


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
