"""The page on adding things is true: its examples work in one place, and earlier results keep their bits."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pandas as pd

import triangle_sim as ts

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = """
import sys, triangle_sim as ts
old = ts.run("baseline", draws=6, replicates=2, jobs=1).runs
old.to_pickle(sys.argv[1])
changed = dict(draws=4, replicates=1, jobs=1)
new = ts.run(ts.load("with_japan").with_(decision={"PRK": {"rule": "trembling"}}, theory="patient-2024"), **changed)
assert "JPN" in set(new.moves["country"]), "Japan plays"
assert set(new.runs["theory"]) == {"patient-2024"}
assert new.runs["total_supply"].between(0, 1).all()
"""


def examples() -> dict[str, str]:
    """The files that the page's examples stand for."""
    page = (ROOT / "docs" / "adding.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:python|yaml)\n# (\S+/\S+\.(?:py|yaml))\n(.*?)```", page, flags=re.DOTALL)
    return dict(blocks)


def test_examples_work_and_change_nothing_earlier(tmp_path: Path) -> None:
    """A country, a theory, an outcome, a rule and a scenario of the page, each one new file, in a copy of the tree."""
    assert len(examples()) == 5
    for folder in ("src", "scenarios", "seeds"):
        shutil.copytree(ROOT / folder, tmp_path / folder, ignore=shutil.ignore_patterns("__pycache__"))
    for name, text in examples().items():
        assert not (tmp_path / name).exists()
        (tmp_path / name).write_text(text, encoding="utf-8")
    environment = os.environ | {"PYTHONPATH": str(tmp_path / "src")}
    command = [sys.executable, "-c", SCRIPT, "old.pickle"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    theirs = pd.read_pickle(tmp_path / "old.pickle")
    ours = ts.run("baseline", draws=6, replicates=2, jobs=1).runs
    pd.testing.assert_frame_equal(theirs[ours.columns], ours, check_exact=True)
