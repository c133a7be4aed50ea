"""What if: sliders keep odds whole, what was asked last is drawn last, and differences are those of the tables."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from triangle_sim.analysis.intervals import mean_of
from web.node import in_node, needs_node

pytestmark = needs_node

EVENTS = {"events": [{"name": "win", "group": "vote", "probability": 0.5},
                     {"name": "lose", "group": "vote", "probability": 0.3},
                     {"name": "tie", "group": "vote", "probability": 0.1},
                     {"name": "war", "group": None, "probability": 1.0}]}  # fmt: skip

FAKE = """
    const { settling } = await module("screens/whatif/settle.js");
    const log = [];
    const waiting = [];
    const frames = [];
    const later = () => new Promise((go) => setTimeout(go, 5));
    const frame = async () => { for (const go of frames.splice(0)) go(); await later(); };
    const counter = settling({ quick: 2, full: 10, rest: 0, breath: (go) => frames.push(go),
      fail: (error) => log.push(["failed", error.message]),
      busy: (counting) => log.push(["busy", counting]),
      draw: (found, asked, settled) => log.push(["drew", found, settled]),
      count: (asked, runs, signal) => new Promise((go, fail) => {
        log.push(["count", asked, runs]);
        waiting.push({ asked, runs, signal, done: () => go(asked), fail });
      }) });
    const finish = async () => { waiting.shift().done(); await later(); };
"""


@pytest.mark.parametrize("chance", [0.0, 0.35, 0.9])
def test_what_one_side_gains_its_rivals_lose_and_a_reset_forgets_it_all(chance: float) -> None:
    moved, back = in_node(
        """const { moved } = await module("screens/whatif/changes.js");
        const slider = { kind: "odds", name: "win" };
        const first = moved({ conditions: {}, odds: { war: 0.2 } }, slider, given.chance, given.data);
        out = [first.odds, moved(first, slider, undefined, given.data).odds];""",
        {"chance": chance, "data": EVENTS},
    )
    assert moved["win"] == chance
    assert moved["war"] == 0.2
    assert moved["win"] + moved["lose"] + moved["tie"] == pytest.approx(0.9)
    assert moved["lose"] == pytest.approx(3 * moved["tie"])
    assert back == {"war": 0.2}


def test_settings_that_mean_the_same_have_one_key() -> None:
    one, other, third = in_node(
        """const { keyOf } = await module("screens/whatif/changes.js");
        out = [{ odds: { a: 0.1, b: 0.2 }, conditions: {}, theory: null, seats: { PRK: ["hold", null] } },
          { seats: { PRK: ["hold", null] }, odds: { b: 0.2, a: 0.1 } },
          { seats: { PRK: [null, "hold"] }, odds: { b: 0.2, a: 0.1 } }].map(keyOf);"""
    )
    assert one == other != third


def test_a_slider_in_motion_draws_its_quick_counts_and_ends_with_the_last() -> None:
    log = in_node(
        FAKE
        + """
        counter.ask("a"); counter.ask("b"); await frame();
        counter.ask("c"); await frame(); counter.ask("d"); await frame();
        await finish(); await frame(); await finish(); await later(); await finish();
        out = log.filter(([what]) => what !== "busy").concat([log.at(-1)]);"""
    )
    assert log == [["count", "b", 2], ["drew", "b", False], ["count", "d", 2], ["drew", "d", False],
                   ["count", "d", 10], ["drew", "d", True], ["busy", False]]  # fmt: skip


def test_a_new_asking_ends_a_full_count_whose_result_is_never_drawn() -> None:
    aborted, log = in_node(
        FAKE
        + """
        counter.ask("a"); await frame(); await finish(); await later();
        const full = waiting.shift();
        counter.ask("b"); await frame();
        full.fail(new Error("aborted"));
        await finish(); await later(); await finish();
        out = [full.signal.aborted, log.filter(([what]) => what === "drew" || what === "failed")];"""
    )
    assert aborted
    assert log == [["drew", "a", False], ["drew", "b", False], ["drew", "b", True]]


def test_a_failure_is_told_and_does_not_end_the_counting() -> None:
    log = in_node(
        FAKE
        + """
        counter.ask("a"); await frame(); waiting.shift().fail(new Error("no")); await later();
        counter.ask("b"); await frame(); await finish();
        out = log.filter(([what]) => what === "drew" || what === "failed");"""
    )
    assert log[0] == ["failed", "no"]
    assert ["drew", "b", False] in log


def test_differences_are_taken_draw_by_draw_as_in_a_comparison() -> None:
    rng = np.random.default_rng(1)
    then = rng.random(60)
    now = then + rng.normal(0.02, 0.05, 60)
    expected = mean_of(now - then)
    found = in_node(
        """const { difference } = await module("screens/whatif/measures.js");
        out = [difference({ means: given.now }, { means: given.then }), difference({ means: given.now },
          { means: given.now }), difference({ means: given.then }, { means: given.now })];""",
        {"now": now.tolist(), "then": then.tolist()},
    )
    assert [found[0][end] for end in ("value", "low", "high")] == pytest.approx(
        [expected.value, expected.low, expected.high], rel=1e-9
    )
    assert [each["verdict"] for each in found] == ["more", "same", "less"]


def test_settings_are_compared_on_worlds_that_both_have() -> None:
    """A setting that looks at one theory alone has other draws in other places: they pair with that theory's."""
    rng = np.random.default_rng(2)
    chung, lowy = rng.random(40), rng.random(60)
    found = in_node(
        """const { gap } = await module("screens/whatif/answer.js");
        const { mean } = await module("intervals.js");
        const group = (means) => ({ outcomes: { met: { ...mean(means), means } }, endings: {} });
        const summary = (chosen) => ({ all: group(Object.values(chosen).flat()),
          theories: Object.fromEntries(Object.entries(chosen).map(([name, means]) => [name, group(means)])) });
        const t = Object.assign((key, { by } = {}) => `${key}: ${by}`, { part: () => "" });
        t.number = (value, places) => value.toFixed(places);
        const about = { outcomes: { met: { unit: "true or false" } }, theories: {} };
        const [both, one, other, more] = given.map(summary);
        out = [[more, both], [more, one], [one, other], [both, both]].map((pair) => gap(t, about, "met", ...pair));""",
        [{"chung": chung.tolist(), "lowy": lowy.tolist()}, {"lowy": lowy.tolist()}, {"chung": chung.tolist()},
         {"chung": (chung + 0.25).tolist(), "lowy": (lowy + 0.125).tolist()}],
    )  # fmt: skip
    every = mean_of(np.repeat([0.25, 0.125], [40, 60]))
    value, low, high = (f"{100 * each:.0f}" for each in (every.value, every.low, every.high))
    assert found[0] == f"whatif.more_share: +{value} [{low}, {high}]; chung +25 [25, 25], lowy +13 [13, 13]"
    assert found[1] == "whatif.more_share: lowy +13 [13, 13]"
    assert found[2:] == [None, "whatif.same_share: 0.0 [0.0, 0.0]; chung 0.0 [0.0, 0.0], lowy 0.0 [0.0, 0.0]"]


