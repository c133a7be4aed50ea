"""The benchmark of the page's sliders runs in Chromium, with the workers it was asked for."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "benchmarks" / "slider.py"


@pytest.mark.long
@pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium here")
def test_it_says_how_long_an_answer_takes() -> None:
    pytest.importorskip("playwright")
    done = subprocess.run([sys.executable, str(SCRIPT), "--quick"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr[-3000:]
    said = re.findall(r"^([\d,]+) futures: (\d+) ms .* with 2 workers, (\d+) ms of processor time", done.stdout, re.M)
    assert [size for size, _, _ in said] == ["2,000", "10,000"]
    assert all(int(waited) > 0 for _, waited, _ in said)
