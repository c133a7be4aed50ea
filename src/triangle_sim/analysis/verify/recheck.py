"""Whether a result folder still holds what its scenario, seed and model give: files, tables, and a part run again."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from triangle_sim.analysis.answers.against import against, play
from triangle_sim.analysis.verify.bits import sha256_of
from triangle_sim.analysis.verify.rerun import sample_of
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import compute
from triangle_sim.montecarlo.design import Job
from triangle_sim.montecarlo.fill import design_of
from triangle_sim.montecarlo.folder.contents import LARGE, SMALL
from triangle_sim.montecarlo.folder.journal import DamagedError
from triangle_sim.montecarlo.folder.manifest import drift, manifest, origin, read_manifest
from triangle_sim.montecarlo.folder.parquet import table_of
from triangle_sim.montecarlo.result import Result, read
from triangle_sim.montecarlo.tables import tables_from
from triangle_sim.montecarlo.versions import model_hash
from triangle_sim.montecarlo.workers.running import Running, finished_blocks
from triangle_sim.names import counted
from triangle_sim.uncertainty import fitted

FEW = 20_000
"""Futures up to which all are run again without being asked for, where a sample cannot stand for them."""


@dataclass(frozen=True)
class Verification:
    """One thing that was looked at: ``same`` is True or False, or None for what was not verified."""

    same: bool | None
    what: str


def other_model(facts: dict[str, Any]) -> Verification | None:
    """What stands in the way of running a manifest's runs again: another model, or other sizes from the record."""
    if facts["model_sha256"] != model_hash():
        there, here = facts["model_sha256"][:12], model_hash()[:12]
        what = f"made by another version of the model ({facts['triangle_sim']}, code {there}; here {here})"
        return Verification(False, f"{what}; nothing could be run again")
    sizes = fitted(facts.get("sizes", "judgement"))
    if facts.get("sizes_sha256") != (None if sizes is None else sizes.sha256):
        return Verification(False, "made with other sizes fitted to the record; nothing could be run again")
    return None


def check_folder(path: Path, every: bool, running: Running) -> Iterator[Verification]:
    """Look at a result folder, thing by thing; ``every`` block is run again, or a sample.

    Raises
    ------
    UsageError
        if it is no result folder, or an unfinished one.
    """
    facts = read_manifest(path)
    if (hindrance := other_model(facts)) is not None:
        yield hindrance
        return
    try:
        result = read(path)
        yield _files(result)
        yield _tables(result)
    except DamagedError as error:
        yield Verification(False, f"damaged: {error.what}")
        return
    yield from libraries(result)
    yield from _blocks(result, every, running)
    yield from reference(result, every)


def libraries(result: Result) -> Iterator[Verification]:
    """Other libraries than those that a result was made with: its last digits may differ here."""
    here = manifest(result.scenario, design_of(result.manifest), table=result.given())
    if changed := drift(result.manifest, here):
        yield Verification(None, f"made with other libraries, so last digits may differ: {changed}")


def _files(result: Result) -> Verification:
    """Every file has the checksum that was noted when it was written. Raises DamagedError for one that has not."""
    tables, files = result.tables, 0
    for cell in tables.cells:
        for kind in cell.kinds:
            tables.source.read_file(kind, cell)
            files += 1
    for name in SMALL:
        tables.source.read_file(name)
    return Verification(True, f"{counted(files + len(SMALL), 'file')} have the checksums noted when they were written")


def _tables(result: Result) -> Verification:
    """The tables over quarters follow from the counts in the blocks."""
    made = tables_from(result.tables.source, result.tables.cells, result.scenario)
    wrong = [name for name, data in made.items() if not _alike(name, data, result.tables.source.read_file(name))]
    if wrong:
        return Verification(False, f"these tables do not follow from the stored counts: {', '.join(wrong)}")
    return Verification(True, f"{len(made)} tables over quarters follow from the stored counts")


def _blocks(result: Result, every: bool, running: Running) -> Iterator[Verification]:
    """Blocks that are run again against those stored: outcomes and counts of runs, parameters of draws."""
    cells, facts = result.tables.cells, result.manifest
    wanted = cells if every else [*[cell for cell in cells if not cell.runs][:1], *sample_of(cells)]
    job = Job.of(result.scenario, design_of(facts), origin(facts), result.given())
    progress, done, runs = running.progress or (lambda done, runs: None), 0, sum(cell.runs for cell in wanted)
    wrong = 0
    with closing(finished_blocks(compute, job, wanted, running)) as blocks:
        for cell, files in blocks:
            if isinstance(files, Exception):
                raise files
            if differing := [kind for kind in cell.kinds if not _alike(kind, files[kind], _stored(result, kind, cell))]:
                wrong += 1
                yield Verification(False, f"{cell}: not what was stored: {_columns(result, cell, files, differing)}")
            done += cell.runs
            progress(done, runs)
    if not wrong:
        futures = f"{runs:,} of {counted(facts['runs'], 'future')}"
        what = "every outcome, count and parameter" if every else "every outcome and count, and parameters,"
        yield Verification(True, f"run again: {futures}, {what} the same to the bit")
    if runs < facts["runs"]:
        yield Verification(None, f"the other {facts['runs'] - runs:,} futures (--all runs every one again)")


def reference(result: Result, every: bool) -> Iterator[Verification]:
    """What the result is compared with is what its reference gives, played again on the same worlds."""
    found = against(result)
    if found.reference is None:
        return
    futures = (
        f"{counted(found.draws * result.replicates, 'future')} of {found.reference.name}, which it is compared with"
    )
    if not every and found.draws * result.replicates > FEW:
        yield Verification(None, f"{futures} (--all plays them again)")
        return
    again = play(result)
    same = [sha256_of({"means": pd.DataFrame(each.columns), "theory": pd.DataFrame({"theory": each.theory})})
            for each in (found, again)]  # fmt: skip
    if same[0] == same[1]:
        yield Verification(True, f"run again: {futures}, every mean the same to the bit")
    else:
        yield Verification(False, f"run again: {futures}, and they are not those that were kept")


def _stored(result: Result, kind: str, cell: Cell) -> bytes:
    return result.tables.source.read_file(kind, cell)


def _alike(kind: str, one: bytes, other: bytes) -> bool:
    """Whether two files hold the same values, whatever version of the file format wrote them."""
    return one == other or _sha256(kind, one) == _sha256(kind, other)


def _sha256(kind: str, data: bytes) -> str:
    return sha256_of({kind: table_of(data).to_pandas()})


def _columns(result: Result, cell: Cell, files: dict[str, bytes], kinds: list[str]) -> str:
    """What differs: the columns of runs or parameters, with how many rows, or the counts."""
    told = ["counts by quarter"] if "counts" in kinds else []
    for kind in (kind for kind in kinds if kind in LARGE):
        here, there = (table_of(data).to_pandas() for data in (files[kind], _stored(result, kind, cell)))
        if list(here) != list(there) or len(here) != len(there):
            return f"{kind} of other columns or another length"
        wrong = {name: int((~((here[name] == there[name]) | (here[name].isna() & there[name].isna()))).sum())
                 for name in here}  # fmt: skip
        told += [f"{name} in {count:,} of {len(here):,} rows" for name, count in wrong.items() if count]
    return ", ".join(told[:4]) + (f", and {len(told) - 4} more" if len(told) > 4 else "")
