"""Pipes, terminals, colours, encodings, closed and full streams, and what `--help` costs."""

from __future__ import annotations

import io
import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest

from triangle_sim import read
from triangle_sim.cli import main

from .conftest import PROGRAM, SOURCE

HEAVY = ("numpy", "scipy", "mesa", "pandas", "matplotlib", "pyarrow", "networkx", "triangle_sim.model.triangle_model")
SMALL = ("--draws", "2", "--replicates", "2")
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(SOURCE)}


@pytest.mark.parametrize("words", [["--help"], ["run", "--help"], ["--version"], ["frobnicate"]])
def test_help_imports_nothing_heavy(words: list[str], here: Path) -> None:
    program = (
        f"import sys, json\nsys.argv = ['triangle-sim', *{words!r}]\n"
        f"from triangle_sim.cli import main\ntry: main()\nexcept SystemExit: pass\n"
        f"print('\\n' + json.dumps([m for m in {HEAVY!r} if m in sys.modules]))"
    )
    done = subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert json.loads(done.stdout.splitlines()[-1]) == []


def test_importing_the_package_costs_nothing() -> None:
    program = f"import sys, triangle_sim; print([m for m in {HEAVY!r} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], env=ENVIRONMENT, capture_output=True, text=True, timeout=60)
    assert done.stdout == "[]\n"


@pytest.mark.parametrize(
    "words",
    [
        ["list"],
        ["show", "trump_win"],
        ["run", "baseline", "--no-save", *SMALL],
        ["vitals", "baseline", *SMALL],
        ["story", "baseline"],
        ["check", "nosuch"],
    ],
    ids=lambda words: words[0],
)
def test_no_escape_codes_where_there_is_no_terminal(words: list[str], call) -> None:
    ended = call(*words)
    assert ended.code == (2 if words[-1] == "nosuch" else 0), ended.err
    assert "\x1b" not in ended.out + ended.err and "\r" not in ended.out + ended.err
    assert "Warning" not in ended.err


def on_a_terminal(words: list[str], here: Path, **env: str) -> str:
    """What a terminal of 100 columns is sent by a command."""
    leader, follower = pty.openpty()
    try:
        process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM, *words],
            stdin=subprocess.DEVNULL,
            stdout=follower,
            stderr=follower,
            cwd=here,
            env={**ENVIRONMENT, "TERM": "xterm-256color", "COLUMNS": "100", **env},
        )
        os.close(follower)
        seen = b""
        while True:
            try:
                part = os.read(leader, 65536)
            except OSError:
                break
            if not part:
                break
            seen += part
        assert process.wait(60) == 0
    finally:
        os.close(leader)
    return seen.decode()


def test_no_colour_on_a_terminal_that_wants_none(here: Path) -> None:
    words = ["run", "baseline", "--no-save", "--backend=numpy", "--set=quarters=1", *SMALL]
    colour = re.compile(r"\x1b\[[0-9;]*(3[0-7]|9[0-7]|38|48)[0-9;]*m")
    assert not colour.search(on_a_terminal(words, here, NO_COLOR="1"))
    assert "How the futures end" in on_a_terminal(words, here)


@pytest.mark.parametrize(("words", "unbuffered"), [(["schema"], ""), (["schema"], "1"), (["list"], "")])
def test_a_reader_that_leaves_early_is_nobodys_failure(words: list[str], unbuffered: str, here: Path) -> None:
    """As in `triangle-sim schema | head -1`."""
    read, write = os.pipe()
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *words],
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
        cwd=here,
        env={**ENVIRONMENT, "PYTHONUNBUFFERED": unbuffered},
    )
    os.close(write)
    os.close(read)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Broken pipe" not in err and "Traceback" not in err and "Exception ignored" not in err


FEW = f"run baseline {' '.join(SMALL)} --set quarters=1 --backend numpy --no-figures -o r"


