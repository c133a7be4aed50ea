"""Pictures of the page's screens, to be looked at: `python docs/screens.py FOLDER`.

A desk (1280 px), a phone (320 px), and a wall in large print (1920 px), each screen as it opens and after what a reader
does first on it. Needs the package's `tests` extra and a Chromium.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SIZES = {"desk": (1280, 800), "phone": (320, 640), "wall": (1920, 1080)}


def main(words: list[str]) -> int:
    """Take them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--scenario", default="baseline")
    parser.add_argument("--language", default="en")
    parser.add_argument("--only", action="append", help="a screen (may be repeated)")
    parser.add_argument("--size", action="append", choices=sorted(SIZES))
    asked = parser.parse_args(words)
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    from tests.web.browser.chromium import SCREENS, Tab, launched

    from triangle_sim.scenario.load import load
    from triangle_sim.web.share import share

    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place, launched() as browser:
        file = Path(place) / "page.html"
        share(load(asked.scenario), file)
        for name in asked.size or SIZES:
            width, height = SIZES[name]
            context = browser.new_context(viewport={"width": width, "height": height}, reduced_motion="reduce")
            tab = Tab(context.new_page())
            for screen in asked.only or SCREENS:
                tab.open(f"{file.as_uri()}#v=1&s={screen}&l={asked.language}&guess=hedging.8&run=37.4")
                if name == "wall":
                    tab.page.locator(".tools > button").click()
                tab.settled()
                tab.page.wait_for_timeout(300)
                take(tab.page, asked.folder / f"{name}_{screen}.png")
                if screen in AFTER:
                    AFTER[screen](tab)
                    tab.page.wait_for_timeout(300)
                    take(tab.page, asked.folder / f"{name}_{screen}_then.png")
            context.close()
            print(name, *tab.wrong, sep="\n  ")
    return 0


def take(page: Any, path: Path) -> None:
    """The whole page, and on a wall what a class sees at once."""
    page.screenshot(path=path, full_page=not path.name.startswith("wall"))


def histories(tab: Any) -> None:
    """One history to its end, then twenty, then two thousand."""
    tab.page.locator(".player input[type=range]").press("End")
    buttons = tab.page.locator(".further button")
    buttons.nth(1).click()
    buttons.nth(2).click()
    tab.page.wait_for_selector(".many svg.drawn")


def whatif(tab: Any) -> None:
    """A pin, then two sliders moved."""
    tab.page.locator("#slider-odds-trump_elected").press("End")
    tab.page.wait_for_selector(".whatif[data-settled=true][aria-busy=false]")
    tab.page.locator("#slider-conditions-ukraine_war").press("Home")
    tab.page.wait_for_selector(".whatif[data-settled=true][aria-busy=false]")


def seat(tab: Any) -> None:
    """Two quarters played, then stock taken."""
    tab.page.locator("button.primary").click()
    for _ in range(2):
        tab.page.locator(".moves-of input[type=radio]").nth(1).check()
        tab.page.locator("button.primary").click()
    tab.page.wait_for_selector(".gone")


AFTER = {"histories": histories, "whatif": whatif, "seat": seat}

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
