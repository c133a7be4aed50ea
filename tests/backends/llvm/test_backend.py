"""The backend LLVM where it differs from others: any processor's bits, threads, and programs that are kept."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model.worlds import bits, scenario
from triangle_sim.backends import llvm as backend
from triangle_sim.backends.llvm import machine, trajectories
from triangle_sim.backends.llvm.machine import Target, native
from triangle_sim.backends.llvm.program import program
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.compute import simulate
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load

QUANTAL = {"default": {"rule": "quantal", "depth": 1}}
WORLD = scenario(countries=["CHN", "PRK", "RUS"], decision=QUANTAL, quarters=5)
TINY = scenario(countries=["CHN", "PRK"], decision=QUANTAL, quarters=3)
ADDRESS = np.arange(150) // 5, np.arange(150) % 5


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache folder of one's own, and nothing remembered."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    backend._compiled.cache_clear()
    yield tmp_path
    backend._compiled.cache_clear()


def once() -> dict[str, Any]:
    """A tiny world's bits, from a program that is loaded anew."""
    backend._compiled.cache_clear()
    (made,) = trajectories(prepared_for(TINY), 3, *ADDRESS, [{}])
    return bits(made)


def assert_equal(ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    assert ours.keys() == theirs.keys()
    for name, array in ours.items():
        assert np.array_equal(array, theirs[name]), name


USUAL = ("baseline", "sino_soviet_split_1961", "trump_win_and_war_ends")
"""Two worlds, and events of every kind; the other scenarios differ from these in odds and levels."""


@pytest.mark.parametrize(
    "name", [name if name in USUAL else pytest.param(name, marks=pytest.mark.long) for name in list_scenarios()]
)
def test_every_scenario_goes_as_it_does_with_numpy(name: str) -> None:
    world = load(name)
    ours, theirs = (simulate(world, 5, np.arange(60) // 3, np.arange(60) % 3, which) for which in ("llvm", "numpy"))
    for one, other in ((ours, theirs), *((twin, theirs.twins[name]) for name, twin in ours.twins.items())):
        for part in ("moves", "meetings", "begins", "active"):
            assert np.array_equal(getattr(one, part), getattr(other, part)), part
        assert np.abs(one.state - other.state).max() < 1e-12
        assert np.abs(one.environment - other.environment).max() < 1e-12


def test_pushes_far_beyond_a_range_are_added_up_before_a_tangent_is_taken() -> None:
    """Set by the scenario, or by a table of draws."""
    ready = prepared_for(TINY)
    far = {name: 500.0 if each.high > 0 else -500.0 for name, each in ready.table.items() if name.startswith("effect.")}
    for world, table in ((TINY.with_(parameters=far), None), (TINY, ready.given(far))):
        ours, theirs = (simulate(world, 5, *ADDRESS, which, table=table) for which in ("llvm", "numpy"))
        assert np.array_equal(ours.moves, theirs.moves)
        assert np.abs(ours.state - theirs.state).max() < 1e-12


@pytest.mark.parametrize("precision", ["double", pytest.param("single", marks=pytest.mark.long)])
def test_bits_do_not_depend_on_the_processor(precision: str) -> None:
    """Vectors of other lengths; on x86 also a processor of twenty years ago, which cannot multiply and add at once."""
    ready, own = prepared_for(WORLD), native()
    (first,) = trajectories(ready, 3, *ADDRESS, [{}], precision)
    others = [own._replace(vector=vector) for vector in (128, 256) if vector != own.vector]
    if precision == "single":
        others = others[:1]
    if "sse2" in own.features:
        others.append(Target("x86-64", "", 128))
    for target in others:
        (made,) = trajectories(ready, 3, *ADDRESS, [{}], precision, target=target)
        assert_equal(bits(made), bits(first))


def test_threads_may_begin_together(cache: Path) -> None:
    ready, pins = prepared_for(WORLD), [{}, {"sino_russian_rivalry": 0.0}]
    with ThreadPoolExecutor(4) as threads:
        cut = [slice(50 * k, 50 * k + 50) for k in range(3)]
        parts = [threads.submit(trajectories, ready, 3, *(part[runs] for part in ADDRESS), pins) for runs in cut]
    together = trajectories(ready, 3, *ADDRESS, pins)
    for runs, part in zip(cut, parts, strict=True):
        for made, whole in zip(part.result(), together, strict=True):
            assert_equal(bits(made), bits(whole, runs))


def test_a_program_is_kept_and_a_damaged_one_made_again(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = once()
    (kept,) = cache.rglob("*.o")
    code = kept.read_bytes()
    monkeypatch.setattr(machine.llvm, "parse_assembly", _only_empty(machine.llvm.parse_assembly))
    assert_equal(once(), first)
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache))
    for damaged in (code[:-100], code[:40] + bytes([code[40] ^ 1]) + code[41:], b""):
        kept.write_bytes(damaged)
        assert_equal(once(), first)
        assert kept.read_bytes() == code
    assert [path.name for path in kept.parent.iterdir()] == [kept.name]


def _only_empty(parse: Any) -> Any:
    def parsed(text: str) -> Any:
        assert text == "", "a program that is kept was compiled again"
        return parse(text)

    return parsed


def test_a_folder_that_others_may_write_to_is_not_used(cache: Path) -> None:
    """What lies in it would be executed."""
    first = once()
    (kept,) = cache.rglob("*.o")
    kept.unlink()
    kept.parent.chmod(0o777)
    assert_equal(once(), first)
    assert not list(cache.rglob("*.o"))


def test_without_a_cache_folder_it_works(cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = once()
    (cache / "file").write_text("")
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache / "file"))
    assert_equal(once(), first)


def test_the_same_scenario_is_the_same_text() -> None:
    """Or no program would be found in the cache."""
    again = scenario(countries=["CHN", "PRK", "RUS"], decision=QUANTAL, quarters=5, seed=9)
    ready, other = prepared_for(WORLD), prepared_for(scenario(countries=["CHN", "PRK"]))
    assert program(ready, native(), 64) == program(prepared_for(again), native(), 64)
    assert program(ready, native(), 64) != program(other, native(), 64)
