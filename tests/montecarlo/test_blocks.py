"""Stored blocks tile the design: every run is in exactly one, however it is cut, extended or shared out."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triangle_sim.montecarlo.blocks import ABOUT, SMALLEST, Cell, Region, block_size, cells_of

SIZE = st.integers(1, 40)


def runs_of(cells: list[Cell]) -> Counter[tuple[int, int]]:
    """How often each run is in a block, counted one by one."""
    return Counter(
        (draw, replicate) for cell in cells for draw in range(*cell.draws) for replicate in range(*cell.replicates)
    )


def grid(draws: int, replicates: int) -> Counter[tuple[int, int]]:
    return Counter((draw, replicate) for draw in range(draws) for replicate in range(replicates))


@given(SIZE, SIZE, st.integers(1, 100))
def test_every_run_is_in_one_block(draws: int, replicates: int, block: int) -> None:
    cells = cells_of([Region((0, draws), (0, replicates), block)])
    assert runs_of(cells) == grid(draws, replicates)
    assert max(cell.runs for cell in cells) <= block
    names = [cell.name for cell in cells if cell.runs]
    assert names == sorted(set(names))
    firsts = [(cell.draws[0], cell.replicates[0]) for cell in cells if cell.runs]
    assert firsts == sorted(firsts)


@given(SIZE, SIZE, SIZE, SIZE, st.integers(1, 100))
def test_so_it_is_after_more_draws_and_replicates(d0: int, r0: int, more: int, again: int, block: int) -> None:
    regions = [
        Region((0, d0), (0, r0), block),
        Region((0, d0), (r0, r0 + again), block),
        Region((d0, d0 + more), (0, r0 + again), block),
    ]
    cells = cells_of(regions)
    assert runs_of(cells) == grid(d0 + more, r0 + again)
    parameters = Counter(draw for cell in cells if not cell.runs for draw in range(*cell.draws))
    assert parameters == Counter(range(d0 + more))
    assert [Region.read(region.data()) for region in regions] == regions


@given(SIZE, SIZE, st.integers(1, 100), st.integers(1, 9))
def test_parts_are_the_whole(draws: int, replicates: int, block: int, parts: int) -> None:
    regions = [Region((0, draws), (0, replicates), block)]
    shares = [cells_of(regions, (k, parts)) for k in range(1, parts + 1)]
    assert sorted(cell for share in shares for cell in share) == sorted(cells_of(regions))
    sizes = [sum(1 for cell in share if cell.runs) for share in shares]
    assert max(sizes) - min(sizes) <= 1


@given(st.integers(0, 5), st.integers(1, 9), st.integers(0, 5), st.integers(1, 9), st.integers(1, 50))
def test_pieces_are_the_runs_of_a_block_in_order(d0: int, draws: int, r0: int, replicates: int, size: int) -> None:
    cell = Cell((d0, d0 + draws), (r0, r0 + replicates))
    pieces = [run for d, r in cell.pieces(size) for run in zip(d.tolist(), r.tolist(), strict=True)]
    assert pieces == sorted(runs_of([cell]))
    assert all(len(d) <= size for d, _ in cell.pieces(size))


@pytest.mark.parametrize("runs", [1, 500, 10_000, 100_000, 1_000_000, 10_000_000, 50_000_000])
def test_there_are_never_very_many_files(runs: int) -> None:
    for replicates in (1, 20, 300, 700, runs):
        if runs % replicates == 0:
            count = sum(1 for _ in Region.of((0, runs // replicates), (0, replicates)).cells())
            assert count <= 2 * ABOUT
    assert block_size(runs) % SMALLEST == 0


@given(SIZE, SIZE, st.integers(0, 3), st.integers(0, 3), st.integers(1, 100))
def test_blocks_are_counted_without_making_them(draws: int, replicates: int, d0: int, r0: int, block: int) -> None:
    region = Region((d0, d0 + draws), (r0, r0 + replicates), block)
    assert region.count() == len(cells_of([region]))
    assert Region((0, 10**7), (0, 5), 1).count() == 5 * 10**7 + 10**4
