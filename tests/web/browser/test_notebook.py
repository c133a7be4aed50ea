"""The page in JupyterLab: what is set and played there is read and set from Python; a saved notebook keeps it."""

from __future__ import annotations

import json
import math
import os
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.browser.chromium import AT_HOME
from tests.web.browser.conftest import PATIENCE

pytest.importorskip("jupyterlab")
pytest.importorskip("anywidget")
pytestmark = pytest.mark.long

CELLS = (
    "import triangle_sim as ts\nshown = ts.page('baseline')\nshown",
    "import json\nprint(json.dumps([shown.settings, shown.results]))",
    "shown.settings = {'conditions': {'sino_russian_rivalry': 1.0}}",
)
LISTENS = """
async () => {
  const kernels = await (await fetch("/api/kernels?token=key")).json();
  return kernels.some((each) => each.connections > 0 && each.execution_state === "idle")
    && document.querySelector(".jp-Notebook-ExecutionIndicator[data-status=idle]");
}
"""
"""JupyterLab drops what is run before its kernel listens."""
SAVES_STATE = Path("lab/user-settings/@jupyter-widgets/jupyterlab-manager/plugin.jupyterlab-settings")


@pytest.fixture
def notebook(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """The address of a notebook in a JupyterLab of its own, and the notebook's file."""
    file, settings = tmp_path / "work" / "page.ipynb", tmp_path / "config" / SAVES_STATE
    for each in (file, settings):
        each.parent.mkdir(parents=True)
    cells = [
        {"cell_type": "code", "id": f"cell{at}", "source": text, "metadata": {}, "outputs": [], "execution_count": None}
        for at, text in enumerate(CELLS)
    ]
    kernel = {"name": "python3", "display_name": "Python 3"}
    content = {"cells": cells, "metadata": {"kernelspec": kernel}, "nbformat": 4, "nbformat_minor": 5}
    file.write_text(json.dumps(content), encoding="utf-8")
    settings.write_text('{"saveState": true}', encoding="utf-8")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = {
        "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_DATA_DIR": "data",
        "JUPYTER_RUNTIME_DIR": "run",
        "IPYTHONDIR": "ipy",
    }
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}",
               "--ServerApp.port_retries=0", "--IdentityProvider.token=key", f"--ServerApp.root_dir={file.parent}",
               "--LabApp.news_url=None"]  # fmt: skip
    server = subprocess.Popen(
        command,
        env=os.environ | {name: str(tmp_path / folder) for name, folder in own.items()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        answers(f"http://127.0.0.1:{port}/api?token=key")
        yield f"http://127.0.0.1:{port}/lab/tree/{file.name}?token=key", file
    finally:
        server.terminate()
        server.wait(PATIENCE)


def answers(address: str) -> None:
    """Wait for a server."""
    end = time.monotonic() + PATIENCE
    while True:
        try:
            urllib.request.urlopen(address, timeout=5).close()
            return
        except OSError:
            assert time.monotonic() < end, "JupyterLab does not answer"
            time.sleep(0.2)


class Lab:
    """A notebook that is open in JupyterLab, and the page in it."""

    def __init__(self, browser: Any, address: str) -> None:
        self.lab = browser.new_page(viewport={"width": 1280, "height": 1000})
        self.lab.set_default_timeout(1000 * PATIENCE)
        self.lab.on("request", lambda asked: self.asked.append(asked.url))
        self.asked: list[str] = []
        self.lab.goto(address)
        self.lab.wait_for_selector(".jp-Notebook .jp-CodeCell")
        self.lab.wait_for_function(LISTENS, polling=500)
        self.page = self.lab.frame_locator("iframe[title^=triangle_sim]")

    def run(self, at: int) -> str:
        """Run a cell, again if JupyterLab drops it while its kernel connects, and wait for its end; what it prints."""
        cell = self.lab.locator(".jp-Notebook .jp-CodeCell").nth(at)
        number, end = cell.locator(".jp-InputArea-prompt"), time.monotonic() + PATIENCE
        before = text = number.inner_text()
        pressed = 0.0
        while text == before or not re.search(r"\d", text):
            assert time.monotonic() < end, f"cell {at} does not end"
            if "*" not in text and time.monotonic() > pressed + 10:
                if self.lab.locator("dialog").count():
                    self.lab.keyboard.press("Escape")
                cell.locator(".cm-content").click()
                self.lab.keyboard.press("Control+Enter")
                pressed = time.monotonic()
            time.sleep(0.1)
            text = number.inner_text()
        return "\n".join(cell.locator(".jp-OutputArea-output").all_inner_texts())

    def settled(self) -> None:
        """Wait until all futures are drawn."""
        self.page.locator(".whatif[data-settled=true][aria-busy=false]").wait_for(state="attached")

    def python(self, until: Any) -> tuple[dict[str, Any], dict[str, Any]]:
        """What Python has of settings and results, once both are as they should be."""
        end = time.monotonic() + PATIENCE
        while True:
            settings, results = json.loads(self.run(1))
            if until(settings, results):
                return settings, results
            assert time.monotonic() < end, settings


def test_a_page_in_jupyterlab(notebook: tuple[str, Path], browser: Any) -> None:
    address, file = notebook
    lab = Lab(browser, address)
    lab.run(0)
    lab.page.locator("main .screen h1").wait_for()
    lab.page.locator(".tab").nth(2).click()
    lab.settled()
    slider = lab.page.locator("#slider-conditions-ukraine_war")
    slider.press("Home")
    held = {"ukraine_war": 0}
    _, results = lab.python(lambda settings, results: results["settings"]["conditions"] == held)
    assert 2_000 <= results["summary"]["n"] <= 10_000
    ends = results["summary"]["all"]["endings"]
    assert math.isclose(sum(each["value"] for each in ends.values()), 1) and set(ends["bloc"]) == {
        "value",
        "low",
        "high",
    }
    lab.run(2)
    lab.page.get_by_text("rivals 1.00").wait_for()
    lab.settled()
    lab.page.locator(".tab").nth(3).click()
    lab.page.locator("main button.primary").click()
    lab.page.locator("main input[type=radio]").first.check()
    lab.page.locator("main button.primary").click()
    settings, _ = lab.python(lambda settings, results: settings["seats"].get("PRK"))
    assert settings["conditions"] == {"sino_russian_rivalry": 1} and len(settings["seats"]["PRK"]) == 1
    lab.lab.keyboard.press("Escape")
    lab.lab.keyboard.press("Control+s")
    end = time.monotonic() + PATIENCE
    while "widgets" not in (saved := json.loads(file.read_text(encoding="utf-8")))["metadata"]:
        assert time.monotonic() < end, "the notebook was not saved with its widgets"
        time.sleep(0.2)
    states = saved["metadata"]["widgets"]["application/vnd.jupyter.widget-state+json"]["state"].values()
    assert [each["state"]["settings"] for each in states if "html" in each["state"]] == [settings]

    lab.lab.close()
    again = Lab(browser, address)
    again.page.locator("main .screen h1").wait_for()
    again.page.get_by_text("played by hand").first.wait_for()
    assert [each for each in (*lab.asked, *again.asked) if not each.startswith(AT_HOME)] == []
