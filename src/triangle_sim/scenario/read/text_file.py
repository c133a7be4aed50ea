"""Reading a text file that may be anything: far too large, a device, a directory, not text at all."""

from __future__ import annotations

import os
from pathlib import Path

from triangle_sim.errors import Problem, ScenarioError, printable
from triangle_sim.names import did_you_mean
from triangle_sim.regular_files import NotRegularError, TooLargeError, read_regular
from triangle_sim.scenario.document import Source, Span

MAX_BYTES = 48 * 1024
"""What is read of a scenario and all it extends together: any file of this size is answered in a second or two."""


def read_text(path: str | os.PathLike[str], shown: str, limit: int) -> str:
    """The text of a regular file of at most ``limit`` bytes; a ScenarioError says what ``shown`` is instead."""
    help = ""
    try:
        return _decode(read_regular(path, limit), shown)
    except FileNotFoundError:
        beside = [entry.name for entry in Path(path).parent.glob("*.yaml")]
        message, help = "no such file", did_you_mean(Path(path).name, beside, "files there")
    except NotRegularError:
        message = "this is not a regular file; save the text to one"
    except TooLargeError:
        message = f"the file is too large: a scenario with all it extends may have {MAX_BYTES:,} bytes"
    except OSError as error:
        message = f"cannot be opened: {error.strerror or error}"
        if os.path.isdir(path):
            message, help = "this is a directory", _name_a_file_in(path, shown)
    raise ScenarioError([Problem(shown, message=message, help=help)])


def _name_a_file_in(folder: str | os.PathLike[str], shown: str) -> str:
    """Help for who gives a directory in place of a file; a result folder holds the scenario that was run."""
    names = sorted(entry.name for entry in Path(folder).glob("*.yaml") if entry.is_file())
    if not names:
        return "name a file"
    first = os.path.join(shown, "scenario.yaml" if "scenario.yaml" in names else names[0])
    if "scenario.yaml" in names and (Path(folder) / "manifest.json").is_file():
        return f"it is a result folder; give the scenario that was run: {printable(first)}"
    return f"name a file in it, as {printable(first)}"


def _decode(data: bytes, shown: str) -> str:
    """UTF-8 text from bytes, without a byte order mark; a ScenarioError says where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        what = "a binary file, not text" if b"\0" in data else f"not UTF-8 text (byte 0x{data[error.start]:02x})"
        if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
            what = "the file is UTF-16"
        place = end_of(data[: error.start].decode("utf-8-sig", "replace"))
        raise ScenarioError([Source(shown).problem(place, what, "save it as UTF-8")]) from None


def end_of(text: str) -> Span:
    """The place right behind a text."""
    lines = f"{text}.".splitlines()
    return Span(len(lines), len(lines[-1]))
