"""Lines in a terminal's columns: narrow text as Python's own textwrap fills it, wide text within the same width."""

from __future__ import annotations

import textwrap
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from triangle_sim.cli.columns import NARROWEST, WIDTH, pad, wrap

WORD = st.text("a북é-", min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(st.lists(WORD, max_size=30))
def test_no_line_is_wider_and_no_word_is_lost(words: list[str]) -> None:
    lines = wrap(" ".join(words), "  ", "    ").splitlines()
    assert " ".join(lines).split() == words
    assert all(cell_len(line) <= WIDTH for line in lines)
    for line, after in pairwise(lines):
        assert cell_len(f"{line} {after.split()[0]}") > WIDTH, "a line takes what it can"


@settings(max_examples=50, deadline=None)
@given(st.lists(st.text("aé-", min_size=1, max_size=30), max_size=30))
def test_narrow_text_is_filled_as_ever(words: list[str]) -> None:
    text = " ".join(words)
    assert wrap(text, "", "") == textwrap.fill(text, WIDTH, break_long_words=False, break_on_hyphens=False)


def test_a_narrow_terminal_has_short_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "북한 is told by China, Russia and the United States " * 5
    for columns, widest in (("40", 40), ("200", WIDTH), ("3", NARROWEST), ("nonsense", WIDTH)):
        monkeypatch.setenv("COLUMNS", columns)
        assert widest - 8 < max(map(cell_len, wrap(text).splitlines())) <= widest, columns


def test_columns_of_a_table_stand_below_each_other() -> None:
    assert {cell_len(pad(text, 10)) for text in ("", "bloc", "진영", "한 진영")} == {10}
