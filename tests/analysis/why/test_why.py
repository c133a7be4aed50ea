"""Planted causes are found, and nothing else is; the numbers are those of two samples of the same worlds."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from triangle_sim.analysis.why.why import Why, column_of, payoff_shares, why
from triangle_sim.analysis.why.words import told
from triangle_sim.errors import UsageError
from triangle_sim.model.prepared import prepared_for
from triangle_sim.montecarlo.sample import sample
from triangle_sim.scenario.schema import Scenario

DRIVER = "driver.russian_means.russian_supply"
HOW: dict[str, Any] = {"draws": 6, "replicates": 2, "backend": "numpy", "jobs": 1}


def world(**parameters: float) -> Scenario:
    """China and North Korea alone, each with two wishes, and no luck in Russian supply, which nobody pushes."""
    fields = {"name": "x", "quarters": 3, "countries": ["CHN", "PRK"], "sizes": "judgement"}
    plain = Scenario.model_validate(fields)
    table = prepared_for(plain).table
    wishes = ("weight.PRK.supply", "weight.PRK.answer_in_kind", "weight.CHN.no_blame", "weight.CHN.no_entrapment")
    zero = [name for name in table if name.startswith("weight.") and name not in wishes]
    zero += [name for name in table if name.endswith(".russian_supply") and name.split(".")[0] in ("effect", "joint")]
    fixed = {"noise.russian_supply": 0.0, "start.russian_supply": 0.3, "rest.russian_supply": 0.3}
    given = dict.fromkeys(zero, 0.0) | fixed | parameters
    return Scenario.model_validate(fields | {"parameters": given, "environment": {"russian_means": 1.0}})


PLANTED = world(**{DRIVER: 0.35})


@pytest.fixture(scope="module")
def planted() -> Why:
    return why("change russian_supply", PLANTED, **HOW)


def test_the_one_thing_that_moves_a_variable_is_found_and_nothing_else(planted: Why) -> None:
    """Russian supply rests where it starts, and only the driver shifts that: without it nothing moves."""
    moved = planted.table[planted.table["futures_changed"] > 0]
    assert set(moved["name"]) == {DRIVER}
    row = planted.of(DRIVER)
    assert row["without"] == pytest.approx(0, abs=1e-12) and row["futures_changed"] == 1
    assert row["difference"] == pytest.approx(-planted.levels["all"].value) and row["difference"] < 0
    assert row["verdict"] == "less without it" and row["high"] < 0


def test_nothing_to_switch_off_is_told_from_what_changes_nothing(planted: Why) -> None:
    assert planted.of("interest.PRK.supply")["verdict"] == "changes no future"
    assert planted.of("A31")["verdict"] == "nothing to switch off" and planted.of("A31")["why_not"]
    assert np.isnan(planted.of("A31")["difference"])


def test_a_wish_that_alone_decides_is_found_and_one_that_weighs_nothing_is_not() -> None:
    scenario = world(**{"weight.PRK.supply": 1.0, "weight.PRK.answer_in_kind": 1e-9, "rationality.PRK": 1000.0})
    found = why("mean goodwill[PRK,CHN]", scenario, **HOW, kinds=["interest"])
    alone, idle = (found.of(f"interest.PRK.{name}") for name in ("supply", "answer_in_kind"))
    assert alone["futures_changed"] > 0.5 and alone["payoff_share"] == pytest.approx(1)
    assert idle["verdict"] == "changes no future" and idle["payoff_share"] == pytest.approx(0, abs=1e-8)
    sizes = found.table.groupby("name", sort=False)["difference"].agg(lambda some: some.abs().max())
    assert list(sizes) == sorted(sizes, reverse=True)  # the largest comes first


def test_a_row_is_the_difference_of_two_samples() -> None:
    scenario, column, name = world(), "mean chinese_supply", "interest.CHN.no_entrapment"
    found = why(column, scenario, **HOW, kinds=["interest"]).of(name)
    one, two = (sample(scenario, [column], **HOW, off=off) for off in ([], ["weight.CHN.no_entrapment"]))
    gaps = two.means(column) - one.means(column)
    assert found["difference"] == pytest.approx(gaps.mean())
    assert found["without"] == pytest.approx(two.means(column).mean())
    reach = 2.5706 * gaps.std(ddof=1) / np.sqrt(6)  # Student's t of five degrees of freedom
    assert found["high"] - found["low"] == pytest.approx(2 * reach, rel=1e-4)


def test_chance_is_corrected_for_all_looks_of_a_theory() -> None:
    rows = why("mean chinese_supply", world(), **HOW, kinds=["interest", "meeting"]).table
    for _, some in rows.groupby("theory"):
        p = np.sort(some["p"].dropna())
        adjusted = np.minimum.accumulate((p * p.size / np.arange(1, p.size + 1))[::-1])[::-1]
        assert np.allclose(np.sort(some["q"].dropna()), np.minimum(adjusted, 1))


def test_threads_change_nothing(planted: Why) -> None:
    again = why("change russian_supply", PLANTED, **(HOW | {"jobs": 3}), kinds=["driver", "meeting"]).table
    before = planted.table[planted.table["kind"].isin(["driver", "meeting"])].reset_index(drop=True)
    columns = ["name", "theory", "without", "difference", "low", "high", "p"]
    assert len(again) > 20 and again[columns].equals(before[columns])


def test_payoff_shares_are_weights_that_sum_to_one() -> None:
    shares = payoff_shares(world(), 1, 50)
    assert all(sum(own.values()) == pytest.approx(1) for own in shares.values())
    even = payoff_shares(world(**{"weight.PRK.supply": 0.3, "weight.PRK.answer_in_kind": 0.1}), 1, 5)
    assert even["PRK"]["weight.PRK.supply"] == pytest.approx(0.75)


def test_progress_comes_to_its_end() -> None:
    seen: list[tuple[int, int]] = []
    why("mean chinese_supply", world(), **HOW, kinds=["interest"], progress=lambda *now: seen.append(now))
    assert seen[0][0] == 12 and seen[-1][0] == seen[-1][1] == 12 * 5


def test_it_reads_as_sentences(planted: Why) -> None:
    lines = told(planted).splitlines()
    assert lines[0].startswith("Russian supply, end less start:") and " in x (" in lines[0]
    assert lines[1] == "No claim alone makes a clear difference to it."
    assert "what Moscow can spare" in lines[2] and "need not add up" in lines[-1]
    assert str(planted) == told(planted)


def test_an_ending_may_be_called_by_its_name_and_a_time_is_refused() -> None:
    assert column_of("bloc") == column_of("end_state=bloc") == "end_state=bloc"
    with pytest.raises(UsageError, match="a time"):
        column_of("us_prk_summit_when")


@pytest.mark.parametrize("wrong", [{"kinds": ["claims"]}, {"draws": 1.5}, {"jobs": 0}])
def test_what_cannot_be_asked_is_refused(wrong: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        why("bloc", world(), **(HOW | wrong))
