"""The record, checked without any model code: complete, sourced, in range, and silent on the years kept back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

RECORD = Path(__file__).parents[2] / "seeds" / "record"
DYADS = {
    *("PRK-CHN", "PRK-RUS", "PRK-USA", "PRK-KOR", "CHN-RUS", "CHN-USA", "CHN-KOR", "RUS-USA", "RUS-KOR", "USA-KOR"),
}
YEARS = {"1955": range(1955, 1971), "1984": range(1984, 2001), "2012": range(2012, 2025)}
KEPT_BACK = {str(year) for year in range(2001, 2011)}
CUT_OFF = "2024-08-13"
KINDS = {
    *("summit", "visit", "treaty", "nuclear_test", "missile_test", "veto", "resolution", "clash", "rupture", "aid"),
    *("leader", "other"),
}
OUTCOMES = {
    "ship_arms_to_russia",
    *("chn_prk_summit", "rus_prk_summit", "us_prk_summit", "inter_korean_summit", "chn_prk_treaty", "rus_prk_treaty"),
    *("test_nuclear_weapon", "test_missile"),
}
SURE = {"high", "medium", "low"}
UNWRITTEN = {"memory", "reasons", "judgement"}

each_episode = pytest.mark.parametrize("episode", sorted(YEARS))


@cache
def load(path: str) -> Any:
    return yaml.safe_load((RECORD / path).read_text(encoding="utf-8"))


def cited(episode: str) -> Iterator[str]:
    """Every source that an episode's reasons, events and conditions cite, and counts for the last one."""
    for turns in load(f"reasons_{episode}.yaml").values():
        for turn in turns.values():
            yield from turn["source"]
    for event in load("events.yaml")["events"]:
        if event["episode"] == episode:
            yield from event["source"]
    for listed in load("conditions.yaml")["episodes"][episode].get("sources", {}).values():
        yield from listed
    if episode == "2012":
        for series in load("counts.yaml").values():
            yield from series["source"]


@each_episode
def test_ties_are_complete_and_on_the_scale(episode: str) -> None:
    entry = load("ties.yaml")["episodes"][episode]
    assert entry["years"] == [YEARS[episode][0], YEARS[episode][-1]]
    assert set(entry["values"]) == set(entry["confidence"]) == DYADS
    assert set(entry["confidence"].values()) <= SURE
    for dyad, values in entry["values"].items():
        assert len(values) == len(YEARS[episode]), dyad
        assert all(-3 <= value <= 3 and 2 * value == int(2 * value) for value in values), dyad


@each_episode
def test_every_turn_of_a_tie_has_its_reason_and_no_reason_contradicts_the_code(episode: str) -> None:
    reasons = load(f"reasons_{episode}.yaml")
    for dyad, values in load("ties.yaml")["episodes"][episode]["values"].items():
        by_year = dict(zip(map(str, YEARS[episode]), values, strict=True))
        turns = {
            str(year)
            for year, before, now in zip(YEARS[episode], [None, *values], values, strict=False)
            if now != before
        }
        assert turns <= set(reasons[dyad]), f"{dyad}: a turn without a reason"
        for year, turn in reasons[dyad].items():
            assert turn["value"] == by_year[year], f"{dyad} {year}"
            assert turn["source"] and turn["confidence"] in SURE and len(turn["fact"].split()) >= 3, f"{dyad} {year}"


@each_episode
def test_every_source_is_described_and_every_description_is_cited(episode: str) -> None:
    sources = load(f"sources/{episode}.yaml")
    assert set(cited(episode)) - UNWRITTEN == set(sources)
    for name, source in sources.items():
        assert all(isinstance(source[key], str) and source[key] for key in ("title", "publisher", "date", "url")), name
        day = re.search(r"\d{4}(-\d{2}(-\d{2})?)?", source["date"])
        assert day is None or day.group() <= CUT_OFF or "retrospective" in source, name


def test_events_are_dated_sourced_and_in_their_episode() -> None:
    events = load("events.yaml")["events"]
    assert len({event["id"] for event in events}) == len(events)
    assert [event["date"] for event in events] == sorted(event["date"] for event in events)
    for event in events:
        assert re.fullmatch(r"\d{4}(-\d{2}(-\d{2})?)?", event["date"]) and event["date"] <= CUT_OFF, event
        assert int(event["date"][:4]) in YEARS[event["episode"]], event
        assert event["kind"] in KINDS and event["confidence"] in SURE and event["what"] and event["source"], event
        assert event["actors"] and isinstance(event["exogenous"], bool), event
        assert event.get("outcome") in {None, *OUTCOMES}, event
        if "outcome" in event:
            assert "PRK" in event["actors"] and not event["exogenous"], event
    assert {event["outcome"] for event in events if "outcome" in event} == OUTCOMES


@each_episode
def test_conditions_are_complete_with_a_reason_for_every_large_step(episode: str) -> None:
    entry = load("conditions.yaml")["episodes"][episode]
    assert entry["years"] == [YEARS[episode][0], YEARS[episode][-1]]
    world = yaml.safe_load((RECORD.parent / "facts" / f"{episode}Q1.yaml").read_text(encoding="utf-8"))
    assert set(entry["values"]) == set(entry["why"]) == set(world["environment"])
    for name, values in entry["values"].items():
        assert len(values) == len(YEARS[episode]) and all(0 <= value <= 1 for value in values), name
        told = {year for span in entry["why"][name] for year in years_of(span)}
        for year, before, now in zip(YEARS[episode][1:], values, values[1:], strict=False):
            assert abs(now - before) < 0.1 or year in told, f"{name} {year}"


def years_of(span: str) -> set[int]:
    """The years that ``1955-57, 1959`` speaks of."""
    out: set[int] = set()
    for first, last in re.findall(r"(\d{4})(?:-(\d{2}))?", span):
        out.update(range(int(first), int(first[:2] + last if last else first) + 1))
    return out


def keys_and_years(value: Any) -> Iterator[str]:
    """What says to which year a number belongs: keys, dates of events, and ends of spans."""
    if isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            if key == "date":
                yield str(item)[:4]
            elif key in ("from", "to"):
                yield str(item)
            yield from keys_and_years(item)
    elif isinstance(value, list):
        for item in value:
            yield from keys_and_years(item)
        if all(isinstance(item, int) and 1900 < item < 2100 for item in value):
            yield from map(str, value)


DATA = sorted(path for path in RECORD.glob("*.yaml"))


@pytest.mark.parametrize("path", DATA, ids=lambda path: path.name)
def test_the_years_kept_back_are_nowhere(path: Path) -> None:
    data = yaml.safe_load(path.read_text(encoding="utf-8"))
    kept_back = data.pop("kept_back", {"years": [2001, 2010]})
    assert kept_back["years"] == [2001, 2010]
    assert not KEPT_BACK & set(keys_and_years(data))


def test_no_published_span_reaches_into_the_years_kept_back() -> None:
    indices = load("indices.yaml")
    spans = [(s["from"], s["to"]) for dyad in indices["alliances"]["values"].values() for s in dyad]
    spans += [tuple(span) for dyad in indices["rivalries"]["values"].values() for span in dyad]
    spans += [tuple(span) for index in ("alliances", "disputes", "rivalries") for span in indices[index]["years"]]
    assert spans
    assert all(last <= 2000 or first >= 2011 for first, last in spans)


@pytest.mark.parametrize("path", sorted(RECORD.rglob("*.yaml")), ids=lambda path: path.name)
def test_lines_are_short(path: Path) -> None:
    assert max(map(len, path.read_text(encoding="utf-8").splitlines())) <= 120
