"""The engine plays the command line's own runs: the same inputs, the same record, also under changed settings."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest

from triangle_sim.model.prepared import prepared_for
from triangle_sim.model.trajectory import Trajectory
from triangle_sim.montecarlo.compute import futures
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS, at_start
from triangle_sim.resources import list_scenarios
from triangle_sim.scenario.load import load
from web.engine.conftest import START, packed
from web.node import in_node, needs_node

pytestmark = needs_node

SETTINGS: list[dict[str, Any]] = [
    {},
    {"odds": {"trump_elected": 0.8, "harris_elected": 0.2}},
    {"dates": {"trump_elected": 5, "harris_elected": 0}},
    {"hazards": {"ukraine_war_ends": 0.25, "sino_russian_split": 1e-7}},
    {"conditions": {"us_russia_opening": 0.9, "border_closed": 0.6}},
    {"seats": {"PRK": ["hold", None, "ship_arms_to_russia", "test_missile"], "USA": [None, "offer_summit"]}},
    {"odds": {"trump_elected": 1, "harris_elected": 0}, "dates": {"trump_elected": 1}, "seats": {"RUS": ["hold"] * 20},
     "hazards": {"ukraine_war_ends": 1}, "conditions": {"seoul_market": 0.95}},
]  # fmt: skip
RECORD = """
    const { toScenario } = await module("scenario.js");
    const to = engine.pack.quarters.length;
    const over = (count, row) => Array.from({ length: count }, (_, quarter) => row(quarter));
    out = given.settings.map((settings) => {
      const futures = engine.run(settings, given.design);
      const rows = (count, names, row) => over(count, (quarter) => names.map((name) => list(row(name, quarter))));
      const { variables, conditions, codes, meetings, events, layout } = engine.pack;
      return {
        scenario: toScenario(pack, settings, { run: { draw: 37, replicate: 4 } }),
        draw: list(futures.draw), replicate: list(futures.replicate),
        theory: list(futures.theory).map((theory) => futures.theories[theory]),
        state: rows(to, variables, (name, quarter) => futures.level(name, quarter)),
        environment: rows(to - 1, conditions, (name, quarter) => futures.level(name, quarter)),
        moves: rows(to - 1, codes, (name, quarter) => futures.move(name, quarter)),
        meetings: rows(to - 1, meetings, (name, quarter) => futures.met(name, quarter)),
        begins: rows(to - 1, events.map((event) => event.name), (name, quarter) => futures.begins(name, quarter)),
        outcomes: Object.fromEntries(layout.outcomes.map((name) => [name, list(futures.outcome(name))])),
        ending: list(futures.ending()), start: list(futures.ending_at_start()),
        types: over(to, (quarter) => list(futures.types(quarter))),
        roles: over(to, (quarter) => list(futures.roles(quarter))),
      };
    });
"""


def assert_the_same(got: dict[str, Any], t: Trajectory) -> None:
    """A record that Node gave, and NumPy's."""
    assert got["theory"] == t.theory.tolist()
    for part in ("moves", "meetings", "begins"):
        np.testing.assert_array_equal(np.asarray(got[part]), getattr(t, part), err_msg=part)
    for part in ("state", "environment"):
        np.testing.assert_allclose(np.asarray(got[part]), getattr(t, part), rtol=0, atol=1e-12, err_msg=part)
    for name, values in got["outcomes"].items():
        if name in OUTCOMES and not OUTCOMES[name].categories:
            np.testing.assert_allclose(
                np.asarray(values, float), OUTCOMES[name].of(t), rtol=0, atol=1e-12, err_msg=name
            )
    assert [ENDINGS[k] for k in got["ending"]] == OUTCOMES["end_state"].of(t).tolist()
    assert got["start"] == at_start(t).tolist()
    assert got["types"] == t.triangles.types_of("CHN", "PRK", "RUS").tolist()
    assert got["roles"] == t.triangles.roles_of("PRK", "CHN", "RUS").tolist()


