"""What a result folder holds, by name: all that the product writes there, and so may replace or remove.

Nothing else in a folder is ever touched: it is the user's.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from triangle_sim.montecarlo.blocks import Cell

FORMAT = 3
"""Version of the folder's format."""

MANIFEST, JOURNAL, SCENARIO, FIGURES = "manifest.json", "blocks.jsonl", "scenario.yaml", "figures"
GIVEN = "given.parquet"
"""Parameters that a user gave."""
ANSWERS = "answers.parquet"
"""What answers the question besides the runs, a row a draw: what the scenario is compared with."""
KINDS = ("runs", "counts", "parameters")
"""Folders of block files."""
LARGE = ("runs", "parameters")
"""Tables that grow with the design; a folder keeps them in many files."""
SMALL = ("quarters", "moves", "triangles", "roles", "transitions", "dwell", "bands", "balance", "happenings", "bounds")
"""Tables over quarters, a file each."""
TABLES = ("runs", *SMALL, "parameters")
PICTURES = ("fan", "endings", "triangle", "network")
"""Those of :mod:`triangle_sim.plots.pictures`, which lies above this layer."""
KINDS_OF_PICTURE = ("png", "svg", "pdf")
REPORTS, REPORT_PICTURES = ("report.html", "report.md"), "report-pictures"
"""What `report` writes into a folder where no other place is named."""
NEW_FIGURES = f".{FIGURES}.part"
"""Where pictures are drawn until all are there."""

_FILES = (MANIFEST, JOURNAL, SCENARIO, GIVEN, ANSWERS, *(f"{table}.parquet" for table in SMALL))
_BLOCK = re.compile(r"d\d{8,}-\d{8,}(\.r\d{8,}-\d{8,})?\.parquet")


def file_name(kind: str, cell: Cell | None = None) -> str:
    """The name of a file of a block, or of a table over quarters, within a result folder."""
    return f"{kind}.parquet" if cell is None else f"{kind}/{cell.name}.parquet"


def temporary(path: Path) -> Path:
    """The name under which a file is written until it is whole."""
    return path.with_name(f".{path.name}.part")


def block_files(folder: Path) -> Iterator[Path]:
    """All files of blocks, those of other designs included."""
    return (path for path in _in_kinds(folder) if _BLOCK.fullmatch(path.name))


def temporaries(folder: Path) -> Iterator[Path]:
    """Files that a process left unfinished when it was killed."""
    yield from (temporary(folder / name) for name in _FILES)
    for path in _in_kinds(folder):
        if path.name.startswith(".") and _BLOCK.fullmatch(path.name.removeprefix(".").removesuffix(".part")):
            yield path
    yield from pictures(folder, NEW_FIGURES)


def pictures(folder: Path, figures: str = FIGURES) -> Iterator[Path]:
    """Pictures of the result."""
    return (folder / figures / f"{name}.{kind}" for name in PICTURES for kind in KINDS_OF_PICTURE)


def reports(folder: Path) -> Iterator[Path]:
    """Reports of the result, and their pictures."""
    yield from (folder / name for name in REPORTS)
    yield from (folder / REPORT_PICTURES / f"{name}.svg" for name in (*PICTURES, "spread"))


def remove(folder: Path, paths: Iterable[Path]) -> None:
    """Remove those of these files that are there, and the product's folders that are then empty."""
    for path in list(paths):
        if path.is_file() or path.is_symlink():
            path.unlink()
    for name in (*KINDS, FIGURES, NEW_FIGURES, REPORT_PICTURES):
        with contextlib.suppress(OSError):
            (folder / name).rmdir()


def remove_result(folder: Path) -> None:
    """Remove all that the product wrote into a folder, and the folder if nothing else is in it."""
    named = (folder / name for name in _FILES)
    remove(folder, [*named, *block_files(folder), *temporaries(folder), *pictures(folder), *reports(folder)])
    with contextlib.suppress(OSError):
        folder.rmdir()


def _in_kinds(folder: Path) -> Iterator[Path]:
    for kind in KINDS:
        with contextlib.suppress(OSError):
            yield from sorted((folder / kind).iterdir())
