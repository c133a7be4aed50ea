"""Blocks as bytes and back: nothing is lost, sums add up, and memory does not grow with the number of blocks."""

from __future__ import annotations

import gc
import json
import tracemalloc
from dataclasses import fields, replace
from functools import reduce
from operator import add
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from montecarlo.helpers import block_of, run, small
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.montecarlo import blocks
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import columns, compute
from triangle_sim.montecarlo.design import Design, Job
from triangle_sim.montecarlo.folder.parquet import decode_counts, encode_counts, label_of, parquet, table_of
from triangle_sim.montecarlo.tally import Tally, tally


@pytest.fixture(scope="module")
def counts() -> Tally:
    return tally(block_of(small(quarters=3), 4, 5))


def awkward(counts: Tally) -> Tally:
    """The same shapes with the numbers at which an encoding by small integers could go wrong."""
    values = np.array([0, 1, 127, 128, 255, 256, 257, 65535, 65536, 2**31, 2**62, -1, -255, -256, -(2**62)])
    chance = np.random.default_rng(1)
    arrays = {f.name: getattr(counts, f.name) for f in fields(counts) if f.name != "runs"}
    return replace(counts, runs=300, **{name: chance.choice(values, size=a.shape) for name, a in arrays.items()})


def same(a: Tally, b: Tally) -> bool:
    return all(np.array_equal(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))


@pytest.mark.parametrize("largest", [255, 256, 65535, 65536, 2**31 - 1, 2**31, 2**63 - 1])
@pytest.mark.parametrize("smallest", [0, -1, -(2**31), -(2**31) - 1])
def test_counts_of_any_size_come_back(largest: int, smallest: int, counts: Tally) -> None:
    camps = np.array([smallest, largest, 0, 1])
    assert decode_counts(encode_counts({"a": replace(counts, camps=camps)}))["a"].camps.tolist() == camps.tolist()


@pytest.mark.parametrize("kind", ["real", "awkward"])
def test_counts_come_back(kind: str, counts: Tally) -> None:
    one = counts if kind == "real" else awkward(counts)
    both = decode_counts(encode_counts({"a": one, "b": counts}))
    assert list(both) == ["a", "b"] and same(both["b"], counts)
    again = both["a"]
    assert same(again, one) and isinstance(again.runs, int)
    assert all(getattr(again, f.name).dtype == np.int64 for f in fields(again) if f.name != "runs")


def test_a_block_comes_back_and_says_what_it_belongs_to() -> None:
    job, cell = Job.of(small(quarters=3), Design(4, 5, 1), "0123"), Cell((0, 4), (0, 5))
    whole, files = block_of(job.scenario, 4, 5), compute(job, cell)
    assert set(files) == set(cell.kinds)
    frame, made = table_of(files["runs"]).to_pandas(), columns(whole)
    assert list(frame.columns) == list(made)
    for name, values in made.items():
        assert np.array_equal(frame[name].to_numpy(), values, equal_nan=values.dtype.kind == "f"), name
        assert values.dtype == object or frame[name].dtype == values.dtype
    assert table_of(files["runs"], ["draw"]).num_columns == 1
    found = decode_counts(files["counts"])
    assert list(found) == sorted(set(whole.theory)) and same(reduce(add, found.values()), tally(whole))
    for data in files.values():
        found = pq.read_schema(pa.BufferReader(data)).metadata[b"triangle_sim"]
        assert json.loads(found) == {"origin": "0123", "block": "d00000000-00000003.r00000000-00000004"}


def test_what_has_no_label() -> None:
    assert label_of(parquet(pa.table({"a": [1]}))) == label_of(b"") == label_of(b"PAR1") == label_of(bytes(999)) == ""


def test_a_block_leaves_no_model_behind() -> None:
    """Not even for the garbage collector, which would let a gigabyte of cycles pile up before it looks."""
    job, cell = Job.of(small(quarters=2), Design(2, 2, 1)), Cell((0, 2), (0, 2))
    compute(job, cell)
    gc.collect()
    gc.disable()
    try:
        before = [id(thing) for thing in gc.get_objects() if isinstance(thing, TriangleModel)]
        compute(job, cell)
        after = [thing for thing in gc.get_objects() if isinstance(thing, TriangleModel) and id(thing) not in before]
        assert after == []
    finally:
        gc.enable()


@pytest.mark.long
def test_memory_does_not_grow_with_the_number_of_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what Python and NumPy allocate; the benchmarks measure the whole process."""
    monkeypatch.setattr(blocks, "block_size", lambda runs: 20)
    monkeypatch.setattr(blocks, "PARAMETER_DRAWS", 20)
    run(small(), draws=20, replicates=5, folder=tmp_path / "warm", jobs=1)
    peaks = []
    for draws in (20, 100):
        tracemalloc.start()
        gc.collect()
        result = run(small(), draws=draws, replicates=5, folder=tmp_path / str(draws), jobs=1)
        seen = sum(len(part) for part in result.scan(["draw", "end_state"]))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert seen == draws * 5
    assert peaks[1] < 1.1 * peaks[0]
