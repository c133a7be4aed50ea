"""The page in a notebook: it holds the page, its settings can be set, and without anywidget one error says so."""

from __future__ import annotations

import sys
from collections.abc import Iterator

import pytest

import triangle_sim as ts
from triangle_sim.errors import UsageError
from triangle_sim.web import pack as packs
from triangle_sim.web import widget
from triangle_sim.web.single import MARK


@pytest.fixture(autouse=True)
def compiled(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    part = {"draws": 500, "replicates": 20, "values": "", "wasm": ""}
    monkeypatch.setattr(packs, "find", lambda prepared: None)
    monkeypatch.setattr(packs, "engine", lambda prepared, module: part)
    widget._kind.cache_clear()
    yield
    widget._kind.cache_clear()


def test_a_page_in_a_notebook() -> None:
    pytest.importorskip("anywidget")
    import traitlets

    shown = ts.page("trump_win", height=500)
    state = shown.get_state()
    assert MARK in state["html"] and "<title>Trump wins</title>" in state["html"]
    assert "</script>" not in widget.SCRIPT.read_text(encoding="utf-8")
    assert (state["settings"], state["results"], state["height"]) == ({}, {}, 500)
    shown.settings = {"conditions": {"ukraine_war": 0.2}}
    assert shown.get_state()["settings"] == {"conditions": {"ukraine_war": 0.2}}
    with pytest.raises(traitlets.TraitError):
        shown.height = 3
    own = ts.load("baseline").with_(title="A & B")
    assert "<title>A &amp; B</title>" in ts.page(own).html


def test_without_anywidget_one_error_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(UsageError, match=r"anywidget.*\n.*triangle-sim\[notebooks\]"):
        ts.page()