@pytest.mark.parametrize(
    ("line", "code", "says"),
    [
        (f"{FEW} <&- >&- 2>&-", 0, ""),
        (f"{FEW} -j 2 >&- 2>/dev/full", 0, ""),
        (f"{FEW} >/dev/full", 1, "error: standard output: No space left on device; all futures are saved in r"),
    ],
)
def test_streams_that_are_closed_or_full(line: str, code: int, says: str, here: Path) -> None:
    """As cron and daemons leave them: the work is done and saved, or one line says why it is not printed."""
    ended = shell(line, here)
    assert (ended.returncode, ended.stdout) == (code, "")
    assert [text for text in ended.stderr.splitlines() if "error" in text] == ([says] if says else [])
    for name in ("Traceback", "Exception ignored", "fault of triangle-sim"):
        assert name not in ended.stderr
    assert len(read(here / "r").runs) == 4


def test_a_full_stdout_is_told_in_one_line(here: Path) -> None:
    ended = shell("schema >/dev/full", here)
    assert (ended.returncode, ended.stderr) == (1, "error: input or output: No space left on device\n")


@pytest.mark.long
def test_few_handles_are_enough(here: Path) -> None:
    """And where they are too few for so many processes, one line says so."""
    ended = shell(FEW, here, "ulimit -n 32; ")
    assert ended.returncode == 0 and len(read(here / "r").runs) == 4, ended.stderr
    ended = shell(f"{FEW}2 -j 64 --draws 70000", here, "ulimit -n 40; ")
    assert ended.returncode == 1 and "Too many open files" in ended.stderr and "Traceback" not in ended.stderr


def shell(line: str, here: Path, before: str = "") -> subprocess.CompletedProcess[str]:
    """A line of the shell with the command in it."""
    command = f'{before}"{sys.executable}" -m triangle_sim {line}'
    return subprocess.run(
        ["sh", "-c", command], cwd=here, env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False
    )


def test_results_on_stdout_and_notes_on_stderr(call) -> None:
    ended = call("run", "trump_win", *SMALL, "--json", "-o", "r", "--no-figures")
    assert json.loads(ended.out)["scenario"] == "trump_win"
    assert "Saved in r" in ended.err and "Next: triangle-sim story r" in ended.err


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_a_narrow_terminal_does_not_stop_a_command(encoding: str, write, monkeypatch: pytest.MonkeyPatch) -> None:
    write("s.yaml", 'extends: baseline\ntitle: "한국 — é [red] :bomb:"\nquarters: 2\n')

    def printed(*words: str) -> str:
        streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
        with monkeypatch.context() as patched:
            patched.setattr(sys, "argv", ["triangle-sim", *words])
            patched.setattr(sys, "stdout", streams[0])
            patched.setattr(sys, "stderr", streams[1])
            main()  # ends with 0
        return streams[0].buffer.getvalue().decode(encoding)  # type: ignore[attr-defined]

    for words in (["show", "s.yaml"], ["run", "s.yaml", "--no-save", *SMALL], ["show", "s.yaml", "--yaml"]):
        assert printed(*words)
    assert json.loads(printed("show", "s.yaml", "--json"))["title"] == "한국 — é [red] :bomb:"


def test_names_cannot_disturb_a_terminal(call, here: Path) -> None:
    odd = "a\x1b[31m\x07b\x9b"
    ended = call("run", "baseline", *SMALL, "--set", "quarters=1", "-o", here / odd, "--no-figures")
    again = call("run", "baseline", *SMALL, "-o", here / odd)
    none = call("resume", here / f"{odd}x")
    for each, code in ((ended, 0), (again, 2), (none, 2)):
        assert each.code == code and "[31m" in each.err
        assert not set(each.err) & {"\x1b", "\x07", "\x9b"}


def test_what_is_written_is_shown_as_it_is(call, write) -> None:
    """Neither markup nor pictures are made of a user's words."""
    write("a[red]b.yaml", "extends: baseline\nmoves: {disable: {PRK: [court_moscow, hold]}}\n")
    ended = call("show", "./a[red]b.yaml", "--diff", "baseline")
    assert ended.code == 0 and "a[red]b" in ended.out and "court_moscow, hold" in ended.out.replace("'", "")


def test_an_installed_command_and_this_one_are_the_same() -> None:
    import tomllib

    project = tomllib.loads((SOURCE.parent / "pyproject.toml").read_text())["project"]
    assert project["scripts"]["triangle-sim"] == "triangle_sim.cli:main"
    ended = subprocess.run(
        [sys.executable, "-m", "triangle_sim", "--version"], env=ENVIRONMENT, capture_output=True, text=True, check=True
    )
    assert ended.stdout.startswith("triangle-sim ")
