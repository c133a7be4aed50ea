"""From a saved folder to a report, pictures and a story to cite, and back: each can be verified where it lies."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from matplotlib.figure import Figure

import triangle_sim as ts
from triangle_sim.cli.report import sections
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.wording import in_words

from .conftest import Call


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("reporting") / "run"
    ts.run(ts.load("baseline").with_(quarters=3), draws=6, replicates=3, jobs=1, backend="numpy", folder=folder)
    return folder


@pytest.fixture
def empty_pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Real ones are drawn in the tests of the page itself."""
    monkeypatch.setattr(sections, "draw", lambda result, name: Figure(figsize=(1, 1)))


@pytest.mark.usefixtures("empty_pictures")
def test_a_report_can_be_verified_and_a_changed_one_is_told(made: Path, here: Path, call: Call) -> None:
    wrote = call("report", made, "-o", "r.html")
    assert wrote.code == 0 and wrote.out == "r.html\n" and "verify r.html" in wrote.err
    same = call("verify", "r.html", "--from", made, "--json")
    assert same.code == 0 and json.loads(same.out)["different"] is False
    page = here / "r.html"
    page.write_text(page.read_text().replace("</h1>", " 99%</h1>", 1))
    other = call("verify", "r.html", "--from", made)
    assert other.code == 1 and "NOT what it says" in other.out and "changed after it was made" in other.out


@pytest.mark.usefixtures("empty_pictures")
def test_a_report_in_markdown_has_its_pictures_beside_it(made: Path, here: Path, call: Call) -> None:
    assert call("report", made, "-o", "a/r.md").code == 0
    assert {path.name for path in (here / "a" / "r-pictures").iterdir()} == {
        "endings.svg", "fan.svg", "triangle.svg", "network.svg", "spread.svg"
    }  # fmt: skip


def test_a_new_result_in_its_place_leaves_no_old_report(here: Path) -> None:
    short = ts.load("baseline").with_(quarters=1)
    for seed in (1, 2):
        ts.run(short, draws=2, replicates=1, seed=seed, jobs=1, backend="numpy", folder="r", force=True)
        assert {path.name for path in (here / "r").iterdir()}.isdisjoint({"report.html", "report-pictures"})
        (here / "r" / "report-pictures").mkdir()
        for name in ("report.html", "mine.html", "report-pictures/fan.svg"):
            (here / "r" / name).write_text("x")
    assert (here / "r" / "mine.html").exists()


def test_pictures_are_drawn_again(made: Path, here: Path, call: Call) -> None:
    drawn = call(
        "plot", made, "--figure", "fan=goodwill[Russia, DPRK]", "--format", "svg", "--format", "pdf", "-o", "p"
    )
    assert drawn.out.split() == ["p/fan-goodwill-RUS-PRK.svg", "p/fan-goodwill-RUS-PRK.pdf"]
    assert call("verify", "p/fan-goodwill-RUS-PRK.pdf", "--from", made).code == 0


def test_a_future_is_found_and_told_so_that_it_can_be_cited(made: Path, call: Call) -> None:
    runs = ts.read(made).runs
    some = runs[~runs["nuclear_test"]].sort_values(["draw", "replicate"]).iloc[0]
    found = call("story", made, "--where", "not nuclear_test", "--json")
    told = json.loads(found.out)
    address = f"{some['draw']}.{some['replicate']}"
    assert told["chosen"]["run"] == address and told["chosen"]["matches"] == int((~runs["nuclear_test"]).sum())
    assert json.loads(call("story", made, "--run", address, "--json").out)["chapters"] == told["chapters"]


def test_a_digest_is_a_page_and_agrees_with_the_tables(made: Path, call: Call) -> None:
    ending = str(ts.read(made).runs["end_state"].mode()[0])
    told = json.loads(call("story", made, "--typical", ending, "--digest", "--json").out)
    draw, replicate = map(int, told["chosen"]["run"].split("."))
    runs = ts.read(made).runs.set_index(["draw", "replicate"])
    assert runs.loc[(draw, replicate), "end_state"] == ending
    end = told["digest"]["end"]
    assert f"it ends in {in_words(ending)}." in end
    answer = "yes" if runs.loc[(draw, replicate), "nuclear_test"] else "no"
    assert f"{OUTCOMES['nuclear_test'].question} {answer}." in end
    page = call("story", made, "--typical", ending, "--digest").out
    assert page.startswith(f"Run {draw}.{replicate}: ") and len(page.splitlines()) < 40
    assert "not a forecast" in " ".join(page.split())


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("report", "RUN", "-o", "r.pdf"), "HTML or Markdown"),
        (("report", "nowhere"), "not a complete result folder"),
        (("plot", "RUN", "--format", "jpg"), "no such format"),
        (("plot", "RUN", "--figure", "fann"), "did you mean 'fan'"),
        (("plot", "RUN", "--figure", "dots=end_state"), "no 'end_state' to draw"),
        (("verify", "nothing.png"), "no such file"),
        (("verify", "RUN", "--from", "RUN"), "--from names"),
        (("verify", "RUN/quarters.parquet"), "no picture or report"),
        (("story", "RUN", "--where", "x>1"), "no such outcome"),
        (("story", "RUN", "--typical", "blok"), "did you mean 'bloc'"),
        (("story", "RUN", "--typical", "bloc", "--run", "0.0"), "one or the other"),
        (("story", "RUN", "--draws", "3"), "add --where"),
        (("story", "RUN", "--where", "us_prk_summit", "--draws", "3"), "its futures are there"),
    ],
)
def test_what_cannot_be_is_refused(words: tuple[str, ...], says: str, made: Path, call: Call) -> None:
    call(*(word.replace("RUN", str(made)) for word in words)).refused(says)
