"""Notebooks as they are stored: a question, its answer, what was learned; small, run whole, and from no machine."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "notebooks"
NOTEBOOKS = sorted(FOLDER.glob("*.ipynb"))
MACHINE = r"0x[0-9a-f]{6}|/(home|root|tmp)/|site-packages"
"""An address in memory, or a path."""


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request: pytest.FixtureRequest) -> Path:
    return Path(request.param)


def cells(path: Path, kind: str) -> list[dict[str, Any]]:
    return [cell for cell in json.loads(path.read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == kind]


def source(cell: dict[str, Any]) -> str:
    return "".join(cell["source"])


def test_it_is_small(path: Path) -> None:
    assert path.stat().st_size < 400_000


def test_it_begins_with_a_question_and_ends_with_what_it_does_not_show(path: Path) -> None:
    texts = [source(cell) for cell in cells(path, "markdown")]
    assert re.match(r"# \d\. .+\n\n\*\*.+?\?", texts[0], re.DOTALL)
    assert "a model, not a forecast" in " ".join("\n".join(texts).lower().split())
    assert re.search(r"## What was learned\n\n- .*## What it does not show\n\n- ", texts[-1], re.DOTALL)


def test_it_asserts_what_it_found_and_leaves_the_logic_to_the_package(path: Path) -> None:
    code = [source(cell) for cell in cells(path, "code")]
    assert sum(line.lstrip().startswith("assert ") for each in code for line in each.splitlines()) >= 3
    assert [each for each in code if sum(map(bool, each.splitlines())) > 8] == []
    assert [each for each in code if re.search(r"^\s*(def|class) ", each, re.MULTILINE)] == []


def test_it_was_run_whole_and_shows_no_machine(path: Path) -> None:
    code = cells(path, "code")
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for output in (output for cell in code for output in cell["outputs"]):
        assert output["output_type"] != "error" and output.get("name") != "stderr"
        shown = json.dumps(
            {kind: text for kind, text in output.get("data", {}).items() if not kind.startswith("image/")}
        )
        assert not re.search(MACHINE, shown + json.dumps(output.get("text", "")))


def test_the_list_of_notebooks_is_whole() -> None:
    listed = re.findall(r"\]\((\w+\.ipynb)\)", (FOLDER / "README.md").read_text(encoding="utf-8"))
    assert listed == [path.name for path in NOTEBOOKS]
