"""Putting scenarios together: extends, --with, --set, and where errors point afterwards."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scenario.conftest import checked, errors
from triangle_sim.errors import render
from triangle_sim.scenario.load import load
from triangle_sim.scenario.read.compose import compose

Write = Callable[..., Path]


def test_mappings_merge_lists_and_scalars_replace_null_deletes(base: None, write: Write) -> None:
    write(
        "child.yaml",
        """\
        extends: base
        draws: 200
        environment: {ukraine_war: 0.5, us_deal_appetite: null, sino_russian_rivalry: 0.3}
        events: {war: null, vote: {probability: 1, claims: [B15]}}
        """,
    )
    child = load("./child.yaml")
    assert child.draws == 200
    assert child.environment == {"ukraine_war": 0.5, "sino_russian_rivalry": 0.3}
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
    assert child.data()["priors"] == {"rationality.PRK": {"dist": "norm", "loc": 8.0, "scale": 1.0}}
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
    write("left.yaml", "extends: base\nenvironment: {ukraine_war: 0.1}\n")
    write("right.yaml", "extends: base\nenvironment: {sino_russian_rivalry: 0.9}\n")
    write("child.yaml", "extends: [left, right]\n")
    composition = compose("./child.yaml")
    assert composition.files == ("base.yaml", "left.yaml", "right.yaml", "./child.yaml")
    # The base comes in through `right` as well, but does not undo what `left` says.
    assert load("./child.yaml").environment == {
        "ukraine_war": 0.1,
        "us_deal_appetite": 0.2,
        "sino_russian_rivalry": 0.9,
    }


def test_siblings_that_disagree_are_named(base: None, write: Write) -> None:
    write("left.yaml", "extends: base\nenvironment: {ukraine_war: 0.1}\nevents: {vote: {when: 2025Q2}}\n")
    write("right.yaml", "extends: base\nenvironment:\n  ukraine_war: 0.9\nevents: {vote: {window: [2025Q1, 2025Q4]}}\n")
    write("child.yaml", "extends: [left, right]\n")
    shown = errors("./child.yaml")
    assert (
        "./child.yaml:1:17: error: 'environment.ukraine_war' is '0.1' in left.yaml:2 and '0.9' in right.yaml:3\n"
        "     1 | extends: [left, right]\n"
        "       |                 ^^^^^\n"
        "       = help: settle it: give 'environment.ukraine_war' in this file\n"
    ) in shown
    assert "'events.vote.when' is '2025Q2' in left.yaml:3 and 'deleted' in right.yaml:4" not in shown
    assert "'events.vote" in shown
    write("child.yaml", "extends: [left, right]\nenvironment: {ukraine_war: 0.5}\nevents: {vote: {when: 2025Q3}}\n")
    assert load("./child.yaml").environment["ukraine_war"] == 0.5
    write("same.yaml", "extends: base\nenvironment: {ukraine_war: 0.1}\n")
    write("child.yaml", "extends: [same, left]\n")
    assert load("./child.yaml").environment["ukraine_war"] == 0.1


def test_a_scenario_beside_its_own_ancestor_is_no_conflict(base: None, write: Write) -> None:
    write("left.yaml", "extends: base\nenvironment: {ukraine_war: 0.1}\n")
    write("child.yaml", "extends: [left, base]\n")
    assert load("./child.yaml").environment["ukraine_war"] == 0.1


def test_scenarios_laid_side_by_side(base: None, write: Write) -> None:
    write("left.yaml", "title: Left\nextends: base\nenvironment: {ukraine_war: 0.1}\n")
    write("right.yaml", "title: Right\nextends: base\nenvironment: {sino_russian_rivalry: 0.9}\n")
    write("clash.yaml", "extends: base\nenvironment: {ukraine_war: 0.3}\n")
    both = load("./left.yaml", with_=["./right.yaml"])
    assert (both.name, both.title) == ("left+right", "Left")
    assert both.environment["ukraine_war"] == 0.1
    assert both.environment["sino_russian_rivalry"] == 0.9
    assert errors("./left.yaml", with_=["./clash.yaml"]) == (
        "--with ./clash.yaml: error: 'environment.ukraine_war' is '0.1' in ./left.yaml:3 and '0.3' in ./clash.yaml:2\n"
        "       = help: settle it with --set, or leave one of the two scenarios out\n"
        "\n"
        "1 error in --with ./clash.yaml; nothing was run."
    )
    assert load("./left.yaml", with_=["./clash.yaml"], set_=["ukraine_war=0.2"]).environment["ukraine_war"] == 0.2


def test_a_scenario_identical_to_its_parent_is_told(base: None, write: Write) -> None:
    write("child.yaml", "extends: base\ntitle: Another name\nenvironment: {ukraine_war: 0.8}\ndraws: 70\n")
    text = render(checked("child.yaml").problems)
    assert "child.yaml:1:10: warning: this scenario is identical to what it extends" in text
    write("child.yaml", "extends: base\nenvironment: {ukraine_war: 0.7}\n")
    assert "identical" not in render(checked("child.yaml").problems)
    write("left.yaml", "extends: base\nenvironment: {ukraine_war: 0.7}\n")
    write("right.yaml", "extends: base\nenvironment: {us_deal_appetite: 0.7}\n")
    write("sum.yaml", "extends: [left, right]\n")
    assert "identical" not in render(checked("sum.yaml").problems)


def test_deleting_what_is_not_there_is_told(base: None, write: Write) -> None:
    write("child.yaml", "extends: base\nevents: {vot: null}\nenvironment: {ukraine_war: 0.1}\n")
    text = render(checked("child.yaml").problems)
    assert "child.yaml:2:10: warning: nothing to delete: no parent gives 'events.vot'" in text
    assert "did you mean 'vote'?" in text
