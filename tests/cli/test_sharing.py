"""The commands `app` and `share`: a page on this machine, a page as a file, and what is refused."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path

import pytest

from triangle_sim.errors import UsageError
from triangle_sim.scenario.load import load
from triangle_sim.web import pack as packs
from triangle_sim.web.single import MARK

from .conftest import PROGRAM, SOURCE, Call

ENGINE = {"draws": 500, "replicates": 20, "values": "", "wasm": ""}
"""What a page is given in place of the compiled model, whose work in a browser is tested there."""


@pytest.fixture
def compiled(monkeypatch: pytest.MonkeyPatch) -> None:
    """As if the model had been compiled."""
    monkeypatch.setattr(packs, "find", lambda prepared: None)
    monkeypatch.setattr(packs, "engine", lambda prepared, module: ENGINE)


@pytest.mark.usefixtures("compiled")
def test_share_writes_one_file_and_writes_it_again(call: Call, here: Path) -> None:
    done = call("share", "trump_win")
    assert (done.code, done.out) == (0, "trump_win.html\n"), done.err
    first = (here / "trump_win.html").read_bytes()
    assert MARK.encode() in first[:4096]
    assert b"<title>Trump wins</title>" in first
    assert call("share", "trump_win", "-o", "trump_win.html").code == 0
    assert (here / "trump_win.html").read_bytes() == first  # the same scenario gives the same bytes
    assert [path.name for path in here.iterdir()] == ["trump_win.html"]


@pytest.mark.usefixtures("compiled")
def test_share_of_a_result_has_its_seed(call: Call, here: Path) -> None:
    assert (
        call("run", "baseline", "--draws", 2, "--replicates", 1, "--seed", 7, "-o", "saved", "--no-figures").code == 0
    )
    assert call("share", "saved", "-o", "page.html").code == 0
    assert packs.pack(load("baseline").with_(seed=7))["about"]["design"]["seed"] == "7"
    seven, one = here / "page.html", here / "baseline.html"
    assert call("share", "baseline").code == 0
    assert seven.read_bytes() != one.read_bytes()
    assert call("share", "baseline", "--set", "seed=7").code == 0
    assert seven.read_bytes() == one.read_bytes()


@pytest.mark.usefixtures("compiled")
def test_what_is_not_ours_is_left_alone(call: Call, here: Path) -> None:
    mine = here / "mine.html"
    mine.write_text("<p>years of work", encoding="utf-8")
    (here / "folder.html").mkdir()
    (here / "link.html").symlink_to(mine)
    (here / "nowhere.html").symlink_to(here / "gone")
    for name in ("mine.html", "folder.html", "link.html", "nowhere.html"):
        call("share", "baseline", "-o", name).refused(name, "no page of triangle-sim", "-o")
    assert mine.read_text(encoding="utf-8") == "<p>years of work"
    call("share", "baseline", "-o", "page.pdf").refused("page.pdf", ".html")
    call("share", "baseline", "-o", "mine.html/page.html").refused("cannot write", "-o")


@pytest.mark.usefixtures("compiled")
def test_what_cannot_be_shown(call: Call, write: Callable[[str, str], Path]) -> None:
    call("share", "basline").refused("basline", "baseline")
    write("four.yaml", "extends: baseline\ncountries: [CHN, PRK, RUS, USA]\n")
    call("share", "four.yaml").refused("all five countries", "KOR", "triangle-sim run")
    call("share", "baseline", "--set", "title=</script>", "--set", "draws=0").refused("draws")
    call("app", "baseline", "--port", 99999).refused("--port 99999")
    call("app", "baseline", "--no-open", "--port", -1).refused("--port -1")


def test_a_scenario_that_is_not_bundled_needs_the_web_extra(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def none(prepared: object) -> None:
        raise UsageError("there is no linker", "pip install 'triangle-sim[web]'")

    monkeypatch.setattr(packs, "find", none)
    call("share", "baseline").refused("there is no linker", "triangle-sim[web]")


def test_app_serves_until_it_is_interrupted(here: Path) -> None:
    stub = f"import triangle_sim.web.pack as p\np.find, p.engine = (lambda _: None), (lambda *_: {ENGINE!r})\n"
    command = [sys.executable, "-c", stub + PROGRAM, "app", "baseline", "--no-open"]
    with subprocess.Popen(command, env=os.environ | {"PYTHONPATH": str(SOURCE)}, cwd=here, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:  # fmt: skip
        assert running.stdout is not None and running.stderr is not None
        address = running.stdout.readline().strip()
        assert address.startswith("http://127.0.0.1:")
        with urllib.request.urlopen(address, timeout=60) as answer:
            assert MARK.encode() in answer.read()
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=60) == 130
        said = running.stderr.read()
    assert "closed" in said and "Traceback" not in said and "interrupted" not in said
    assert list(here.iterdir()) == []
