"""A progress bar on stderr, silent where stderr is no terminal."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from triangle_sim.names import counted


@contextmanager
def progress(name: str, total: int) -> Iterator[Callable[[int, int], None] | None]:
    """Yields a callback ``(runs done, runs in all)``, or ``None`` where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=total, done=counted(0, "future"))
        yield lambda done, _: bar.update(task, completed=done, done=counted(done, "future"))
