"""A history on the page is the one that ``story`` tells of the same run."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from triangle_sim.claims.words import linked
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS, at_start
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.seat.option import options_of
from triangle_sim.story.story import Chapter
from triangle_sim.story.tell import tell
from web.engine.conftest import START
from web.node import in_node, needs_node

pytestmark = needs_node

SEATS = {"PRK": ["test_missile", None, "court_moscow"]}


def _cause(told: str) -> str:
    """The name of a cause as the page has it; a move is known by its country."""
    named = {"return to its resting level": "rest", "an event": "event", "chance": "noise"}
    who = told.split(" ")[0]
    return named.get(told) or (f"move:{who}" if len(who) == 3 and who.isupper() else f"meeting:{told}")


def _same(got: dict[str, Any], told: Chapter, scenario: Scenario) -> None:
    assert got["label"] == told.quarter
    assert tuple(scenario.events[name].title for name in got["events"]) == told.events
    for mine, act in zip(got["acts"], told.acts, strict=True):
        assert (mine["country"], mine["move"], mine["best"]) == (act.country, act.move, act.best)
        assert mine["claims"] == list(act.claims)
        assert mine["chance"] == pytest.approx(act.chance, abs=1e-12)
        assert mine["cost"] == pytest.approx(act.cost, abs=1e-12)
        for side in ("pro", "con"):
            reasons = getattr(act, side)
            assert [each["interest"] for each in mine[side]] == [each.interest for each in reasons]
            assert [each["gain"] for each in mine[side]] == pytest.approx([each.gain for each in reasons], abs=1e-12)
            assert linked([claim for each in mine[side] for claim in each["claims"]]) == linked(
                [claim for each in reasons for claim in each.claims]
            )
    assert len(got["meetings"]) == len(told.meetings)
    for mine, change in zip(got["changes"], told.changes, strict=True):
        assert mine["variable"] == change.variable
        assert [name for name, _ in mine["causes"]] == [_cause(name) for name, _ in change.causes]
        numbers = [change.before, change.after, *(size for _, size in change.causes)]
        assert [mine["before"], mine["after"], *(size for _, size in mine["causes"])] == pytest.approx(
            numbers, abs=1e-12
        )
    assert (got["triangle"]["type"], got["triangle"]["roles"]["PRK"]) == (told.triangle, told.role)


RUNS: list[tuple[dict[str, Any], int, int]] = [({}, 17, 3), ({"seats": SEATS}, 499, 19)]
OPTIONS = ("PRK", "USA")


@pytest.fixture(scope="module")
def told(baseline_pack: Path) -> Any:
    """Histories, and what two countries can play in the fourth quarter, from one start of Node."""
    script = """
        out = {
          histories: given.runs.map((each) => engine.history(...each)),
          options: given.countries.map((code) => engine.options({}, 4, 2, 3, code)),
        };
        engine.pack.by_habit = ["PRK"];
        engine.last = null;
        out.habits = engine.history(...given.runs[1]).quarters.map(({ acts }) => acts[2]);
    """
    return in_node(START + script, {"pack": str(baseline_pack), "runs": RUNS, "countries": OPTIONS})


@pytest.mark.parametrize("which", range(len(RUNS)))
def test_a_history_is_the_story_of_the_same_run(told: Any, which: int) -> None:
    (settings, draw, replicate), got = RUNS[which], told["histories"][which]
    scenario = load("baseline").with_(**settings) if settings else load("baseline")
    story = tell(scenario, seed=1, draw=draw, replicate=replicate)
    assert (got["draw"], got["replicate"], got["theory"]) == (draw, replicate, story.theory)
    for mine, chapter in zip(got["quarters"], story.chapters, strict=True):
        _same(mine, chapter, scenario)
    sealed = [[act["country"] for act in each["acts"] if act["sealed"]] for each in got["quarters"]]
    assert sealed == [["PRK"] if settings and quarter in (0, 2) else [] for quarter in range(20)]
    t = story.trajectory
    assert got["ending"] == OUTCOMES["end_state"].of(t)[0]
    assert got["start"]["ending"] == ENDINGS[at_start(t)[0]]
    levels = [got["start"]["levels"], *(each["levels"] for each in got["quarters"])]
    for quarter, level in enumerate(levels):
        wanted = t.state[quarter, :, 0].tolist()
        assert [level[name] for name in t.prepared.variables] == pytest.approx(wanted, abs=1e-12)


def test_a_move_made_by_habit_has_no_reasons(told: Any) -> None:
    for quarter, act in enumerate(told["habits"]):
        assert act["country"] == "PRK" and act["sealed"] == (quarter in (0, 2))
        assert bool(act["best"]) == act["sealed"], "a move from a seat is held against the others"
        assert act["sealed"] or (act["pro"], act["con"]) == ([], [])


def test_options_are_those_of_the_table_in_python(told: Any) -> None:
    model = TriangleModel("baseline", seed=1, draws=[4], replicates=[2])
    for _ in range(4):
        model.step()
    assert model.reasons is not None
    for code, got in zip(OPTIONS, told["options"], strict=True):
        wanted = options_of(model.prepared, model.game, model.reasons, code)
        assert [each["move"] for each in got] == [each.move for each in wanted]
        assert [each["best"] for each in got] == [each.best for each in wanted]
        for mine, option in zip(got, wanted, strict=True):
            for part in ("payoff", "gain", "chance", "cost"):
                assert mine[part] == pytest.approx(getattr(option, part), abs=1e-12)
            assert [term["interest"] for term in mine["terms"]] == [term.interest for term in option.terms]
            assert [term["value"] for term in mine["terms"]] == pytest.approx(
                [term.value for term in option.terms], abs=1e-12
            )
    model.close()
