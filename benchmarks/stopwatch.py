"""Time spent in some functions, as a share of the whole."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Watch:
    """Seconds inside the functions that are watched, and in all."""

    began: float = field(default_factory=time.perf_counter)
    inside: float = 0.0
    total: float = 0.0

    def share(self) -> float:
        """Inside to all."""
        return self.inside / self.total


@contextmanager
def watching(owner: Any, *names: str) -> Iterator[Watch]:
    """Wrap functions of a class or module while the block runs; those watched must not call each other."""
    watch, originals = Watch(), {name: getattr(owner, name) for name in names}

    def timed(function: Any) -> Any:
        def wrapper(*args: Any, **kwargs: Any) -> Any:
            began = time.perf_counter()
            try:
                return function(*args, **kwargs)
            finally:
                watch.inside += time.perf_counter() - began

        return wrapper

    for name, function in originals.items():
        setattr(owner, name, timed(function))
    try:
        yield watch
    finally:
        watch.total = time.perf_counter() - watch.began
        for name, function in originals.items():
            setattr(owner, name, function)
