"""The command `classroom` before it serves: bad input is one clear error, and nothing is begun."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from triangle_sim.cli.classroom import classroom
from triangle_sim.errors import UsageError


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"run": "3"}, "--run 3: not the address of a run"),
        ({"run": "-1.0"}, "not the address of a run"),
        ({"turns": 0}, "--turns 0"),
        ({"turns": 21}, "a turn is a quarter"),
        ({"rooms": 0}, "--rooms 0"),
        ({"timer": -5}, "--timer -5"),
        ({"seed": -1}, "--seed -1"),
        ({"scenario": "nowhere"}, "nowhere"),
    ],
)
def test_bad_options_are_told_before_anything_is_written(tmp_path: Path, options: dict[str, object], said: str) -> None:
    folder = tmp_path / "class"
    with pytest.raises(Exception, match=said) as error:
        classroom(**{"port": 0, "folder": folder, "run": "0.0", **options})  # type: ignore[arg-type]
    assert getattr(error.value, "exit_code", None) == 2
    assert not folder.exists()


def test_a_port_that_is_taken_is_told_before_anything_is_written(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other, pytest.raises(UsageError, match="cannot be used"):
        classroom(port=other.getsockname()[1], folder=tmp_path / "class", run="0.0")
    assert not (tmp_path / "class").exists()
