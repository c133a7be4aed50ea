"""Every command does what its help says: exit 0, results on stdout, notes on stderr."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from montecarlo.helpers import contents
from triangle_sim.montecarlo.folder.contents import LARGE, TABLES
from triangle_sim.plots.pictures import read_recipe
from triangle_sim.resources import list_scenarios

SMALL = ("--draws", "4", "--replicates", "2")


def test_list(call) -> None:
    ended = call("list")
    assert ended.code == 0 and ended.err == ""
    for name in list_scenarios():
        assert name in ended.out
    rows = json.loads(call("list", "--json").out)
    assert [row["scenario"] for row in rows] == list_scenarios()
    assert all(row["question"].endswith("?") for row in rows)
    table = list(csv.DictReader(io.StringIO(call("list", "--csv").out)))
    assert table == rows


def test_new_writes_a_scenario_that_checks_and_runs(call, here: Path) -> None:
    made = call("new", "mine", "--from", "trump_win")
    assert made.code == 0 and made.out == "mine.yaml\n"
    assert sorted(path.name for path in here.iterdir()) == ["mine.yaml", "scenario.schema.json"]
    assert call("check", "mine.yaml").code == 0
    assert call("run", "mine.yaml", "--no-save", *SMALL).code == 0


@pytest.mark.parametrize("name", ["my scenario", "true", "null", "12", "2024Q3", "a #b", "a[b]", "x'y", "é", "-x", "~"])
def test_new_copes_with_odd_names(name: str, call, here: Path) -> None:
    made = call("new", "--", name)
    assert made.code == 0
    assert call("check", here / f"{name}.yaml").code == 0
    assert call("run", here / f"{name}.yaml", "--no-save", *SMALL, "--set", "quarters=2").code == 0


def test_check(call, write) -> None:
    fine = call("check", "baseline", "trump_win")
    assert (fine.code, fine.err) == (0, "") and fine.out == "baseline: fine\ntrump_win: fine\n"
    write("odd.yaml", "extends: baseline\n")
    warned = call("check", "odd.yaml")
    assert warned.code == 0 and "warning" in warned.err and warned.out == ""
    assert call("check", "odd.yaml", "--strict").code == 2


def test_show(call) -> None:
    words = call("show", "trump_win")
    assert words.code == 0 and "Trump" in words.out and words.err == ""
    data = json.loads(call("show", "trump_win", "--json").out)
    assert data["events"]["trump_elected"]["probability"] == 1
    rows = json.loads(call("show", "trump_win", "--diff", "baseline", "--json").out)
    assert {row["key"] for row in rows} == {
        "events.trump_elected.probability",
        "events.harris_elected.probability",
    }
    assert [(row["baseline"], row["trump_win"]) for row in rows] == [(0.5, 1), (0.5, 0)]
    told = " ".join(call("show", "trump_win", "--diff", "sino_soviet_split_1961").out.split())
    assert "in 1960Q3; then for good" in told and "[offer_summit, engage_beijing]" in told and "'" not in told
    assert "mean the same" in call("show", "baseline", "--diff", "baseline").out


def test_what_show_prints_as_a_file_is_the_scenario(call, write) -> None:
    text = call("show", "trump_win", "--yaml").out
    write("again.yaml", text)
    assert "mean the same" in call("show", "again.yaml", "--diff", "trump_win").out


def test_schema(call) -> None:
    ended = call("schema")
    assert ended.code == 0 and ended.err == ""
    assert json.loads(ended.out)["properties"]["draws"]


def test_run(call, here: Path) -> None:
    ended = call("run", "trump_win", *SMALL, "--seed", "3")
    assert ended.code == 0
    assert "1 scenario x 4 draws x 2 replicates = 8 futures" in ended.err and "seed 3" in ended.err
    assert "futures" not in ended.out.splitlines()[0]
    for text in ("How the futures end", "role", "theory", "parameters", "luck", "A model, not a forecast"):
        assert text in ended.out, text
    folder = here / "runs" / "trump_win"
    assert {path.stem for path in folder.glob("*.parquet")} == {*TABLES, "answers"} - set(LARGE)
    assert all((folder / name).is_dir() for name in LARGE)
    assert {path.name for path in (folder / "figures").iterdir()} >= {"fan.png", "endings.png"}
    assert json.loads((folder / "manifest.json").read_text())["command"].startswith("triangle-sim run trump_win")
    assert sorted(path.name for path in here.iterdir()) == ["runs"]


def test_run_as_json(call, here: Path) -> None:
    ended = call("run", "baseline", *SMALL, "--json", "--no-save")
    data = json.loads(ended.out)
    assert (data["draws"], data["replicates"], data["seed"]) == (4, 2, 1)
    shares = [row["share"] for row in data["endings"] if row["theory"] == "all"]
    assert sum(shares) == pytest.approx(1.0)
    assert "forecast" in data["not_a_forecast"]
    assert list(here.iterdir()) == []


def test_run_takes_set_and_with(call) -> None:
    words = ("run", "baseline", "--with", "ukraine_war_ends", "--set", "quarters=3", "--set", "ukraine_war=0.2")
    ended = call(*words, *SMALL, "--no-save")
    assert ended.code == 0 and "of 3 quarters" in ended.err


def test_the_command_in_the_manifest_makes_the_result_again(call, here: Path) -> None:
    import shlex

    call("run", "baseline", "--set", "goodwill[RUS, PRK]=0.2", *SMALL, "-o", "one", "--no-figures")
    command = shlex.split(json.loads((here / "one" / "manifest.json").read_text())["command"])
    call(*command[1:], "-o", "two", "--no-figures")
    assert contents(here / "one") == contents(here / "two")
    assert not [word for word in command if word.startswith(("--backend", "--precision"))]
    call("run", "baseline", "--backend", "numpy", *SMALL, "-o", "three", "--no-figures")
    assert "--backend=numpy" in json.loads((here / "three" / "manifest.json").read_text())["command"]


def test_compare(call) -> None:
    words = ("compare", "trump_win", "trump_loses", *SMALL, "--set", "quarters=3")
    ended = call(*words)
    assert ended.code == 0 and "16 futures" in ended.err
    assert ended.out.startswith("A: Trump wins (trump_win). B: Trump loses (trump_loses).\n\n")
    assert max(map(len, ended.out.splitlines())) <= 120
    data = json.loads(call(*words, "--json").out)
    table = list(csv.DictReader(io.StringIO(call(*words, "--csv").out)))
    assert len(table) == len(data["endings"]) + len(data["outcomes"])
    assert float(table[0]["difference"]) == data["endings"][0]["difference"] and data["looks"] > 20
    assert [scenario["name"] for scenario in data["scenarios"]] == ["trump_win", "trump_loses"]
    assert data["answers"]["trump_win"] in " ".join(ended.out.split())
    assert call(*words, "--markdown").out.startswith("## A: Trump wins (trump_win)")
    only = csv.DictReader(io.StringIO(call(*words, "--outcome", "us_prk_summit", "--csv").out))
    assert {row["outcome"] for row in only} == {"us_prk_summit"}


def test_a_comparison_is_saved_whole(call, here: Path) -> None:
    ended = call("compare", "trump_win", "baseline", *SMALL, "--set", "quarters=3", "-o", "out")
    assert ended.code == 0 and "Saved in out." in ended.err
    names = {"comparison.csv", "comparison.md", "comparison.json", "dumbbell.png", "ridgeline.png"}
    assert {path.name for path in (here / "out").iterdir()} == names
    assert json.loads((here / "out" / "comparison.json").read_text())["endings"]
    command = read_recipe(here / "out" / "dumbbell.png")["command"]
    assert command == "triangle-sim compare trump_win baseline --draws=4 --replicates=2 --set quarters=3"
    call("compare", "trump_win", "baseline", *SMALL, "-o", "out").refused("exists already")
    call("compare", "trump_win", "no_such", *SMALL, "-o", "other").refused("no_such")
    assert not (here / "other").exists()


@pytest.mark.parametrize("form", [(), ("--json",), ("--csv",), ("--markdown",)])
@pytest.mark.parametrize("design", [("--draws", "1", "--replicates", "1"), ("--draws", "2", "--replicates", "2")])
def test_compare_copes_with_what_never_happens(form: tuple[str, ...], design: tuple[str, ...], call) -> None:
    ended = call("compare", "trump_win", "baseline", *design, "--set", "quarters=4", *form)
    assert ended.code == 0, ended.err
    assert "nan" not in ended.out.lower()


def test_compare_is_the_same_with_a_compiled_model(call) -> None:
    pytest.importorskip("llvmlite", reason="without llvmlite NumPy computes")
    words = ("compare", "trump_win", "trump_loses", *SMALL, "--outcome", "us_prk_summit", "--csv")
    assert call(*words, "--backend", "llvm").out == call(*words).out


def test_compare_says_when_the_worlds_are_others(call) -> None:
    words = ("compare", "sino_soviet_split_1961", "baseline", *SMALL)
    ended = call(*words)
    assert ended.code == 0 and "different worlds" in ended.out and "different worlds" in call(*words, "--json").err


def test_story_of_a_scenario_and_of_a_result(call) -> None:
    told = call("story", "trump_win", "--run", "3.1", "--seed", "7")
    assert told.code == 0 and told.err == "" and "run 3.1 (seed 7)" in told.out
    call("run", "trump_win", "--draws", "4", "--replicates", "2", "--seed", "7", "-o", "r", "--no-figures")
    assert call("story", "r", "--run", "3.1").out == told.out
    data = json.loads(call("story", "r", "--run", "3.1", "--json").out)
    assert (data["draw"], data["replicate"], data["seed"]) == (3, 1, 7)
    assert len(data["chapters"]) == 20


def test_vitals(call) -> None:
    ended = call("vitals", "baseline", *SMALL)
    assert ended.code == 0 and "test nuclear weapon" in ended.out
    data = json.loads(call("vitals", "baseline", *SMALL, "--json").out)
    assert data["bounds"] and data["moves"]


@pytest.mark.parametrize("codes", ["[KOR]", "[PRK, USA]", "[CHN, PRK, RUS]"])
@pytest.mark.parametrize("form", [(), ("--json",)])
def test_worlds_of_few_countries(codes: str, form: tuple[str, ...], call, write) -> None:
    write("few.yaml", f"countries: {codes}\nquarters: 3\n")
    assert call("run", "few.yaml", *SMALL, "--no-save", *form).code == 0
    assert call("story", "few.yaml").code == 0
    assert call("vitals", "few.yaml", *SMALL).code == 0
    assert call("compare", "few.yaml", "few.yaml", *SMALL, *form).code == 0


def test_version_and_help(call) -> None:
    assert call("--version").out.startswith("triangle-sim ")
    for words in (("--help",), ("-h",), ("run", "-h"), ("compare", "--help")):
        ended = call(*words)
        assert ended.code == 0 and "Usage" in ended.out and ended.err == ""
    nothing = call()
    assert nothing.code in (0, 2) and "Usage" in nothing.out + nothing.err
