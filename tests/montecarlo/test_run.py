"""A result depends on the scenario, the seed and the design, and on nothing else; what cannot be run is refused."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd
import pytest

import triangle_sim as ts
from montecarlo.helpers import contents, run, small, table_bytes
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo import blocks, compute
from triangle_sim.montecarlo.folder.contents import TABLES
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.workers import running

DRAWS, REPLICATES = 12, 5
SCENARIO = small(quarters=4)

Cut = Callable[[int], None]


@pytest.fixture
def cut(monkeypatch: pytest.MonkeyPatch) -> Cut:
    """``cut(7)``: cut runs into blocks of seven, and those into pieces of half that."""

    def into(size: int) -> None:
        monkeypatch.setattr(blocks, "block_size", lambda runs: size)
        monkeypatch.setattr(compute, "BLOCK", max(1, size // 2))

    return into


@pytest.fixture(scope="module")
def one_block() -> Result:
    return run(SCENARIO, draws=DRAWS, replicates=REPLICATES, jobs=1)


@pytest.fixture(scope="module")
def expected(one_block: Result) -> dict[str, bytes]:
    return table_bytes(one_block)


def test_the_tables_hold_something(one_block: Result) -> None:
    assert len(one_block.runs) == DRAWS * REPLICATES
    assert one_block.runs["end_state"].nunique() > 1
    assert all(len(getattr(one_block, name)) for name in TABLES)


def test_another_seed_gives_other_bytes(expected: dict[str, bytes]) -> None:
    other = table_bytes(run(SCENARIO, draws=DRAWS, replicates=REPLICATES, seed=2, jobs=1))
    assert all(other[name] != expected[name] for name in TABLES)


@pytest.mark.parametrize("size", [8, 25, 59])
def test_block_size_does_not_matter(size: int, expected: dict[str, bytes], cut: Cut) -> None:
    cut(size)
    assert table_bytes(run(SCENARIO, draws=DRAWS, replicates=REPLICATES, jobs=1)) == expected


def test_runs_one_by_one_are_the_same(cut: Cut) -> None:
    whole = table_bytes(run(SCENARIO, draws=3, replicates=3, jobs=1))
    cut(1)
    assert table_bytes(run(SCENARIO, draws=3, replicates=3, jobs=1)) == whole


@pytest.mark.parametrize("saved", [True, False])
def test_processes_do_not_matter(saved: bool, expected: dict[str, bytes], cut: Cut, tmp_path: Path) -> None:
    cut(16)
    where = {"folder": tmp_path / "r"} if saved else {}
    assert table_bytes(run(SCENARIO, draws=DRAWS, replicates=REPLICATES, jobs=2, **where)) == expected


@pytest.mark.parametrize("workers", [1, 4])
def test_threads_do_not_matter(workers: int, expected: dict[str, bytes], cut: Cut) -> None:
    cut(16)
    with ThreadPoolExecutor(workers) as executor:
        assert table_bytes(run(SCENARIO, draws=DRAWS, replicates=REPLICATES, executor=executor)) == expected


def test_the_order_in_which_blocks_finish_does_not_matter(
    expected: dict[str, bytes], cut: Cut, monkeypatch: pytest.MonkeyPatch
) -> None:
    def the_last_one_only(pending: Any, **_: Any) -> Any:
        whole(pending)
        return SimpleNamespace(done=list(pending)[-1:])

    cut(8)
    whole = running.wait
    monkeypatch.setattr(running, "wait", the_last_one_only)
    with ThreadPoolExecutor(2) as executor:
        assert table_bytes(run(SCENARIO, draws=DRAWS, replicates=REPLICATES, executor=executor)) == expected


@pytest.mark.parametrize(("draws", "replicates"), [(12, 2), (12, 9), (5, 5), (20, 3)])
def test_shared_runs_do_not_depend_on_the_design(draws: int, replicates: int, one_block: Result) -> None:
    other = run(SCENARIO, draws=draws, replicates=replicates, jobs=1)
    shared = _shared(one_block.runs, draws, replicates)
    assert len(shared) == min(draws, DRAWS) * min(replicates, REPLICATES)
    pd.testing.assert_frame_equal(shared, _shared(other.runs, DRAWS, REPLICATES), check_exact=True)
    parameters = [r.parameters.head(min(draws, DRAWS)) for r in (one_block, other)]
    pd.testing.assert_frame_equal(*parameters, check_exact=True)


def _shared(runs: pd.DataFrame, draws: int, replicates: int) -> pd.DataFrame:
    return runs[(runs["draw"] < draws) & (runs["replicate"] < replicates)].reset_index(drop=True)


def test_progress_counts_every_run_once(cut: Cut) -> None:
    cut(7)
    seen: list[tuple[int, int]] = []
    run(small(), draws=5, replicates=4, jobs=1, progress=lambda done, all_: seen.append((done, all_)))
    assert seen == [(4, 20), (8, 20), (12, 20), (16, 20), (20, 20)]


def test_llvm_gives_the_same_table_however_it_is_cut(cut: Cut, tmp_path: Path) -> None:
    """On one process, on threads, in parts; and but for last digits the one that NumPy gives."""
    pytest.importorskip("llvmlite")
    design: dict[str, Any] = {"draws": 40, "replicates": 10, "backend": "llvm"}
    one = ts.run("trump_win", jobs=1, folder=tmp_path / "one", **design)
    assert one.manifest["versions"]["llvmlite"]
    cut(100)
    with ThreadPoolExecutor(3) as threads:
        others = [ts.run("trump_win", executor=threads, **design)]
    parts = [ts.run_part("trump_win", (k, 2), tmp_path / f"part{k}", jobs=1, **design) for k in (1, 2)]
    others.append(ts.read(ts.merge(parts, tmp_path / "merged")))
    assert all(table_bytes(other) == table_bytes(one) for other in others)
    ours, theirs = one.runs, run("trump_win", jobs=1, draws=40, replicates=10).runs
    assert list(ours.columns) == list(theirs.columns) and len(ours) == 400
    for name in ours.columns:
        if ours[name].dtype.kind == "f":
            assert np.allclose(ours[name], theirs[name], rtol=0, atol=1e-9, equal_nan=True), name
        else:
            assert (ours[name] == theirs[name]).all(), name


def test_auto_is_llvm_or_else_numpy_and_says_so_once(monkeypatch: pytest.MonkeyPatch) -> None:
    from triangle_sim.montecarlo import design

    said: list[str] = []
    monkeypatch.setattr(design, "_SAID", [])
    monkeypatch.setattr(design, "choose", lambda name: {"auto": "numpy"}.get(name, name))
    for _ in range(2):
        found = ts.run(small(), draws=1, replicates=1, tell=said.append)
        assert found.manifest["backend"] == "numpy" and "llvmlite" not in found.manifest["versions"]
    assert len(said) == 1 and "llvmlite cannot be imported" in said[0]


def test_without_its_library_a_backend_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def load(name: str) -> None:
        raise OSError("libLLVM.so: cannot open shared object file")

    monkeypatch.setattr("triangle_sim.backends.backend.load", load)
    with pytest.raises(UsageError, match=r"llvmlite, which cannot be imported \(libLLVM.so") as error:
        ts.run("baseline", draws=1, replicates=1, backend="llvm", folder=tmp_path / "r")
    assert "--backend numpy" in str(error.value) and not list(tmp_path.iterdir())


@pytest.mark.parametrize("design", [{"draws": 0}, {"replicates": 0}, {"draws": -1}])
def test_a_design_of_no_runs_is_refused(design: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="at least 1 draw and 1 replicate"):
        run("baseline", **design)


WRONG: list[tuple[str, list[Any]]] = [
    ("draws", [float("nan"), 2.0, True, np.True_, "2", [2], Path("2"), 10**12, 10**30, 1 << 70]),
    ("replicates", [float("nan"), 0.5, False, "1"]),
    ("seed", [float("nan"), 1.5, True, "lucky"]),
    ("jobs", [0, -1, True, 2.0, "2", "auto", 1025, float("nan")]),
    ("executor", [1, "processes", True]),
    ("progress", [1, "yes"]),
    ("tell", [1]),
    ("backend", [None, 1, float("nan"), True, "torch"]),
    ("precision", [None, 1, "half", float("nan")]),
    ("folder", [1, True, float("nan"), "a\0b", ["r"]]),
    ("command", [1, ["triangle-sim"]]),
]


@pytest.mark.parametrize(("name", "values"), WRONG, ids=[name for name, _ in WRONG])
def test_what_is_of_the_wrong_type_is_refused_in_a_sentence(name: str, values: list[Any], tmp_path: Path) -> None:
    """Nothing is run, and no folder made or touched."""
    there = tmp_path / "there"
    run(small(), draws=2, replicates=2, folder=there, jobs=np.int64(1))  # type: ignore[arg-type]
    before = contents(tmp_path)
    new: dict[str, Any] = {"draws": 2, "replicates": 2, "folder": tmp_path / "new"}
    for value in values:
        uses: list[tuple[Callable[..., Any], tuple[Any, ...], dict[str, Any]]] = [
            (ts.run, (small(),), new | {name: value}),
            (ts.run_part, (small(), (1, 1)), new | {name: value}),
        ]
        if name in ("draws", "replicates", "jobs", "executor", "progress", "tell", "folder"):
            uses.append((ts.extend, (), {"folder": there, "draws": 3} | {name: value}))
        if name in ("jobs", "executor", "progress", "tell", "folder"):
            uses.append((ts.resume, (), {"folder": there, name: value}))
        for use, given, named in uses:
            with pytest.raises((UsageError, TypeError)) as caught:
                use(*given, **named)
            assert len(str(caught.value).splitlines()) <= 2 and len(str(caught.value)) < 300
    assert contents(tmp_path) == before


@pytest.mark.parametrize("scenario", [None, 5, float("nan"), True, ["baseline"], {}])
def test_what_is_no_scenario(scenario: Any) -> None:
    with pytest.raises(UsageError, match="not a scenario"):
        ts.run(scenario)


@pytest.mark.parametrize("part", [None, 1, "1/2", (1,), (1, 2, 3), (0, 2), (3, 2), (1.0, 2), (True, 2)])
def test_what_is_no_part(part: Any, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="part"):
        ts.run_part(small(), part, tmp_path / "r")
    assert not list(tmp_path.iterdir())


def test_what_is_no_list_of_folders(tmp_path: Path) -> None:
    for folders in ("p1", None, 5, [1], [None], [float("nan")]):
        with pytest.raises(UsageError):
            ts.merge(folders, tmp_path / "out")  # type: ignore[arg-type]
    for folder in (None, 5, True, float("nan")):
        with pytest.raises(UsageError, match="not the path of a folder"):
            ts.read(folder)
    with pytest.raises(UsageError, match="not the path of a folder"):
        run(small(), draws=1, replicates=1).save(None)


def test_a_path_is_a_scenario_and_numbers_of_numpy_are_numbers(tmp_path: Path) -> None:
    file = tmp_path / "s.yaml"
    file.write_text("extends: trump_win\nquarters: 1\nsizes: judgement\n")
    ours = run(file, draws=np.int64(5), replicates=np.int32(3), seed=np.uint8(9))
    pd.testing.assert_frame_equal(ours.runs, run(small(), draws=5, replicates=3, seed=9).runs, check_exact=True)
    for seed in (-1, 2**64):
        with pytest.raises(ValueError, match=f"a seed lies in .* got {seed}"):
            run(small(), draws=1, replicates=1, seed=seed)
    assert run(small(), draws=1, replicates=1, seed=2**64 - 1).seed == 2**64 - 1
