"""Printing: results on stdout (table, JSON, CSV), progress and notes on stderr."""

from __future__ import annotations

import errno
import io
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from triangle_sim.names import per_cent as per_cent

if TYPE_CHECKING:
    import pandas as pd

    from triangle_sim.scenario.schema import Scenario


def open_streams() -> None:
    """Let streams that are closed, as daemons leave them, lead nowhere: else a file that is opened would take their
    place. Let one of a narrow encoding show ``\\u2014`` for a dash instead of stopping the command."""
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        try:
            os.fstat(number)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)  # it takes the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w" if number else "r", encoding="utf-8"))  # noqa: SIM115
        stream = getattr(sys, name)
        if number and isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def say(text: str = "") -> None:
    """A note for the person at the terminal, on stderr, after what has been printed so far. A full or closed stream
    stops nothing, and names that are told cannot disturb a terminal."""
    from triangle_sim.errors import printable

    with suppress(OSError, ValueError):
        sys.stdout.flush()
    try:
        print("\n".join(map(printable, text.split("\n"))), file=sys.stderr, flush=True)
    except (OSError, ValueError):
        drop(sys.stderr)  # what waits in its buffer would stop the start of a worker, which flushes it


def note(text: str) -> None:
    """Something the user should know."""
    say(f"note: {text}")


def flush() -> None:
    """Print what has not been printed; what cannot be is dropped, or Python would complain when it ends."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            drop(stream)


def drop(stream: Any) -> None:
    """Print nothing more."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


@contextmanager
def progress(name: str, total: int) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr: yields a callback ``(runs done, runs in all)``, or ``None`` where nobody watches."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    from triangle_sim.names import counted

    columns = (TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[done]}"))
    with Progress(*columns, TimeRemainingColumn(), console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(name, total=total, done=counted(0, "future"))
        yield lambda done, runs: bar.update(task, completed=done, total=runs, done=counted(done, "future"))


def writable(folder: Path) -> None:
    """Make the folder that a command writes to, before its work.

    Raises
    ------
    UsageError
        for one that cannot be made or written to.
    """
    from triangle_sim.errors import UsageError

    try:
        folder.mkdir(parents=True, exist_ok=True)
        if not os.access(folder, os.W_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
    except OSError as error:
        what = "there is a file of that name" if isinstance(error, FileExistsError) else error.strerror
        raise UsageError(f"cannot write to {folder}: {what}", "choose another place with -o") from None


def print_json(data: Any) -> None:
    """Data as JSON on stdout; missing numbers become null."""
    narrow = not (sys.stdout.encoding or "").lower().startswith("utf")
    print(json.dumps(plain(data), indent=2, ensure_ascii=narrow, allow_nan=False))


NOT_A_FORECAST = "A model, not a forecast: it shows what follows from which argument."


def stated(scenario: Scenario, draws: int, replicates: int, seed: int) -> dict[str, Any]:
    """What every JSON of a command that plays a scenario says of what was played."""
    return {
        "scenario": scenario.name,
        "scenario_sha256": scenario.content_hash(),
        "draws": draws,
        "replicates": replicates,
        "seed": seed,
        "not_a_forecast": NOT_A_FORECAST,
    }


def plain(value: Any) -> Any:
    """Data that JSON can hold: NumPy's numbers become Python's, missing ones null."""
    if isinstance(value, dict):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and value != value else value


def print_rows(
    columns: Sequence[str], rows: Sequence[Sequence[Any]], *, json_: bool = False, csv: bool = False
) -> None:
    """Rows as a table, JSON records or CSV; what is missing is empty, or null in JSON."""
    if json_:
        print_json([dict(zip(columns, row, strict=True)) for row in rows])
    elif csv:
        import csv as csv_module

        writer = csv_module.writer(sys.stdout, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([["" if cell is None or cell != cell else cell for cell in row] for row in rows])
    else:
        table(columns, rows)


def paragraph(text: str, first: str = "", then: str = "") -> None:
    """Text in lines that fit the page, each of its own lines a paragraph; indented by ``first``, then by ``then``."""
    from triangle_sim.analysis.page import filled

    print(filled(text, first, then))


def table(columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """A plain table that fits the terminal; rich honours NO_COLOR and a stdout that is no terminal."""
    from rich.console import Console
    from rich.table import Table

    # A cell is what it says: "[hold]" is no markup, ":bomb:" no picture.
    console = Console(highlight=False, markup=False, emoji=False, width=None if sys.stdout.isatty() else 120)
    out = Table(box=None, pad_edge=False, header_style="bold")
    for name in columns:
        out.add_column(name, overflow="fold")
    for row in rows:
        out.add_row(*[cell if isinstance(cell, str) else _cell(cell) for cell in row])
    console.print(out)


def _cell(value: Any) -> str:
    return "" if value is None or value != value else f"{value:.3g}" if isinstance(value, float) else str(value)


def rows_of(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a data frame as mappings by column."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]
