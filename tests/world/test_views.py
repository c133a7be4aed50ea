"""How interests read the world, and how it is noted what they read."""

import pytest

from triangle_sim.world.views import Recorder, View


def test_levels_by_name_and_ties_by_pair() -> None:
    state = View({"chinese_supply": 0.3, "goodwill[RUS,PRK]": 0.7})
    assert state.chinese_supply == 0.3 and state.goodwill["RUS", "PRK"] == 0.7


def test_what_does_not_exist_is_said_by_name() -> None:
    with pytest.raises(AttributeError, match="no state variable or condition named 'chinese_suply'"):
        View({"chinese_supply": 0.3}).chinese_suply  # noqa: B018


def test_a_recorder_notes_what_is_read() -> None:
    recorder = Recorder()
    state = View(recorder)
    assert state.chinese_supply == state.goodwill["PRK", "USA"] == 0.5
    assert sorted(recorder) == ["chinese_supply", "goodwill[PRK,USA]"]
