"""What the page shows is what Python finds: a history is `story`'s, the numbers of ten thousand futures are `run`'s."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.web.browser.chromium import Tab

from triangle_sim import run, tell
from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.analysis.counting import category_shares
from triangle_sim.analysis.intervals import Estimate, mean_of, share_of
from triangle_sim.montecarlo.occurrences import MEETINGS
from triangle_sim.montecarlo.result import Result
from triangle_sim.montecarlo.sample import sample
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes.end_state import ENDINGS, end_state
from triangle_sim.scenario.load import load
from triangle_sim.scenario.schema import Scenario
from triangle_sim.story.story import Chapter
from triangle_sim.triangle.typology import TYPES
from triangle_sim.web.words import words

SAID = words()
NUMBER = r"−?\d+(?:\.\d+)?"
SETTLED = ".whatif[data-settled=true][aria-busy=false][data-futures='10000']"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def sentence(text: str) -> str:
    return capital(text) if text.endswith((".", "!", "?")) else f"{capital(text)}."


def level(number: float) -> str:
    return f"{number:.2f}".replace("-", "−")


def news(chapter: Chapter, meetings: dict[str, str], triangle: tuple[str, str]) -> Iterator[str]:
    """The lines that the page must have of a quarter, in Python's story and the page's words."""
    yield from map(sentence, chapter.events)
    yield from (sentence(SAID.name("meetings", meetings[says])) for says in chapter.meetings)
    yield from (SAID.name("moves", act.country, act.move, "news") for act in chapter.acts)
    for change in chapter.changes:
        what = SAID.name("variables", change.variable)
        yield sentence(SAID("histories.change", what=what, before=level(change.before), after=level(change.after)))
    if chapter.triangle != triangle[0]:
        type_, role = SAID.name("types", chapter.triangle, "label"), SAID.name("roles", chapter.role, "label")
        yield SAID("histories.turned", type=type_, role=role)


@pytest.mark.parametrize(("draw", "replicate", "seats"), [
    (37, 4, {}), (499, 19, {"PRK": ["test_missile", None, "court_moscow"]}),
])  # fmt: skip
def test_a_history_is_the_story_of_the_same_run(tab: Tab, file: Path, draw: int, replicate: int, seats: Any) -> None:
    page = tab.page
    link = "".join(f"&{code}={','.join(move or '-' for move in moves)}" for code, moves in seats.items())
    assert tab.open(f"{file.as_uri()}#v=1&s=histories&l=en&run={draw}.{replicate}{link}") == "histories"
    story = tell(load("baseline").with_(seats=seats), seed=1, draw=draw, replicate=replicate)
    prepared = story.trajectory.prepared
    meetings = {joint.says: joint.name for joint in prepared.joint_effects}
    start = story.trajectory.triangles.types_of("CHN", "PRK", "RUS")[0, 0]
    triangle = (TYPES[start], "")
    assert SAID.name("theories", story.theory, "label") in page.inner_text(".which")
    for quarter, chapter in enumerate(story.chapters):
        page.get_by_role("button", name=SAID("histories.forward")).click()
        assert page.inner_text(".quarter") == prepared.quarters[quarter]
        shown = page.locator(".news .told .line").all_text_contents()
        assert sorted(shown) == sorted(news(chapter, meetings, triangle)), chapter.quarter
        triangle = chapter.triangle, chapter.role
    ending = ENDINGS[int(end_state(story.trajectory)[0])]
    assert SAID.name("endings", ending, "label") in page.inner_text(".ended")
    assert page.get_by_role("button", name=SAID("histories.forward")).is_disabled()


LED = ("us_prk_summit", "us_rus_deal")
"""A meeting, and one that may lead to it."""


def met(result: Result) -> dict[str, dict[str, Estimate]]:
    """Every meeting that no outcome counts, and one after another, as the command line samples them."""
    here = result.scenario
    named = {f"met {name}": capital(SAID.name("meetings", name)) for name in MEETINGS if name not in OUTCOMES}
    what, before = (SAID.name("meetings", name) for name in LED)
    named["met {} after {}".format(*LED)] = SAID("whatif.met_after", what=capital(what), before=before)
    found = sample(here, named, draws=500, replicates=20, seed=1, backend="llvm", jobs=1)
    views = {"all": np.ones(500, bool)} | {name: found.theory == name for name in sorted(set(found.theory))}
    means = {column: found.means(column) for column in named}
    return {label: {view: share_of(means[column][chosen], 20 * int(chosen.sum())) for view, chosen in views.items()}
            for column, label in named.items()}  # fmt: skip


def estimates(result: Result) -> dict[str, dict[str, Estimate]]:
    """Every measure that a page can show, over all futures and under each theory, by the name that readers see."""
    numbers = [name for name, each in OUTCOMES.items() if not each.twin and not each.categories]
    sums = by_draw(result, ["end_state", *numbers])
    found: dict[str, dict[str, Estimate]] = {}
    for theory in sums.views:
        chosen = sums.of(theory)
        runs = int(sums.runs[chosen].sum())
        for ending, share in category_shares(sums, "end_state", ENDINGS, theory).items():
            label = SAID("whatif.ending", ending=SAID.name("endings", ending, "label"))
            found.setdefault(label, {})[theory or "all"] = share
        for name in numbers:
            means = sums.numbers[name].means()[chosen]
            each = share_of(means, runs) if OUTCOMES[name].kind == "truth" else mean_of(means)
            found.setdefault(capital(SAID.name("outcomes", name, "label")), {})[theory or "all"] = each
    return found | met(result)


def compare(page: Any, result: Result) -> None:
    """Every measure of the page's list, all its numbers and intervals, to the last digit shown."""
    found, asked = estimates(result), page.locator("#measure option").all_text_contents()
    led = SAID("whatif.met_after", what=capital(SAID.name("meetings", LED[0])), before=SAID.name("meetings", LED[1]))
    assert set(asked) | {led} == set(found)
    for label in [*asked, led]:
        if label == led:
            page.select_option("#measure", LED[0])
            page.select_option("#after", LED[1])
        else:
            page.select_option("#measure", label=label)
        page.wait_for_function("(label) => document.querySelector('.answers').textContent.startsWith(label)", arg=label)
        said = page.locator(".answers p").first.inner_text()
        level, theories = re.fullmatch(rf"{re.escape(label)}: ({NUMBER}) .*?\((.*?)\)\..*", said).groups()  # type: ignore[union-attr]
        shown = [[level], *(re.findall(NUMBER, each) for each in theories.split("], "))]
        share = re.search(r" of 100 (futures|quarters) \(", said) is not None
        assert len(shown) == 1 + len(result.prepared.scenario.theory)
        for numbers, estimate in zip(shown, found[label].values(), strict=True):
            for number, exact in zip(numbers, (estimate.value, estimate.low, estimate.high), strict=False):
                places = len(number.partition(".")[2])
                wanted = 100 * exact if share else exact
                assert float(number.replace("−", "-")) == pytest.approx(wanted, abs=0.5 * 10**-places + 1e-9), said


