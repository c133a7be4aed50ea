"""Draws given as a table: what it holds is taken from it, all else is what it would have been."""

from __future__ import annotations

import numpy as np
import pytest

from triangle_sim.errors import UsageError
from triangle_sim.uncertainty import Parameter, ParameterTable, Prior, Sampler, Table

NORMAL = {"dist": "norm", "loc": 0.0, "scale": 1.0}
ROWS = [Parameter(name, Prior.of(NORMAL), "unit", "meaning", ("judgement",)) for name in "abc"]
ONE = ParameterTable(ROWS)
SAMPLER = Sampler({"one": ONE, "two": ONE.with_priors({"a": 5.0})}, {"one": 0.5, "two": 0.5})
PLAIN = SAMPLER(7, range(40))
BACK = Table.of(["c", "a"], np.vstack([np.arange(40) / 4, np.arange(40) / 8]))


def test_columns_are_taken_by_name_and_the_others_are_drawn_as_ever() -> None:
    found = SAMPLER(7, range(40), BACK)
    assert found.values["c"].tolist() == (np.arange(40) / 4).tolist()
    assert found.values["a"].tolist() == (np.arange(40) / 8).tolist()
    assert np.array_equal(found.values["b"], PLAIN.values["b"]) and np.array_equal(found.theory, PLAIN.theory)


def test_row_k_is_draw_k_whatever_is_asked_for() -> None:
    found = SAMPLER(7, [9, 2, 9, 39], BACK)
    assert found.values["c"].tolist() == [2.25, 0.5, 2.25, 9.75]
    some = SAMPLER(7, [12, 10, 14], BACK.piece(10, 15))
    assert some.values["a"].tolist() == [1.5, 1.25, 1.75]
    assert BACK.piece(10, 20).piece(12, 15).values[1].tolist() == [3.0, 3.25, 3.5]


def test_what_is_not_in_the_table_follows_the_theory_it_gives() -> None:
    other = np.where(PLAIN.theory == "one", "two", "one")
    found = SAMPLER(7, range(40), Table.of(["b"], np.zeros((1, 40)), other))
    assert found.theory.tolist() == other.tolist() and not found.values["b"].any()
    assert (found.values["a"][other == "two"] == 5.0).all() and not (found.values["a"][other == "one"] == 5.0).any()
    only = SAMPLER(7, range(40), Table.of([], np.zeros((0, 40)), PLAIN.theory))
    assert np.array_equal(only.stacked, PLAIN.stacked)


def test_one_row_can_hold_for_every_draw() -> None:
    found = SAMPLER(7, [0, 5, 2**32 - 1], Table.of(["b"], [[0.5]], everywhere=True))
    assert found.values["b"].tolist() == [0.5, 0.5, 0.5]


@pytest.mark.parametrize(("piece", "draw"), [(BACK, 40), (BACK.piece(10, 20), 9), (BACK.piece(10, 20), 20)])
def test_a_draw_without_a_row_is_refused(piece: Table, draw: int) -> None:
    with pytest.raises(UsageError, match=f"draw {draw} has no row in a table of"):
        SAMPLER(7, [12, draw], piece)


def test_a_theory_the_scenario_does_not_have_is_refused() -> None:
    with pytest.raises(UsageError, match=r"unknown theory 'twoo'\n.*did you mean 'two'"):
        SAMPLER(7, [0], Table.of([], np.zeros((0, 1)), ["twoo"]))


def test_the_hash_is_of_names_values_and_theories_in_any_order_of_columns() -> None:
    turned = Table.of(["a", "c"], BACK.values)
    assert turned.sha256 == BACK.sha256 == BACK.piece(3, 5).sha256
    theory = ["one"] * 40
    others = {
        BACK.sha256,
        Table.of(["a", "b"], BACK.values).sha256,
        Table.of(["a", "c"], BACK.values + 1e-15).sha256,
        Table.of(["a", "c"], BACK.values, theory).sha256,
        Table.of(["a", "c"], BACK.values, ["two", *theory[1:]]).sha256,
        Table.of(["a", "c"], BACK.values[:, :39]).sha256,
    }
    assert len(others) == 6
