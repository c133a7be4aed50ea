"""A story is the run itself, and its reasons are the game's own numbers."""

from functools import lru_cache
from typing import Any

import numpy as np
import pytest

from triangle_sim import load
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.story.story import Act, Story
from triangle_sim.story.tell import NOTABLE, parts, tell
from triangle_sim.triangle.typology import ROLES, TYPES

SEED, DRAW, REPLICATE = 3, 5, 2
SMALL = 1e-4
"""Smaller gains and losses are not told."""
SCENARIO = load("trump_win").with_(
    quarters=8,
    events={
        "alarm": {"when": "2024Q3", "title": "An alarm", "shock": {"peninsula_tension": 0.4, "chinese_supply": -0.3}}
    },
    decision={"KOR": {"rule": "quantal", "depth": 0}},
)


@lru_cache
def story() -> Story:
    return tell(SCENARIO, seed=SEED, draw=DRAW, replicate=REPLICATE)


def model_at(quarter: int) -> TriangleModel:
    """The same run, stepped by itself until a quarter is done."""
    model = TriangleModel(SCENARIO, seed=SEED, draws=[DRAW], replicates=[REPLICATE])
    for _ in range(quarter + 1):
        model.step()
    return model


@lru_cache
def steps() -> list[dict[str, Any]]:
    """What the game of each quarter says of each country's moves: gains over holding still, by interest."""
    model, out = TriangleModel(SCENARIO, seed=SEED, draws=[DRAW], replicates=[REPLICATE]), []
    while model.running:
        model.step()
        gains = {}
        for code, player in model.game.players.items():
            if code not in model.decision.payoffs:
                continue
            beliefs, seen = model.decision.beliefs[code], model.reasons.seen
            terms = list(model.game.terms(code, beliefs, model.game.pushes(beliefs, seen), seen))
            values = np.stack([np.broadcast_to(term, (len(player.menu), 1))[:, 0] for term in terms])
            hold = [move.name for move in player.menu].index("hold")
            gains[code] = (values - values[:, [hold]], [each.name for each in player.interests])
        out.append(
            {"gains": gains, "decision": model.decision, "moves": model.trajectory.moves[model.quarter - 1, :, 0]}
        )
    return out


ACTS = [(quarter, k) for quarter in range(SCENARIO.quarters) for k in range(5)]


def act(quarter: int, k: int) -> Act:
    return story().chapters[quarter].acts[k]


def test_it_is_the_same_run_as_in_a_batch() -> None:
    batch = TriangleModel(SCENARIO, seed=SEED, draws=[DRAW, 7], replicates=[REPLICATE, 0]).run_model()
    told = story().trajectory
    assert np.array_equal(told.state[..., 0], batch.state[..., 0]) and np.array_equal(
        told.moves[..., 0], batch.moves[..., 0]
    )
    assert story().theory == batch.theory[0]
    assert [chapter.quarter for chapter in story().chapters] == list(told.prepared.quarters[:-1])
    assert (story().seed, story().draw, story().replicate) == (SEED, DRAW, REPLICATE)


@pytest.mark.parametrize(("quarter", "k"), ACTS)
def test_an_act_is_the_move_played_with_its_chance(quarter: int, k: int) -> None:
    found, step = act(quarter, k), steps()[quarter]
    country = story().trajectory.prepared.cast[k]
    move = country.menu()[step["moves"][k]]
    assert (found.country, found.label, found.move) == (country.code, country.label, move.name)
    assert (found.says, found.claims) == (move.says, move.claims)
    assert found.chance == step["decision"].mixes[country.code][step["moves"][k], 0]


@pytest.mark.parametrize(("quarter", "k"), ACTS)
def test_reasons_are_what_the_move_gains_over_holding_still(quarter: int, k: int) -> None:
    """The two largest gains for it; in spite of the largest loss, if there is one; never a gain among the losses."""
    found, step = act(quarter, k), steps()[quarter]
    if found.country not in step["gains"]:
        assert (found.best, found.pro, found.con, found.cost) == ("", (), (), 0.0), "what is a habit has no reasons"
        return
    gains, names = step["gains"][found.country]
    own = {name: float(gain) for name, gain in zip(names, gains[:, step["moves"][k]], strict=True)}
    wanted = sorted((name for name in own if own[name] > SMALL), key=lambda name: -own[name])[:2]
    assert [reason.interest for reason in found.pro] == wanted
    worst = min(own, key=lambda name: own[name])
    assert [reason.interest for reason in found.con] == ([worst] if own[worst] < -SMALL else [])
    assert all(reason.gain == own[reason.interest] for reason in (*found.pro, *found.con))
    interests = {each.name: each.claims for each in found_player(found.country).interests().values()}
    assert all(reason.claims == interests[reason.interest] for reason in (*found.pro, *found.con))


def found_player(code: str) -> Any:
    return next(country for country in story().trajectory.prepared.cast if country.code == code)


def test_there_are_reasons_on_both_sides() -> None:
    """Otherwise the test above would say little."""
    every = [act(quarter, k) for quarter, k in ACTS]
    assert sum(bool(each.con) for each in every) > 5 and sum(len(each.pro) == 2 for each in every) > 5
    assert any(each.pro and not each.con for each in every) and any(each.move == "hold" for each in every)


