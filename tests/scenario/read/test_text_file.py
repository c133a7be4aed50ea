"""Text files that may be anything: what is read, and what is said of the rest."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from triangle_sim.errors import ScenarioError
from triangle_sim.scenario.read.strict_yaml import load_file


def problem_with(path: str | Path) -> str:
    begun = time.perf_counter()
    with pytest.raises(ScenarioError) as caught:
        load_file(path, "f.yaml")
    assert time.perf_counter() - begun < 30
    return caught.value.problems[0].message


def test_files_that_are_no_text_files(tmp_path: Path) -> None:
    big = tmp_path / "big.yaml"
    with open(big, "wb") as stream:
        stream.truncate(100 * 1024 * 1024)
    assert problem_with(big) == "the file is too large: a scenario with all it extends may have 49,152 bytes"
    assert problem_with(tmp_path) == "this is a directory"
    assert problem_with(tmp_path / "none.yaml") == "no such file"
    assert problem_with(tmp_path / "none" / "none.yaml") == "no such file"
    assert problem_with("a\0b").startswith("cannot be opened")
    assert problem_with("x" * 5000).startswith("cannot be opened")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    assert problem_with(tmp_path / "loop").startswith("cannot be opened")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes on this system")
def test_pipes_and_devices_do_not_hang(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert problem_with(tmp_path / "pipe") == "this is not a regular file; save the text to one"
    assert problem_with("/dev/zero") == "this is not a regular file; save the text to one"


@pytest.mark.parametrize(
    ("data", "line", "column", "message"),
    [
        (b"\xff\xfea\x00", 1, 1, "the file is UTF-16"),
        (b"a: 1\nb: caf\xe9\n", 2, 7, "not UTF-8 text (byte 0xe9)"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", 1, 1, "a binary file, not text"),
        (b"PK\x03\x04", 1, 3, "a control character (U+0003)"),
    ],
)
def test_other_encodings(tmp_path: Path, data: bytes, line: int, column: int, message: str) -> None:
    path = tmp_path / "f.yaml"
    path.write_bytes(data)
    with pytest.raises(ScenarioError) as caught:
        load_file(path)
    problem = caught.value.problems[0]
    assert (problem.line, problem.column, problem.message) == (line, column, message)