def group(level: float) -> dict[str, Any]:
    return {"outcomes": {"us_prk_summit": {"value": level}}, "endings": {"russian_shield": {"value": 1 - level}}}


def test_a_task_is_judged_by_the_numbers_and_by_how_many_sliders_it_took() -> None:
    sliders = [{"kind": "conditions", "name": "a", "low": 0, "high": 1}, {"kind": "hazards", "name": "b"}]
    states = in_node(
        """const { TASKS, judged } = await module("screens/whatif/puzzle.js");
        const about = { outcomes: { us_prk_summit: { unit: "true or false" } } };
        const settings = [{}, { conditions: { a: 1 } }, { conditions: { a: 1 }, hazards: { b: 0.1 } }];
        out = given.groups.map((group) => TASKS.map((task) => settings.map((set) =>
          judged(task, group, set, given.sliders, about).state)));""",
        {"groups": [group(0.5), group(0.8)], "sliders": sliders},
    )
    short, there = ["short"] * 3, ["solved", "solved", "many"]
    assert states == [[short, short], [there, there]]


def test_the_model_searches_every_slider_alone_at_both_ends() -> None:
    sliders = [{"kind": "conditions", "name": name, "low": 0, "high": 1} for name in ("a", "b")]
    tries, asked = in_node(
        """const { TASKS, searched } = await module("screens/whatif/puzzle.js");
        const about = { outcomes: { us_prk_summit: { unit: "true or false" } } };
        const asked = [];
        const level = ({ conditions: { a = 0.2, b = 0.2 } }) => 0.1 + 0.7 * a + 0.1 * b;
        const count = async (set) => (asked.push(set),
          { all: { outcomes: { us_prk_summit: { value: level(set) } } } });
        const data = { events: [] };
        const tries = await searched(TASKS[0], { start: {}, sliders: given.sliders, data, about, count });
        out = [tries.map(({ slider, value, reached }) => [slider.name, value, reached]), asked];""",
        {"sliders": sliders},
    )
    assert tries == [["a", 1, True], ["b", 1, False], ["b", 0, False], ["a", 0, False]]
    assert asked == [{"conditions": {name: value}} for name in ("a", "b") for value in (0, 1)]
