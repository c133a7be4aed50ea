"""One uncertain number, and the table of all of them."""

import numpy as np
import pytest

from triangle_sim.uncertainty import Parameter, ParameterTable, Prior


def parameter(name: str, prior: object = None, low: float = -np.inf, high: float = np.inf) -> Parameter:
    spec = {"dist": "norm", "loc": 0.0, "scale": 1.0} if prior is None else prior
    return Parameter(name, Prior.of(spec), "unit", "meaning", ("judgement",), low, high)


TABLE = ParameterTable([parameter("b"), parameter("a"), parameter("c", {"dist": "uniform", "loc": 2, "scale": 1})])


def test_bounds_cut_draws_and_defaults() -> None:
    cut = parameter("x", {"dist": "norm", "loc": 0.0, "scale": 2.0}, low=-0.5, high=0.25)
    values = cut.draw(np.linspace(0.001, 0.999, 99))
    assert values.min() == -0.5 and values.max() == 0.25
    assert parameter("x", 7.0, high=1.0).default == 1.0


def test_tables_are_in_the_order_of_names_and_refuse_twins() -> None:
    assert list(TABLE) == ["a", "b", "c"] and len(TABLE) == 3
    with pytest.raises(ValueError, match=r"defined twice: \['a'\]"):
        ParameterTable([parameter("a"), parameter("b"), parameter("a")])
    assert list(TABLE.with_priors({"unknown": 1.0})) == ["a", "b", "c"]


def test_a_table_with_other_priors_leaves_the_first_as_it_was() -> None:
    other = TABLE.with_priors({"a": 5.0, "c": {"dist": "norm", "loc": 7, "scale": 1}})
    assert [other[name].default for name in other] == [5.0, 0.0, 7.0]
    assert [TABLE[name].default for name in TABLE] == [0.0, 0.0, 2.5]
    assert (other["a"].unit, other["a"].meaning, other["a"].sources) == ("unit", "meaning", ("judgement",))
