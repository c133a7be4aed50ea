"""One built page for all workers, one browser for all tests of this folder, and a tab that must have nothing to say."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.browser.chromium import CHROMIUM, Tab, launched

from triangle_sim.scenario.load import load
from triangle_sim.web.share import share

NewTab = Callable[..., Tab]
PATIENCE = 120
"""Seconds that a worker waits for the page that another one builds, and for what a page shows."""


@pytest.fixture(scope="session")
def file(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Path:
    """The baseline's page as a file."""
    if worker_id == "master":
        path = tmp_path_factory.mktemp("page") / "page.html"
        share(load("baseline"), path)
        return path
    path = tmp_path_factory.getbasetemp().parent / "page.html"
    try:
        path.with_suffix(".lock").touch(exist_ok=False)
    except FileExistsError:
        began = time.monotonic()
        while not path.exists() and time.monotonic() < began + PATIENCE:
            time.sleep(0.05)
    else:
        share(load("baseline"), path)
    return path


@pytest.fixture(scope="package")
def browser() -> Iterator[Any]:
    """It ends with this folder's tests: while it is open no other test could start an event loop of its own."""
    if CHROMIUM is None:
        pytest.skip("there is no Chromium here")
    with launched() as made:
        yield made


@pytest.fixture
def new_tab(browser: Any) -> Iterator[NewTab]:
    """Opens tabs, each a reader of its own, without a network; whatever goes wrong in one fails the test."""
    opened = []

    def make(width: int = 1280, *, offline: bool = True, **how: Any) -> Tab:
        viewport = {"width": width, "height": 800}
        how = {"locale": "en-GB", "reduced_motion": "reduce"} | how
        context = browser.new_context(viewport=viewport, offline=offline, **how)
        context.set_default_timeout(1000 * PATIENCE)
        opened.append((context, Tab(context.new_page())))
        return opened[-1][1]

    yield make
    for context, tab in opened:
        context.close()
        assert tab.wrong == []


@pytest.fixture
def tab(new_tab: NewTab) -> Tab:
    """A tab on a desk."""
    return new_tab()


@pytest.fixture
def page(tab: Tab, file: Path) -> Any:
    """The tab's page alone; `address` is where it is found."""
    tab.page.address = file.as_uri()
    return tab.page
