"""Text is broken and cut where its measure says so; labels are kept apart."""

from __future__ import annotations

import pytest

from triangle_sim.plots.placing import keep_apart, shorten, text_width, wrap

TEXT = "WAVE To. AVATAR Yo, fi ffl “Ta” · 500 draws × 20 replicates, seed 1 · Ménage à trois, 35 % (32–38) " * 2


@pytest.mark.parametrize(("size", "bold"), [(8.0, False), (13.0, True)])
def test_lines_are_broken_where_measuring_them_says_so(size, bold):
    """As many words a line as fit, and no more."""
    words = TEXT.split()
    for inches in (1.2, 2.0, 3.7, 9.0):
        lines = wrap(TEXT, inches, size, bold, lines=99)
        assert " ".join(lines) == " ".join(words)
        for line, following in zip(lines, [*lines[1:], None], strict=True):
            assert text_width(line, size, bold) <= inches
            assert following is None or text_width(f"{line} {following.split()[0]}", size, bold) > inches


def test_what_does_not_fit_ends_in_an_ellipsis():
    for inches in (0.6, 1.5, 4.0):
        text = shorten(TEXT, inches, 9.0)
        kept = text.removesuffix("…")
        assert text.endswith("…") and TEXT.startswith(kept) and text_width(text, 9.0) <= inches
        more = TEXT[: len(kept) + 4]  # what is stripped before the ellipsis is three characters at the most
        assert text_width(f"{more}…", 9.0) > inches
    assert shorten("short", 4.0, 9.0) == "short"
    assert len(wrap(TEXT, 2.0, 9.0, lines=2)) == 2 and wrap(TEXT, 2.0, 9.0, lines=2)[-1].endswith("…")


def test_labels_are_kept_apart_near_where_they_belong():
    assert keep_apart([0.1, 0.5, 0.9], 0.2, 0.0, 1.0) == [0.1, 0.5, 0.9]
    assert keep_apart([0.5, 0.5, 0.1], 0.2, 0.0, 1.0) == pytest.approx([0.4, 0.6, 0.1])
    assert keep_apart([0.95, 1.0], 0.2, 0.0, 1.0) == pytest.approx([0.8, 1.0])
    assert keep_apart([0.0, 0.0, 0.0], 2.0, 0.0, 1.0) == pytest.approx([0.0, 0.5, 1.0])
