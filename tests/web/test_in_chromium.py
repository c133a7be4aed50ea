"""The page in a browser, opened from the disk: every step by keyboard, on a desk and a phone, with nothing fetched."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from triangle_sim.scenario.load import load
from triangle_sim.web.share import share
from triangle_sim.web.widget import SCRIPT

SCREENS = ["guess", "histories", "whatif", "seat", "triangle", "how", "limits"]
OPTIONS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
           "--disable-component-update", "--disable-sync"]  # fmt: skip

pytestmark = pytest.mark.skipif(shutil.which("chromium") is None, reason="there is no Chromium here")


class Watched:
    """A tab, and what went wrong in it."""

    def __init__(self, page: Any) -> None:
        self.page, self.wrong = page, []
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda asked: self.asks(asked.url))

    def asks(self, url: str) -> None:
        if not url.startswith(("blob:", "data:", "file:")):
            self.wrong.append(f"asked for {url}")

    def shown(self) -> str:
        """The step that is shown, once it is there."""
        self.page.wait_for_selector("main h1")
        return str(self.page.get_attribute("main section", "data-screen"))


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The baseline's page as a file whose title would be markup in a careless page."""
    path = tmp_path_factory.mktemp("stick") / "page.html"
    size = share(load("baseline").with_(title="<img src=x onerror=alert(1)></script>"), path)
    assert size < 2_000_000
    return path


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    api = pytest.importorskip("playwright.sync_api")
    with api.sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def tab(browser: Any) -> Iterator[Watched]:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, locale="en-GB", offline=True)
    watched = Watched(context.new_page())
    yield watched
    context.close()
    assert watched.wrong == []


def test_every_step_by_keyboard_on_a_desk_and_a_phone(tab: Watched, file: Path) -> None:
    page = tab.page
    page.goto(file.as_uri())
    assert tab.shown() == "guess"
    assert page.workers  # beside the page, from a disk too
    assert "<img src=x" in page.inner_text("header") and page.query_selector("header img") is None
    assert page.text_content("#foot").count("baseline") == 1 and "seed 1" in page.text_content("#foot")
    for screen in SCREENS:
        assert tab.shown() == screen
        assert f"s={screen}" in page.url or screen == "guess"
        for width in (320, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, (screen, width)
        if screen != SCREENS[-1]:
            page.focus(".tab[aria-current]")
            page.keyboard.press("ArrowRight")
            page.keyboard.press("Enter")
            page.wait_for_selector(f"section[data-screen={SCREENS[SCREENS.index(screen) + 1]}]")
            assert page.evaluate("document.activeElement.id") == "main"
    page.go_back()
    page.wait_for_selector("section[data-screen=how]")


def test_a_link_keeps_what_is_set(tab: Watched, file: Path) -> None:
    page = tab.page
    page.goto(f"{file.as_uri()}#v=1&s=limits&l=ko&odds.trump_elected=0.7&PRK=hold,-,hold&q=%3Cb%3EWho%3C/b%3E&x=1")
    assert tab.shown() == "limits"
    assert page.get_attribute("html", "lang") == "ko"
    assert page.inner_text("#asked").endswith("<b>Who</b>")
    assert page.is_visible("#notice")
    assert "70" in page.inner_text("#set")
    page.click('.tongues [lang="en"]')
    page.wait_for_url(lambda url: "l=en" in url)
    assert page.evaluate("document.activeElement.lang") == "en"
    assert "odds.harris_elected=0.3&odds.trump_elected=0.7&PRK=hold,-,hold&q=" in page.url
    page.click("#set button")
    page.wait_for_url(lambda url: "odds" not in url)
    page.evaluate("location.hash = '#%%%'")
    page.wait_for_selector("section[data-screen=guess]")
    assert page.is_visible("#notice")


def test_a_browser_that_cannot_is_told_so(tab: Watched, file: Path) -> None:
    tab.page.add_init_script("delete globalThis.DecompressionStream")
    tab.page.goto(file.as_uri())
    tab.page.wait_for_selector("#wait.warning")
    assert "DecompressionStream" in tab.page.inner_text("#wait") and "Firefox" in tab.page.inner_text("#wait")
    assert len(tab.wrong) == 1 and "DecompressionStream" in tab.wrong.pop()


MODEL = """
class Model {   // what anywidget hands to a widget's script
  constructor(values) { this.values = values; this.heard = {}; this.saved = 0; }
  get(name) { return this.values[name]; }
  set(name, value) { this.values[name] = value; }
  on(name, call) { this.heard[name] = call; }
  save_changes() { this.saved += 1; }
}
window.model = new Model(given);
"""


def test_in_a_notebook_settings_go_both_ways_and_results_can_be_read(tab: Watched, file: Path) -> None:
    page, script = tab.page, SCRIPT.read_text(encoding="utf-8").replace("export default", "window.widget =")
    asked = {"conditions": {"ukraine_war": 7}, "odds": {"trump_elected": 1.0, "harris_elected": 0.0}}
    given = {"html": file.read_text(encoding="utf-8"), "height": 700, "settings": asked, "results": {}}
    page.evaluate(f"(given) => {{ {MODEL} {script}; widget.render({{ model, el: document.body }}); }}", given)
    page.wait_for_function("model.get('settings').conditions?.ukraine_war === 1")  # brought within its range
    inside = page.frame_locator("iframe")
    inside.locator(".tab").nth(SCREENS.index("whatif")).click()
    page.wait_for_function("model.get('results').summary?.n >= 2000")
    results = page.evaluate("model.get('results')")
    assert results["settings"]["odds"] == asked["odds"]
    assert set(results["summary"]["theories"]) == {"chung-2024", "lowy-2023"}
    assert abs(sum(share["value"] for share in results["summary"]["all"]["endings"].values()) - 1) < 1e-9
    inside.locator("#set button").click()
    page.wait_for_function("!Object.keys(model.get('settings').conditions).length")
    page.evaluate("model.set('settings', {theory: 'lowy-2023'}); model.heard['change:settings']();")
    page.wait_for_function("Object.keys(model.get('results').summary.theories).join() === 'lowy-2023'")
    assert page.evaluate("location.href") == "about:blank"
