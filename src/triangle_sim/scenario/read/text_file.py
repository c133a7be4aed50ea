"""Reading a text file that may be anything: far too large, a device, a folder, not text at all."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

from triangle_sim.errors import Problem, ScenarioError, printable

MAX_BYTES = 1024 * 1024
"""Largest file that is read: 1 MiB."""

_UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_END = re.compile("\r\n|[\n\r\x85\u2028\u2029]")


def lines_of(text: str) -> list[str]:
    """Lines as a YAML reader counts them."""
    return _LINE_END.split(text)


def read_text(path: str | os.PathLike[str], shown: str = "") -> str:
    """The text of a file of at most 1 MiB; ``shown`` is the name to use in errors.

    Size and kind are looked at before anything is read, so a pipe or a device cannot make it wait.

    Raises
    ------
    ScenarioError
        saying what the path is instead.
    """
    shown = shown or os.fspath(path)

    def fail(message: str, help: str = "") -> ScenarioError:
        return ScenarioError([Problem(shown, message=message, help=help)])

    try:
        # O_NONBLOCK: opening a pipe nobody writes to would wait for ever; the descriptor is asked what it is, not the
        # path, which could be swapped in between.
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    except FileNotFoundError:
        beside = sorted(entry.name for entry in Path(path).parent.glob("*.yaml")) if "\0" not in str(path) else []
        from triangle_sim.names import did_you_mean

        raise fail("no such file", did_you_mean(Path(path).name, beside, "files there")) from None
    except IsADirectoryError:
        raise fail("this is a directory", name_a_file_in(path, shown)) from None
    except PermissionError:
        if os.path.isdir(path):  # what Windows says of a directory
            raise fail("this is a directory", name_a_file_in(path, shown)) from None
        raise fail("no permission to read this file") from None
    except (OSError, ValueError) as error:
        raise fail(f"cannot be opened: {getattr(error, 'strerror', None) or error}") from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise fail("this is a directory", name_a_file_in(path, shown))
        if not stat.S_ISREG(status.st_mode):
            raise fail("this is not an ordinary file", "a pipe or a device cannot be read; save the text to a file")
        if status.st_size > MAX_BYTES:
            raise fail(f"the file is too large: {status.st_size:,} bytes, at most {MAX_BYTES:,} are read")
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            data = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise fail(f"cannot be read: {error.strerror or error}") from None
    finally:
        os.close(descriptor)
    if len(data) > MAX_BYTES:
        raise fail(f"the file is too large, at most {MAX_BYTES:,} bytes are read")
    return decode(data, shown)


def name_a_file_in(folder: str | os.PathLike[str], shown: str = "") -> str:
    """Help for who gives a directory in place of a file; a result folder holds the scenario that was run."""
    try:
        names = sorted(entry.name for entry in Path(folder).glob("*.yaml") if entry.is_file())
    except OSError:
        names = []
    if not names:
        return "name a file"
    first = os.path.join(shown or folder, "scenario.yaml" if "scenario.yaml" in names else names[0])
    if "scenario.yaml" in names and (Path(folder) / "manifest.json").is_file():
        return f"it is a result folder; give the scenario that was run: {printable(first)}"
    return f"name a file in it, as {printable(first)}"


def decode(data: bytes, shown: str) -> str:
    """UTF-8 text from bytes, without a byte order mark.

    Raises
    ------
    ScenarioError
        for other encodings and for what is not text, at the first offending place.
    """
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise ScenarioError([Problem(shown, 1, 1, "the file is UTF-16", "save it as UTF-8")])
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = lines_of(data[: error.start].decode("utf-8-sig", "replace"))
        binary = b"\0" in data
        what = "a binary file, not text" if binary else f"not UTF-8 text (byte 0x{data[error.start]:02x})"
        raise ScenarioError(
            [Problem(shown, len(before), len(before[-1]) + 1, what, "" if binary else "save it as UTF-8")]
        ) from None
    problem = unprintable(text, shown)
    if problem:
        raise ScenarioError([problem])
    return text


def unprintable(text: str, shown: str) -> Problem | None:
    """The first character that YAML does not allow, as a problem."""
    match = _UNPRINTABLE.search(text)
    if not match:
        return None
    before = lines_of(text[: match.start()])
    code = f"U+{ord(match[0]):04X}"
    what = "a NUL character: is this a binary file?" if match[0] == "\0" else f"a control character ({code})"
    line = lines_of(text)[len(before) - 1]
    return Problem(shown, len(before), len(before[-1]) + 1, what, "remove it", source=line)
