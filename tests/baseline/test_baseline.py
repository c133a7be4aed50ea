"""Whole runs give the numbers they gave before; if they should not, renew.py takes a reason."""

from __future__ import annotations

import datetime
import json
import re
import sys
from pathlib import Path
from typing import Any

import pytest

from baseline.renew import main, moved
from baseline.whole_runs import DRAWS, FILE, REPLICATES, SCENARIOS, SEED, numbers_of

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def stored() -> dict[str, Any]:
    data: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return data


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_the_numbers_are_what_they_were(scenario: str, stored: dict[str, Any]) -> None:
    """To 1e-9: other processors round the last bits of exp and tanh otherwise."""
    expected, found = stored["numbers"][scenario], numbers_of(scenario)
    assert found.keys() == expected.keys()
    moved = {name: (expected[name], found[name]) for name in found if abs(found[name] - expected[name]) > 1e-9}
    assert not moved, f"{len(moved)} numbers moved; if they should, run tests/baseline/renew.py: {moved}"


def test_the_file_is_of_this_design(stored: dict[str, Any]) -> None:
    assert stored["design"] == {"draws": DRAWS, "replicates": REPLICATES, "seed": SEED}
    assert set(stored["numbers"]) == set(SCENARIOS)
    assert stored["numbers"]["baseline"] != stored["numbers"]["trump_win"]


def test_every_renewal_has_its_reason(stored: dict[str, Any]) -> None:
    assert stored["renewals"]
    for renewal in stored["renewals"]:
        assert len(renewal["reason"].split()) >= 3
        datetime.date.fromisoformat(renewal["date"])
    dates = [renewal["date"] for renewal in stored["renewals"]]
    assert dates == sorted(dates)


def test_the_changelog_tells_of_the_last_renewal(stored: dict[str, Any]) -> None:
    """Its version has a section with Results, and that speaks of the baseline."""
    changelog = ROOT / "CHANGELOG.md"
    if not changelog.exists():
        pytest.skip("this copy has no changelog")
    version = stored["renewals"][-1]["version"]
    sections = re.split(r"^## ", changelog.read_text(encoding="utf-8"), flags=re.MULTILINE)
    section = next((text for text in sections if text.startswith(version)), None)
    assert section is not None, f"CHANGELOG.md has no section {version}"
    results = section.partition("### Results")[2].partition("\n### ")[0]
    assert "baseline" in results.lower()


@pytest.mark.parametrize("words", [[], ["0.2.0"], ["0.2.0", "because"]])
def test_renewing_takes_a_version_and_a_reason(
    words: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    before = FILE.read_bytes()
    monkeypatch.setattr(sys, "argv", ["renew.py", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert ended.value.code == 2 and "usage" in capsys.readouterr().err
    assert FILE.read_bytes() == before


def test_what_moved_is_told() -> None:
    lines = moved({"s": {"a": 1.0, "b": 2.0, "c": 0.0}}, {"s": {"a": 1.0, "b": 2.5, "d": 1.0}})
    assert sorted(lines) == ["s: b: 2 -> 2.5", "s: c: gone", "s: d: new, 1"]
