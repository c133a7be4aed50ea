"""The journal of a classroom: every change is a line on the disk before anybody sees it."""

from __future__ import annotations

import contextlib
import json
import os
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from triangle_sim.errors import UsageError
from triangle_sim.web.classroom.room import Event

NAME = "classroom.jsonl"
FORMAT = 1
LARGEST = 2**26
"""Bytes of the largest journal that is read: a change takes about 100."""


@dataclass
class Store:
    """An open journal.

    ``head`` is its first line: what all rooms share. ``events`` are the lines after it when it was opened. ``torn`` is
    the number of bytes of a last line that was not finished and has been dropped.
    """

    path: Path
    file: BinaryIO
    head: Event | None
    events: list[Event]
    torn: int = 0

    def __post_init__(self) -> None:
        self._whole = os.fstat(self.file.fileno()).st_size

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Open, or begin, the journal of a folder, for this process alone.

        Raises
        ------
        UsageError
            if another process has it, it is no journal, or it is damaged before its last line.
        OSError
            if it cannot be read or written.
        """
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = folder / NAME
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | getattr(os, "O_NOFOLLOW", 0), 0o600)
        file = os.fdopen(handle, "ab+", buffering=0)
        try:
            _check(path, file)
            _lock(path, file)
            file.seek(0)
            whole, torn = _split(file.read())
            lines: list[Event] = [_parsed(path, number, line) for number, line in enumerate(whole, start=1)]
            if torn:
                file.truncate(sum(len(line) + 1 for line in whole))
                os.fsync(file.fileno())
            if lines and (lines[0].get("what") != "classroom" or lines[0].get("format") != FORMAT):
                raise UsageError(f"{path} is not a classroom of this version", "give another --folder")
        except BaseException:
            file.close()
            raise
        return cls(path, file, lines[0] if lines else None, lines[1:], torn)

    def append(self, event: Event) -> None:
        """Write a line for good. Raises OSError, as on a full disk; the journal is then as it was."""
        line = json.dumps(event, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode() + b"\n"
        end = self._whole + len(line)
        if os.fstat(self.file.fileno()).st_size > self._whole:
            self.file.truncate(self._whole)  # a part of a line that could not be taken back at once
        try:
            while line:  # a disk that fills up takes a part first
                line = line[self.file.write(line) or 0 :]
            os.fsync(self.file.fileno())
        except OSError:
            with contextlib.suppress(OSError):
                self.file.truncate(self._whole)
            raise
        self._whole = end

    def close(self) -> None:
        """Let another process have it."""
        self.file.close()


def _check(path: Path, file: BinaryIO) -> None:
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise UsageError(f"{path} is not an ordinary file", "give another --folder")
    if status.st_size > LARGEST:
        raise UsageError(f"{path} has {status.st_size:,} bytes, at most {LARGEST:,} are read", "give another --folder")
    if hasattr(os, "fchmod"):
        os.fchmod(file.fileno(), 0o600)  # it holds the tokens of all seats


def _lock(path: Path, file: BinaryIO) -> None:
    """Where the system has such locks: they end with the process, however it ends."""
    try:
        import fcntl
    except ImportError:
        return
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        message = f"another classroom is running in {path.parent}"
        raise UsageError(message, "stop it first, or give another --folder") from None
    except OSError:
        return  # none on this network disk


def _split(data: bytes) -> tuple[list[bytes], int]:
    """The finished lines, and the bytes of one that is not: the machine stopped in the middle of it."""
    *whole, rest = data.split(b"\n")
    if whole and not _reads(whole[-1]):  # some disks lengthen a file before they fill it
        rest = whole.pop() + b"\n" + rest
    return whole, len(rest)


def _reads(line: bytes) -> bool:
    try:
        return isinstance(json.loads(line), dict)
    except (ValueError, RecursionError):
        return False


def _parsed(path: Path, number: int, line: bytes) -> dict[str, Any]:
    if not _reads(line):
        message = f"{path} is damaged: line {number} cannot be read"
        raise UsageError(message, "the lines before it are whole: remove it and what follows, or give another --folder")
    data: dict[str, Any] = json.loads(line)
    return data