def ran(scenario: Scenario) -> Result:
    return run(scenario, draws=500, replicates=20, seed=1, jobs=1, backend="llvm")


def test_ten_thousand_futures_are_those_of_run_and_of_the_file_that_the_page_saves(
    tab: Tab, file: Path, tmp_path: Path
) -> None:
    page = tab.page
    tab.open(f"{file.as_uri()}#v=1&s=whatif&l=en")
    page.wait_for_selector(SETTLED)
    compare(page, ran(load("baseline")))
    turned = {"odds-trump_elected": 0.8, "hazards-ukraine_war_ends": 0.1, "conditions-us_deal_appetite": 0.7}
    for slider, value in turned.items():
        page.locator(f"#slider-{slider}").fill(str(value))
    page.wait_for_function("() => document.querySelectorAll('.slider.changed').length === 3")
    page.wait_for_selector(SETTLED)
    with page.expect_download() as download:
        page.get_by_role("button", name=SAID("whatif.save", file="baseline_what_if.yaml")).click()
    download.value.save_as(tmp_path / "mine.yaml")
    scenario = load(str(tmp_path / "mine.yaml"))
    assert scenario.pin == {"us_deal_appetite": 0.7} and scenario.events["trump_elected"].probability == 0.8
    compare(page, ran(scenario))
