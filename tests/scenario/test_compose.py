"""Putting scenarios together: extends, --with, --set, and where errors point afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from triangle_sim.errors import ScenarioError, render
from triangle_sim.scenario.read.compose import compose
from triangle_sim.scenario.load import load
from triangle_sim.scenario.read.overrides import key_path

from .conftest import checked

Write = Callable[..., Path]


@pytest.fixture
def base(write: Write) -> None:
    write(
        "base.yaml",
        """\
        title: The base
        question: What now?
        claims: [A4]
        draws: 100
        set: {ukraine_war: 0.8, us_deal_appetite: 0.2}
        priors: {rationality.PRK: {dist: truncnorm, loc: 10, scale: 2, low: 5, high: 20}}
        decision: {PRK: {rule: equilibrium, damping: 0.2}}
        events:
          war: {title: The war ends, hazard: 0.05, from: 2025Q1, effects: {ukraine_war: -0.6}}
          vote: {when: 2025Q1, probability: 0.5, effects: {us_deal_appetite: 0.5}, claims: [A31]}
        """,
    )


def errors(name: str, **options: object) -> str:
    return render(checked(name, **options).errors)


def test_mappings_merge_lists_and_scalars_replace_null_deletes(base: None, write: Write) -> None:
    write(
        "child.yaml",
        """\
        extends: base
        draws: 200
        set: {ukraine_war: 0.5, us_deal_appetite: null, sino_russian_rivalry: 0.3}
        events: {war: null, vote: {probability: 1, claims: [B15]}}
        """,
    )
    child = load("./child.yaml")
    assert child.draws == 200
    assert child.set == {"ukraine_war": 0.5, "sino_russian_rivalry": 0.3}
    assert list(child.events) == ["vote"]
    assert child.events["vote"].probability == 1
    assert child.events["vote"].claims == ("B15",)
    assert child.events["vote"].effects == {"us_deal_appetite": 0.5}


def test_descriptions_are_not_inherited_and_the_name_is_the_files(base: None, write: Write) -> None:
    write("child.yaml", "extends: base\n")
    child = load("./child.yaml")
    assert (child.name, child.title, child.question, child.claims) == ("child", "", "", ())
    assert child.events["war"].title == "The war ends"


def test_a_new_timing_replaces_the_old_one(base: None, write: Write) -> None:
    write("child.yaml", "extends: base\nevents: {war: {when: 2025Q3}, vote: {hazard: 0.1, until: 2026Q1}}\n")
    child = load("./child.yaml")
    assert (child.events["war"].timing, child.events["war"].hazard, child.events["war"].from_) == ("when", None, None)
    assert (child.events["vote"].timing, child.events["vote"].when) == ("hazard", None)
    write("both.yaml", "extends: base\nevents: {war: {condition: [{variable: ukraine_war, above: 0.5}]}}\n")
    both = load("./both.yaml").events["war"]
    assert (both.timing, both.hazard) == ("condition", 0.05)


def test_a_prior_a_mix_of_theories_and_a_rule_replace_as_a_whole(base: None, write: Write) -> None:
    write(
        "child.yaml",
        """\
        extends: base
        theory: {lowy-2023: 1}
        priors: {rationality.DPRK: {dist: norm, loc: 8, scale: 1}}
        decision: {North Korea: {rule: quantal, depth: 3}}
        """,
    )
    child = load("./child.yaml")
    assert child.prior_data() == {"rationality.PRK": {"dist": "norm", "loc": 8.0, "scale": 1.0}}
    assert child.theory == {"lowy-2023": 1.0}
    assert (child.rule_for("PRK").depth, child.rule_for("PRK").damping) == (3, 0.5)
    write("tuned.yaml", "extends: base\ndecision: {PRK: {damping: 0.9}}\n")
    assert load("./tuned.yaml").rule_for("PRK").rule == "equilibrium"


def test_errors_of_the_merged_scenario_point_at_the_file_that_wrote_them(base: None, write: Write) -> None:
    write("child.yaml", "extends: base\nevents:\n  vote:\n    probability: 2\n")
    assert errors("./child.yaml") == (
        "./child.yaml:4:18: error: 'probability' in 'events.vote' must be 0 to 1 (probability), not 2\n"
        "     4 |     probability: 2\n"
        "       |                  ^\n"
        "       = help: chance that it can happen at all\n"
        "\n"
        "1 error in ./child.yaml; nothing was run."
    )
    write("other.yaml", "extends: base\nquarters: 4\nstart: 2025Q2\n")
    assert "base.yaml:10:16: error: the event 'vote' lies before the start of the run, 2025Q2" in errors("./other.yaml")


def test_each_ancestor_counts_once_and_left_comes_before_right(base: None, write: Write) -> None:
    write("left.yaml", "extends: base\nset: {ukraine_war: 0.1}\n")
    write("right.yaml", "extends: base\nset: {sino_russian_rivalry: 0.9}\n")
    write("child.yaml", "extends: [left, right]\n")
    composition = compose("./child.yaml")
    assert composition.files == ("base.yaml", "left.yaml", "right.yaml", "./child.yaml")
    # The base comes in through `right` as well, but does not undo what `left` says.
    assert load("./child.yaml").set == {"ukraine_war": 0.1, "us_deal_appetite": 0.2, "sino_russian_rivalry": 0.9}


def test_siblings_that_disagree_are_named(base: None, write: Write) -> None:
    write("left.yaml", "extends: base\nset: {ukraine_war: 0.1}\nevents: {vote: {when: 2025Q2}}\n")
    write("right.yaml", "extends: base\nset:\n  ukraine_war: 0.9\nevents: {vote: {window: [2025Q1, 2025Q4]}}\n")
    write("child.yaml", "extends: [left, right]\n")
    shown = errors("./child.yaml")
    assert (
        "./child.yaml:1:17: error: 'set.ukraine_war' is '0.1' in left.yaml:2 and '0.9' in right.yaml:3\n"
        "     1 | extends: [left, right]\n"
        "       |                 ^^^^^\n"
        "       = help: settle it: give 'set.ukraine_war' in this file\n"
    ) in shown
    assert "'events.vote.when' is '2025Q2' in left.yaml:3 and 'deleted' in right.yaml:4" not in shown
    assert "'events.vote" in shown
    write("child.yaml", "extends: [left, right]\nset: {ukraine_war: 0.5}\nevents: {vote: {when: 2025Q3}}\n")
    assert load("./child.yaml").set["ukraine_war"] == 0.5
    write("same.yaml", "extends: base\nset: {ukraine_war: 0.1}\n")
    write("child.yaml", "extends: [same, left]\n")
    assert load("./child.yaml").set["ukraine_war"] == 0.1


def test_a_scenario_beside_its_own_ancestor_is_no_conflict(base: None, write: Write) -> None:
    write("left.yaml", "extends: base\nset: {ukraine_war: 0.1}\n")
    write("child.yaml", "extends: [left, base]\n")
    assert load("./child.yaml").set["ukraine_war"] == 0.1


def test_circles(write: Write) -> None:
    write("a.yaml", "extends: b\n")
    write("b.yaml", "draws: 60\nextends: ./c.yaml\n")
    write("c.yaml", "extends: a\n")
    assert errors("a.yaml") == (
        "c.yaml:1:10: error: 'extends' goes in a circle: a.yaml -> b.yaml -> c.yaml -> a.yaml\n"
        "     1 | extends: a\n"
        "       |          ^\n"
        "       = help: let it extend something else\n"
        "\n"
        "1 error in c.yaml; nothing was run."
    )
    write("self.yaml", "extends: ./self.yaml\n")
    assert "in a circle: self.yaml -> self.yaml" in errors("self.yaml")


def test_missing_parents(base: None, write: Write) -> None:
    write("child.yaml", "extends: bse\n")
    assert "child.yaml:1:10: error: no scenario 'bse' to extend" in errors("child.yaml")
    assert "did you mean 'base'?" in errors("child.yaml")
    write("child.yaml", "extends: [base, ./bas.yaml]\n")
    assert "child.yaml:1:17: error: no file './bas.yaml' to extend" in errors("child.yaml")
    assert "did you mean 'base.yaml'?" in errors("child.yaml")
    write("broken.yaml", "draws: [\n")
    write("child.yaml", "extends: [broken, nothing]\n")
    shown = errors("child.yaml")
    assert "broken.yaml:2:1: error:" in shown
    assert "child.yaml:1:19: error: no scenario 'nothing'" in shown


def test_very_long_chains(write: Write) -> None:
    for i in range(12):
        write(f"s{i}.yaml", f"extends: s{i + 1}\n")
    assert "nested more than 10 files deep" in errors("s0.yaml")


def test_paths_count_from_the_file_that_names_them(write: Write) -> None:
    write("deep/parent.yaml", "draws: 60\n")
    write("deep/child.yaml", "extends: ./parent.yaml\n")
    write("top.yaml", "extends: deep/child.yaml\n")
    assert load("top.yaml").draws == 60
    assert compose("top.yaml").files == ("deep/parent.yaml", "deep/child.yaml", "top.yaml")


def test_scenarios_laid_side_by_side(base: None, write: Write) -> None:
    write("left.yaml", "title: Left\nextends: base\nset: {ukraine_war: 0.1}\n")
    write("right.yaml", "title: Right\nextends: base\nset: {sino_russian_rivalry: 0.9}\n")
    write("clash.yaml", "extends: base\nset: {ukraine_war: 0.3}\n")
    both = load("./left.yaml", with_=["./right.yaml"])
    assert (both.name, both.title) == ("left+right", "Left")
    assert both.set["ukraine_war"] == 0.1
    assert both.set["sino_russian_rivalry"] == 0.9
    assert errors("./left.yaml", with_=["./clash.yaml"]) == (
        "--with ./clash.yaml: error: 'set.ukraine_war' is '0.1' in ./left.yaml:3 and '0.3' in ./clash.yaml:2\n"
        "       = help: settle it with --set, or leave one of the two scenarios out\n"
        "\n"
        "1 error in --with ./clash.yaml; nothing was run."
    )
    assert load("./left.yaml", with_=["./clash.yaml"], set_=["ukraine_war=0.2"]).set["ukraine_war"] == 0.2


def test_single_values(base: None) -> None:
    options = [
        "ukraine_war=0.3", "goodwill[RUS, KP]=.5", "quarters=12", "theory=lowy-2023", "rationality.PRK=",
        "priors.rationality.PRK={dist: norm, loc: 1, scale: 1}", "events.vote.probability=1e-1",
        "events.vote.effects.us_deal_appetite=0.4", "decision.PRK.depth=3", "moves.disable.DPRK=[test_missile]",
        "events.war=null",
    ]  # fmt: skip
    scenario = load("./base.yaml", set_=options)
    assert scenario.set == {"ukraine_war": 0.3, "us_deal_appetite": 0.2, "goodwill[RUS,PRK]": 0.5}
    assert (scenario.quarters, scenario.theory) == (12, {"lowy-2023": 1.0})
    assert scenario.prior_data()["rationality.PRK"] == {"dist": "norm", "loc": 1.0, "scale": 1.0}
    assert scenario.events["vote"].probability == 0.1
    assert scenario.events["vote"].effects == {"us_deal_appetite": 0.4}
    assert scenario.rule_for("PRK").depth == 3
    assert scenario.moves.disable == {"PRK": ("test_missile",)}
    assert list(scenario.events) == ["vote"]
    assert load("./base.yaml", set_={"ukraine_war": 0.3, "quarters": 3}).quarters == 3


@pytest.mark.parametrize(
    ("option", "message"),
    [
        ("ukrane_war=0.3", "--set ukrane_war=0.3: error: unknown key 'ukrane_war' in 'set'"),
        ("draws=0", "--set draws=0: error: 'draws' must be 1 to 1,000,000 (draws), not 0"),
        ("quarters=ten", "--set quarters=ten: error: 'quarters' must be a whole number (quarters), not the text 'ten'"),
        ("ukraine_war", "--set ukraine_war: error: no '=' with a name before it"),
        ("=3", "--set =3: error: no '=' with a name before it"),
        ("extends=base", "--set extends=base: error: cannot set 'extends'"),
        ("draws=[", "--set draws=[: error: a value is missing or malformed here"),
        ("draws=.nan", "--set draws=.nan: error: '.nan': not a finite number"),
        ("events..probability=1", "--set events..probability=1: error: cannot set 'events..probability'"),
        ("events.vote.chance=1", "--set events.vote.chance=1: error: unknown key 'chance' in 'events.vote'"),
        ("draws.x=1", "--set draws.x=1: error: unknown key 'draws.x' in 'set'"),
    ],
)
def test_single_values_that_are_wrong(base: None, option: str, message: str) -> None:
    shown = errors("./base.yaml", set_=[option])
    assert shown.startswith(message), shown


def test_parameters_that_begin_like_a_key_of_the_file() -> None:
    assert key_path("start.goodwill[RUS, PRK]") == ("set", "start.goodwill[RUS, PRK]")
    assert key_path("start") == ("start",)
    assert key_path("events.e") == ("events", "e")
    assert key_path("events.e.effects.goodwill[RUS,PRK]") == ("events", "e", "effects", "goodwill[RUS,PRK]")


def test_a_scenario_identical_to_its_parent_is_told(base: None, write: Write) -> None:
    write("child.yaml", "extends: base\ntitle: Another name\nset: {ukraine_war: 0.8}\ndraws: 70\n")
    text = render(checked("child.yaml").problems)
    assert "child.yaml:1:10: warning: this scenario is identical to what it extends" in text
    write("child.yaml", "extends: base\nset: {ukraine_war: 0.7}\n")
    assert "identical" not in render(checked("child.yaml").problems)
    write("left.yaml", "extends: base\nset: {ukraine_war: 0.7}\n")
    write("right.yaml", "extends: base\nset: {us_deal_appetite: 0.7}\n")
    write("sum.yaml", "extends: [left, right]\n")
    assert "identical" not in render(checked("sum.yaml").problems)


def test_deleting_what_is_not_there_is_told(base: None, write: Write) -> None:
    write("child.yaml", "extends: base\nevents: {vot: null}\nset: {ukraine_war: 0.1}\n")
    text = render(checked("child.yaml").problems)
    assert "child.yaml:2:10: warning: nothing to delete: no parent gives 'events.vot'" in text
    assert "did you mean 'vote'?" in text


def test_names_and_paths_of_scenarios(base: None, tmp_path: Path) -> None:
    assert load(tmp_path / "base.yaml").name == "base"
    assert "for the file beside you, write ./base.yaml" in errors("base")
    assert "no such file" in errors("none.yaml")
    assert "this is a directory" in errors("./")
    for odd in ("", "\0", "../\0.yaml", "x" * 5000 + ".yaml"):
        assert "nothing was run" in errors(odd)
    with pytest.raises(ScenarioError):
        load("./none.yaml")
