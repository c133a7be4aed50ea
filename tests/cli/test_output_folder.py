"""Where a result goes: refused before anything is run if it cannot, and never left half-written."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from montecarlo.faults import mounted
from montecarlo.helpers import contents

SMALL = ("--draws", "2", "--replicates", "2")


@pytest.fixture
def tiny_disk(here: Path) -> Iterator[Path]:
    yield from mounted(here / "tiny", "size=64k")


@pytest.fixture
def read_only(here: Path) -> Iterator[Path]:
    yield from mounted(here / "fixed", "ro")


def hidden(folder: Path) -> list[str]:
    """Everything in a folder, temporary folders included."""
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_that_exists(call, here: Path) -> None:
    (here / "r").mkdir()
    (here / "r" / "mine").write_text("precious")
    call("run", "baseline", *SMALL, "-o", "r").refused("exists already", "nothing was run")
    assert hidden(here) == ["r"] and hidden(here / "r") == ["mine"]


def test_the_default_folder_is_not_overwritten(call, here: Path) -> None:
    assert call("run", "baseline", *SMALL, "--no-figures").code == 0
    before = contents(here / "runs" / "baseline")
    call("run", "baseline", *SMALL).refused("runs/baseline exists already")
    call("run", "baseline", *SMALL, "--seed", "2").refused("runs/baseline exists already")
    assert contents(here / "runs" / "baseline") == before


def test_force_replaces_a_result_and_nothing_else(call, here: Path) -> None:
    assert call("run", "baseline", *SMALL, "-o", "r").code == 0
    for name in ("notes.txt", "figures/mine.png"):
        (here / "r" / name).write_text("precious")
    refused = call("run", "baseline", *SMALL, "--seed", "2", "-o", "r", "--no-figures")
    refused.refused("r exists already", "replace it with --force", "nothing was run")
    ended = call("run", "baseline", *SMALL, "--seed", "2", "-o", "r", "--no-figures", "--force")
    assert ended.code == 0 and "scenario.found" not in ended.err
    call("run", "baseline", *SMALL, "--seed", "2", "-o", "fresh", "--no-figures")
    assert contents(here / "r") == contents(here / "fresh") | {"notes.txt": b"precious"}
    assert hidden(here / "r" / "figures") == ["mine.png"]


def test_force_replaces_no_other_folder(call, here: Path) -> None:
    (here / "r").mkdir()
    (here / "r" / "manifest.json").write_text("{}")
    call("run", "baseline", *SMALL, "-o", "r", "--force").refused("r exists already", "remove it first")
    assert hidden(here / "r") == ["manifest.json"]


@pytest.mark.parametrize("where", ["file", "file/below", "file/below/deeper", "link"])
def test_a_file_in_the_way(where: str, call, here: Path) -> None:
    (here / "file").write_text("precious")
    (here / "link").symlink_to(here / "nowhere")
    call("run", "baseline", *SMALL, "-o", where).refused("file")
    assert hidden(here) == ["file", "link"] and (here / "file").read_text() == "precious"


@pytest.mark.skipif(not os.path.isdir("/proc/self"), reason="needs a place where not even root can write")
def test_a_place_nobody_can_write_to(call) -> None:
    call("run", "baseline", *SMALL, "-o", "/proc/r").refused("cannot write to /proc")


def test_a_read_only_disk(read_only: Path, call, monkeypatch: pytest.MonkeyPatch) -> None:
    call("run", "baseline", *SMALL, "-o", read_only / "r").refused("Read-only file system")
    call("new", read_only / "mine").refused("Read-only file system")
    monkeypatch.chdir(read_only)
    call("run", "baseline", *SMALL).refused("Read-only file system")


def test_a_name_too_long(call, here: Path) -> None:
    ended = call("run", "baseline", *SMALL, "-o", "x" * 300)
    assert ended.code in (1, 2) and "too long" in ended.err and "Traceback" not in ended.err
    assert hidden(here) == []


def test_a_full_disk(tiny_disk: Path, call) -> None:
    """It fails while running, so exit 1; where no block fits, the disk is as empty as before."""
    ended = call("run", "baseline", *SMALL, "-o", tiny_disk / "r")
    assert ended.code == 1, ended.err
    assert "No space left on device" in ended.err and str(tiny_disk / "r") in ended.err
    assert "Traceback" not in ended.err and ended.out == "" and "nothing was saved" in ended.err
    assert hidden(tiny_disk) == []


def test_a_disk_too_small_for_pictures(call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All futures are kept; once there is space, `resume` draws what is missing."""
    write_bytes = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.suffix != ".png":
            return write_bytes(path, data)
        write_bytes(path, data[:100])
        raise OSError(errno.ENOSPC, "No space left on device", str(path))

    with monkeypatch.context() as patched:
        patched.setattr(Path, "write_bytes", full)
        ended = call("run", "baseline", *SMALL, "-o", "r")
    assert ended.code == 1 and "all futures are saved" in ended.err and "triangle-sim resume r" in ended.err
    assert not [name for name in hidden(here / "r") if "figures" in name]
    before = contents(here / "r")
    assert call("resume", "r").code == 0
    assert (here / "r" / "figures" / "fan.png").is_file() and contents(here / "r") == before


