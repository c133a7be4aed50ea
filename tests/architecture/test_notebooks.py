"""Notebooks hold what they show, in the same form on every machine, and are built alike."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("[0-9]_*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_holds_what_it_shows_on_any_machine(path: Path) -> None:
    """Outputs of every cell, none of them an error or a warning, no machine's paths or addresses."""
    assert path.stat().st_size < 400_000
    notebook = json.loads(path.read_text(encoding="utf-8"))
    assert set(notebook["metadata"].get("language_info", {})) <= {"name"}
    code = [cell for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert [cell["execution_count"] for cell in code] == list(range(1, len(code) + 1))
    for output in (output for cell in code for output in cell["outputs"]):
        assert output["output_type"] != "error" and output.get("name") != "stderr"
        assert not re.search(r"/(tmp|home|root|work|Users)/| at 0x[0-9a-f]{6}|\x1b\[", shown(output))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_opens_with_its_question_and_ends_with_its_limits(path: Path) -> None:
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    first, last = "".join(cells[0]["source"]), "".join(cells[-1]["source"])
    assert "?" in first
    assert "## What was learned" in last and "## What it does not show" in last
    assert any("assert " in "".join(cell["source"]) for cell in cells if cell["cell_type"] == "code")


def shown(output: dict[str, Any]) -> str:
    """What an output says in text."""
    texts = [output.get("text", "")] + [text for kind, text in output.get("data", {}).items() if "image" not in kind]
    return "\n".join("".join(text) for text in texts)
