"""Bad input: one clear message, exit 2, nothing written, never a traceback."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

FILES = {
    "an unknown key": ("extends: baseline\nenvironment: {us_presure: 0.8}\n", "us_presure"),
    "an unknown field": ("extends: baseline\nquaters: 4\n", "did you mean 'quarters'"),
    "a wrong type": ("extends: baseline\ndraws: many\n", "draws"),
    "a number as text": ('extends: baseline\nenvironment: {ukraine_war: "0.5"}\n', "ukraine_war"),
    "out of range": ("extends: baseline\nenvironment: {ukraine_war: 1.5}\n", "0 to 1"),
    "no quarters": ("extends: baseline\nquarters: 0\n", "quarters"),
    "not a number": ("extends: baseline\nenvironment: {ukraine_war: .nan}\n", "ukraine_war"),
    "infinite": ("extends: baseline\npin: {ukraine_war: .inf}\n", "ukraine_war"),
    "an unknown country": ("extends: baseline\ncountries: [CHI, PRK]\n", "did you mean 'CHN'"),
    "an unknown claim": ("extends: baseline\nclaims: [A999]\n", "A999"),
    "an unknown theory": ("extends: baseline\ntheory: chung-2023\n", "did you mean 'chung-2024'"),
    "an unknown world": ("world: 1950Q1\n", "1950Q1"),
    "an unknown rule": ("extends: baseline\ndecision: {PRK: {rule: random}}\n", "random"),
    "an unknown move": ("extends: baseline\nmoves: {disable: {PRK: [fly]}}\n", "fly"),
    "a duplicate key": ("extends: baseline\ndraws: 5\ndraws: 6\n", "draws"),
    "a tab": ("extends: baseline\nenvironment:\n\tukraine_war: 0.5\n", "tab"),
    "an empty file": ("", ""),
    "only a comment": ("# nothing\n", ""),
    "a list": ("- a\n- b\n", "mapping"),
    "a word": ("baseline\n", "mapping"),
    "two documents": ("quarters: 4\n---\nquarters: 5\n", ""),
    "a tag": ("title: !!python/object:os.system x\n", ""),
    "broken syntax": ("title: [a, b\n", ""),
    "a cycle in extends": ("extends: ./s.yaml\n", "circle"),
    "no such parent": ("extends: baselin\n", "did you mean 'baseline'"),
    "an event after the horizon": (
        "extends: baseline\nquarters: 4\nevents: {late: {when: 2030Q1, effects: {ukraine_war: -1}}}\n",
        "2030Q1",
    ),
    "a wrong date": ("extends: baseline\nevents: {e: {when: 2025Q5, effects: {ukraine_war: -1}}}\n", "quarters 1 to 4"),
    "two timings": ("extends: baseline\nevents: {e: {when: 2025Q1, hazard: 0.1, effects: {ukraine_war: -1}}}\n", ""),
    "a group above one": ("extends: baseline\nevents: {trump_elected: {probability: 0.8}}\n", "1.3"),
    "a probability above one": ("extends: baseline\nevents: {trump_elected: {probability: 1.5}}\n", "probability"),
    "an effect on nothing": ("extends: baseline\nevents: {e: {when: 2025Q1, effects: {weather: 1}}}\n", "weather"),
    "deep nesting": ("title: " + "[" * 5000 + "]" * 5000 + "\n", ""),
    "deep mappings": ("".join(f"{' ' * n}a:\n" for n in range(400)), ""),
    "an escape code": ('extends: baseline\ntitle: "\\e[31mred"\n', "control character"),
    "shares of theories": ("theory: {chung-2024: 0.5, lowy-2023: 0.6}\n", "1.1"),
}
BOMB = "a0: &a0 [x, x, x, x, x, x, x, x]\n" + "".join(
    f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 8)}]\n" for n in range(1, 12)
)


@pytest.mark.parametrize("what", FILES)
@pytest.mark.parametrize("command", ["check", "run", "story"])
def test_files(what: str, command: str, call, write, here: Path) -> None:
    text, says = FILES[what]
    path = write("s.yaml", text)
    ended = call(command, path)
    ended.refused(says, "s.yaml")
    assert "nothing was run" in ended.err
    assert [p.name for p in here.iterdir()] == ["s.yaml"]


def test_an_alias_bomb_is_refused_at_once(call, write) -> None:
    began = time.monotonic()
    call("run", write("bomb.yaml", BOMB)).refused("bomb.yaml")
    assert time.monotonic() - began < 60


@pytest.mark.parametrize("how", ["binary", "nul", "utf-16", "latin-1", "100 MB", "folder", "pipe", "device", "absent"])
def test_files_that_are_no_text(how: str, call, here: Path) -> None:
    path = here / "s.yaml"
    match how:
        case "binary":
            path.write_bytes(bytes(range(256)) * 64)
        case "nul":
            path.write_bytes(b"title: a\0b\n")
        case "utf-16":
            path.write_text("title: a\n", encoding="utf-16")
        case "latin-1":
            path.write_text("title: é\n", encoding="latin-1")
        case "100 MB":
            path.touch()
            os.truncate(path, 100_000_000)
        case "folder":
            path.mkdir()
        case "pipe":
            os.mkfifo(path)
        case "device":
            path.symlink_to("/dev/zero")
    began = time.monotonic()
    for command in ("check", "run"):
        call(command, path).refused("s.yaml")
    assert time.monotonic() - began < 60


def test_every_error_is_told_at_once_sorted_by_line(call, write) -> None:
    ended = call("check", write("s.yaml", "extends: baseline\nenvironment: {x: 1}\ndraws: no\nclaims: [Z1]\n"))
    ended.refused("s.yaml:2:", "s.yaml:3:", "s.yaml:4:", "3 errors in")
    places = [ended.err.index(f"s.yaml:{line}:") for line in (2, 3, 4)]
    assert places == sorted(places)


def test_errors_of_several_files_are_told_together(call, write) -> None:
    write("a.yaml", "draws: no\n")
    write("b.yaml", "quarters: no\n")
    ended = call("check", "a.yaml", "baseline", "b.yaml")
    assert ended.code == 2 and "a.yaml:1" in ended.err and "b.yaml:1" in ended.err
    assert ended.out == "baseline: fine\n"


OPTIONS = {
    "no draws": (["run", "baseline", "--draws", "0"], "at least 1"),
    "negative draws": (["run", "baseline", "--draws", "-5"], "at least 1"),
    "no replicates": (["run", "baseline", "--replicates", "0"], "at least 1"),
    "draws in words": (["run", "baseline", "--draws", "many"], "--draws"),
    "too many runs": (["run", "baseline", "--draws", "999999999", "--replicates", "99"], "50,000,000"),
    "no jobs": (["run", "baseline", "-j", "0"], "-j 0"),
    "negative jobs": (["run", "baseline", "-j", "-2"], "-j -2"),
    "jobs in words": (["run", "baseline", "-j", "all"], "-j all"),
    "too many jobs": (["run", "baseline", "-j", "9999999"], "-j 9999999"),
    "a negative seed": (["run", "baseline", "--seed", "-1"], "--seed -1"),
    "a huge seed": (["run", "baseline", "--seed", str(2**63)], "--seed"),
    "a seed in words": (["run", "baseline", "--seed", "lucky"], "--seed"),
    "an unknown executor": (["run", "baseline", "--executor", "thread"], "did you mean 'threads'"),
    "a cluster without an address": (["run", "baseline", "--executor", "dask"], "--scheduler"),
    "an address without a cluster": (["run", "baseline", "--scheduler", "tcp://127.0.0.1:1"], "--executor dask"),
    "an unknown backend": (["run", "baseline", "--backend", "torch"], "numpy, llvm"),
    "an unknown precision": (["run", "baseline", "--backend", "llvm", "--precision", "half"], "double, single"),
    "single precision of numpy": (
        ["run", "baseline", "--backend", "numpy", "--precision", "single"],
        "it computes in: double",
    ),
    "a part that is none": (["run", "baseline", "--part", "5/4"], "--part 5/4"),
    "part 0": (["run", "baseline", "--part", "0/4"], "--part 0/4"),
    "a part in words": (["run", "baseline", "--part", "half"], "--part half"),
    "a part that is not saved": (["run", "baseline", "--part", "1/4", "--no-save"], "--no-save"),
    "more parts than blocks": (["run", "baseline", "--part", "1/4", "--draws", "2", "--replicates", "2"], "1 block"),
    "resume: nothing": (["resume", "nowhere"], "nowhere"),
    "extend: nothing": (["extend", "nowhere", "--draws", "9"], "nowhere"),
    "merge: nothing": (["merge", "nowhere", "-o", "out"], "nowhere"),
    "merge: no folders": (["merge", "-o", "out"], ""),
    "an unknown scenario": (["run", "baselin"], "did you mean 'baseline'"),
    "a scenario from outside": (["run", "../../etc/passwd"], ""),
    "an unknown option": (["run", "baseline", "--frobnicate"], "--frobnicate"),
    "an unknown command": (["frobnicate"], "frobnicate"),
    "no scenario": (["run"], "SCENARIO"),
    "set without a value": (["run", "baseline", "--set", "ukraine_war"], "="),
    "set of nothing known": (["run", "baseline", "--set", "ukraine_wr=1"], "did you mean 'ukraine_war'"),
    "set out of range": (["run", "baseline", "--set", "ukraine_war=7"], "0 to 1"),
    "exclusive events": (["run", "trump_loses", "--with", "trump_win"], "trump_elected"),
    "with an unknown scenario": (["run", "baseline", "--with", "nosuch"], "nosuch"),
    "a parameter that overflows": (["run", "baseline", "--set", "rationality.PRK=1e999"], "rationality.PRK"),
    "story: no address": (["story", "baseline", "--run", "5"], "--run 5"),
    "story: negative": (["story", "baseline", "--run", "-1.0"], "--run -1.0"),
    "story: huge": (["story", "baseline", "--run", "99999999999.0"], "--run"),
    "story: negative seed": (["story", "baseline", "--seed", "-1"], "--seed -1"),
    "story: huge seed": (["story", "baseline", "--seed", str(2**70)], "--seed"),
    "story: unknown": (["story", "nosuch"], "nosuch"),
    "compare: an unknown backend": (["compare", "baseline", "trump_win", "--backend", "torch"], "numpy, llvm"),
    "compare: one": (["compare", "baseline"], "at least two"),
    "compare: none": (["compare"], ""),
    "compare: unknown outcome": (["compare", "baseline", "trump_win", "--outcome", "us_prk_sumit"], "us_prk_summit"),
    "compare: two forms": (["compare", "baseline", "trump_win", "--json", "--markdown"], "exclude each other"),
    "compare: a place there is not": (["compare", "baseline", "trump_win", "-o", "/proc/no/where"], "cannot write"),
    "compare: no draws": (["compare", "baseline", "trump_win", "--draws", "0"], "at least 1"),
    "vitals: no draws": (["vitals", "baseline", "--draws", "0"], "at least 1"),
    "show: unknown": (["show", "nosuch"], "nosuch"),
    "show: unknown other": (["show", "baseline", "--diff", "nosuch"], "nosuch"),
    "check: nothing": (["check"], ""),
    "new: not a name": (["new", "a?b"], "not a name"),
    "new: unknown parent": (["new", "mine", "--from", "nosuch"], "nosuch"),
    "new: no such folder": (["new", "nowhere/mine"], "cannot write"),
}


@pytest.mark.parametrize("what", OPTIONS)
def test_options(what: str, call, here: Path) -> None:
    words, says = OPTIONS[what]
    call(*words).refused(says)
    assert list(here.iterdir()) == []


def test_new_never_overwrites(call, write) -> None:
    path = write("mine.yaml", "title: precious\n")
    call("new", "mine").refused("exists already")
    call("new", "mine.yaml").refused("exists already")
    assert path.read_text() == "title: precious\n"


@pytest.mark.parametrize("source", ["empty", "file.txt", "broken"])
def test_a_story_of_what_is_no_result(source: str, call, write, here: Path) -> None:
    (here / "empty").mkdir()
    write("file.txt", "hello\n")
    write("broken/manifest.json", "{}")
    call("story", here / source).refused(source)


def test_a_run_outside_a_result(call) -> None:
    call("run", "baseline", "--draws", "3", "--replicates", "2", "-o", "r", "--no-figures")
    for address in ("3.0", "0.2", "900000000.0"):
        call("story", "r", "--run", address).refused(f"--run {address}", "0 to 2")
    call("story", "r", "--set", "ukraine_war=0").refused("finished result")


def test_a_result_of_another_model_is_not_replayed(call, here: Path) -> None:
    import json

    call("run", "baseline", "--draws", "1", "--replicates", "1", "-o", "r", "--no-figures")
    path = here / "r" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"model_sha256": "0" * 64}))
    call("story", "r").refused("another version")


def test_a_fault_of_the_program_is_no_traceback_either(call, monkeypatch: pytest.MonkeyPatch) -> None:
    from triangle_sim.montecarlo import fill as module

    def fault(*_: object, **__: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr(module, "compute", fault)
    ended = call("run", "baseline", "--draws", "1", "--no-save")
    assert ended.code == 1 and "RuntimeError: first line" in ended.err and "Traceback" not in ended.err
    monkeypatch.setenv("TRIANGLE_SIM_DEBUG", "1")
    with pytest.raises(RuntimeError):
        call("run", "baseline", "--draws", "1", "--no-save")
