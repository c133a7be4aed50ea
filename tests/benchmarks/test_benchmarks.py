"""The benchmarks run, what they report is what they found, and the limit is the model."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "benchmarks"
PAGE = ROOT / "docs" / "speed.md"


def execute(*words: str) -> subprocess.CompletedProcess[str]:
    """The command, in a process of its own."""
    command = [sys.executable, str(FOLDER / "run.py"), *words]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def asked(script: str) -> Any:
    """What a script prints as JSON, with the benchmarks' own modules at hand."""
    code = f"import sys; sys.path[:0] = {[str(FOLDER), str(ROOT / 'src')]!r}\n{script}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    return json.loads(done.stdout)


def test_start_up_is_measured(tmp_path: Path) -> None:
    """The smallest rehearsal, from the command line to the files: parts add up to about the whole."""
    done = execute("--quick", "--only", "startup", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".md", ".png"]
    (store,) = tmp_path.glob("*.json")
    found = json.loads(store.read_text(encoding="utf-8"))
    assert found["machine"]["cores"] >= 1
    part = found["parts"]["startup"]
    assert {"--help", "run of 10 futures"} <= set(part["seconds"])
    named = part["parts"]["run of 10 futures"]
    assert all(each["median"] >= 0 for each in named.values())
    assert {"import", "read the scenario", "simulate and store", "draw the pictures"} <= {
        name for name, each in named.items() if each["median"] > 0
    }
    assert part["imports"]["--help"]["in all"] < part["imports"]["run of 10 futures"]["in all"]
    (table,) = tmp_path.glob("*.md")
    assert table.read_text(encoding="utf-8") == done.stdout


def test_an_unknown_part_is_refused() -> None:
    """With what there is."""
    done = execute("--only", "speed")
    assert done.returncode == 2
    assert "onecore" in done.stderr


def test_ratios_are_of_neighbours() -> None:
    """The median of ratios, not the ratio of medians: a slow spell that falls on both of a pair does not show."""
    script = "import clock, json; print(json.dumps(clock.ratio([10.0, 1.0, 8.0, 9.0], [5.0, 0.5, 2.0, 3.0])))"
    assert asked(script) == {"median": 2.5, "min": 2.0, "max": 4.0, "rounds": 4}


def test_the_page_holds_what_was_measured() -> None:
    """The table of the page is the one that the stored results give, and its figure is theirs."""
    page = PAGE.read_text(encoding="utf-8")
    name = re.search(r"benchmarks/results/([a-z0-9-]+\.json)", page)
    assert name is not None
    store = FOLDER / "results" / name[1]
    script = f"""
import json, pathlib, report
found = json.loads(pathlib.Path({str(store)!r}).read_text())
page = pathlib.Path({str(PAGE)!r}).read_text()
print(json.dumps(report.block(page, report.tables(found), {store.name!r})))
"""
    assert asked(script) == page
    assert (ROOT / "docs" / "images" / "speed.png").read_bytes() == store.with_suffix(".png").read_bytes()


@pytest.mark.parametrize("expression", ["a * b + a * b", "(a - b) / 2.0 + 0.0 * b", "xp.where(a > b, a, b) * 1.0"])
def test_symbols_are_folded_and_shared(expression: str) -> None:
    """What is written twice is one node, and nothing is added, or multiplied by one, for its own sake."""
    script = f"""
import json
from limit.emit import ordered
from limit.symbols import NAMESPACE as xp, inputs, listed
a, b = inputs("a", 1), inputs("b", 1)
nodes = ordered(listed({expression}), {{}})
print(json.dumps([node.op for node in nodes if node.op not in ("input", "constant")]))
"""
    operations = {"a * b + a * b": ["mul", "add"], "(a - b) / 2.0 + 0.0 * b": ["sub", "mul"]}
    assert asked(script) == operations.get(expression, ["gt", "select"])


@pytest.mark.long
def test_the_limit_is_the_model(tmp_path: Path) -> None:
    """The generated program and the model agree on every state, move, meeting and event of a thousand runs."""
    script = f"""
import json, pathlib
from contestants import SCENARIO, SEED, address
from limit.build import build, farthest, prepare
from limit.inputs import inputs
import numpy as np
from triangle_sim.model import TriangleModel
where = address(1024)
model = TriangleModel(SCENARIO, seed=SEED, draws=where[0], replicates=where[1], collect=False)
trajectory, plan = model.run_model(), model.blueprint
library = build(plan, pathlib.Path({str(tmp_path)!r}))
given = inputs(plan, SEED, *where, 2, np.float64)
print(json.dumps([farthest(*prepare(library, plan, given, 2, random), trajectory) for random in (False, True)]))
"""
    assert max(asked(script)) < 1e-9
