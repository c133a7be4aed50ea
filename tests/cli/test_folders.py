"""A folder where a file should be: one error that says which file it might be."""

from __future__ import annotations

from pathlib import Path

import pytest

from .conftest import Call

SMALL = ("--draws", "2", "--replicates", "2", "--set", "quarters=1")

COMMANDS = [
    ("run", "r", *SMALL),
    ("run", "./r", *SMALL),
    ("run", "baseline", "--with", "r", *SMALL),
    ("run", "baseline", "--with", "r/", *SMALL),
    ("vitals", "r"),
    ("vitals", "./r/"),
    ("check", "r"),
    ("show", "r"),
    ("show", "baseline", "--diff", "r"),
    ("story", "baseline", "--with", "r"),
    ("new", "mine", "--from", "r"),
]


@pytest.mark.parametrize("words", COMMANDS, ids=" ".join)
def test_a_result_where_a_scenario_should_be(words: tuple[str, ...], call: Call, write, here: Path) -> None:
    """It says which of its files is the scenario."""
    write("r/manifest.json", "{}")
    write("r/scenario.yaml", "extends: baseline\nquarters: 1\n")
    call(*words).refused("directory", "it is a result folder; give the scenario that was run: ", "r/scenario.yaml")
    assert sorted(path.name for path in here.iterdir()) == ["r"]


def test_what_the_error_says_can_be_done(call: Call) -> None:
    assert call("run", "trump_win", *SMALL, "-o", "r", "--no-figures").code == 0
    given = call("vitals", "r").err.split("that was run: ")[1].split()[0]
    assert call("vitals", given, *SMALL[:4]).code == 0
    assert call("compare", given, "baseline", *SMALL).code == 0


def test_saved_results_are_compared_as_they_are(call: Call, here: Path) -> None:
    """Folders and scenarios say the same; a scenario is played in the folder's design, and a broken folder is told."""
    design = SMALL[:4]
    for name in ("trump_win", "baseline"):
        assert call("run", name, *design, "-o", f"my {name}", "--no-figures", "--seed", "3").code == 0
    given = [("my trump_win", "my baseline/"), ("trump_win", "my baseline"), ("my trump_win", "baseline")]
    ended = [call("compare", *words, "--csv") for words in given]
    assert {each.code for each in ended} == {0} and len({each.out for each in ended}) == 1
    assert ended[0].err == "" and "1 scenario x 2 draws x 2 replicates" in ended[1].err
    call("compare", *given[0], "--set", "quarters=1").refused("not a finished result")
    call("compare", *given[0], "--draws", "2").refused("draws cannot be chosen")
    (here / "my baseline" / "manifest.json").write_text("{}")
    call("compare", *given[0]).refused("not a complete result folder")


def test_a_bundled_name_is_the_scenario_whatever_lies_around(call: Call) -> None:
    call("run", "trump_win", *SMALL, "-o", "baseline", "--no-figures")
    words = ("--set", "quarters=1", "--draws", "2", "--replicates", "2", "--csv")
    assert call("compare", "baseline", "trump_win", *words).out.splitlines()[1].startswith("baseline,trump_win,")
    assert call("compare", "./baseline", "trump_win", *words).out.splitlines()[1].startswith("./baseline,trump_win,")


@pytest.mark.parametrize(
    ("words", "help"),
    [
        (("run", "empty.yaml/", *SMALL), "name a file"),
        (("run", "empty.yaml", *SMALL), "name a file"),
        (("run", "some", *SMALL), "name a file in it, as some/first.yaml"),
        (("run", "baseline", "--with", "some", *SMALL), "name a file in it, as some/first.yaml"),
        (("check", "some/"), "name a file in it, as some/first.yaml"),
        (("story", "some"), "run ... -o FOLDER"),
        (("resume", "some"), "run ... -o FOLDER"),
    ],
    ids=lambda given: " ".join(given) if isinstance(given, tuple) else "",
)
def test_a_folder_of_something_else(words: tuple[str, ...], help: str, call: Call, write, here: Path) -> None:
    (here / "empty.yaml").mkdir()
    write("some/second.yaml", "extends: baseline\n")
    write("some/first.yaml", "extends: baseline\n")
    ended = call(*words)
    ended.refused(help)
    assert "unknown" not in ended.err and ended.err.count("error:") == 1


@pytest.mark.parametrize("extends", ["some", "some/", "./some", "odd", "odd.yaml", "[baseline, some]"])
def test_a_folder_that_is_extended(extends: str, call: Call, write, here: Path) -> None:
    """The error stands at the line that extends it."""
    write("some/first.yaml", "quarters: 1\n")
    write("odd.yaml/first.yaml", "quarters: 1\n")
    write("s.yaml", f"title: T\nextends: {extends}\n")
    ended = call("check", "s.yaml")
    name = "odd.yaml" if "odd" in extends else "some"
    where = 2, len("extends: ") + (len("[baseline, ") if "[" in extends else 0) + 1
    ended.refused(
        "s.yaml:{}:{}: error: ".format(*where), f"cannot extend '{name}': this is a directory", f"as {name}/first.yaml"
    )
    assert ended.err.count("error:") == 1
