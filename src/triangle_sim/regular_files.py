"""Reading a file that may be anything: a folder, a pipe, a device, far too large."""

from __future__ import annotations

import errno
import os
import stat


class NotRegularError(OSError):
    """Something other than an ordinary file."""


class TooLargeError(OSError):
    """A file of more bytes than are read."""


def read_regular(path: str | os.PathLike[str], most: int) -> bytes:
    """The bytes of an ordinary file of at most ``most`` bytes.

    Kind and size are asked of the opened file before anything is read, so that a pipe or a device cannot make it wait.

    Raises
    ------
    NotRegularError, TooLargeError
        if it is not an ordinary file, or too large.
    OSError
        if it cannot be opened or read: ``FileNotFoundError``, ``IsADirectoryError``, ``PermissionError`` and others.
    """
    try:
        stream = open(path, "rb", opener=_at_once)  # noqa: SIM115
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, str(error), os.fspath(path)) from None
    with stream:
        status = os.fstat(stream.fileno())
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularError(errno.EINVAL, "is not an ordinary file", os.fspath(path))
        if status.st_size > most:
            what = f"is too large: {status.st_size:,} bytes, at most {most:,} are read"
            raise TooLargeError(errno.EFBIG, what, os.fspath(path))
        return stream.read(status.st_size)


def _at_once(path: str, flags: int) -> int:
    """Open it without waiting, as for somebody who writes to a pipe."""
    return os.open(path, flags | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0))
