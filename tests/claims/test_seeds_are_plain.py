"""The seeds mean the same to the fast loader and to the strict one, and know nothing of later than the articles."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.resources import data_dir, read_yaml
from triangle_sim.scenario.read.strict_yaml import load_file

FILES = sorted([*data_dir("seeds").rglob("*.yaml"), *data_dir("scenarios").glob("*.yaml")])
CUT_OFF = date(2024, 8, 13)
DEFAULTS = [
    data_dir("seeds") / "facts" / "2024Q3.yaml",
    data_dir("seeds") / "facts" / "record.yaml",
    *sorted((data_dir("seeds") / "theories").glob("*.yaml")),
    data_dir("scenarios") / "baseline.yaml",
]
MONTHS = list(calendar.month_name)[1:]
DAY = re.compile(r"\b((?:19|20)\d\d)-(0[1-9]|1[0-2])(?:-(\d\d))?\b")
WORDS = re.compile(rf"\b(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) ((?:19|20)\d\d)\b")
YEAR = re.compile(r"(?<![\d-])((?:19|20)\d\d)(?![\d-])")
AHEAD = {"when", "window", "from", "until", "title", "groups", "url"}
"""Keys whose dates are no knowledge of the world: when an event may come, what it is called, an address."""


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_the_fast_loader_reads_what_the_strict_one_reads(path: Path) -> None:
    assert read_yaml(path) == load_file(path).data


def texts(value: Any, retrospective: bool = False) -> Iterator[str]:
    """All words of a file in which something may be said of the world."""
    if isinstance(value, dict):
        retrospective = "retrospective" in value  # a running list that says itself up to when it is used
        for key, item in value.items():
            if str(key) not in AHEAD and not (retrospective and key == "date"):
                yield from texts(item, retrospective)
    elif isinstance(value, list):
        for item in value:
            yield from texts(item)
    elif isinstance(value, str):
        yield value


def latest(text: str) -> Iterator[date]:
    """The earliest day that each date in a text can mean."""
    for year, month, day in DAY.findall(text):
        yield date(int(year), int(month), int(day or 1))
    for day, month, year in WORDS.findall(text):
        yield date(int(year), MONTHS.index(month) + 1, int(day or 1))
    for year in YEAR.findall(text):
        yield date(int(year), 1, 1)


@pytest.mark.parametrize("path", DEFAULTS, ids=lambda path: path.name)
def test_no_default_rests_on_what_came_after_the_articles(path: Path) -> None:
    comments = [line.partition("#")[2] for line in path.read_text(encoding="utf-8").splitlines() if "#" in line]
    for text in [*texts(read_yaml(path)), *comments]:
        late = [day for day in latest(text) if day > CUT_OFF]
        assert not late, f"{path.name}: {text!r} speaks of {late[0]}"


def test_the_date_finder_finds_dates() -> None:
    assert list(latest("signed on 14 August 2024, see 2024-09; in 2025 again")) == [
        date(2024, 9, 1), date(2024, 8, 14), date(2024, 1, 1), date(2025, 1, 1),
    ]  # fmt: skip
