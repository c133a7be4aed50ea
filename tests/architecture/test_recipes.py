"""The recipes run as they stand, one after the other, as a reader who copies them would run them."""

from __future__ import annotations

import re

import pytest

from architecture.tree import ROOT

BLOCKS = re.findall(r"^```python\n(.*?)^```", (ROOT / "docs" / "recipes.md").read_text(encoding="utf-8"), re.M | re.S)


@pytest.mark.long
@pytest.mark.filterwarnings("ignore")
def test_every_recipe_runs(capsys: pytest.CaptureFixture[str]) -> None:
    space: dict[str, object] = {}
    assert len(BLOCKS) == 7
    for number, block in enumerate(BLOCKS):
        capsys.readouterr()
        exec(compile(block, f"recipe {number + 1}", "exec"), space)
        assert capsys.readouterr().out.strip(), f"recipe {number + 1} prints nothing"
