"""The benchmarks of the page's sliders run in Chromium: of the engine alone, and of the page."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


@pytest.mark.long
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium here")
@pytest.mark.parametrize(("script", "line"), [
    ("slider.py", r"^([\d,]+) futures: (\d+) ms .* with 2 workers, \d+ ms of processor time"),
    ("page.py", r"^([\d,]+) futures on the page: (\d+) ms .* with \d workers, [\d.]+ times"),
])  # fmt: skip
def test_it_says_how_long_an_answer_takes(script: str, line: str) -> None:
    pytest.importorskip("playwright")
    done = subprocess.run([sys.executable, str(FOLDER / script), "--quick"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    said = re.findall(line, done.stdout, re.M)
    assert [size for size, _ in said] == ["2,000", "10,000"]
    assert all(int(waited) > 0 for _, waited in said)