@pytest.mark.parametrize(("quarter", "k"), ACTS)
def test_gains_less_the_cost_are_the_difference_in_payoff(quarter: int, k: int) -> None:
    found, step = act(quarter, k), steps()[quarter]
    if found.country not in step["gains"]:
        return
    gains, _ = step["gains"][found.country]
    payoffs = step["decision"].payoffs[found.country][:, 0]
    names = [move.name for move in found_player(found.country).menu()]
    difference = payoffs[names.index(found.move)] - payoffs[names.index("hold")]
    assert gains[:, step["moves"][k]].sum() - found.cost == pytest.approx(difference, abs=1e-12)
    assert found.best == names[int(payoffs.argmax())]


def test_events_are_told_in_the_quarter_they_begin() -> None:
    assert story().chapters[0].events == ("An alarm",)
    begun = story().trajectory.begins[:, :, 0]
    titles = [SCENARIO.events[name].title for name in story().trajectory.prepared.clock.names]
    for quarter, chapter in enumerate(story().chapters):
        assert list(chapter.events) == [title for k, title in enumerate(titles) if begun[quarter, k]]


def test_meetings_are_told_by_what_they_say() -> None:
    t = story().trajectory
    for quarter, chapter in enumerate(story().chapters):
        met = [joint.says for joint in t.prepared.joint_effects if t.met(joint.name)[quarter, 0]]
        assert list(chapter.meetings) == met


def test_changes_are_the_three_largest_that_are_notable() -> None:
    t, told = story().trajectory, 0
    for quarter, chapter in enumerate(story().chapters):
        moved = {}
        for v, (name, variable) in enumerate(t.prepared.variables.items()):
            size = abs(t.state[quarter + 1, v, 0] - t.state[quarter, v, 0]) / (variable.high - variable.low)
            if size >= NOTABLE:
                moved[name] = (size, v)
        largest = sorted(moved, key=lambda name: moved[name], reverse=True)[:3]
        assert [change.variable for change in chapter.changes] == largest
        for change in chapter.changes:
            v = moved[change.variable][1]
            assert (change.before, change.after) == (t.state[quarter, v, 0], t.state[quarter + 1, v, 0])
        told += len(chapter.changes)
    assert told > 10


@pytest.mark.parametrize("quarter", [0, 3])
def test_the_parts_of_a_change_add_up_to_it(quarter: int) -> None:
    """Latent, for every variable; and the causes told are the two largest parts."""
    model = model_at(quarter)
    names = list(model.prepared.variables)
    causes = {change.variable: dict(change.causes) for change in story().chapters[quarter].changes}
    why = model.told()
    for v, name in enumerate(names):
        found = parts(model, why, name)
        assert sum(found.values()) == pytest.approx(float((model.world.latent - model.before)[v, 0]), abs=1e-12), name
        if name in causes:
            largest = sorted(found, key=lambda cause: -abs(found[cause]))[:2]
            assert causes[name] == {cause: found[cause] for cause in largest}
    shocked = [name for name in names if "an event" in parts(model, why, name)]
    assert shocked == (["chinese_supply", "peninsula_tension"] if quarter == 0 else [])


@pytest.mark.parametrize("closed", [0.375, 0.75])
def test_a_meeting_is_told_unless_a_closed_border_bars_it(closed: float) -> None:
    scripts = {
        code: {"rule": "scripted", "script": [move]}
        for code, move in (("CHN", "court_pyongyang"), ("PRK", "court_beijing"))
    }
    world = SCENARIO.with_(decision=scripts, pin={"border_closed": closed})
    model = TriangleModel(world, seed=SEED, draws=[DRAW], replicates=[REPLICATE])
    model.step()
    v = list(model.prepared.variables).index("chinese_supply")
    found = parts(model, model.told(), "chinese_supply")
    whole = model.runs.values["joint.chn_prk_summit.chinese_supply"][0]
    assert whole > 0 and found.get("chn_prk_summit") == (whole if closed < 0.5 else None)
    assert sum(found.values()) == pytest.approx(float((model.world.latent - model.before)[v, 0]), abs=1e-12)


def test_the_triangle_is_told_as_it_is_at_the_end_of_the_quarter() -> None:
    triangles = story().trajectory.triangles
    kinds, roles = triangles.types_of("CHN", "PRK", "RUS"), triangles.roles_of("PRK", "CHN", "RUS")
    for quarter, chapter in enumerate(story().chapters):
        assert chapter.triangle == TYPES[kinds[quarter + 1, 0]] and chapter.role == ROLES[roles[quarter + 1, 0]]


def test_a_world_of_the_three_alone_has_their_triangle() -> None:
    told = tell(SCENARIO.with_(countries=["CHN", "PRK", "RUS"], quarters=1), seed=1, draw=0, replicate=0)
    assert told.chapters[0].triangle in TYPES and told.chapters[0].role in ROLES


def test_a_world_without_the_three_has_no_triangle() -> None:
    told = tell(SCENARIO.with_(countries=["PRK", "USA"], quarters=2), seed=1, draw=0, replicate=0)
    assert [(chapter.triangle, chapter.role) for chapter in told.chapters] == [("", "")] * 2