def replayed(got: dict[str, Any], tmp_path: Path) -> Trajectory:
    """The same runs in NumPy, of the scenario file that the page writes for its settings."""
    path = tmp_path / "settings.yaml"
    path.write_text(got["scenario"], encoding="utf-8")
    scenario = load(path)
    assert (scenario.draws, scenario.replicates, scenario.shown) == (500, 20, (37, 4))
    return futures(prepared_for(scenario), scenario.seed, got["draw"], got["replicate"], "numpy", "double", None, ())


def test_settings_play_as_the_scenario_that_says_the_same(played: Any, tmp_path: Path) -> None:
    for got in played(RECORD, settings=SETTINGS, design={"draws": 8, "replicates": 3}):
        assert got["draw"] == list(range(8)) * 3
        assert_the_same(got, replayed(got, tmp_path))


@pytest.fixture(scope="module")
def small(baseline_pack: Path) -> dict[str, Any]:
    """What takes no simulation to speak of, from one start of Node."""
    script = """
        const { oddsWith } = await module("settings.js");
        const { toScenario } = await module("scenario.js");
        out = {
          parameters: [0, 1, 250, 499].map((draw) => engine.parameters(draw)),
          theory: list(engine.run({ theory: "lowy-2023" }, { draws: 30, replicates: 2 }).draw),
          files: [{ theory: "lowy-2023" }, {}].map((settings) => toScenario(pack, settings)),
          odds: [oddsWith(engine.pack, {}, "trump_elected", 0.7), oddsWith(engine.pack, {}, "nothing", 0.7)],
        };
    """
    got: dict[str, Any] = in_node(START + script, {"pack": str(baseline_pack)})
    return got


def test_parameters_are_those_of_the_draws_to_the_bit(small: Any) -> None:
    drawn = prepared_for(load("baseline")).sample(1, np.arange(500))
    for draw, values in zip((0, 1, 250, 499), small["parameters"], strict=True):
        assert values == {name: numbers[draw] for name, numbers in drawn.values.items()}


def test_a_theory_plays_its_own_draws_alone(small: Any) -> None:
    drawn = prepared_for(load("baseline")).sample(1, np.arange(30)).theory
    assert small["theory"] == 2 * np.flatnonzero(drawn == "lowy-2023").tolist()


def test_a_file_says_which_theory_was_looked_at_and_plays_all(small: Any) -> None:
    one, all_ = small["files"]
    said, _, rest = one.partition("\n")
    assert said.startswith("# ") and "lowy-2023" in said
    assert rest == all_


def test_odds_of_a_group_leave_each_other_room(small: Any) -> None:
    first, second = small["odds"]
    assert first["trump_elected"] == 0.7
    assert first["harris_elected"] == pytest.approx(0.3)
    assert second == {"nothing": 0.7}


@pytest.mark.long
@pytest.mark.parametrize("name", [name for name in list_scenarios() if name != "baseline"])
def test_every_bundled_scenario_plays_as_in_numpy(name: str, tmp_path: Path) -> None:
    given = {"pack": str(packed(name, tmp_path)), "settings": [{}], "design": {"draws": 20, "replicates": 2}}
    (got,) = in_node(START + RECORD, given)
    assert_the_same(got, replayed(got, tmp_path))


@pytest.mark.long
def test_what_a_scenario_holds_and_plays_itself_gives_way_to_settings(tmp_path: Path) -> None:
    own = {
        "pin": {"seoul_market": 0.9, "border_closed": 0.1},
        "seats": {"PRK": ["test_missile"] * 30},
        "seed": 2**63 - 1,
    }
    settings: list[Any] = [{}, {"conditions": {"border_closed": 0.7}, "seats": {"PRK": None, "USA": ["offer_summit"]}}]
    changes: list[Any] = [{}, {"pin": {"border_closed": 0.7}, "seats": {"PRK": None, "USA": ["offer_summit"]}}]
    given = {"pack": str(packed("baseline", tmp_path, **own)), "settings": settings, "design": {"draws": 20}}
    for got, change in zip(in_node(START + RECORD, given), changes, strict=True):
        prepared = prepared_for(load("baseline").with_(**own).with_(**change))
        t = futures(prepared, 2**63 - 1, got["draw"], got["replicate"], "numpy", "double", None, ())
        assert_the_same(got, t)
