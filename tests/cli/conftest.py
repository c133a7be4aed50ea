"""The command line as a user meets it: in this process where that is enough, in one of its own where it must be."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.backends.backend import choose
from triangle_sim.montecarlo import design

SOURCE = Path(__file__).resolve().parents[2] / "src"
PROGRAM = "from triangle_sim.cli import main; main()"


@dataclass(frozen=True)
class Ended:
    """How a command ended: exit code, stdout, stderr."""

    code: int
    out: str
    err: str

    def refused(self, *says: str) -> None:
        """It ended as a user's mistake should: exit 2, a message that says these things, nothing else."""
        assert self.code == 2, (self.code, self.err)
        assert self.out == ""
        for text in ("Traceback", "fault of triangle-sim", "\x1b"):
            assert text not in self.err, self.err
        assert "error" in self.err.lower()
        for text in says:
            assert text in self.err, self.err


Call = Callable[..., Ended]


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test works in an empty folder of its own."""
    monkeypatch.chdir(tmp_path)
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TRIANGLE_SIM_DEBUG"):
        monkeypatch.delenv(name, raising=False)
    return tmp_path


@pytest.fixture(autouse=True)
def no_compiler(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most tests have scenarios of their own, for which a compiler takes longer than it saves."""
    monkeypatch.setattr(design, "choose", lambda name: "numpy" if name == "auto" else choose(name))
    monkeypatch.setattr(design, "_SAID", ["auto"])  # that NumPy computes is said once a process


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """``call("run", "baseline")``: the command in this process, through the entry point."""
    from triangle_sim.cli import main

    def one(*words: object) -> Ended:
        monkeypatch.setattr(sys, "argv", ["triangle-sim", *map(str, words)])
        capsys.readouterr()
        code: Any = 0
        try:
            main()
        except SystemExit as ending:
            code = ending.code or 0
        out, err = capsys.readouterr()
        return Ended(code, out, err)

    return one


@pytest.fixture
def process(here: Path) -> Call:
    """``process("run", "baseline", env={...})``: the command in a process of its own."""

    def one(*words: object, env: dict[str, str] | None = None, **options: Any) -> Ended:
        done = subprocess.run(
            [sys.executable, "-W", "error::RuntimeWarning", "-c", PROGRAM, *map(str, words)],
            env={**os.environ, "PYTHONPATH": str(SOURCE), **(env or {})},
            cwd=here,
            capture_output=True,
            text=True,
            timeout=120,
            encoding=(env or {}).get("PYTHONIOENCODING", "utf-8"),
            **options,
        )
        return Ended(done.returncode, done.stdout, done.stderr)

    return one


@pytest.fixture
def write(here: Path) -> Callable[[str, str], Path]:
    """``write("a.yaml", text)``: a file in the working folder."""

    def one(name: str, text: str) -> Path:
        path = here / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    return one
