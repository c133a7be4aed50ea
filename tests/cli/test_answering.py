"""What `run` prints first: the question and its answer, in words that say what the numbers say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from triangle_sim.analysis.answer_words import change, verdict_in_words
from triangle_sim.analysis.answers.answers import Answered, Compared
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.montecarlo.folder.contents import ANSWERS

from .conftest import Call

SMALL = ("--draws", "12", "--replicates", "2", "--no-figures", "--set", "quarters=5")


def compared(value: float, low: float, high: float) -> Compared:
    return Compared(Estimate(0.5, 0.4, 0.6, 100), 0.5 - value, Estimate(value, low, high, 100))


UP, DOWN, NEITHER = compared(0.13, 0.1, 0.16), compared(-0.05, -0.08, -0.02), compared(0.01, -0.02, 0.04)


@pytest.mark.parametrize(
    ("kind", "expected", "chung", "lowy", "says"),
    [
        ("share", "more", UP, UP, "more often under both theories, as expected"),
        ("share", "less", UP, UP, "more often under both theories, against what was expected"),
        ("share", None, DOWN, DOWN, "less often under both theories"),
        ("number", "more", NEITHER, NEITHER, "no clear difference under both theories"),
        ("number", "more", UP, NEITHER, "more under Chung, no clear difference under Lowy"),
        ("quarter", "more", DOWN, UP, "sooner under Chung, later under Lowy"),
    ],
)
def test_the_verdict(kind: str, expected: str | None, chung: Compared, lowy: Compared, says: str) -> None:
    views = {"all": UP, "chung-2024": chung, "lowy-2023": lowy}
    assert verdict_in_words(Answered("Is it?", "x", kind, expected, views, {})) == says
    alone = Answered("Is it?", "x", kind, None, {"all": chung, "chung-2024": chung}, {})
    assert "theories" not in verdict_in_words(alone)


@pytest.mark.parametrize(
    ("gap", "kind", "says"),
    [
        ((0.13, 0.1, 0.16), "share", "+13 points [10, 16]"),
        ((-0.013, -0.021, -0.004), "share", "-1.3 points [-2.1, -0.4]"),
        ((0.16, 0.02, 0.3), "number", "+0.16 [0.02, 0.30]"),
        ((-0.006, -0.0115, -0.0003), "number", "-0.0060 [-0.0115, -0.0003]"),
        ((0.0, 0.0, 0.0), "share", "0.0 points [0.0, 0.0]"),
    ],
)
def test_a_difference_in_figures_that_count(gap: tuple[float, float, float], kind: str, says: str) -> None:
    """An interval that ends short of nothing does not seem to hold it."""
    assert change(compared(*gap), kind, unit=True) == says


@pytest.mark.parametrize("scenario", ["trump_win", "baseline"])
def test_the_page_opens_with_the_answer_and_fits_a_screen(scenario: str, call: Call) -> None:
    ended = call("run", scenario, *SMALL, "--no-save")
    lines = ended.out.splitlines()
    assert lines[1].endswith("?") and lines[3].split("? ")[0] in (
        "Does Kim get his summit",
        "Does it end under Moscow's shield",
    )
    assert len(lines) <= 46 and max(map(len, lines)) <= 120
    assert ("without (baseline)" in ended.out or "Never, with or without" in ended.out) == (scenario == "trump_win")
    assert "How sure:" in ended.out and "Chung: start" in ended.out


def test_without_its_reference(call: Call) -> None:
    ended = call("run", "trump_win", *SMALL, "--no-save", "--no-reference")
    assert ended.code == 0 and "without" not in ended.out and "compared with" not in ended.err


def test_as_data_it_says_the_same(call: Call, here: Path) -> None:
    data = json.loads(call("run", "trump_win", *SMALL, "--json", "-o", "r").out)
    assert (data["reference"], data["question"][:13]) == ("baseline", "If Trump wins")
    assert {row["theory"] for row in data["answers"]} == {"all", "chung-2024", "lowy-2023"}
    first = data["answers"][0]
    assert first["difference"] == pytest.approx(first["value"] - first["without"])
    begun = [row["at_start"] for row in data["endings"] if row["theory"] == "lowy-2023"]
    assert sum(begun) == pytest.approx(1.0) and data["how_sure"].startswith("How sure")
    manifest = json.loads((here / "r" / "manifest.json").read_text())
    assert manifest["reference"]["name"] == "baseline" and (here / "r" / ANSWERS).is_file()


def test_draws_until_the_answer_is_narrow_are_the_design_and_extending_gives_the_same(call: Call, here: Path) -> None:
    """What the manifest notes makes the result again."""
    ended = call("run", "trump_win", *SMALL, "--until", "30", "--backend", "numpy", "-o", "until")
    assert ended.code == 0, ended.err
    reached = json.loads((here / "until" / "manifest.json").read_text())["draws"]
    assert reached > 12 and f"{reached} draws: the interval is" in ended.err
    call("run", "trump_win", *SMALL, "--backend", "numpy", "-o", "extended")
    extended = call("extend", "extended", "--draws", reached, "--no-figures")
    assert extended.out == ended.out
    assert (here / "extended" / ANSWERS).read_bytes() == (here / "until" / ANSWERS).read_bytes()


def test_what_until_cannot_do(call: Call, write) -> None:
    call("run", "trump_win", "--until", "-1").refused("--until -1: not a width", "points")
    call("run", "trump_win", "--until", "3", "--part", "1/2").refused("--until", "--draws")
    write("s.yaml", "extends: baseline\nenvironment: {ukraine_war: 0.2}\n")
    call("run", "s.yaml", "--until", "3").refused("s has none", "answers:")


def test_a_folder_that_was_made_with_a_reference_forgets_it_when_it_is_replaced(call: Call, here: Path) -> None:
    call("run", "trump_win", *SMALL, "-o", "r")
    ended = call("run", "trump_win", *SMALL, "-o", "r", "--no-reference", "--force")
    assert ended.code == 0 and "without" not in ended.out
    assert "reference" not in json.loads((here / "r" / "manifest.json").read_text())
