"""The data the model grows from, checked without any model code: complete, sourced, dated, in range."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
import yaml

SEEDS = Path(__file__).parents[2] / "seeds"
LEDGERS = {"A": ("chung-2024", 42), "B": ("lowy-2023", 39)}
WORLDS = {
    "1955Q1": "1955-03-31",
    "1960Q1": "1960-03-31",
    "1984Q1": "1984-03-31",
    "2012Q1": "2012-03-31",
    "2024Q3": "2024-08-13",
}
CUT_OFF = "2024-08-13"

COUNTRIES = {"CHN", "KOR", "PRK", "RUS", "USA"}
TIES = {f"goodwill[{of},{towards}]" for of, towards in permutations(sorted(COUNTRIES), 2)}
KINDS = {"fact", "mechanism", "prediction", "conditional", "belief", "norm"}
ROLES = {"starting_fact", "interest", "effect", "joint_effect", "event", "driver", "outcome", "not_modelled"}
STANCES = {"agree", "part", "disagree", "silent"}
SCENARIOS = {path.stem for path in (SEEDS.parent / "scenarios").glob("*.yaml")}
NAME = re.compile(
    r"(start|environment|interest|effect|move|joint|event|driver|outcome|rate|rationality|foresight)\.\S+"
)
CLAIM_ID = re.compile(r"A([1-9]|[123]\d|4[0-2])|B([1-9]|[12]\d|3\d)")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


@cache
def load(path: str) -> Any:
    return yaml.safe_load((SEEDS / path).read_text(encoding="utf-8"))


def ledger(article: str) -> list[dict[str, Any]]:
    claims: list[dict[str, Any]] = load(f"claims/{LEDGERS[article][0]}.yaml")["claims"]
    return claims


def all_claims() -> list[dict[str, Any]]:
    return [*ledger("A"), *ledger("B")]


def entries(world: str) -> Iterator[tuple[str, dict[str, Any]]]:
    for block in ("ties", "stocks", "environment"):
        yield from load(f"facts/{world}.yaml")[block].items()


STOCKS, ENVIRONMENT = (set(load("facts/2024Q3.yaml")[block]) for block in ("stocks", "environment"))
"""What one starting world describes and every other has to; that it is what the model has is tests/world's business."""

each_claim = pytest.mark.parametrize("claim", all_claims(), ids=lambda claim: str(claim["id"]))
each_world = pytest.mark.parametrize("world", sorted(WORLDS))


@pytest.mark.parametrize("article", sorted(LEDGERS))
def test_every_argument_of_an_article_is_there_once_and_in_order(article: str) -> None:
    count = LEDGERS[article][1]
    assert [claim["id"] for claim in ledger(article)] == [f"{article}{n}" for n in range(1, count + 1)]
    assert {claim["source"] for claim in ledger(article)} == {article}


@each_claim
def test_claim_is_complete(claim: dict[str, Any]) -> None:
    allowed = {"id", "source", "kind", "actors", "claim", "other_article", "places", "signs", "condition", "check"}
    assert set(claim) <= allowed
    assert claim["kind"] in KINDS
    assert claim["actors"] and set(claim["actors"]) <= COUNTRIES | {"regional", "world"}
    assert len(claim["claim"].split()) >= 5
    assert claim["other_article"]["stance"] in STANCES and claim["other_article"]["note"]
    if claim["kind"] == "conditional":
        assert claim["condition"]
    for name, sign in claim.get("signs", {}).items():
        assert sign in {"+", "-"} and name.split(".")[0] in {"effect", "joint", "driver"}, name


@each_claim
def test_claim_has_a_place_in_the_model(claim: dict[str, Any]) -> None:
    assert claim["places"]
    for place in claim["places"]:
        assert place["role"] in ROLES
        if place["role"] == "not_modelled":
            assert len(place["reason"].split()) >= 5
            continue
        assert place["names"] and len(set(place["names"])) == len(place["names"])
        for name in place["names"]:
            assert NAME.fullmatch(name), name
            if name.startswith("start."):
                assert name.removeprefix("start.") in TIES | STOCKS
            if name.startswith("environment."):
                assert name.removeprefix("environment.") in ENVIRONMENT


def test_few_claims_are_left_out_of_the_model() -> None:
    left_out = [c["id"] for c in all_claims() if all(place["role"] == "not_modelled" for place in c["places"])]
    assert len(left_out) <= 4


@pytest.mark.parametrize("claim", [c for c in all_claims() if "check" in c], ids=lambda claim: str(claim["id"]))
def test_check_can_be_read(claim: dict[str, Any]) -> None:
    check = claim["check"]
    assert set(check["contrast"]) <= SCENARIOS
    assert ("outcome" in check) != ("variable" in check)
    if "variable" in check:
        assert check["variable"] in TIES | STOCKS
    assert check["measure"] in {"mean", "final", "change", "share"}
    assert check["note"]
    if len(check["contrast"]) == 2:
        assert (check["contrast"][0] != check["contrast"][1]) != bool(check.get("first")), "changed in one way"
        assert check["direction"] in {"increase", "decrease"} and "threshold" not in check
    else:
        assert len(check["contrast"]) == 1
        assert check["direction"] in {"above", "below"}
        assert isinstance(check["threshold"], int | float)
    assert ("category" in check) == (check.get("outcome") == "end_state" and check["measure"] == "share")


def test_thirty_claims_or_more_can_be_checked_by_simulation() -> None:
    assert sum("check" in claim for claim in all_claims()) >= 30


