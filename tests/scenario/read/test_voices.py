"""Theories of one's own: read beside the scenario, carried in it, every mistake told at its place in the file."""

from __future__ import annotations

import pytest

from scenario.conftest import Write
from triangle_sim.errors import ScenarioError
from triangle_sim.scenario.load import check, load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.show.dump import dump

MINE = """\
name: mine
title: Pyongyang waits
extends: lowy-2023
priors:
  weight.North Korea.supply: {prior: {dist: lognorm, s: 0.4, scale: 0.3}, claims: [B36]}
  rationality.PRK: {prior: 90, source: my book}
"""


def carried(scenario: Scenario) -> dict[str, float]:
    """The priors of the theory that it carries, by their middle."""
    return {name: float(stated.prior.median() if hasattr(stated.prior, "median") else stated.prior)
            for name, stated in scenario.theories["mine"].priors.items()}  # fmt: skip


def test_a_path_is_taken_from_the_folder_of_the_file_that_names_it(write: Write) -> None:
    write("lib/voices/mine.yaml", MINE)
    write("lib/base.yaml", "extends: baseline\ntheory: {voices/mine.yaml: 0.75, chung-2024: 0.25}\n")
    scenario = load(str(write("top.yaml", "extends: lib/base.yaml\n")))
    assert scenario.theory == {"mine": 0.75, "chung-2024": 0.25}
    assert carried(scenario) == {"weight.PRK.supply": pytest.approx(0.3), "rationality.PRK": 90}


def test_a_path_that_is_set_is_taken_from_here(write: Write) -> None:
    write("my/mine.yaml", MINE)
    scenario = load("baseline", set_=["theory=my/mine.yaml"])
    assert scenario.theory == {"mine": 1.0} and set(scenario.theories) == {"mine"}


def test_a_theory_that_nobody_asks_for_any_more_is_not_carried(write: Write) -> None:
    write("mine.yaml", MINE)
    write("a.yaml", "extends: baseline\ntheory: mine.yaml\n")
    scenario = load("a.yaml", set_={"theory": "lowy-2023"})
    assert (
        not scenario.theories
        and scenario.content_hash() == load("baseline", set_={"theory": "lowy-2023"}).content_hash()
    )


def test_the_hash_is_of_what_it_says_not_of_where_it_says_it(write: Write) -> None:
    write("mine.yaml", MINE)
    by_path = load("baseline", set_={"theory": "./mine.yaml"})
    (write("saved.yaml", dump(by_path.data()))).with_name("mine.yaml").unlink()
    assert load("saved.yaml").content_hash() == by_path.content_hash()
    for text, same in ((MINE.replace("waits", "does not wait"), True), (MINE.replace("90", "91"), False),
                       (MINE.replace("lowy-2023", "chung-2024"), False)):  # fmt: skip
        write("mine.yaml", text)
        assert (load("baseline", set_={"theory": "./mine.yaml"}).content_hash() == by_path.content_hash()) == same


def test_a_scenario_without_one_has_the_hash_it_had(write: Write) -> None:
    assert "theories" not in load("baseline").data()


BAD = {
    "an unknown number": ("weight.North Korea.supply", "weight.PRK.suply", "mine.yaml:5:3", "'weight.PRK.supply'?"),
    "a value out of range": ("prior: 90", "prior: -1", "mine.yaml:6:28", "must be 0 to 1000, not -1"),
    "a prior that is none": ("{dist: lognorm, s: 0.4, scale: 0.3}", "{dist: lognorml}", "mine.yaml:5:45", "'lognorm'"),
    "no prior": ("prior: 90, ", "", "mine.yaml:6:3", "'prior' is missing"),
    "a misspelt key": ("title", "titel", "mine.yaml:2:1", "did you mean 'title'"),
    "an unknown claim": ("B36", "B366", "mine.yaml:5:84", "did you mean 'B36'"),
    "an unknown parent": ("lowy-2023", "lowy-22", "mine.yaml:3:10", "did you mean 'lowy-2023'"),
    "a name that is taken": ("name: mine", "name: chung-2024", "mine.yaml", "a bundled theory is called 'chung-2024'"),
    "a name that tables use": ("name: mine", "name: both", "mine.yaml:1:7", "all draws together"),
    "a name that is no name": ("name: mine", "name: 12", "mine.yaml:1:7", "beginning with a letter"),
    "two spellings of one": ("rationality.PRK", "weight.PRK.supply", "mine.yaml:6:3", "is the same as"),
    "a tab": ("  rationality", "\trationality", "mine.yaml:6:1", "tab"),
}  # fmt: skip


@pytest.mark.parametrize("kind", BAD)
def test_a_mistake_is_told_at_its_place_in_the_file(kind: str, write: Write) -> None:
    old, new, place, says = BAD[kind]
    write("mine.yaml", MINE.replace(old, new, 1))
    (write("s.yaml", "extends: baseline\ntheory: {mine.yaml: 0.5, lowy-2023: 0.5}\n"))
    with pytest.raises(ScenarioError) as raised:
        load("s.yaml")
    assert place in str(raised.value) and says in str(raised.value)


def test_all_mistakes_are_told_at_once(write: Write) -> None:
    text = MINE.replace("B36", "B366").replace("title", "titel").replace("prior: 90, ", "").replace("lowy-2023", "x")
    write("mine.yaml", text)
    write("s.yaml", "extends: baseline\ntheory: mine.yaml\nquarters: no\n")
    found = check("s.yaml")
    assert len(found.errors) == 5


@pytest.mark.parametrize(
    ("theory", "says"),
    [
        ("nowhere.yaml", "s.yaml:2:9: error: cannot take the theory 'nowhere.yaml': no such file"),
        ("{nowhere.yaml: 0.5, lowy-2023: 0.5}", "s.yaml:2:10: error: cannot take the theory 'nowhere.yaml'"),
        ("./", "this is a directory"),
        ("s.yaml", "a theory states 'priors'"),
        ("{mine.yaml: 0.5, ./mine.yaml: 0.5}", "a second theory is called 'mine'"),
        ("mine", "or give the path of a file"),
        ("{mine.yaml: 0.5, lowy-2023: 0.6}", "sum to 1.1"),
    ],
)
def test_what_cannot_be_taken_is_told_where_it_is_named(theory: str, says: str, write: Write) -> None:
    write("mine.yaml", MINE)
    write("s.yaml", f"extends: baseline\ntheory: {theory}\n")
    with pytest.raises(ScenarioError) as raised:
        load("s.yaml")
    assert says in str(raised.value)


def test_a_theory_run_as_a_scenario_says_how(write: Write) -> None:
    with pytest.raises(ScenarioError, match="this is a theory, not a scenario") as raised:
        load(str(write("mine.yaml", MINE)))
    assert "--set theory=" in str(raised.value)


def test_a_carried_theory_without_a_share_is_odd(write: Write) -> None:
    write("s.yaml", "extends: baseline\ntheories: {mine: {priors: {rationality.PRK: {prior: 90}}}}\n")
    assert any("no share of the draws" in warning.message for warning in check("s.yaml").warnings)
