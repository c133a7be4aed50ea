"""The programs that are shipped are those of the code, and do in Node what the model does in NumPy."""

import hashlib
import shutil
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from backends.llvm import module_in_node
from triangle_sim.backends.llvm import web
from triangle_sim.backends.llvm.program import Program
from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import at_start
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.web import modules
from triangle_sim.web.modules import build as building

needs_node = pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")
DRAWS, REPLICATES = np.arange(18) // 3, np.arange(18) % 3
SEED = 5
SHIPPED = {name: each["file"] for each in modules.index()["modules"] for name in each["scenarios"]}


@lru_cache(maxsize=1)
def shipped(file: str) -> web.Module:
    """A shipped program, found once for all scenarios that share it."""
    name = min(name for name, its in SHIPPED.items() if its == file)
    return modules.find(prepared_for(load(name)))


def assert_the_same(world: Scenario, module: web.Module) -> None:
    """Moves, meetings and events to the bit; levels, reasons and outcomes to rounding."""
    ran = module_in_node.run(module, prepared_for(world), SEED, DRAWS, REPLICATES, world.pin)
    model, told = TriangleModel(world, seed=SEED, draws=DRAWS, replicates=REPLICATES), []
    while model.running:
        model.step()
        told.append(model.told())
    t, ours = model.trajectory, ran.trajectory
    model.close()
    for part in ("moves", "meetings", "begins", "active"):
        assert np.array_equal(getattr(ours, part), getattr(t, part)), part
    for part in ("state", "environment"):
        assert np.abs(getattr(ours, part) - getattr(t, part)).max() < 1e-12, part
    assert [tuple(label) for label in module.layout["told"]] == list(told[0])
    theirs = np.asarray([list(each.values()) for each in told])
    np.testing.assert_allclose(ran.told, theirs, rtol=0, atol=1e-12)
    assert len(ran.outcomes) == len(module.layout["outcomes"]) > 20 + world.quarters
    for name, values in ran.outcomes.items():
        wanted = np.broadcast_to(np.asarray(measured(t, name), float), values.shape)
        exact = name not in OUTCOMES or OUTCOMES[name].kind != "number"
        np.testing.assert_allclose(values, wanted, rtol=0, atol=0 if exact else 1e-12, err_msg=name)


def measured(t: Any, name: str) -> Any:
    """What a row of the outcomes should hold."""
    if name in OUTCOMES:
        return OUTCOMES[name].coded(t)
    if name == "at_start":
        return at_start(t)
    return t.triangles.patterns[int(name.removeprefix("triangle.")), t.triangles.place("CHN", "PRK", "RUS")]


@needs_node
@pytest.mark.parametrize("name", sorted(SHIPPED, key=lambda name: SHIPPED[name]))
def test_every_bundled_scenario_goes_as_it_does_with_numpy(name: str) -> None:
    assert_the_same(load(name), shipped(SHIPPED[name]))


@needs_node
def test_seats_odds_dates_and_pins_need_no_other_program() -> None:
    moves = ["ship_arms_to_russia", None, "court_beijing", "hold", None, "ship_arms_to_russia"]
    usual = load("baseline")
    events = {
        name: {"probability": 0.5 * event.probability} | ({"hazard": 0.2} if event.hazard is not None else {})
        for name, event in usual.events.items()
    }
    world = usual.with_(seats={"PRK": moves, "CHN": [None, "hold"]}, events=events, pin={"sino_russian_rivalry": 0.3})
    module = modules.find(prepared_for(world))
    assert module.layout["text_sha256"] == shipped(SHIPPED["baseline"]).layout["text_sha256"]
    assert_the_same(world, module)


def test_there_is_a_program_for_every_bundled_scenario() -> None:
    assert sorted(SHIPPED) == list_scenarios()
    assert SHIPPED["trump_win"] == SHIPPED["trump_loses"] == SHIPPED["baseline"], "they differ in odds alone"
    assert len(set(SHIPPED.values())) < len(SHIPPED) - 2
    assert building.check(names=["ukraine_war_ends"], rebuild=False) == []


@pytest.fixture
def written(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Two small programs in place of those of the bundled scenarios."""
    some = {"one": (Program("text of one", 0, 0), ["a", "b"]), "two": (Program("text of two", 0, 0), ["c"])}
    monkeypatch.setattr(building, "texts", lambda names=None: some)
    return some


def test_programs_are_written_once_and_shared(tmp_path: Path, written: dict[str, Any]) -> None:
    made: list[str] = []

    def make(text: Program) -> bytes:
        made.append(text.text)
        return text.text.encode()

    (tmp_path / "old.wasm.gz").write_bytes(b"")
    said = building.build(tmp_path, make)
    assert [line.partition(";")[2] for line in said] == [" for a, b", " for c"]
    assert building.build(tmp_path, make) == said and len(made) == 2, "what is there and fits stays"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.wasm.gz", "c.wasm.gz", "index.json"]


def test_what_does_not_fit_the_code_is_named(
    tmp_path: Path, written: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    building.build(tmp_path, lambda text: text.text.encode())
    monkeypatch.setattr(web, "make", lambda text: text.text.encode())
    assert building.check(tmp_path) == []
    monkeypatch.setattr(web, "make", lambda text: b"another")
    assert [said.partition(";")[0] for said in building.check(tmp_path)] == [
        "a.wasm.gz is not what compiler and linker make of the code"
    ]
    (tmp_path / "c.wasm.gz").write_bytes((tmp_path / "c.wasm.gz").read_bytes()[:-5])
    (tmp_path / "another.wasm.gz").write_bytes(b"")
    written["three"] = written.pop("one")
    assert [said.partition(";")[0] for said in building.check(tmp_path)] == [
        "c.wasm.gz is missing or damaged",
        "the program of a, b is not the one the code writes",
        "another.wasm.gz belongs to no program",
    ]


@pytest.mark.parametrize("damage", [lambda whole: whole[:-9], lambda whole: b"", lambda whole: None])
def test_a_program_that_is_damaged_or_missing_is_made_again(
    damage: Any, tmp_path: Path, written: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = written.pop("one")
    written[hashlib.sha256(one[0].text.encode()).hexdigest()] = one
    building.build(tmp_path, lambda text: text.text.encode())
    monkeypatch.setattr(web, "written", lambda prepared: one[0])
    monkeypatch.setattr(web, "made", lambda text: b"made anew")
    prepared, file = prepared_for(load("baseline")), tmp_path / "a.wasm.gz"
    assert modules.find(prepared, tmp_path).wasm == b"text of one"
    if (left := damage(file.read_bytes())) is None:
        file.unlink()
    else:
        file.write_bytes(left)
    assert modules.find(prepared, tmp_path).wasm == b"made anew"


def test_without_a_linker_one_clear_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    monkeypatch.setattr(web, "find_spec", lambda name: None)
    monkeypatch.setattr(web.shutil, "which", lambda name: None)
    with pytest.raises(UsageError, match="no linker for WebAssembly") as caught:
        modules.find(prepared_for(load("baseline").with_(countries=["CHN", "PRK"], quarters=2, events={}, groups={})))
    assert "pip install 'triangle-sim[web]'" in caught.value.help
