"""`resume`, `extend`, `merge`, parts and executors, as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from montecarlo.helpers import contents

from .conftest import Call, Ended

DESIGN = ("--draws", "6", "--replicates", "4", "--set", "quarters=2", "--no-figures")


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    from triangle_sim.montecarlo import blocks as cells

    monkeypatch.setattr(cells, "block_size", lambda runs: 8)


@pytest.fixture
def whole(call: Call, here: Path) -> Ended:
    """An undisturbed run, in the folder `whole`."""
    ended = call("run", "trump_win", *DESIGN, "-o", "whole")
    assert ended.code == 0
    return ended


def fail(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    """Let the block of draws 2 and 3 fail."""
    from triangle_sim.montecarlo import fill as work

    compute = work.compute

    def one(job: object, cell: object) -> object:
        if getattr(cell, "draws", None) == (2, 4):
            raise error
        return compute(job, cell)  # type: ignore[arg-type]

    monkeypatch.setattr(work, "compute", one)


def test_an_interrupted_run_is_resumed(call: Call, whole: Ended, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        fail(patched, KeyboardInterrupt())
        ended = call("run", "trump_win", *DESIGN, "-o", "r")
    assert ended.code == 130 and ended.out == ""
    assert "interrupted; 8 of 24 futures are kept in r; go on with: triangle-sim resume r" in ended.err
    again = call("resume", "r", "--no-figures")
    assert again.code == 0 and again.out == whole.out
    assert "24 futures are saved in r" in again.err and "Traceback" not in again.err
    assert contents(here / "r") == contents(here / "whole")
    assert call("resume", "r", "--no-figures").out == whole.out  # nothing to do
    call("run", "trump_win", *DESIGN, "-o", "r").refused("r exists already")


def test_the_same_command_resumes_and_says_so(call: Call, whole: Ended, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        fail(patched, KeyboardInterrupt())
        call("run", "trump_win", *DESIGN, "-o", "r")
    call("run", "trump_win", *DESIGN, "-o", "r", "--seed", "2").refused("seed 1 against 2", "triangle-sim resume r")
    call("run", "baseline", *DESIGN, "-o", "r").refused("unfinished run of another kind", "scenario differs")
    call("extend", "r", "--draws", "9").refused("unfinished", "triangle-sim resume r")
    call("merge", "r", "-o", "out").refused("r is not finished")
    ended = call("run", "trump_win", *DESIGN, "-o", "r")
    assert ended.code == 0 and "note: r holds a matching unfinished run, which is resumed" in ended.err
    assert ended.out == whole.out


def test_a_failing_block_is_reported(call: Call, whole: Ended, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        fail(patched, RuntimeError("no luck\nat all"))
        ended = call("run", "trump_win", *DESIGN, "-o", "r")
    assert ended.code == 1 and ended.out == "" and "Traceback" not in ended.err
    assert "error: 1 block failed\n  draws 2 to 3, replicates 0 to 3: RuntimeError: no luck\n" in ended.err
    assert "16 of 24 futures are kept in r; go on with: triangle-sim resume r" in ended.err
    assert call("resume", "r", "--no-figures").code == 0
    assert contents(here / "r") == contents(here / "whole")


def test_damage_is_mended(call: Call, whole: Ended, here: Path) -> None:
    before = contents(here / "whole")
    block = next((here / "whole" / "runs").iterdir())
    block.write_bytes(block.read_bytes()[:-1])
    ended = call("resume", "whole", "--no-figures")
    assert ended.code == 0 and "damaged, computed again" in ended.err and block.name in ended.err
    assert contents(here / "whole") == before


def test_extend(call: Call, whole: Ended, here: Path) -> None:
    larger = call("run", "trump_win", *DESIGN, "--draws", "9", "--replicates", "5", "-o", "larger")
    grown = call("extend", "whole", "--draws", "9", "--replicates", "5", "--no-figures", "--json")
    assert grown.code == 0 and json.loads(grown.out)["draws"] == 9
    assert call("resume", "whole", "--no-figures").out == larger.out
    call("extend", "whole", "--draws", "3").refused("more than the 3 x 5")
    call("extend", "whole").refused("already")
    call("extend", "whole", "--draws", "0").refused("at least 1")
    call("extend", "whole", "--draws", "99999999").refused("50,000,000")
    assert call("story", "whole", "--run", "8.4").code == 0


def test_parts_are_merged(call: Call, whole: Ended, here: Path) -> None:
    for k in (1, 2):
        ended = call("run", "trump_win", *DESIGN, "--part", f"{k}/2")
        assert ended.code == 0 and ended.out == "" and f"part {k}/2" in ended.err and "merge" in ended.err
    parts = [f"runs/trump_win-{k}-of-2" for k in (1, 2)]
    merged = call("merge", *parts, "-o", "merged", "--no-figures")
    assert merged.code == 0 and merged.out == whole.out
    assert contents(here / "merged") == contents(here / "whole")
    call("merge", parts[0], "-o", "half").refused("lack 16 of 24 futures")
    call("merge", *parts, "-o", "merged").refused("merged exists already")
    assert call("resume", parts[0]).code == 0
    assert sorted(path.name for path in here.iterdir()) == ["merged", "runs", "whole"]


def test_pictures_follow(call: Call, here: Path) -> None:
    """What is grown has pictures of what it is now, or none; what else lies beside them stays."""
    words, figures = DESIGN[:-1], here / "r" / "figures"
    assert call("run", "trump_win", *words, "-o", "r").code == 0
    before = (figures / "endings.png").read_bytes()
    (figures / "mine.png").write_bytes(b"mine")
    assert call("resume", "r", "--no-figures").code == 0
    assert (figures / "endings.png").read_bytes() == before  # they still are of these runs
    assert call("extend", "r", "--draws", "8", "--no-figures").code == 0
    assert [path.name for path in figures.iterdir()] == ["mine.png"]
    assert call("extend", "r", "--draws", "9").code == 0
    assert (figures / "endings.png").read_bytes() != before and (figures / "mine.png").read_bytes() == b"mine"
    assert not list(here.rglob(".*"))


@pytest.mark.parametrize("options", [("--executor", "threads", "-j", "2"), ("-j", "2")])
def test_executors_do_not_matter(options: tuple[str, ...], call: Call, whole: Ended, here: Path) -> None:
    assert call("run", "trump_win", *DESIGN, *options, "-o", "r").out == whole.out
    assert contents(here / "r") == contents(here / "whole")
