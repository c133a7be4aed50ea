"""Offers in whole runs: whoever courts has invited, and the invitation stands for one more quarter."""

from typing import Any

import numpy as np
import pytest

from model.worlds import run
from triangle_sim.scenario.schema import Scenario

Q = "court_pyongyang"
P = "court_beijing"
H = "hold"


def met(name: str, script: dict[str, list[str]], **fields: Any) -> list[bool]:
    """Whether two countries with these scripts meet in each quarter, in every run."""
    decision = {code: {"rule": "scripted", "script": moves, "then": "hold"} for code, moves in script.items()}
    quarters = max(map(len, script.values()))
    world = Scenario.model_validate({"name": "x", "quarters": quarters, "decision": decision, **fields})
    found = run(world, np.arange(3), np.zeros(3, int)).met(name)
    assert (found == found[:, :1]).all()
    return found[:, 0].tolist()


@pytest.mark.parametrize(
    ("north", "china", "meet"),
    [
        ([P, H], [H, Q], [0, 1]),
        ([H, P], [Q, H], [0, 1]),
        ([P, H, H], [H, H, Q], [0, 0, 0]),
        ([P, H, H], [H, Q, Q], [0, 1, 0]),
        ([P, P, H], [H, Q, Q], [0, 1, 0]),
        ([P, H, P], [H, Q, H], [0, 1, 0]),
        ([P, P, H], [H, H, Q], [0, 0, 1]),
        ([P, H, H, P], [H, Q, Q, H], [0, 1, 0, 1]),
    ],
)
def test_an_offer_stands_one_quarter_and_what_came_of_it_is_done_with(
    north: list[str], china: list[str], meet: list[int]
) -> None:
    script = {"PRK": north, "CHN": china}
    assert met("chn_prk_summit", script) == [bool(each) for each in meet]
    shut = met("chn_prk_summit", script, pin={"border_closed": 1.0})
    assert not any(shut)


def test_a_quarrel_takes_two_in_one_quarter() -> None:
    snubs = {"PRK": ["snub_beijing", H, "snub_beijing"], "CHN": [H, "tighten_enforcement", "tighten_enforcement"]}
    assert met("chn_prk_quarrel", snubs) == [False, False, True]


def test_offers_outlast_a_border_that_opens() -> None:
    """Both asked while it was shut, neither could come; one asks again when it is open."""
    shut = {"shut": {"when": "2024Q3", "effects": {"border_closed": 1.0}, "duration": 1}}
    assert met("chn_prk_summit", {"PRK": [P, P, H], "CHN": [Q, H, H]}, events=shut) == [False, True, False]
    assert met("chn_prk_summit", {"PRK": [P, H, H], "CHN": [Q, H, H]}, events=shut) == [False, False, False]
