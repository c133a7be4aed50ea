"""The benchmarks run, and what they report is what they found."""

from __future__ import annotations

import json
import re
import shutil
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


@pytest.mark.long
def test_start_up_is_measured(tmp_path: Path) -> None:
    """The smallest rehearsal, from the command line to the files: parts add up to about the whole."""
    done = execute("--quick", "--only", "startup", "--out", str(tmp_path))
    assert done.returncode == 0, done.stderr[-3000:]
    assert sorted(path.suffix for path in tmp_path.iterdir()) == [".json", ".md", ".png"]
    (store,) = tmp_path.glob("*.json")
    found = json.loads(store.read_text(encoding="utf-8"))
    assert found["machine"]["cores"] >= 1
    part = found["parts"]["startup"]
    runs = {"run of 10 futures", "run of 10 futures, llvm"}
    assert {"--help", "run of 10 futures, llvm, compiled first"} | runs <= set(part["seconds"])
    assert set(part["parts"]) == runs
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


@pytest.mark.parametrize("lacking", ["", "llvm"])
def test_results_that_lack_rows_are_shown(tmp_path: Path, lacking: str) -> None:
    """Table and figure of stored results without some contestants: all that says nothing of them is still there."""
    script = f"""
import json, pathlib, figure, report

def pruned(part):
    if not isinstance(part, dict):
        return part
    return {{name: pruned(each) for name, each in part.items() if not {lacking!r} or {lacking!r} not in name}}

store, *_ = sorted(pathlib.Path({str(FOLDER / "results")!r}).glob("*.json"))
found = json.loads(store.read_text())
left = found | {{"parts": pruned(found["parts"])}}
figure.draw(left, pathlib.Path({str(tmp_path / "figure.png")!r}))
print(json.dumps([report.tables(found), report.tables(left)]))
"""
    kinds = ("| worlds", "| futures", "| stepping")
    whole, left = ({row for row in text.splitlines() if row.startswith(kinds)} for text in asked(script))
    assert left == {row for row in whole if not lacking or lacking not in row}
    assert len(left) > 10
    assert (tmp_path / "figure.png").stat().st_size > 10_000


@pytest.mark.parametrize(("found", "met"), [(0.84, "**no**"), (0.85, "yes")])
def test_what_is_asked_is_compared_with_what_was_found(found: float, met: str) -> None:
    """The row of parallel efficiency, below and at the mark."""
    numpy = {"efficiency": {"4": dict.fromkeys(("median", "min", "max"), found)}}
    script = f"import json, report; print(json.dumps(report._asked({{'allcores': {{'numpy': {numpy!r}}}}}, 4)))"
    (row,) = (line for line in asked(script).splitlines() if "efficiency" in line)
    assert row.endswith(f"| at least 0.85 | {met} |")


@pytest.mark.long
def test_contestants_do_what_they_are_timed_for() -> None:
    """Compiled worlds, futures with their share of random numbers, and LLVM's program in two worlds at once."""
    script = """
import json
from contestants import CONTESTANTS

def go(name, **options):
    return next(CONTESTANTS[name](**options))()

print(json.dumps([
    go("llvm_worlds", precision="single"),
    go("futures", backend="numpy", runs=100),
    go("futures", backend="llvm", runs=100),
    go("llvm_program", worlds=2),
    next(CONTESTANTS["outcomes"](jobs=2))(runs=100),
]))
"""
    (worlds, _), numpy, llvm, (both, _), (alone, _) = asked(script)
    assert (worlds, numpy[0], llvm[0], both, alone) == (1024, 100, 100, 2048, 100)
    assert 0 < numpy[1]["random"] < 1
    assert llvm[1]["random"] < 1


@pytest.mark.long
def test_random_numbers_made_again_change_nothing() -> None:
    """LLVM's program that makes them many times over differs in nothing but that: states are the same to the bit."""
    script = """
import json, luck
import triangle_sim as ts
from asked import SCENARIO
from triangle_sim.backends.llvm.program import program
from triangle_sim.backends.llvm.machine import native
from triangle_sim.model.prepared import prepared_for

prepared, texts = prepared_for(ts.load(SCENARIO)), []
with luck.many_times_over():
    texts.append(program(prepared, native(), 64).text)
texts.append(program(prepared, native(), 64).text)
(once, first), (again, second) = luck.once_and_again(ts.load(SCENARIO), "double")
once(), again()
same = [bool((a.state == b.state).all() and (a.moves == b.moves).all()) for a, b in zip(first, second, strict=True)]
print(json.dumps([luck.MORE, [text.count("call void @uniform") for text in texts], same, first[0].state[-1].std()]))
"""
    more, calls, same, variation = asked(script)
    assert calls == [1 + more, 1]
    assert same == [True, True]
    assert variation > 0


@pytest.mark.long
@pytest.mark.skipif(shutil.which("node") is None, reason="there is no Node here")
def test_the_program_for_a_browser_is_timed_beside_the_native_one() -> None:
    done = subprocess.run([sys.executable, str(FOLDER / "browser.py"), "--quick"], capture_output=True, text=True)
    found = re.fullmatch(
        r"baseline: ([\d,]+) futures a second in Node, ([\d,]+) native, ([\d.]+) times .*\n", done.stdout
    )
    assert found, done.stderr[-3000:]
    browser, native = (float(each.replace(",", "")) for each in found.groups()[:2])
    assert native / browser == pytest.approx(float(found[3]), abs=0.06)
