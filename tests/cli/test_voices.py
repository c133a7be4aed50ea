"""Theories on the command line: from `new --theory` to a saved result that needs no file but its own."""

from __future__ import annotations

import json
import re
from functools import partial
from pathlib import Path

import pandas as pd
import pytest

from triangle_sim.analysis.voices import voices
from triangle_sim.montecarlo.result import read

from .conftest import Call

SMALL = ("--draws", "12", "--replicates", "1", "--backend", "numpy", "--set", "quarters=3", "--no-figures")
MINE = "name: mine\nextends: lowy-2023\npriors:\n  cost.PRK.test_missile: {prior: 2, claims: [judgement]}\n"


def test_a_new_theory_checks_and_states_one_number(call: Call, here: Path) -> None:
    made = call("new", "--theory", "my_view")
    assert made.code == 0 and made.out == "my_view.yaml\n" and [p.name for p in here.iterdir()] == ["my_view.yaml"]
    assert call("check", "my_view.yaml").out == "my_view.yaml: fine\n"
    rows = json.loads(call("show", "my_view.yaml", "--json").out)
    assert len(rows) == 1 and rows[0]["claims"] == "judgement"


def test_what_is_commented_out_is_right_too(call: Call, here: Path) -> None:
    """Take away every '#' before a number, and it still checks."""
    call("new", "--theory", "my_view")
    text = Path("my_view.yaml").read_text(encoding="utf-8")
    Path("my_view.yaml").write_text(text.replace("  # weight.", "  weight.").replace("  # effect.", "  effect.")
                                    .replace("  # driver.", "  driver."), encoding="utf-8")  # fmt: skip
    assert call("check", "--strict", "my_view.yaml").code == 0
    assert len(json.loads(call("show", "my_view.yaml", "--json").out)) > 25


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("both",), "tables call all draws together"),
        (("lowy-2023",), "a bundled theory is called"),
        (("2nd",), "beginning with a letter"),
        (("there",), "there.yaml exists already"),
        (("x", "--from", "baseline"), "'extends:'"),
        (("no/such/folder",), "cannot write"),
    ],
)
def test_a_theory_that_cannot_be_made(words: tuple[str, ...], says: str, call: Call, write) -> None:
    write("there.yaml", "a: 1\n")
    call("new", "--theory", *words).refused(says)


def test_a_result_needs_no_file_but_its_own(call: Call, write, here: Path) -> None:
    """It carries the theory: told, made larger and run again, with the file gone."""
    file = write("my/mine.yaml", MINE)
    theory = ("--set", "theory={my/mine.yaml: 0.5, chung-2024: 0.25, lowy-2023: 0.25}")
    first = call("run", "baseline", *theory, *SMALL, "-o", "first")
    assert first.code == 0 and "sizes fitted under lowy-2023" in first.err and "mine" in first.out
    file.unlink()
    assert call("run", "first/scenario.yaml", *SMALL, "-o", "second").code == 0
    pd.testing.assert_frame_equal(read("first").runs, read("second").runs)
    assert set(read("first").runs["theory"]) == {"mine", "chung-2024", "lowy-2023"}
    assert read("first").manifest["scenario_sha256"] == read("second").manifest["scenario_sha256"]
    assert "under the theory" in call("story", "first", "--run", "0.0").out
    assert call("extend", "first", "--draws", "14", "--no-figures").code == 0


def test_another_text_of_the_theory_is_another_run(call: Call, write, here: Path) -> None:
    write("mine.yaml", MINE)
    words = ("run", "baseline", "--set", "theory=mine.yaml", *SMALL, "-o", "out")
    assert call(*words).code == 0
    manifest = Path("out/manifest.json")
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"complete"', '"running"'), encoding="utf-8")
    write("mine.yaml", MINE.replace("prior: 2", "prior: 3"))
    call(*words).refused("another kind", "theories.mine.priors.cost.PRK.test_missile 2.0 against 3.0")


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few draws, and no compiler: what is told is looked at, not what is found."""
    monkeypatch.setattr("triangle_sim.cli.voices.voices", partial(voices, draws=20, backend="numpy"))


@pytest.mark.usefixtures("few")
def test_two_voices_are_told_apart(call: Call, write) -> None:
    write("mine.yaml", MINE)
    told = call("show", "mine.yaml", "--diff", "lowy-2023", "--set", "quarters=2")
    assert told.code == 0 and told.out.startswith("lowy-2023 and mine state different priors for 1 number.")
    assert "cost.PRK.test_missile" in told.out and "A model, not a forecast." in told.out
    assert max(map(len, told.out.splitlines())) <= 120
    data = json.loads(call("show", "mine.yaml", "--diff", "lowy-2023", "--set", "quarters=2", "--json").out)
    assert (data["from"], data["to"]) == ("lowy-2023", "mine") and data["numbers"][0]["mine"] == "2"


@pytest.mark.usefixtures("few")
def test_scenarios_with_different_theories_say_what_of_it_matters(call: Call, write) -> None:
    write("mine.yaml", MINE)
    write("a.yaml", "extends: baseline\nquarters: 2\ntheory: lowy-2023\n")
    write("b.yaml", "extends: baseline\nquarters: 2\ntheory: mine.yaml\n")
    told = call("show", "b.yaml", "--diff", "a.yaml").out
    assert "theories.mine.priors.cost.PRK.test_missile" in told and "state different priors for 1 number" in told


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("show", "lowy-2023", "--diff", "baseline"), "is a theory and 'baseline' a scenario"),
        (("show", "lowy-2023", "--diff", "lowy-2023"), "both theories are called"),
        (("show", "lowy-2023", "--yaml"), "--yaml is for scenarios"),
        (("run", "mine.yaml"), "this is a theory, not a scenario"),
        (("check", "wrong.yaml"), "wrong.yaml:2:3: error: unknown parameter"),
    ],
)
def test_what_cannot_be_asked_of_a_theory(words: tuple[str, ...], says: str, call: Call, write) -> None:
    write("mine.yaml", MINE)
    write("wrong.yaml", "priors:\n  weight.PRK.suply: {prior: 1}\n")
    call(*words).refused(says)


def test_the_example_of_the_page_runs(call: Call, write) -> None:
    """Its theory and its scenario, word for word."""
    page = (Path(__file__).resolve().parents[2] / "docs" / "theories.md").read_text(encoding="utf-8")
    files = re.findall(r"^```yaml\n# (\S+)\n(.*?)^```", page, re.DOTALL | re.M)
    assert [write(name, text).name for name, text in files] == ["patient.yaml", "three_voices.yaml"]
    assert call("check", "--strict", *(name for name, _ in files)).code == 0
    ended = call("run", files[1][0], *SMALL, "--no-save")
    assert ended.code == 0 and "patient-2024" in ended.out
