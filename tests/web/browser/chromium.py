"""Debian's Chromium, driven by Playwright, and what a tab of the page is asked for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
             "--disable-component-update", "--disable-sync"]  # fmt: skip

SCREENS = ["guess", "histories", "whatif", "seat", "triangle", "how", "limits"]

AT_HOME = ("file:", "data:", "blob:", "http://127.0.0.1:")
"""How every address begins that a page may ask for."""


@contextmanager
def launched() -> Iterator[Any]:
    """A browser; no other one may be open in this thread."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield browser
        browser.close()


def overflows(page: Any) -> bool:
    """Whether a phone of 320 pixels would have to scroll sideways."""
    page.set_viewport_size({"width": 320, "height": 640})
    return bool(page.evaluate("document.documentElement.scrollWidth > 320"))


class Tab:
    """A tab of the page, and what went wrong in it: `wrong` must be empty when it is closed."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.wrong: list[str] = []
        page.on("console", lambda said: self.wrong.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: self.wrong.append(str(error)))
        page.on("request", lambda asked: self._asks(asked.url))
        page.on("websocket", lambda socket: self.wrong.append(f"asked for {socket.url}"))
        page.on("popup", lambda popup: self.wrong.append(f"opened {popup.url}"))
        page.on("dialog", lambda dialog: (self.wrong.append(f"said {dialog.message}"), dialog.dismiss()))

    def _asks(self, url: str) -> None:
        if not url.startswith(AT_HOME):
            self.wrong.append(f"asked for {url}")

    def open(self, address: str) -> str:
        """Go to an address from somewhere else, so that the page starts anew; the screen that is shown."""
        self.page.goto("about:blank")
        self.page.goto(address)
        return self.shown()

    def shown(self) -> str:
        """The screen that is shown, once the model is there."""
        self.page.wait_for_selector("main .screen h1")
        return str(self.page.get_attribute("main .screen", "data-screen"))

    def to(self, screen: str) -> None:
        """Another screen, by its tab."""
        self.page.locator(".tab").nth(SCREENS.index(screen)).click()
        self.page.wait_for_selector(f".screen[data-screen={screen}] h1")

    def drawn(self) -> None:
        """Wait until a screen shows numbers, of few futures perhaps."""
        self._wait({"whatif": ".whatif[data-futures]", "triangle": ".often svg"})

    def settled(self) -> None:
        """Wait until all that a screen draws by itself is there."""
        self._wait({"whatif": ".whatif[data-settled=true][aria-busy=false]", "triangle": ".pays table"})

    def _wait(self, what: dict[str, str]) -> None:
        if (screen := self.shown()) in what:
            self.page.wait_for_selector(what[screen], state="attached")
