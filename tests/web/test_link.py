"""What is behind `#` comes back as it was set; nonsense there is left out, never an error."""

from __future__ import annotations

import random
from typing import Any

from web.node import in_node, needs_node

NOTHING = {"conditions": {}, "odds": {}, "dates": {}, "hazards": {}, "theory": None, "seats": {}}
READ = """
    const { read, write } = await module("link.js");
    const { hashes, about } = given;
    out = hashes.map((hash) => read(hash, about));
"""


def states(about: dict[str, Any], number: int) -> list[dict[str, Any]]:
    """States that a reader can set, as the page holds them."""
    rng, quarters = random.Random(1), about["design"]["quarters"]
    some = lambda names: [name for name in names if rng.random() < 0.5]  # noqa: E731
    out = []
    for _ in range(number):
        trump = round(rng.random(), 2)
        menu = [name for name, move in about["moves"]["PRK"].items() if not move["disabled"]]
        moves = [rng.choice([None, *menu]) for _ in range(rng.randrange(len(quarters) - 1))]
        out.append({
            "screen": rng.choice(["guess", "histories", "whatif", "seat", "triangle", "how", "limits"]),
            "language": rng.choice(["en", "ko"]),
            "settings": {
                "conditions": {name: round(rng.random(), 9) for name in some(about["conditions"])},
                "odds": {"trump_elected": trump, "harris_elected": round(1 - trump, 2)} if rng.random() < 0.7 else {},
                "dates": {name: rng.randrange(len(quarters) - 1) for name in some(["trump_elected"])},
                "hazards": {name: rng.choice([1e-7, rng.randrange(50) / 200]) for name in some(["ukraine_war_ends"])},
                "theory": rng.choice([None, *about["theories"]]),
                "seats": rng.choice([{}, {"PRK": [*moves, "hold"]}, {"RUS": [None], "USA": ["hold"]}]),
            },
            "run": rng.choice([None, [rng.randrange(500), rng.randrange(20)]]),
            "at": rng.randrange(len(quarters)),
            "of": rng.choice([None, "us_prk_summit", "end_state=bloc", "met us_rus_deal",
                              "met us_prk_summit after us_rus_deal"]),
            "guess": rng.choice([None, {"ending": "bloc", "count": rng.randrange(21)}]),
            "question": rng.choice(["", "Who gains? <b>&#=+%20", "누가 이기나?", "a" * 300]),
        })  # fmt: skip
    return out


@needs_node
def test_what_was_set_comes_back(baseline_about: dict[str, Any]) -> None:
    wanted = states(baseline_about, 200)
    back = in_node(
        """
        const { fresh, read, write } = await module("link.js");
        const back = (hash) => [hash, read("#" + hash, given.about)];
        out = [fresh(), ...given.states].map((state) => back(write(state, given.about)));
        """,
        {"states": wanted, "about": baseline_about},
    )
    for state, (hash, read) in zip(wanted, back[1:], strict=True):
        assert read == {"state": state, "ignored": 0, "other": ""}, hash
    assert back[0][0] == "v=1&s=guess&scenario=baseline"


@needs_node
def test_a_chance_that_is_none_at_first_can_be_set(baseline_about: dict[str, Any]) -> None:
    never = {
        **baseline_about["events"],
        "ukraine_war_ends": baseline_about["events"]["ukraine_war_ends"] | {"hazard": 0},
    }
    given = {"hashes": ["#v=1&hazard.ukraine_war_ends=0.1"], "about": baseline_about | {"events": never}}
    (read,) = in_node(READ, given)
    assert (read["state"]["settings"]["hazards"], read["ignored"]) == ({"ukraine_war_ends": 0.1}, 0)


@needs_node
def test_a_teacher_points_at_a_quarter_and_at_a_question(baseline_about: dict[str, Any]) -> None:
    wanted: dict[str, tuple[int, Any, int]] = {
        "at=2024Q3": (1, None, 0), "at=2026Q2": (8, None, 0), "at=2029Q2": (20, None, 0),
        "at=2029Q3": (0, None, 1), "at=8": (0, None, 1), "at=": (0, None, 1), "at=2026q2": (0, None, 1),
        "of=met%20us_prk_summit%20after%20us_rus_deal": (0, "met us_prk_summit after us_rus_deal", 0),
        "of=met+us_prk_summit": (0, "met us_prk_summit", 0), "of=end_state=bloc": (0, "end_state=bloc", 0),
        "of=met%20us_rus_deal%20after%20us_rus_deal": (0, None, 1), "of=met%20toString": (0, None, 1),
        "of=end_state=constructor": (0, None, 1), "of=__proto__": (0, None, 1), "of=at_start=bloc": (0, None, 1),
    }  # fmt: skip
    hashes = [f"#v=1&{each}" for each in wanted]
    for (part, told), read in zip(
        wanted.items(), in_node(READ, {"hashes": hashes, "about": baseline_about}), strict=True
    ):
        assert (read["state"]["at"], read["state"]["of"], read["ignored"]) == told, part


@needs_node
def test_a_link_says_for_which_scenario_it_was_made(baseline_about: dict[str, Any]) -> None:
    wanted = {
        "": "", "scenario=baseline": "", "scenario=": "", "scenario=trump_win": "trump_win",
        "scenario=" + "a" * 900: "a" * 60, "scenario=%3Cb%3E%20bold": "<b> bold", "scenario=__proto__": "__proto__",
    }  # fmt: skip
    reads = in_node(READ, {"hashes": [f"#v=1&{part}&ukraine_war=0.5" for part in wanted], "about": baseline_about})
    for (part, other), read in zip(wanted.items(), reads, strict=True):
        assert (read["other"], read["ignored"]) == (other, 0), part
        assert read["state"]["settings"]["conditions"] == {"ukraine_war": 0.5}, part


