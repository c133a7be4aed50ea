"""`calibrate` at the command line: what it says, what it writes, what it refuses."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd
import pytest

from triangle_sim.cli.calibrating import answer_of

from .conftest import Call

SMALL = ("--members", "50", "--replicates", "2", "--steps", "1", "--only", "2012", "--until", "2012=2013")
ONE = ("--theory", "chung-2024", "--backend", "numpy")


def test_it_answers_first_and_keeps_the_ensemble(call: Call, here: Path) -> None:
    done = call("calibrate", *SMALL, *ONE, "-o", "mine.parquet")
    assert done.code == 0 and done.out.lstrip().startswith("Under chung-2024 the record is missed by ")
    assert "A model, not a forecast" in " ".join(done.out.split())
    frame = pd.read_parquet(here / "mine.parquet")
    assert len(frame) == 50 and {"theory", "member", "legacy"} <= set(frame.columns)


def test_what_it_writes_is_what_json_tells(call: Call, here: Path) -> None:
    found = json.loads(call("calibrate", *SMALL, *ONE, "--json", "-o", "mine.parquet").out)
    frame = pd.read_parquet(here / "mine.parquet")
    sizes = {row["parameter"]: row["fitted"] for row in found["sizes"]}
    assert sizes["legacy"] == pytest.approx(frame["legacy"].mean(), rel=1e-5)
    assert {row["record_speaks"] for row in found["claims"]} <= {"for more", "for less", "against", "nothing"}


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("--only", "2013"), ("no episode '2013'", "did you mean '2012'")),
        (("--until", "2012"), ("not EPISODE=YEAR", "as in --until 2012=2019")),
        (("--until", "2012=2012"), ("runs from 2012 to 2024", "give 2013 to 2024")),
        (("--theory", "lowy"), ("unknown theory 'lowy'", "did you mean 'lowy-2023'")),
        (("--holdout", "--only", "2012"), ("--holdout chooses for itself",)),
    ],
)
def test_what_cannot_be_fitted_is_one_error(call: Call, words: tuple[str, ...], says: tuple[str, ...]) -> None:
    call("calibrate", *words).refused(*says)


@pytest.mark.parametrize("command", [("calibrate", "-o", "taken/x.parquet"), ("hindcast", "2012", "-o", "taken")])
def test_a_place_that_cannot_be_written_is_told_before_the_work(
    command: tuple[str, ...], call: Call, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "taken").write_text("a file")
    for module, name in (("calibrate", "calibrate"), ("hindcast", "hindcast")):
        monkeypatch.setattr(f"triangle_sim.record.{module}.{name}", lambda *_, **__: pytest.fail("it has begun"))
    done = call(*command)
    assert done.code == 2 and "taken" in done.err and "Traceback" not in done.err


def test_the_answer_counts_tests() -> None:
    """Two tests of made-up scores: better than judgement in one, at most 0.8 of the walk in one."""
    rows = [("record", "both", 0.1, 0.7, 0.9), ("judgement", "both", 0.2, 1.4, 0.8), ("record", "a", 0.1, 0.7, 0.5)]
    rows += [("record", "both", 0.3, 0.9, 0.85), ("judgement", "both", 0.2, 0.6, 0.8)]
    text = answer_of(pd.DataFrame(rows, columns=["sizes", "theory", "crps", "ratio", "held_90"]))
    assert "in 1 of 2 tests" in text and "in 1; their 90 % bands hold 85% to 90%" in text
