"""Room codes, which people read aloud, and tokens, which nobody guesses."""

from __future__ import annotations

import secrets
from collections.abc import Container

LETTERS = "BCDFGHJKMNPRSTVWXZ"
"""No vowels, so that no code is a word; no I, L, O or Q, so that none is misread."""
LENGTH = 5


def new_code(taken: Container[str] = ()) -> str:
    """A room code that no other room has."""
    while True:
        code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
        if code not in taken:
            return code


def new_token() -> str:
    """A secret of 192 bits that fits into a header."""
    return secrets.token_urlsafe(24)


def same(one: str, other: str) -> bool:
    """Whether two secrets are the same, in a time that does not tell how much of them is."""
    return secrets.compare_digest(one.encode(), other.encode())
