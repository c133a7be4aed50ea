"""YAML that is written: the strict reader reads it back."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from scenario.conftest import quick
from scenario.fake import CATALOGUE
from scenario.strategies import scenarios
from triangle_sim.errors import ScenarioError
from triangle_sim.scenario.load import check
from triangle_sim.scenario.read.strict_yaml import load_text
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.dump import dump


@quick
@given(scenarios(CATALOGUE))
def test_a_dump_loads_to_the_same_scenario(scenario: Scenario) -> None:
    with open("dumped.yaml", "w", encoding="utf-8") as stream:
        stream.write(dump(scenario.data()))
    again = check("dumped.yaml", catalogue=CATALOGUE).scenario
    assert again
    assert again == scenario
    assert again.content_hash() == scenario.content_hash()
    assert dump(again.data()) == dump(scenario.data())


@quick
@given(
    st.recursive(
        st.text()
        | st.none()
        | st.booleans()
        | st.floats(allow_nan=False, allow_infinity=False)
        | st.integers(-(10**20), 10**20),
        lambda inner: st.lists(inner, max_size=3),
        max_leaves=5,
    )
)
def test_what_is_dumped_is_read_back(value: Any) -> None:
    try:
        read = load_text(dump({"key": value})).data
    except ScenarioError as error:
        assert "control character" in str(error)  # such text has no place in a file
    else:
        assert read == {"key": value}
