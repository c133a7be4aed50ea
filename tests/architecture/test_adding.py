"""The page on adding things is true: each thing is added in the place it names, works, and changes nothing earlier."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import triangle_sim as ts
from architecture.adding import copy_of_the_tree, examples, put

WIDENS_A_MENU = "at the end of the moves"
"""A new move changes results by nature; everything else is inert until it is asked for."""

EARLIER = """
import sys, triangle_sim as ts
from triangle_sim.countries import JOINT_EFFECTS
assert "two_suitors" in [joint.name for joint in JOINT_EFFECTS], "this is the copy"
old = ts.run("baseline", draws=6, replicates=2, jobs=1, backend="numpy")
for table in ("runs", "quarters", "moves", "happenings"):
    getattr(old, table).to_pickle(f"{table}.pickle")
"""

WORKS = """
import json, triangle_sim as ts
from triangle_sim.claims import load_claims
from triangle_sim.model.prepared import prepared_for
from triangle_sim.plots.pictures import save_pictures
from triangle_sim.resources import list_scenarios

japan = ts.load("with_japan").with_(quarters=8)
priors = {"weight.PRK.own_currency": 0.5}
scripts = {code: {"rule": "scripted", "script": ["court_pyongyang"], "then": "repeat"} for code in ("CHN", "RUS")}
everything = japan.with_(
    theory="patient-2024", sizes="judgement", priors=priors, events={"ports_open": {"fades": 2}},
    decision={"KOR": {"rule": "trembling"}, "PRK": {"rule": "trembling", "tremble": 0.2}, **scripts},
)
new = ts.run(everything, draws=12, replicates=2, jobs=1, backend="numpy")
compiled = ts.run(everything, draws=12, replicates=2, jobs=1, backend="llvm")
save_pictures(new, "figures", names=("supplies",))
model = ts.TriangleModel(everything, seed=1)
model.step()

moves = new.moves.groupby(["country", "move"])["share"].mean()
level = new.quarters[new.quarters["theory"] == "all"].set_index(["variable", "quarter"])["mean"]
once = new.happenings[(new.happenings["quarter"] == "any") & (new.happenings["theory"] == "all")]
ever = once.set_index("event")["share"]
prepared = prepared_for(everything)
ports = [float(level["open_ports", quarter]) for quarter in prepared.quarters]
ships = {True: 0.0, False: 0.0}
for happens in ships:
    world = japan.with_(events={"ports_open": {"probability": float(happens)}})
    run = ts.run(world, draws=6, replicates=2, jobs=1, backend="numpy").quarters
    ships[happens] = float(run[run["variable"] == "sea_traffic"]["mean"].iloc[-1])
print(json.dumps({
    "country": moves["JPN", "build_trilateral"] > 0.05 and int(new.triangles["triad"].nunique()) == 20,
    "move": moves["PRK", "send_workers"] > 0.0,
    "effect": "effect.PRK.send_workers.russian_supply" in prepared.table,
    "interest": "form.PRK.own_currency.yuan" in prepared.table and "weight.PRK.own_currency" not in prepared.silent,
    "joint effect": ever["two_suitors"] == 1.0,
    "variable": 0.0 < level["sea_traffic", prepared.quarters[-1]] < 1.0,
    "environment variable": ports[0] == ports[1] == 0.5,
    "driver": ships[True] > ships[False] + 0.01,
    "event": ever["ports_open"] == 1.0 and abs(ports[2] - 0.9) < 1e-9,
    "property of an event": abs(ports[4] - 0.7) < 1e-9 and abs(ports[6] - 0.6) < 1e-9,
    "scenario": "with_japan" in list_scenarios() and japan.title == "Japan decides for itself",
    "theory": set(new.runs["theory"]) == {"patient-2024"},
    "claim": load_claims()["C1"].signs["effect.JPN.build_trilateral.goodwill[PRK,JPN]"] == "-",
    "outcome": bool(new.runs["total_supply"].between(0, 1).all()) and new.runs["total_supply"].std() > 0,
    "decision rule": abs(model.decision.mixes["KOR"].min() - 0.1 / 6) < 1e-12,
    "decision rule with a setting of its own": abs(model.decision.mixes["PRK"].min() - 0.2 / 10) < 1e-12,
    "all of it, compiled": all(new.moves["share"] == compiled.moves["share"]),
}, default=bool))
"""


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the tree with everything of the page in it but the move."""
    folder = tmp_path_factory.mktemp("copy")
    copy_of_the_tree(folder)
    for example in examples():
        if example.where != WIDENS_A_MENU:
            put(example, folder)
    return folder


def python(folder: Path, *arguments: str) -> str:
    """What a Python with the copy's package prints."""
    environment = os.environ | {"PYTHONPATH": str(folder / "src"), "XDG_CACHE_HOME": str(folder / "cache")}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout


def test_the_page_has_an_example_of_everything() -> None:
    new = [example.path for example in examples() if not example.where]
    assert len(new) == 8 and len(examples()) == 23


def test_what_was_there_keeps_its_bits(copy: Path) -> None:
    """Everything of the page that is inert until it is asked for is there, and nothing asks."""
    python(copy, "-c", EARLIER)
    ours = ts.run("baseline", draws=6, replicates=2, jobs=1, backend="numpy")
    theirs = {name: pd.read_pickle(copy / f"{name}.pickle") for name in ("runs", "quarters", "moves", "happenings")}
    quarters, happenings = theirs["quarters"], theirs["happenings"]
    theirs["runs"] = theirs["runs"][ours.runs.columns]
    theirs["quarters"] = quarters[~quarters["variable"].isin(["sea_traffic", "open_ports"])]
    theirs["happenings"] = happenings[happenings["event"] != "two_suitors"]
    for name, table in theirs.items():
        plain = table.reset_index(drop=True).astype(getattr(ours, name).dtypes)
        pd.testing.assert_frame_equal(plain, getattr(ours, name), check_exact=True)


def test_each_thing_works(copy: Path) -> None:
    for example in examples():
        if example.where == WIDENS_A_MENU:
            put(example, copy)
    found = json.loads(python(copy, "-c", WORKS))
    assert [thing for thing, works in found.items() if not works] == []
    assert (copy / "figures" / "supplies.png").stat().st_size > 10_000, "a figure"
    command = "import sys; from triangle_sim.cli import main; sys.argv[1:] = ['menu', 'DPRK']; main()"
    assert "send_workers" in python(copy, "-c", command), "a command"
