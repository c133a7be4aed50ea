"""The named end state: which author's ending, if either, does a future look like?

Rules are tried in the order below, on means over the last year; the first that holds names the ending. The same rules
name the start of a future, so that what an ending adds to it can be seen. Thresholds are judgements: a tie is warm from
0.3, one point of the coded scale ("cordial"), and cool below 0.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from triangle_sim.countries.forms import share_of
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.outcomes.registry import mean_over_quarters, outcome
from triangle_sim.outcomes.standing import COOL, LOW_SUPPORT

WARM = 0.3
ENDINGS = (
    "abandonment",
    "strongmens_alignment",
    "chinese_reassertion",
    "russian_shield",
    "bloc",
    "hedging",
    "unsettled",
)


@outcome(
    unit="category",
    label="ending",
    question="How does the story end for Pyongyang?",
    claims=["A8", "A32", "A39", "A40", "B2", "B37", "B38"],
    categories=ENDINGS,
    needs=("CHN", "PRK", "RUS", "USA"),
)
def end_state(t: Trajectory) -> Any:
    """Index into :data:`ENDINGS`.

    - abandonment: China, Russia and the United States are all cool to it and both supplies are low (A39, A40);
    - strongmen's alignment: talks with Washington stand at half a deal or better, and Moscow is warm both to
      Washington and to Pyongyang (A32);
    - Chinese reassertion: three quarters of supply come from China and Moscow is not warm to it (B2);
    - Russian shield: Moscow is warm, Beijing is not, and Washington is not talking (A8);
    - bloc: all three ties among China, North Korea and Russia are warm, and the trilateral faces them (B37);
    - hedging: at least two of the three great powers are warm to it (B25, A8);
    - unsettled: none of these.
    """
    return ending_of(lambda name: mean_over_quarters(t[name][-4:]))


def at_start(t: Trajectory) -> Any:
    """How the story would end if it ended where it begins: index into :data:`ENDINGS` ``(runs,)``."""
    return ending_of(lambda name: t[name][0])


def ending_of(level: Callable[[str], Any]) -> Any:
    """The rules, on the ``level`` of each variable ``(runs,)`` by its name."""

    def mutual(i: str, j: str) -> Any:
        return 0.5 * (level(f"goodwill[{i},{j}]") + level(f"goodwill[{j},{i}]"))

    chinese, russian = level("chinese_supply"), level("russian_supply")
    to_prk = {patron: level(f"goodwill[{patron},PRK]") for patron in ("CHN", "RUS", "USA")}
    cool = (to_prk["CHN"] < COOL) & (to_prk["RUS"] < COOL) & (to_prk["USA"] < COOL)
    warm_suitors = sum((tie > WARM).astype(int) for tie in to_prk.values())
    rules = [
        cool & (chinese < LOW_SUPPORT) & (russian < LOW_SUPPORT),
        (level("us_prk_dialogue") > 0.5) & (mutual("RUS", "USA") > COOL) & (mutual("PRK", "RUS") > WARM),
        (share_of(chinese, russian) > 0.75) & (mutual("PRK", "RUS") <= WARM),
        (mutual("PRK", "RUS") > WARM) & (mutual("CHN", "PRK") <= WARM) & (level("us_prk_dialogue") <= 0.5),
        (mutual("CHN", "PRK") > WARM)
        & (mutual("PRK", "RUS") > WARM)
        & (mutual("CHN", "RUS") > WARM)
        & (level("trilateral_cohesion") > 0.5),
        warm_suitors >= 2,
    ]
    return np.select(rules, np.arange(len(rules)), default=len(rules)).astype(np.int64)
