"""Whether two moves met, in which order, and what the start looks like: on worlds made by hand."""

from __future__ import annotations

import numpy as np
import pytest

from outcomes.test_end_state import ENDINGS, WORLDS, ending
from outcomes.tiny import meet, world
from triangle_sim.errors import UsageError
from triangle_sim.montecarlo.occurrences import is_occurrence, occurrence


@pytest.mark.parametrize(
    ("summits", "deals", "ever", "led"),
    [([], [1], 0, 0), ([2], [], 1, 0), ([2], [2], 1, 0), ([3], [2], 1, 1), ([1, 4], [2], 1, 0), ([4], [0, 5], 1, 1)],
)
def test_one_leads_to_the_other_only_if_it_came_before(
    summits: list[int], deals: list[int], ever: int, led: int
) -> None:
    t = world(6, runs=2)
    meet(t, "us_prk_summit", summits, run=1)
    meet(t, "us_rus_deal", deals, run=1)
    assert occurrence(t, "met us_prk_summit").tolist() == [0, ever]
    assert occurrence(t, "met us_prk_summit after us_rus_deal").tolist() == [0, led]


@pytest.mark.parametrize("name", WORLDS)
def test_the_start_is_named_by_the_rules_of_the_end(name: str) -> None:
    """A future that stands still ends as it starts; one that moves is named by its first moment alone."""
    other = "bloc" if name != "bloc" else "abandonment"
    still = world(6, **WORLDS[name])
    moving = {k: [WORLDS[name].get(k, 0.0)] + [WORLDS[other].get(k, 0.0)] * 6 for k in {*WORLDS[name], *WORLDS[other]}}
    for t in (still, world(6, **moving)):
        found = [each for each in ENDINGS if occurrence(t, f"start {each}")[0]]
        assert found == [name]
    assert ending(**WORLDS[name]) == name


def test_names_that_there_are_not() -> None:
    assert not is_occurrence("us_prk_summit") and not is_occurrence("mean us_prk_dialogue")
    for name in ("met us_prk_sumit", "met us_prk_summit after us_rus_deel", "start russian_shild"):
        with pytest.raises(UsageError) as refused:
            is_occurrence(name)
        assert "did you mean" in refused.value.help
    assert np.asarray(occurrence(world(6), "start unsettled")).dtype == bool
