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
    flags = os.O_RDONLY
    for name in ("O_NONBLOCK", "O_NOCTTY", "O_BINARY"):  # without O_NONBLOCK, opening a pipe waits for a writer
        flags |= getattr(os, name, 0)
    try:
        descriptor = os.open(path, flags)
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, str(error), os.fspath(path)) from None
    try:
        status = os.fstat(descriptor)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, "is a directory", os.fspath(path))
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularError(errno.EINVAL, "is not an ordinary file", os.fspath(path))
        if status.st_size > most:
            what = f"is too large: {status.st_size:,} bytes, at most {most:,} are read"
            raise TooLargeError(errno.EFBIG, what, os.fspath(path))
        with os.fdopen(os.dup(descriptor), "rb") as stream:
            data = stream.read(status.st_size + 1)  # one more, should it grow meanwhile
    finally:
        os.close(descriptor)
    if len(data) > most:
        raise TooLargeError(errno.EFBIG, f"is too large: at most {most:,} bytes are read", os.fspath(path))
    return data
