"""The engine's part of a page, made once, and Node to run it."""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.backends.llvm.web import Module
from triangle_sim.model.prepared import prepared_for
from triangle_sim.scenario.load import load
from triangle_sim.web import modules
from triangle_sim.web.pack_engine import engine
from web.node import in_node

Run = Callable[..., Any]

START = """
    const v8 = await import("node:v8");
    v8.setFlagsFromString("--liftoff-only"); // a few runs are sooner played than compiled a second time
    const pack = JSON.parse(readFileSync(given.pack));
    const { Engine } = await module("engine.js");
    const engine = await Engine.make(pack);
    const list = (array) => Array.from(array, (each) => (Number.isFinite(each) ? each : null));
"""


@lru_cache(maxsize=1)
def module_of(name: str) -> Module:
    """The compiled model of a bundled scenario."""
    return modules.find(prepared_for(load(name)))


def packed(name: str, folder: Path, **changes: Any) -> Path:
    """A file with the engine's part of a bundled scenario's page, with changes that need no other model."""
    path = folder / f"{name}.json"
    part = engine(prepared_for(load(name).with_(**changes)), module_of(name))
    path.write_text(json.dumps({"engine": part}), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def baseline_pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That of the baseline."""
    return packed("baseline", tmp_path_factory.mktemp("pack"))


@pytest.fixture
def played(baseline_pack: Path) -> Run:
    """Runs a script in Node that finds the baseline's ``engine`` and ``given``; what it leaves in ``out``."""
    return lambda script, **given: in_node(START + script, {"pack": str(baseline_pack), **given})
