"""What commands say at the end can be done as it stands, and counts as people do."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

import triangle_sim as ts
from triangle_sim.errors import UsageError

from .conftest import Call

OPTIONS = ("--set", "goodwill[RUS, PRK]=0.9", "--set", "quarters=3", "--seed", "7")
SMALL = ("--draws", "2", "--replicates", "2", "--no-figures")
NOBODY = re.compile(r"\b1 (futures|draws|replicates|quarters|blocks|runs|scenarios|moves|bytes|parts)\b")
"""What nobody says."""


def proposed(said: str) -> list[list[str]]:
    """The words of the commands after "Next:", without the program's name."""
    commands = said.split("Next: ")[1].strip().split("   (one future in words)")
    return [shlex.split(command.removeprefix(", "))[1:] for command in commands if command]


@pytest.mark.parametrize("with_", [(), ("--with", "ukraine_war_ends")], ids=["alone", "with another"])
@pytest.mark.parametrize("scenario", ["baseline", "my scenario.yaml"])
def test_what_is_proposed_tells_these_very_futures(scenario: str, with_: tuple[str, ...], call: Call, write) -> None:
    write("my scenario.yaml", "extends: trump_win\n")
    words = ("run", scenario, *with_, *OPTIONS, *SMALL)
    saved, unsaved = call(*words, "-o", "a folder"), call(*words, "--no-save")
    stories = [call(*proposed(ended.err)[0]) for ended in (saved, unsaved)]
    assert stories[0].code == 0 and stories[0].out == stories[1].out
    assert "(seed 7)" in stories[0].out and stories[0].out != call("story", scenario, "--seed", "7").out
    comparisons = [proposed(ended.err)[1:] for ended in (saved, unsaved)]
    assert [len(found) for found in comparisons] == [1, 0 if with_ else 1]
    for (comparison,) in filter(None, comparisons):
        ended = call(*comparison, "--draws", "2", "--replicates", "2", "--outcome", "us_prk_summit")
        assert ended.code == 0 and "different worlds" not in ended.out


def test_what_was_not_asked_for_is_not_proposed(call: Call) -> None:
    ended = call("run", "trump_win", *SMALL, "--no-save")
    assert proposed(ended.err) == [["story", "trump_win", "--run", "0.0"], ["compare", "trump_win", "baseline"]]


def test_one_is_one(call: Call, write, here: Path) -> None:
    write("s.yaml", "extends: baseline\nquarters: 1\ndraws: 1\nreplicates: 1\n")
    one, commands = ("--draws", "1", "--replicates", "1"), []
    said = call("run", "s.yaml", "-o", "r", "--no-figures").err
    assert "1 draw x 1 replicate = 1 future of 1 quarter" in said and "\n1 future in " in said
    commands += [call("story", "r", "--run", "5.5"), call("resume", "r", "--no-figures"), call("extend", "r")]
    commands += [
        call("extend", "r", "--draws", "1", "--replicates", "1"),
        call("check", "s.yaml"),
        call("show", "s.yaml"),
    ]
    commands += [call("compare", "s.yaml", "baseline", *one), call("vitals", "s.yaml", *one)]
    commands += [call("run", "s.yaml", "--draws", "99999999", "--replicates", "1")]
    assert "has draw 0 and replicate 0" in commands[0].err and "1 future is saved" in commands[1].err
    commands += [call("run", "s.yaml", "--draws", "2", "--part", "1/2", "-o", "p")]
    next((here / "r" / "runs").iterdir()).write_bytes(b"x")
    with pytest.raises(UsageError, match="has 1 byte in place of"):
        ts.read(here / "r")
    said += repr(ts.run(ts.load("s.yaml"))) + "".join(ended.out + ended.err for ended in commands)
    assert not NOBODY.findall(said), said
