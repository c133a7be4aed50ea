"""A place that cannot be written is told first, as one error, by every command that writes."""

from pathlib import Path

import pytest

COMMANDS = (
    ("sweep", "baseline", "--vary", "quarters=4,5", "--draws", "2", "-o", "file/x"),
    ("hindcast", "2012", "--draws", "2", "-o", "file"),
    ("calibrate", "-o", "file/x"),
)


@pytest.mark.parametrize("command", COMMANDS)
def test_what_cannot_be_written_is_told_before_the_work(call, here: Path, command: tuple[str, ...]) -> None:
    (here / "file").write_text("precious")
    call(*command).refused("cannot write to file", "choose another place with -o")
    assert (here / "file").read_text() == "precious"
