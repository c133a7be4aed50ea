"""The page of the baseline in the system's Chromium, with everything it must not do noted."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.scenario.load import load
from triangle_sim.web.pack import pack
from triangle_sim.web.single import page

QUIET = ("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync")  # fmt: skip


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    """The browser."""
    playwright = pytest.importorskip("playwright.sync_api")
    found = shutil.which("chromium") or shutil.which("chromium-browser")
    if found is None:
        pytest.skip("there is no Chromium here")
    with playwright.sync_playwright() as session:
        browser = session.chromium.launch(executable_path=found, args=list(QUIET))
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def page_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The baseline's page as a file."""
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page(pack(load("baseline"))), encoding="utf-8")
    return path


@pytest.fixture
def tab(chromium: Any, page_file: Path) -> Iterator[Any]:
    """A tab in English; the test fails if something goes wrong in it, or if it asks for anything but the file."""
    context = chromium.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", accept_downloads=True)
    context.set_default_timeout(120_000)
    opened, wrong = context.new_page(), []
    opened.on("pageerror", lambda error: wrong.append(str(error)))
    opened.on("console", lambda said: wrong.append(said.text) if said.type in ("error", "warning") else None)
    opened.on(
        "request", lambda asked: None if asked.url.startswith(("file:", "blob:", "data:")) else wrong.append(asked.url)
    )
    opened.address = page_file.as_uri()
    yield opened
    context.close()
    assert wrong == []


def overflows(tab: Any) -> bool:
    """Whether a phone of 320 pixels would have to scroll sideways."""
    tab.set_viewport_size({"width": 320, "height": 640})
    return bool(tab.evaluate("document.documentElement.scrollWidth > 320"))