def test_a_full_disk_leaves_no_half_scenario(tiny_disk: Path, call) -> None:
    (tiny_disk / "filler").write_bytes(b"\0" * (64 * 1024 - os.sysconf("SC_PAGE_SIZE")))
    ended = call("new", tiny_disk / "mine")
    assert ended.code != 0 and "No space left" in ended.err
    assert hidden(tiny_disk) == ["filler"]


def _while_running(monkeypatch: pytest.MonkeyPatch, action) -> None:
    """Do something just before the first block is computed."""
    from triangle_sim.montecarlo import fill as module

    whole = module.compute

    def one(*args: object):
        action()
        return whole(*args)

    monkeypatch.setattr(module, "compute", one)


def test_a_scenario_file_removed_while_running(call, write, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write("s.yaml", "extends: baseline\nquarters: 3\n")
    _while_running(monkeypatch, lambda: path.unlink(missing_ok=True))
    assert call("run", "s.yaml", *SMALL, "-o", "r", "--no-figures").code == 0
    assert hidden(here) == ["r"]
    assert call("run", "r/scenario.yaml", *SMALL, "-o", "again", "--no-figures").code == 0
    first, again = contents(here / "r"), contents(here / "again")
    assert {name for name in first if first[name] != again[name]} <= {"manifest.json"}  # it notes the command


def test_the_scenario_of_a_result_runs_whatever_its_horizon(call, here: Path) -> None:
    """Its head says: run it again as it is."""
    assert call("run", "baseline", *SMALL, "--set", "quarters=2", "-o", "r", "--no-figures").code == 0
    assert call("run", "r/scenario.yaml", "-o", "again", "--no-figures").code == 0
    first, again = contents(here / "r"), contents(here / "again")
    assert {name for name in first if first[name] != again[name]} <= {"manifest.json", "scenario.yaml"}
    facts = [json.loads(folder["manifest.json"]) for folder in (first, again)]
    assert facts[0]["scenario_sha256"] == facts[1]["scenario_sha256"]


def test_the_folder_removed_while_running(call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import shutil

    _while_running(monkeypatch, lambda: shutil.rmtree(here / "r", ignore_errors=True))
    ended = call("run", "baseline", *SMALL, "-o", "r", "--no-figures")
    assert ended.code == 1 and "No such file" in ended.err and "Traceback" not in ended.err


def test_somebody_else_makes_the_folder_meanwhile(call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from triangle_sim.montecarlo import run as module

    def somebody(folder: Path, facts: object, force: bool = False) -> bool:
        (here / "r").mkdir(exist_ok=True)
        (here / "r" / "theirs").write_text("precious")
        return False

    monkeypatch.setattr(module, "check_folder", somebody)
    ended = call("run", "baseline", *SMALL, "-o", "r", "--no-figures")
    assert ended.code == 2 and "r exists already: another process" in ended.err and "Traceback" not in ended.err
    assert hidden(here) == ["r"] and hidden(here / "r") == ["theirs"]


def test_a_table_removed_from_a_result(call, here: Path) -> None:
    from triangle_sim import read
    from triangle_sim.errors import UsageError

    call("run", "baseline", *SMALL, "-o", "r", "--no-figures")
    before = contents(here / "r")
    (here / "r" / "moves.parquet").unlink()
    with pytest.raises(UsageError, match="not a complete result folder"):
        read(here / "r")
    assert call("story", "r").code == 0  # a story needs the manifest alone
    assert call("resume", "r", "--no-figures").code == 0
    assert contents(here / "r") == before


def test_out_of_memory_says_what_to_do(call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full() -> None:
        raise MemoryError

    _while_running(monkeypatch, full)
    ended = call("run", "baseline", *SMALL, "-o", "r")
    assert ended.code == 1 and "fewer processes" in ended.err and "nothing was saved" in ended.err
    assert hidden(here) == []


def test_ctrl_c_is_130(call, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt() -> None:
        raise KeyboardInterrupt

    _while_running(monkeypatch, interrupt)
    ended = call("run", "baseline", *SMALL, "-o", "r")
    assert ended.code == 130 and "interrupted; nothing was saved" in ended.err
    assert hidden(here) == [] and "Traceback" not in ended.err
