"""Blocks as bytes and back: nothing is lost, sums add up, and memory does not grow with the number of blocks."""

from __future__ import annotations

import gc
import tracemalloc
from dataclasses import fields, replace
from pathlib import Path

import numpy as np
import pytest

from montecarlo.helpers import block_of
from triangle_sim import load, run
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.montecarlo import blocks as cells, compute as work
from triangle_sim.montecarlo.simulate import columns
from triangle_sim.montecarlo.blocks import Cell
from triangle_sim.montecarlo.design import Design, Job
from triangle_sim.montecarlo.folder.encode import Seal, Totals, encode, encode_counts, frame_of, table_of
from triangle_sim.montecarlo.tally import Tally, tally


@pytest.fixture(scope="module")
def counts() -> Tally:
    return tally(block_of(load("trump_win").with_(quarters=3), 4, 5))


def awkward(counts: Tally) -> Tally:
    """The same shapes with the numbers at which an encoding by bytes could go wrong."""
    values = np.array([0, 1, 127, 128, 255, 256, 257, 65535, 65536, 2**31, 2**62, -1, -255, -256, -(2**62)])
    chance = np.random.default_rng(1)
    arrays = {f.name: getattr(counts, f.name) for f in fields(counts) if f.name != "runs"}
    return replace(counts, runs=300, **{name: chance.choice(values, size=a.shape) for name, a in arrays.items()})


def same(a: Tally, b: Tally) -> bool:
    return all(np.array_equal(getattr(a, f.name), getattr(b, f.name)) for f in fields(a))


@pytest.mark.parametrize("kind", ["real", "awkward"])
def test_counts_come_back(kind: str, counts: Tally) -> None:
    one = counts if kind == "real" else awkward(counts)
    totals = Totals()
    totals.add(encode_counts(one))
    assert same(totals.tally(), one)
    assert isinstance(totals.tally().runs, int)


def test_sums_are_those_of_the_tallies(counts: Tally) -> None:
    odd = replace(awkward(counts), sums=-counts.sums)
    totals = Totals()
    for one in (counts, odd, counts):
        totals.add(encode_counts(one))
    assert same(totals.tally(), counts + odd + counts)


def test_counts_of_another_shape_are_refused(counts: Tally) -> None:
    totals = Totals()
    totals.add(encode_counts(counts))
    with pytest.raises(ValueError, match="shape"):
        totals.add(encode_counts(replace(counts, camps=counts.camps[:-1])))


def test_runs_come_back(counts: Tally) -> None:
    made = columns(block_of(load("trump_win").with_(quarters=3), 4, 5))
    block = encode(Cell((0, 4), (0, 5)), made, counts)
    frame = frame_of(block.files["runs"])
    assert list(frame.columns) == list(made)
    for name, values in made.items():
        assert np.array_equal(frame[name].to_numpy(), values, equal_nan=values.dtype.kind == "f"), name
        assert values.dtype == object or frame[name].dtype == values.dtype
    assert table_of(block.files["runs"], ["draw"]).num_columns == 1
    assert block.seals == {kind: Seal.of(data) for kind, data in block.files.items()}
    assert set(block.seals) == set(block.cell.kinds)


def test_a_block_leaves_no_model_behind() -> None:
    """Not even for the garbage collector, which would let a gigabyte of cycles pile up before it looks."""
    job, cell = Job.of(load("trump_win").with_(quarters=2), Design(2, 2, 1)), Cell((0, 2), (0, 2))
    work.compute(job, cell)
    gc.collect()
    gc.disable()
    try:
        before = [id(thing) for thing in gc.get_objects() if isinstance(thing, TriangleModel)]
        work.compute(job, cell)
        after = [thing for thing in gc.get_objects() if isinstance(thing, TriangleModel) and id(thing) not in before]
        assert after == []
    finally:
        gc.enable()


def test_memory_does_not_grow_with_the_number_of_blocks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of what Python and NumPy allocate; the benchmarks measure the whole process."""
    monkeypatch.setattr(cells, "block_size", lambda runs: 20)
    monkeypatch.setattr(cells, "PARAMETER_DRAWS", 20)
    scenario = load("trump_win").with_(quarters=1)
    run(scenario, draws=20, replicates=5, folder=tmp_path / "warm", jobs=1)
    peaks = []
    for draws in (20, 100):
        tracemalloc.start()
        gc.collect()
        result = run(scenario, draws=draws, replicates=5, folder=tmp_path / str(draws), jobs=1)
        seen = sum(len(part) for part in result.scan(["draw", "end_state"]))
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
        assert seen == draws * 5
    assert peaks[1] < 1.1 * peaks[0]
