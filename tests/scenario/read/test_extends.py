"""Finding scenario files and what they extend: names, paths, circles, limits."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from scenario.conftest import assert_error, assert_warning, errors
from triangle_sim.errors import ScenarioError
from triangle_sim.scenario.load import load
from triangle_sim.scenario.read.compose import compose
from triangle_sim.scenario.read.extends import MAX_FILES

Told = Callable[..., str]
Write = Callable[..., Path]


def test_circles(write: Write) -> None:
    write("a.yaml", "extends: b\n")
    write("b.yaml", "draws: 60\nextends: ./c.yaml\n")
    write("c.yaml", "extends: a\n")
    assert errors("a.yaml") == (
        "c.yaml:1:10: error: 'extends' goes in a circle: a.yaml -> b.yaml -> c.yaml -> a.yaml\n"
        "     1 | extends: a\n"
        "       |          ^\n"
        "       = help: let it extend something else\n"
        "\n"
        "1 error in c.yaml; nothing was run."
    )
    write("self.yaml", "extends: ./self.yaml\n")
    assert "in a circle: self.yaml -> self.yaml" in errors("self.yaml")


def test_missing_parents(base: None, write: Write) -> None:
    write("child.yaml", "extends: bse\n")
    assert "child.yaml:1:10: error: no scenario 'bse' to extend" in errors("child.yaml")
    assert "did you mean 'base'?" in errors("child.yaml")
    write("child.yaml", "extends: [base, ./bas.yaml]\n")
    assert "child.yaml:1:17: error: cannot extend 'bas.yaml': no such file" in errors("child.yaml")
    assert "did you mean 'base.yaml'?" in errors("child.yaml")
    write("broken.yaml", "draws: [\n")
    write("child.yaml", "extends: [broken, nothing]\n")
    shown = errors("child.yaml")
    assert "broken.yaml:2:1: error:" in shown
    assert "child.yaml:1:19: error: no scenario 'nothing'" in shown


def test_very_long_chains(write: Write) -> None:
    for i in range(MAX_FILES + 2):
        write(f"s{i}.yaml", f"extends: s{i + 1}\n")
    assert f"s19.yaml:1:10: error: more than {MAX_FILES} files are involved" in errors("s0.yaml")


def test_paths_count_from_the_file_that_names_them(write: Write) -> None:
    write("deep/parent.yaml", "draws: 60\n")
    write("deep/child.yaml", "extends: ./parent.yaml\n")
    write("top.yaml", "extends: deep/child.yaml\n")
    assert load("top.yaml").draws == 60
    assert compose("top.yaml").files == ("deep/parent.yaml", "deep/child.yaml", "top.yaml")


def test_names_and_paths_of_scenarios(base: None, tmp_path: Path) -> None:
    assert load(tmp_path / "base.yaml").name == "base"
    assert "for the file beside you, write ./base.yaml" in errors("base")
    assert "no such file" in errors("none.yaml")
    assert "this is a directory" in errors("./")
    for odd in ("", "\0", "../\0.yaml", "x" * 5000 + ".yaml"):
        assert "nothing was run" in errors(odd)
    with pytest.raises(ScenarioError):
        load("./none.yaml")


@pytest.mark.parametrize(
    ("text", "line", "help"),
    [
        ("- a", "1:1: error: a scenario is a mapping of keys to values", "extends: baseline"),
        ("just text", "1:1: error: a scenario is a mapping of keys to values", "extends: baseline"),
        ("extends: [1]", "1:11: error: 'extends' takes the name or path of a scenario", "extends: baseline"),
    ],
)  # fmt: skip
def test_errors(told: Told, text: str, line: str, help: str) -> None:
    assert_error(told(text + "\n"), line, help)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("events:\n", "1:1: warning: nothing stands after 'events:', which deletes what the parents say of it"),
    ],
)  # fmt: skip
def test_warnings(told: Told, text: str, line: str) -> None:
    assert_warning(told(text + "\n"), line)


def test_long_names_are_one_short_error(write: Write) -> None:
    write("s.yaml", f"extends: {'x' * 20_000}\n")
    for name in ("x" * 10**7, "a/" * 10**6, "s.yaml"):
        shown = errors(name)
        assert len(shown) < 700, shown
        assert shown.count("error:") == 1


def test_the_number_of_files_and_their_size_together_are_bounded(write: Write) -> None:
    write("many.yaml", f"extends: [{', '.join(f'n{i}' for i in range(5000))}]\n")
    assert "many.yaml:1:1: error: 'extends' lists 5,000 scenarios, at most 20 are read" in errors("many.yaml")
    for i in range(25):
        write(f"n{i}.yaml", f"extends: [n{i + 1}, m{i + 1}]\n")
        write(f"m{i}.yaml", "draws: 60\n")
    assert "more than 20 files are involved" in errors("n0.yaml")
    for i in range(3):
        write(f"big{i}.yaml", "note: |\n" + "  some words\n" * 1800)
    write("s.yaml", "extends: [big0, big1, big2]\n")
    shown = errors("s.yaml")
    assert (
        "cannot extend 'big2.yaml': the file is too large: a scenario with all it extends may have 49,152 bytes"
        in shown
    )


def test_names_of_files_disturb_no_terminal(write: Write) -> None:
    write("a\x1b[31m.yaml", "draws: 0\n")
    write("b\x1b[31m.yaml", "draws: 70\nquarters: 3\n")
    write("c.yaml", "extends: ['./a\u200e.yaml', './a.yaml']\n")
    write("d.yaml", 'extends: ["./a\\u001b[31m.yaml", "./b.yaml"]\n')
    for name in ("./a\x1b[31m.yaml", "c.yaml", "d.yaml", "./a\x1b.yaml", "\x1b]0;x\x07"):
        shown = errors(name)
        assert "error" in shown
        assert "\x1b" not in shown and "\x07" not in shown and "\u200e" not in shown
