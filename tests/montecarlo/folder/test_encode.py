"""Blocks as bytes and back: nothing is lost, sums add up, and memory does not grow with the number of blocks."""

from __future__ import annotations

import gc
import json
import tracemalloc
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from montecarlo.helpers import block_of, run, small
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.montecarlo import blocks
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.compute import Block, compute
from triangle_sim.montecarlo.design import Design, Job
from triangle_sim.montecarlo.folder.encode import decode_counts, encode, encode_counts
from triangle_sim.montecarlo.folder.parquet import Seal, label_of, parquet, table_of
from triangle_sim.montecarlo.simulate import columns
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
    assert decode_counts(encode_counts(replace(counts, camps=camps))).camps.tolist() == camps.tolist()


@pytest.mark.parametrize("kind", ["real", "awkward"])
def test_counts_come_back(kind: str, counts: Tally) -> None:
    one = counts if kind == "real" else awkward(counts)
    again = decode_counts(encode_counts(one))
    assert same(again, one) and isinstance(again.runs, int)
    assert all(getattr(again, f.name).dtype == np.int64 for f in fields(again) if f.name != "runs")


@pytest.mark.parametrize(
    "table",
    [
        {"field": ["runs"], "shape": ["[]"], "type": ["<u1"]},
        {"field": ["runs"], "shape": ["[3]"], "type": ["<u1"], "values": [b"1"]},
        {"field": ["runs"], "shape": ["[]"], "type": ["<f8"], "values": [b"12345678"]},
        {"field": ["runs"], "shape": ["[]"], "type": ["O"], "values": [b"12345678"]},
        {"field": ["nosuch"], "shape": ["[]"], "type": ["<u1"], "values": [b"1"]},
        {"field": [1], "shape": [2], "type": [3], "values": [4]},
        {},
    ],
)
def test_what_are_no_counts(table: dict[str, list[object]]) -> None:
    with pytest.raises(ValueError, match=r"."):
        decode_counts(parquet(pa.table(table)))
    with pytest.raises(ValueError, match="not counts"):
        decode_counts(b"PAR1 and nothing else PAR1")


def test_runs_come_back_and_say_what_they_belong_to(counts: Tally) -> None:
    made = columns(block_of(small(quarters=3), 4, 5))
    block = encode(Block(Cell((0, 4), (0, 5)), made, counts), "0123")
    frame = table_of(block.files["runs"]).to_pandas()
    assert list(frame.columns) == list(made)
    for name, values in made.items():
        assert np.array_equal(frame[name].to_numpy(), values, equal_nan=values.dtype.kind == "f"), name
        assert values.dtype == object or frame[name].dtype == values.dtype
    assert table_of(block.files["runs"], ["draw"]).num_columns == 1
    assert block.seals == {kind: Seal.of(data) for kind, data in block.files.items()}
    assert set(block.seals) == set(block.cell.kinds)
    for data in block.files.values():
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
