"""Pictures drawn in another process: the same bytes as here, whatever happens to it, and nothing left of it."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import triangle_sim as ts
from montecarlo.faults import command, end_all, session, wait_for
from montecarlo.helpers import contents
from triangle_sim.cli.executors import SHORT, Computing
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.workers.pool import cores
from triangle_sim.montecarlo.result import Result
from triangle_sim.plots.pictures import PICTURES, save_pictures
from triangle_sim.plots.studio import NEEDED, Studio

COMMAND = "triangle-sim run trump_win"


@pytest.fixture(scope="module")
def result(tmp_path_factory: pytest.TempPathFactory) -> Result:
    folder = tmp_path_factory.mktemp("result") / "r"
    return ts.run(ts.load("trump_win", set_={"quarters": 3}), draws=4, replicates=2, jobs=1, folder=folder)


@pytest.fixture(scope="module")
def here(result: Result, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The pictures as this process draws them."""
    return files(save_pictures(result, tmp_path_factory.mktemp("here"), COMMAND))


def files(paths: list[Path]) -> dict[str, bytes]:
    """Names and bytes, in their order."""
    return {path.name: path.read_bytes() for path in paths}


@pytest.mark.parametrize("artists", [1, 2, 9])
def test_the_same_bytes_wherever_they_are_drawn(
    artists: int, result: Result, here: dict[str, bytes], tmp_path: Path
) -> None:
    done = []
    with Studio(artists) as studio:
        assert studio.here == (artists == 1)
        made = files(studio.save(result, tmp_path / "new" / "f", COMMAND, meanwhile=lambda: done.append(1)))
    assert list(made) == list(here) == [f"{name}.png" for name in PICTURES] and made == here
    assert done == [1] and files(sorted((tmp_path / "new" / "f").iterdir())) == made


def test_it_is_the_other_process_that_draws(result: Result, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("triangle_sim.plots.pictures.save_pictures", lambda *_: pytest.fail("drawn here"))
    with Studio(2) as studio:
        assert len(studio.save(result, tmp_path, COMMAND)) == len(PICTURES)


def test_what_cannot_be_drawn_is_left_out(tmp_path: Path) -> None:
    scenario = ts.load("baseline").with_(quarters=2, countries=("PRK", "RUS", "USA"))
    result = ts.run(scenario, draws=2, replicates=2, jobs=1, folder=tmp_path / "r")
    with Studio(4) as studio:
        made = files(studio.save(result, tmp_path / "there", None))
    assert made == files(save_pictures(result, tmp_path / "here"))
    assert set(made) == {"fan.png", "endings.png", "network.png"}


@pytest.mark.parametrize("when", ["before", "meanwhile"])
def test_if_the_other_process_dies_all_is_drawn_here(
    when: str, result: Result, here: dict[str, bytes], tmp_path: Path
) -> None:
    with Studio(4) as studio:

        def die() -> None:
            studio._other.kill()
            studio._other.join()

        if when == "before":
            die()
        assert files(studio.save(result, tmp_path, COMMAND, *[die] * (when == "meanwhile"))) == here


def test_an_error_while_drawing_is_told_here(result: Result, tmp_path: Path) -> None:
    """A table that is damaged after the result was opened, say."""
    folder = tmp_path / "r"
    lost = ts.run(result.scenario, draws=2, replicates=2, jobs=1, folder=folder)
    (folder / "quarters.parquet").write_bytes(b"")
    with Studio(4) as studio, pytest.raises(UsageError, match=r"quarters\.parquet is not what was written"):
        studio.save(lost, tmp_path / "figures", None)
    assert not (tmp_path / "figures").exists() or not list((tmp_path / "figures").iterdir())


def test_an_error_ends_the_other_process_at_once() -> None:
    with pytest.raises(KeyError), Studio(4) as studio:
        other = studio._other
        assert other.is_alive()
        raise KeyError
    assert other.exitcode == -signal.SIGKILL and studio.here


def test_drawing_a_result_in_a_folder_imports_no_model(result: Result, tmp_path: Path) -> None:
    """It would take as long again; and a result is opened here, and sent as it is."""
    code = (
        "import pickle, sys\n"
        f"for name in {NEEDED!r}: __import__(name)\n"
        "before = set(sys.modules)\n"
        "result = pickle.load(sys.stdin.buffer)\n"
        "from triangle_sim.plots.pictures import PICTURES, picture\n"
        "assert all([picture(name, result) for name in PICTURES])\n"
        "late = sorted(name for name in set(sys.modules) - before if name.startswith('triangle_sim'))\n"
        "assert not late and 'mesa' not in sys.modules, late\n"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    subprocess.run([sys.executable, "-c", code], input=pickle.dumps(result), env=environment, check=True)


def test_who_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Another process only where several are allowed and there are cores for it; never a cluster or a thread."""

    def artists(computing: Computing, runs: int | None) -> int:
        return computing.studio(runs)._artists

    monkeypatch.setattr("triangle_sim.montecarlo.workers.pool.cores", lambda: 4)
    assert [artists(Computing(jobs), None) for jobs in ("auto", "1", "2", "4", "64")] == [4, 1, 2, 4, 4]
    assert [artists(Computing(), runs) for runs in (1, SHORT, SHORT + 1)] == [4, 4, 1]
    assert artists(Computing("4", "threads"), None) == 1
    assert artists(Computing("4", "dask", "tcp://127.0.0.1:1"), None) == 1
    monkeypatch.setattr("triangle_sim.montecarlo.workers.pool.cores", lambda: 2)
    assert artists(Computing("4"), None) == 1


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds child processes through /proc")
@pytest.mark.skipif(cores() < 3, reason="another process draws on three cores or more")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)], ids=["ctrl-C", "SIGTERM"])
def test_interrupted_while_others_draw(number: int, code: int, tmp_path: Path) -> None:
    """The other process is held, so that drawing lasts until it is interrupted."""
    process = command(["run", "baseline", "--draws", 4, "--replicates", 2, "-o", "r"], tmp_path, block=100)
    try:
        assert wait_for(lambda: draws(process.pid), 60)
        os.kill(draws(process.pid)[0], signal.SIGSTOP)
        assert wait_for(lambda: '"complete"' in written(tmp_path / "r" / "manifest.json"), 60)
        assert not wait_for(lambda: process.poll() is not None, 2)
        before = contents(tmp_path / "r")
        os.kill(process.pid, number)
        out, err = process.communicate(timeout=60)
        assert process.returncode == code and out == "" and "Traceback" not in err, err
        assert "interrupted; all futures are saved in r" in err
        assert wait_for(lambda: not session(process.pid), 10)
        assert contents(tmp_path / "r") == before and not list((tmp_path / "r").glob("*figures*"))
    finally:
        end_all(process)


def draws(leader: int) -> list[int]:
    """The process of a command's session that is there to draw."""
    return [pid for pid in session(leader) if b"multiprocessing.spawn" in command_line(pid)]


def command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:  # it has just ended
        return b""


def written(path: Path) -> str:
    return path.read_text() if path.exists() else ""
