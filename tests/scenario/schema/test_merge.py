"""How two trees merge: associative, names in one spelling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scenario.conftest import assert_error, quick
from scenario.fake import CATALOGUE
from scenario.strategies import patches
from triangle_sim.scenario.document import Source, tree
from triangle_sim.scenario.schema.merge import fold, grow, plain

Told = Callable[..., str]


@pytest.mark.parametrize(
    ("text", "line", "help"),
    [
        ("state: {'goodwill[RUS, KP]': 0, 'goodwill[RUS,PRK]': 0}",
         "1:33: error: 'goodwill[RUS,PRK]' is the same as 'goodwill[RUS, KP]' at line 1", "keep one of the two"),
    ],
)  # fmt: skip
def test_errors(told: Told, text: str, line: str, help: str) -> None:
    assert_error(told(text + "\n"), line, help)


@quick
@given(st.lists(patches(CATALOGUE), min_size=3, max_size=3))
def test_merging_is_associative(chain: list[dict[str, Any]]) -> None:
    a, b, c = (grow(tree(data, Source(name)))[0] for data, name in zip(chain, "abc", strict=True))
    left, right = fold([fold([a, b]), c]), fold([a, fold([b, c])])
    assert plain(left) == plain(right)
    assert left == right