@each_world
def test_starting_world_is_complete_and_in_range(world: str) -> None:
    data = load(f"facts/{world}.yaml")
    assert set(data) == {"quarter", "cut_off", "ties", "stocks", "environment", "sources"}
    assert data["quarter"] == world and data["cut_off"] == WORLDS[world]
    assert (set(data["ties"]), set(data["stocks"]), set(data["environment"])) == (TIES, STOCKS, ENVIRONMENT)
    for name, entry in entries(world):
        low, high = (-0.9, 0.9) if name in TIES else (0.0, 1.0)
        assert low <= entry["value"] <= high, name
        assert low <= entry.get("rest", entry["value"]) <= high, name
        assert 0.0 <= entry["sd"] <= 0.25, name
        assert entry["sd"] > 0.0 or entry["value"] == 0.0, name


@each_world
def test_every_starting_number_has_a_date_and_a_source(world: str) -> None:
    sources = load(f"facts/{world}.yaml")["sources"]
    used: set[str] = set()
    for name, entry in entries(world):
        assert set(entry) <= {"value", "sd", "rest", "rest_reason", "date", "source", "reasoning", "note"}, name
        assert DAY.fullmatch(entry["date"]) and entry["date"] <= WORLDS[world], name
        assert entry["source"] and entry["note"], name
        for source in entry["source"]:
            if source == "judgement":
                assert len(entry["reasoning"].split()) >= 5, name
            elif not CLAIM_ID.fullmatch(source):
                assert source in sources, f"{name} cites {source}"
                used.add(source)
        assert ("rest" in entry) == ("rest_reason" in entry), name
    assert used == set(sources), "sources that no number cites"


def test_usual_levels_are_one_for_each_tie_sourced_and_in_range() -> None:
    usual = load("facts/usual.yaml")
    assert set(usual) == {"ties"} and set(usual["ties"]) == TIES
    for name, entry in usual["ties"].items():
        assert set(entry) == {"value", "sd", "source", "reasoning"}, name
        assert -0.9 <= entry["value"] <= 0.9 and 0.05 <= entry["sd"] <= 0.5, name
        assert "judgement" in entry["source"], name
        assert all(source == "judgement" or CLAIM_ID.fullmatch(source) for source in entry["source"]), name
        assert len(entry["reasoning"].split()) >= 3, name


def test_starting_world_of_1960_knows_no_treaty_and_no_war_in_ukraine() -> None:
    data = load("facts/1960Q1.yaml")
    assert data["environment"]["ukraine_war"]["value"] == 0.0
    later = load("facts/2024Q3.yaml")["stocks"]
    for patron in ("chinese", "russian"):
        assert data["stocks"][f"{patron}_commitment"]["value"] < later[f"{patron}_commitment"]["value"]


def test_twelve_patterns_of_the_record() -> None:
    data = load("facts/patterns.yaml")
    assert [pattern["id"] for pattern in data["patterns"]] == [f"H{n:02d}" for n in range(1, 13)]
    needed = {"id", "title", "period", "start", "shock", "horizon", "expected", "test", "observed", "sample"}
    used: set[str] = set()
    for pattern in data["patterns"]:
        assert set(pattern) - {"note"} == needed | {"claims", "sources"}, pattern["id"]
        assert all(isinstance(pattern[key], str) and pattern[key] for key in needed), pattern["id"]
        assert pattern["sample"] in {"before both articles", "between the articles"}
        assert all(CLAIM_ID.fullmatch(claim) for claim in pattern["claims"])
        assert pattern["sources"] and max(re.findall(r"\d{4}", pattern["period"])) <= CUT_OFF[:4]
        used.update(pattern["sources"])
    assert used == set(data["sources"])


@pytest.mark.parametrize("path", [*(f"facts/{world}.yaml" for world in sorted(WORLDS)), "facts/patterns.yaml"])
def test_every_source_says_what_it_is_and_none_postdates_the_cut_off_unexplained(path: str) -> None:
    for name, source in load(path)["sources"].items():
        assert set(source) <= {"title", "publisher", "date", "url", "retrospective", "bibliographic_note"}, name
        assert all(isinstance(source[key], str) and source[key] for key in ("title", "publisher", "date", "url")), name
        day = re.search(r"\d{4}(-\d{2}(-\d{2})?)?", source["date"])
        if day is not None and day.group() > CUT_OFF:
            assert source["retrospective"], f"{name} appeared after {CUT_OFF}"


def test_articles_have_bibliographic_data_and_say_what_is_not_known() -> None:
    articles = load("articles.yaml")["articles"]
    assert set(articles) == set(LEDGERS)
    for letter, article in articles.items():
        assert all(article[key] for key in ("organisation", "publisher", "date", "title", "not_known"))
        assert article["claims"] == f"claims/{LEDGERS[letter][0]}.yaml"
        assert article["theory"] == LEDGERS[letter][0]
        assert article["date"] <= CUT_OFF


OWN_FILES = ("articles.yaml", "claims/*.yaml", "facts/*.yaml")


@pytest.mark.parametrize("path", sorted(p for g in OWN_FILES for p in SEEDS.glob(g)), ids=lambda path: path.name)
def test_file_is_plain_yaml_with_short_lines(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert max(map(len, text.splitlines())) <= 120
    for token in yaml.scan(text):
        assert not isinstance(token, yaml.AnchorToken | yaml.AliasToken | yaml.TagToken)
    refuse_repeated_keys(yaml.compose(text))


def refuse_repeated_keys(node: Any) -> None:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        assert len(keys) == len(set(keys)), sorted(key for key in keys if keys.count(key) > 1)
        for _, value in node.value:
            refuse_repeated_keys(value)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            refuse_repeated_keys(item)
