"""New scenarios: they load as they are, and so do their comments."""

from __future__ import annotations

from pathlib import Path

import pytest

from scenario.conftest import checked
from scenario.fake import CATALOGUE
from triangle_sim.errors import render
from triangle_sim.scenario.load import check, load
from triangle_sim.scenario.read.strict_yaml import load_text
from triangle_sim.scenario.show.template import template


@pytest.mark.parametrize("name", ["my_question", "on", "1e-3", "What if {so}?", "a#b"])
def test_a_new_scenario_loads_as_it_is(tmp_path: Path, name: str) -> None:
    (tmp_path / "parent.yaml").write_text("draws: 60\n")
    (tmp_path / "new.yaml").write_text(template(name, "./parent.yaml"))
    if "?" in name:
        assert "'name' cannot be" in render(checked("./new.yaml").problems)
        return
    scenario = check("./new.yaml", catalogue=CATALOGUE).scenario
    assert scenario
    assert (scenario.name, scenario.draws) == (name, 60)


def test_the_comments_of_a_new_scenario_are_valid_when_uncommented(tmp_path: Path) -> None:
    (tmp_path / "parent.yaml").write_text("draws: 60\n")
    text = template("new", "./parent.yaml")
    keys = (
        "answers:",
        "environment:",
        "state:",
        "parameters:",
        "events:",
        "theory:",
        "decision:",
        "moves:",
        "draws:",
        "replicates:",
    )
    lines, open_ = [], False
    for line in text.splitlines():
        bare = line.removeprefix("# ")
        open_ = line.startswith("# ") and (bare.startswith(keys) or (open_ and bare.startswith("  ")))
        lines.append(bare if open_ else line)
    uncommented = "\n".join(lines)
    data = load_text(uncommented).data
    assert {key.rstrip(":") for key in keys} <= set(data)
    (tmp_path / "new.yaml").write_text(uncommented)
    shown = load("./new.yaml")
    assert shown.events["a_new_event"].duration == 4
    assert text.startswith("# yaml-language-server: $schema=scenario.schema.json\n")
