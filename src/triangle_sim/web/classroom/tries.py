"""How often an address may try wrong codes: enough for typing errors, too few for a search."""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable

AT_ONCE = 20
SECONDS_EACH = 3.0
"""After that many at once, one more in so many seconds."""
ADDRESSES = 4096
"""Addresses that are remembered, in memory alone; those longest silent are forgotten first."""


class Tries:
    """Wrong codes by address."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._full: OrderedDict[str, float] = OrderedDict()  # when all its tries are restored, by address

    def exhausted(self, address: str) -> bool:
        """Whether the address must wait, even with a right code."""
        return self._full.get(address, 0.0) - self._clock() > (AT_ONCE - 1) * SECONDS_EACH

    def wrong(self, address: str) -> None:
        """Note a wrong code."""
        self._full[address] = max(self._full.pop(address, 0.0), self._clock()) + SECONDS_EACH
        while len(self._full) > ADDRESSES:
            self._full.popitem(last=False)
