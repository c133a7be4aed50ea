"""Calendar quarters: they count like numbers, and other spellings are explained."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from triangle_sim.quarters import Quarter


@given(st.integers(0, 9000), st.integers(1, 4), st.integers(0, 400))
def test_quarters_count_like_numbers(year: int, number: int, n: int) -> None:
    quarter = Quarter(year, number)
    assert Quarter.parse(str(quarter)) == quarter
    assert (quarter + n) - quarter == n
    assert (quarter + n) - n == quarter
    assert (quarter < quarter + n) == (n > 0)


@pytest.mark.parametrize(
    ("text", "advice"),
    [("2024-Q3", "write 2024Q3"), ("Q3 2024", "write 2024Q3"), ("2024q3", "write 2024Q3"), ("3Q2024", "as in 2024Q3"),
     ("2024-08-13", "write 2024Q3"), ("2024-12", "write 2024Q4"), (2024, "write 2024Q1"), ("2024Q5", "quarters 1 to 4"),
     ("2024Q3\n", "write 2024Q3"), ("\u0662\u0660\u0662\u0664Q3", "as in 2024Q3"),
     (None, "as in 2024Q3"), (True, "as in 2024Q3")],
)  # fmt: skip
def test_other_spellings_of_quarters_are_explained(text: object, advice: str) -> None:
    with pytest.raises(ValueError, match=advice):
        Quarter.parse(text)
