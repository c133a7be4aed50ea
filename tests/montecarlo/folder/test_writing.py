"""Killed, out of space, failing: what is finished is kept, and going on gives the bytes of an undisturbed run."""

from __future__ import annotations

import hashlib
import json
import os
import random
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from montecarlo import faults
from montecarlo.helpers import contents, run, small
from triangle_sim import read, resume
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo import blocks as cells
from triangle_sim.montecarlo import fill
from triangle_sim.montecarlo.fill import FailedBlocksError, Interrupted

DRAWS, REPLICATES, BLOCK = 60, 3, 9


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "block_size", lambda runs: BLOCK)
    monkeypatch.setattr(cells, "PARAMETER_DRAWS", 50)


@pytest.fixture(scope="module")
def scenario_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("scenario") / "s.yaml"
    path.write_text("extends: trump_win\nquarters: 1\n")
    return path


@pytest.fixture(scope="module")
def undisturbed(scenario_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of the run that everything here disturbs."""
    here = tmp_path_factory.mktemp("undisturbed")
    process = faults.command(words(scenario_file, 1), here, BLOCK)
    _, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return here / "r"


def words(file: Path, jobs: int) -> list[object]:
    design = ["--draws", DRAWS, "--replicates", REPLICATES, "--backend", "numpy"]
    return ["run", file, *design, "-j", jobs, "-o", "r", "--no-figures"]


def journalled(folder: Path) -> dict[str, tuple[int, str]]:
    """Files that the journal vouches for, read here by other means than the package's own."""
    found = {}
    try:
        lines = (folder / "blocks.jsonl").read_bytes().split(b"\n")
    except FileNotFoundError:
        return {}
    for line in lines[:-1]:  # what has no end is not vouched for
        for name, (size, sha256) in json.loads(line)["files"].items():
            assert name not in found, "doubled"
            found[name] = (size, sha256)
    return found


def kill_somewhere(file: Path, here: Path, jobs: int, chance: random.Random, most: int) -> bool:
    """Start the run and kill it when the journal has some random size; whether it was in the middle."""
    process = faults.command(words(file, jobs), here, BLOCK)
    journal, at = here / "r" / "blocks.jsonl", chance.randrange(most)
    try:
        faults.wait_for(
            lambda: process.poll() is not None or (journal.stat().st_size if journal.exists() else -1) >= at,
            120,
            0.0005,
        )
        faults.wait_for(lambda: False, chance.random() * 0.02, 0.001)
        os.kill(process.pid, signal.SIGKILL) if chance.random() < 0.5 else os.killpg(process.pid, signal.SIGKILL)
        process.wait(120)
        assert faults.wait_for(lambda: not faults.session(process.pid), 60)
    finally:
        faults.end_all(process)
    try:
        return bool(json.loads((here / "r" / "manifest.json").read_text())["status"] == "running")
    except FileNotFoundError:
        return False


def kill_and_resume(file: Path, undisturbed: Path, here: Path, times: int, seed: int) -> None:
    chance, expected, middle = random.Random(seed), contents(undisturbed), 0
    most = len(expected["blocks.jsonl"])
    for number in range(times):
        folder = here / str(number)
        folder.mkdir()
        middle += kill_somewhere(file, folder, 1 + number % 3, chance, most)
        kept = journalled(folder / "r")
        for name, (size, sha256) in kept.items():
            data = (folder / "r" / name).read_bytes()
            assert (len(data), hashlib.sha256(data).hexdigest()) == (size, sha256), "half-written"
        if (folder / "r").exists():
            resume(folder / "r", jobs=1)
            assert contents(folder / "r") == expected
    assert middle >= times // 2


@pytest.mark.long
@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds child processes through /proc")
def test_killed_at_a_hundred_random_moments(scenario_file: Path, undisturbed: Path, tmp_path: Path) -> None:
    kill_and_resume(scenario_file, undisturbed, tmp_path, 100, seed=2)


DESIGN = {"draws": 12, "replicates": 3}


@pytest.fixture
def whole(tmp_path: Path) -> dict[str, bytes]:
    """What the folder of an undisturbed run holds."""
    run(small(), **DESIGN, folder=tmp_path / "whole")
    return contents(tmp_path / "whole")


def failing(monkeypatch: pytest.MonkeyPatch, bad: set[int], error: BaseException) -> None:
    """Let the blocks of these first draws fail."""
    compute = fill.compute

    def one(job: Any, cell: Any) -> Any:
        if cell.runs and cell.draws[0] in bad:
            raise error
        return compute(job, cell)

    monkeypatch.setattr(fill, "compute", one)


def test_a_matching_unfinished_run_is_resumed(
    whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        failing(patched, {6}, KeyboardInterrupt())
        with pytest.raises(Interrupted, match=r"^interrupted; 18 of 36 futures are kept in .*; go on with: .*resume"):
            run(small(), **DESIGN, folder=tmp_path / "r", jobs=1)
    with pytest.raises(UsageError, match=r"seed 1 against 2"):
        run(small(), **DESIGN, seed=2, folder=tmp_path / "r")
    with pytest.raises(UsageError, match=r"scenario differs: quarters 1 against 2"):
        run(small(quarters=2), **DESIGN, folder=tmp_path / "r")
    with pytest.raises(UsageError, match=r"unfinished run: 3 of 5 blocks are there\n.*triangle-sim resume"):
        read(tmp_path / "r")
    computed: list[Any] = []
    compute = fill.compute
    monkeypatch.setattr(fill, "compute", lambda job, cell: computed.append(cell.draws[0]) or compute(job, cell))
    with pytest.warns(UserWarning, match="matching unfinished run, which is resumed"):
        run(small(), **DESIGN, folder=tmp_path / "r", jobs=1)
    assert computed == [6, 9]  # only what was missing
    assert contents(tmp_path / "r") == whole


@pytest.mark.parametrize(
    "torn", [b'{"origin":"0123","fil', b"\x00\xff\n\n[]\n7\n", b'{"files":{"moves.parquet":[1]}}\n']
)
def test_a_torn_journal(torn: bytes, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patched:
        failing(patched, {6}, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            run(small(), **DESIGN, folder=tmp_path / "r", jobs=1)
    with (tmp_path / "r" / "blocks.jsonl").open("ab") as file:
        file.write(torn)
    for name in (
        ".d00000006-00000008.r00000000-00000002.parquet.part",
        "d00000006-00000008.r00000000-00000002.parquet",
    ):
        (tmp_path / "r" / "runs" / name).write_bytes(b"half")
    resume(tmp_path / "r")
    assert contents(tmp_path / "r") == whole


@pytest.mark.parametrize("kind", ["runs", "counts"])
def test_damage_to_an_unfinished_run(
    kind: str, whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        failing(patched, {6}, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            run(small(), **DESIGN, folder=tmp_path / "r", jobs=1)
    file = sorted((tmp_path / "r" / kind).iterdir())[1]
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    with pytest.warns(UserWarning, match=f"damaged, computed again: .*{kind}/{file.name}"):
        resume(tmp_path / "r")
    assert contents(tmp_path / "r") == whole


def test_a_block_that_fails_is_named_and_loses_no_other(
    whole: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        failing(patched, {3, 9}, RuntimeError("first line\nsecond line"))
        with pytest.raises(FailedBlocksError) as caught:
            run(small(), **DESIGN, folder=tmp_path / "r", jobs=1)
    told = str(caught.value)
    assert "2 blocks failed" in told and "draws 3 to 5, replicates 0 to 2: RuntimeError: first line" in told
    assert "draws 9 to 11" in told and "second line" not in told
    assert "18 of 36 futures are kept" in told and "triangle-sim resume" in told
    assert isinstance(caught.value.__cause__, RuntimeError)
    resume(tmp_path / "r")
    assert contents(tmp_path / "r") == whole


def test_what_is_told_of_failed_blocks_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cells, "block_size", lambda runs: 1)
    failing(monkeypatch, set(range(12)), RuntimeError("x" * 10_000))
    with pytest.raises(FailedBlocksError) as caught:
        run(small(), **DESIGN, folder=tmp_path / "r", jobs=1)
    assert len(str(caught.value)) < 1500 and "36 blocks failed" in str(caught.value) and "33 more" in str(caught.value)


def test_a_run_in_memory_ends_with_the_blocks_own_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: Any) -> Any:
        raise ZeroDivisionError("why")

    monkeypatch.setattr(fill, "compute", fails)
    with pytest.raises(ZeroDivisionError, match="why"):
        run(small(), **DESIGN, jobs=1)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk in memory."""
    yield from faults.mounted(tmp_path / "disk", "size=64k")


def resize(disk: Path, size: int) -> None:
    import subprocess

    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True)


def test_a_disk_that_fills_up(disk: Path, whole: dict[str, bytes], tmp_path: Path) -> None:
    """Wherever it does: what is finished is kept, and with more space it goes on from there."""
    page = os.sysconf("SC_PAGE_SIZE")
    needed = sum(page * -(-len(data) // page) for data in whole.values())
    filled = 0
    for share in (0.6, 0.75, 0.85, 0.93):
        resize(disk, int(needed * share))
        with pytest.raises(OSError, match="No space left on device") as caught:
            resume(disk / "r", jobs=1) if filled else run(small(), **DESIGN, folder=disk / "r", jobs=1)
        assert caught.value.filename == str(disk / "r")
        if (disk / "r").exists():
            assert "futures are kept in" in str(caught.value) and "triangle-sim resume" in str(caught.value)
            kept = journalled(disk / "r")
            for name, (size, sha256) in kept.items():
                data = (disk / "r" / name).read_bytes()
                assert (len(data), hashlib.sha256(data).hexdigest()) == (size, sha256)
            assert len(kept) >= filled
            filled = len(kept)
    assert filled
    resize(disk, 4 * needed)
    resume(disk / "r", jobs=1)
    assert contents(disk / "r") == whole
