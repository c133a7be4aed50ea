"""Starting worlds: each number with what it rests at, and what is not described."""

import pytest

from triangle_sim.world import CONDITIONS, STOCKS
from triangle_sim.world.start import Level, load_start, worlds


def test_the_worlds_at_hand() -> None:
    assert worlds() == ["1955Q1", "1960Q1", "1984Q1", "2012Q1", "2024Q3"]
    assert load_start("1960Q1").name == "1960Q1"


@pytest.mark.parametrize("world", worlds())
def test_every_stock_and_condition_of_the_model_has_a_level(world: str) -> None:
    start = load_start(world)
    assert set(start.environment) == set(CONDITIONS)
    assert {name for name in start.levels if not name.startswith("goodwill[")} == set(STOCKS)


def test_a_level_rests_where_it_is_unless_it_says_otherwise() -> None:
    here = Level(0.3, 0.1, None, ("A1",))
    assert here.resting == 0.3 and Level(0.3, 0.1, 0.0, ("A1",)).resting == 0.0


def test_numbers_are_read_as_the_file_has_them() -> None:
    world = load_start("2024Q3")
    resting = [name for name, level in world.levels.items() if level.rest is not None]
    assert resting, "some level is not at rest"
    assert all(isinstance(level.sources, tuple) and level.sources for level in world.levels.values())


def test_a_tie_that_is_not_described_is_neutral_and_wholly_unsure() -> None:
    unknown = load_start("2024Q3").level("goodwill[JPN,PRK]")
    assert (unknown.value, unknown.sd, unknown.resting, unknown.sources) == (0.0, 0.3, 0.0, ("judgement",))
    assert load_start("2024Q3").level("chinese_supply") is load_start("2024Q3").levels["chinese_supply"]
