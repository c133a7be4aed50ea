"""What the draws of a theory of one's own are: what it states, then what it extends, then the model's."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import pytest
from scipy import stats

import triangle_sim as ts
from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import prepared_for
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.describe import sizes_of_voices
from triangle_sim.uncertainty import Streams, fitted

DRAWS = np.arange(40)
STATED = {"prior": {"dist": "norm", "loc": 5.0, "scale": 0.5}}


@cache
def voice(extends: str | None = None, sizes: str = "record") -> Scenario:
    mine: dict[str, Any] = {"priors": {"weight.PRK.supply": STATED}}
    mine |= {"extends": extends} if extends else {}
    return ts.load("baseline").with_(theory="mine", theories={"mine": mine}, sizes=sizes)


def drawn(scenario: Scenario) -> dict[str, Any]:
    return prepared_for(scenario).sample(7, DRAWS).values


@pytest.mark.parametrize("extends", [None, "lowy-2023"])
def test_what_it_states_has_its_prior_whatever_the_record_says(extends: str | None) -> None:
    u = Streams(7, DRAWS, np.zeros_like(DRAWS)).uniform(["parameter:weight.PRK.supply"], [0])[0, 0]
    assert drawn(voice(extends))["weight.PRK.supply"] == pytest.approx(stats.norm.ppf(u, 5.0, 0.5))


@pytest.mark.parametrize("sizes", ["record", "judgement"])
def test_what_it_does_not_state_is_as_what_it_extends_has_it(sizes: str) -> None:
    mine, parent = drawn(voice("lowy-2023", sizes)), drawn(ts.load("baseline").with_(theory="lowy-2023", sizes=sizes))
    for name in mine:
        assert np.array_equal(mine[name], parent[name]) == (name != "weight.PRK.supply"), name


def test_without_a_parent_nothing_is_fitted() -> None:
    """Its draws are those of the model's own priors."""
    mine, plain = drawn(voice()), drawn(voice(sizes="judgement"))
    assert all(np.array_equal(mine[name], plain[name]) for name in mine)
    table = prepared_for(voice()).table
    u = Streams(7, DRAWS, np.zeros_like(DRAWS)).uniform(["parameter:rationality.RUS"], [0])[0, 0]
    assert mine["rationality.RUS"] == pytest.approx(table["rationality.RUS"].draw(u))


def test_bundled_theories_beside_it_are_as_they_were() -> None:
    both = voice().with_(theory={"mine": 0.5, "lowy-2023": 0.5})
    found = prepared_for(both).sample(7, DRAWS)
    theirs = found.theory == "lowy-2023"
    members = fitted("record").under("lowy-2023")
    k = members.names.index("weight.CHN.rivalry_with_moscow")
    turn = DRAWS[theirs] % members.values.shape[1]
    assert theirs.any() and not theirs.all()
    assert found.values["weight.CHN.rivalry_with_moscow"][theirs] == pytest.approx(members.values[k, turn])


def test_where_its_sizes_come_from_is_said() -> None:
    assert "as judgement" in sizes_of_voices(voice())[0]
    assert "sizes fitted under lowy-2023" in sizes_of_voices(voice("lowy-2023"))[0]
    assert sizes_of_voices(voice(sizes="judgement")) == []


def test_a_theory_that_is_not_there_says_how_a_file_is_read() -> None:
    with pytest.raises(UsageError, match="unknown theory") as raised:
        drawn(ts.load("baseline").with_(theory="./mine.yaml"))
    assert "chung-2024, lowy-2023" in str(raised.value) and "set_={'theory'" in str(raised.value)