@needs_node
def test_links_by_hand(baseline_about: dict[str, Any]) -> None:
    hashes = {
        "#v=1&s=whatif&odds.trump_elected=0.3&ukraine_war=.5": ({"odds": {"trump_elected": 0.3, "harris_elected": 0.7},
                                                                 "conditions": {"ukraine_war": 0.5}}, 0),
        "#v=1&odds.trump_elected=0.9&odds.harris_elected=0.9": ({"odds": {"trump_elected": 0.5,
                                                                          "harris_elected": 0.5}}, 0),
        "#v=1&ukraine_war=7&hazard.ukraine_war_ends=-3": ({"conditions": {"ukraine_war": 1},
                                                           "hazards": {"ukraine_war_ends": 0}}, 0),
        "#v=1&when.trump_elected=2025Q3": ({"dates": {"trump_elected": 4}}, 0),
        "#v=1&PRK=hold,-,bomb,hold": ({"seats": {"PRK": ["hold", None, None, "hold"]}}, 1),
        "#v=1&when.ukraine_war_ends=2025Q3&hazard.trump_elected=0.1": ({}, 2),
        "#v=2&ukraine_war=0.5": ({}, 2),
        "#ukraine_war=0.5": ({}, 1),
        "": ({}, 0),
    }  # fmt: skip
    back = in_node(READ, {"hashes": list(hashes), "about": baseline_about})
    for (hash, (wanted, ignored)), read in zip(hashes.items(), back, strict=True):
        got = read["state"]["settings"]
        assert got | {"odds": {name: round(chance, 9) for name, chance in got["odds"].items()}} == NOTHING | wanted, (
            hash
        )
        assert read["ignored"] == ignored, hash


NAMES = [
    "v",
    "s",
    "scenario",
    "l",
    "q",
    "run",
    "at",
    "of",
    "theory",
    "PRK",
    "ukraine_war",
    "constructor",
    "__proto__",
    "when.trump_elected",
]
NAMES += [f"odds.{name}" for name in ("trump_elected", "__proto__", "constructor")] + ["hazard.toString", "hazard."]
VALUES = [
    "1",
    "NaN",
    "1e999",
    "-0",
    "%",
    "%E0%A4%A",
    "__proto__",
    "<script>",
    "9" * 40,
    "0.5",
    "",
    "-,-",
    "hold," * 500,
]


def nonsense(number: int) -> list[str]:
    """What somebody may write behind `#`: any letters, or known names with values that mean nothing."""
    rng = random.Random(2)
    letters = "".join(map(chr, [*range(32, 127), 0, 10, 0x2028, 0xD55C, 0x1F600]))
    out = ["".join(rng.choices(letters, k=rng.randrange(60))) for _ in range(number // 2)]
    pairs = lambda: [f"{rng.choice(NAMES)}={rng.choice(VALUES)}" for _ in range(rng.randrange(9))]  # noqa: E731
    return [*out, *("#v=1&" + "&".join(pairs()) for _ in range(number // 2)), "#" + "v=1&" * 100_000]


@needs_node
def test_nonsense_is_never_an_error(baseline_about: dict[str, Any]) -> None:
    hashes = nonsense(2000)
    about = baseline_about
    for hash, read in zip(hashes, in_node(READ, {"hashes": hashes, "about": about}), strict=True):
        state = read["state"]
        assert set(state["settings"]) == set(NOTHING), hash
        assert all(0 <= level <= 1 for level in state["settings"]["conditions"].values()), hash
        assert all(0 <= chance <= 1 for chance in state["settings"]["odds"].values()), hash
        assert sum(state["settings"]["odds"].values()) <= 1 + 1e-9, hash
        assert all(len(moves) <= 20 for moves in state["settings"]["seats"].values()), hash
        assert len(state["question"]) <= 300, hash
        run = state["run"]
        assert run is None or (0 <= run[0] < 500 and 0 <= run[1] < 20), hash
        assert 0 <= state["at"] <= 20 and state["of"] is None, hash


@needs_node
def test_settings_from_a_notebook_are_checked_like_a_link(baseline_about: dict[str, Any]) -> None:
    asked = [{"conditions": {"ukraine_war": 3}}, {"nonsense": 1}, {"seats": {"PRK": "hold"}}, None, 7,
             {"conditions": 3}, {"theory": "chung-2024", "odds": {"no_such": 0.5}}]  # fmt: skip
    got = in_node(
        'const { understood } = await module("talk.js"); out = given.asked.map((one) => understood(one, given.about));',
        {"asked": asked, "about": baseline_about},
    )
    assert got == [
        NOTHING | {"conditions": {"ukraine_war": 1}}, NOTHING, None, NOTHING, NOTHING, NOTHING,
        NOTHING | {"theory": "chung-2024"},
    ]  # fmt: skip


@needs_node
def test_a_notebook_is_sent_a_table_and_not_what_each_draw_says() -> None:
    group = {"n": 2, "types": [], "fan": {}} | {
        part: {"one": {"value": 0.5, "low": 0, "high": 1, "means": [0, 1]}} for part in ("endings", "start", "outcomes")
    }
    found = in_node(
        'const { plain } = await module("talk.js"); out = plain(given);',
        {"n": 2, "draws": 2, "replicates": 1, "all": group, "theories": {"lowy-2023": group}},
    )
    table = {part: {"one": {"value": 0.5, "low": 0, "high": 1}} for part in ("endings", "start", "outcomes")}
    assert found == {"n": 2, "draws": 2, "replicates": 1, "all": {"n": 2} | table,
                     "theories": {"lowy-2023": {"n": 2} | table}}  # fmt: skip
