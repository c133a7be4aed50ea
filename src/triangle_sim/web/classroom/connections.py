"""How many connections are open: one device cannot take them all, so that a student's loop does not end the lesson."""

from __future__ import annotations

import asyncio
from collections import Counter
from typing import Any, ClassVar, cast

from uvicorn.protocols.http.h11_impl import H11Protocol

MOST_AT_ONCE = 400
"""In all: 30 seats and a few boards open some six each."""
MOST_EACH = 200
"""Of one address: a class may stand behind one, where a machine's network is translated."""


class Counted(H11Protocol):
    """Uvicorn's own connection; one too many of an address is closed at once."""

    open: ClassVar[Counter[str]] = Counter()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Count it."""
        peer = cast(Any, transport.get_extra_info("peername"))
        self.address = str(peer[0]) if peer else ""
        self.open[self.address] += 1
        super().connection_made(transport)
        if self.open[self.address] > MOST_EACH:
            transport.abort()

    def connection_lost(self, exc: Exception | None) -> None:
        """Count it no longer."""
        self.open[self.address] -= 1
        if not self.open[self.address]:
            del self.open[self.address]
        super().connection_lost(exc)
