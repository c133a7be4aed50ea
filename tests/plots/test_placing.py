"""Text is broken and cut where its measure says so; labels are kept apart."""

from __future__ import annotations

import pytest

from triangle_sim.plots.placing import first_that_fits, keep_apart, text_width, wrap

TEXT = "WAVE To. AVATAR Yo, fi ffl “Ta” · 500 draws × 20 replicates, seed 1 · Ménage à trois, 35 % (32–38) " * 2


@pytest.mark.parametrize(("size", "bold"), [(8.0, False), (13.0, True)])
@pytest.mark.parametrize("inches", [1.5, 2.0, 3.7, 9.0])
def test_lines_are_broken_where_measuring_them_says_so(size, bold, inches):
    """In as few lines as there can be, nearly, and about equally long."""
    rows = wrap(TEXT, inches, size, bold, 99).split("\n")
    assert " ".join(rows) == TEXT.strip()
    widths = [text_width(row, size, bold) for row in rows]
    assert max(widths) <= inches
    assert len(rows) <= 1.4 * text_width(TEXT, size, bold) / inches + 1
    assert len(rows) == 1 or min(widths) > 0.3 * inches


def test_what_does_not_fit_ends_in_an_ellipsis():
    assert wrap("short", 4.0, 9.0) == "short" and wrap("", 4.0, 9.0) == ""
    rows = wrap(TEXT, 2.0, 9.0, lines=2).split("\n")
    assert len(rows) == 2 and rows[-1].endswith("…") and max(text_width(row, 9.0) for row in rows) <= 2.0
    assert TEXT.startswith(" ".join(rows).removesuffix("…"))


def test_the_first_text_that_fits_is_chosen():
    texts = ["a long text\nin two lines", "a long text", "short"]
    assert [first_that_fits(texts, wide, high) for wide, high in ((2, 1), (2, 0.2), (0.5, 1), (0.1, 1))] == [*texts, ""]


def test_labels_are_kept_apart_near_where_they_belong():
    assert keep_apart([0.1, 0.5, 0.9], 0.2, 0.0, 1.0) == pytest.approx([0.1, 0.5, 0.9])
    assert keep_apart([0.5, 0.5, 0.1], 0.2, 0.0, 1.0) == pytest.approx([0.4, 0.6, 0.1])
    assert keep_apart([0.95, 1.0], 0.2, 0.0, 1.0) == pytest.approx([0.8, 1.0])
    assert keep_apart([0.0, 0.0, 0.0], 2.0, 0.0, 1.0) == pytest.approx([0.0, 0.5, 1.0])
