"""A story as text: every part that is there is told, and nothing that is not."""

from typing import Any

import pytest

from triangle_sim import load
from triangle_sim.story.story import WIDTH, Act, Change, Chapter, Reason, Story, text

SUPPLY, SAFE = Reason("supply", 0.0123, ("A25", "B18")), Reason("regime_security", 0.004, ("A33",))
ANGER = Reason("tolerance_of_beijing", -0.0021, ("B2",))


def act(**changes: Any) -> Act:
    plain: dict[str, Any] = {
        "country": "PRK", "label": "North Korea", "move": "court_moscow", "says": "court Moscow", "chance": 0.254,
        "best": "court_moscow", "pro": (), "con": (), "cost": 0.01, "claims": ("A1", "B11"),
    }  # fmt: skip
    return Act(**(plain | changes))


def lines(*chapters: Chapter) -> list[str]:
    story = Story(load("baseline"), 7, 3, 2, "chung-2024", chapters, None)  # type: ignore[arg-type]
    assert str(story) == text(story)
    return text(story).splitlines()


def chapter(*acts: Act, **changes: Any) -> Chapter:
    plain: dict[str, Any] = {"events": (), "meetings": (), "changes": (), "triangle": "", "role": ""}
    return Chapter("2024Q3", acts=acts, **(plain | changes))


def told(*acts: Act, **changes: Any) -> list[str]:
    """The lines of one quarter."""
    every = [*lines(chapter(*acts, **changes)), ""]
    first = every.index("2024Q3") + 1
    return every[first : every.index("", first)]


def test_its_head_says_which_run_it_is_and_that_it_is_no_forecast() -> None:
    head = lines(chapter())[:3]
    assert head[0].endswith("run 3.2 (seed 7)")
    assert "under the theory chung-2024. A model, not a forecast." in head[1]


REASONS = [
    ({"pro": (SUPPLY,)}, "for supply (+0.012; A25, B18)"),
    ({"pro": (SUPPLY, SAFE)}, "for supply (+0.012; A25, B18) and regime security (+0.004; A33)"),
    (
        {"pro": (SUPPLY,), "con": (ANGER,)},
        "for supply (+0.012; A25, B18); in spite of tolerance of Beijing (-0.002; B2)",
    ),
    ({"con": (ANGER,)}, "in spite of tolerance of Beijing (-0.002; B2)"),
    ({"best": "snub_beijing"}, "though snub Beijing looked better"),
    ({"pro": (SAFE,), "best": "hold"}, "for regime security (+0.004; A33); though hold looked better"),
]


@pytest.mark.parametrize(("changes", "why"), REASONS)
def test_a_move_is_told_with_its_reasons(changes: dict[str, Any], why: str) -> None:
    first, *rest = told(act(**changes))
    assert first == "  - North Korea: court Moscow [25%; A1, B11]"
    assert " ".join(" ".join(rest).split()) == why


def test_without_reasons_a_move_is_told_by_itself() -> None:
    assert told(act()) == ["  - North Korea: court Moscow [25%; A1, B11]"]
    assert told(act(best="")) == ["  - North Korea: court Moscow [25%; A1, B11]", "    by habit"]


def test_holding_still_for_nothing_is_told_by_itself() -> None:
    still = {"move": "hold", "says": "wait and see", "best": "court_moscow", "con": (ANGER,)}
    assert len(told(act(**still))) == 1
    assert len(told(act(**still, pro=(SAFE,)))) > 1


def test_what_happens_has_its_own_marks() -> None:
    change = Change("goodwill[PRK,CHN]", 0.25, 0.5, (("PRK court_beijing", 0.06), ("chance", -0.011)))
    found = told(events=("The war ends",), meetings=("Kim and the Chinese leader meet",), changes=(change,))
    assert found == [
        "  ! The war ends.",
        "  * Together: Kim and the Chinese leader meet.",
        "  ~ Pyongyang's goodwill to Beijing 0.25 -> 0.50: mostly PRK court Beijing +0.06, chance -0.01",
    ]


def test_a_triangle_is_told_when_it_changes() -> None:
    kinds = [("stable_marriage", "partner"), ("stable_marriage", "partner"), ("unit_veto", "foe"), ("", "")]
    found = lines(*(chapter(triangle=kind, role=role) for kind, role in kinds))
    assert [line for line in found if line.startswith("  =")] == [
        "  = China, North Korea, Russia: stable marriage, North Korea: partner.",
        "  = China, North Korea, Russia: unit veto, North Korea: foe.",
    ]


def test_lines_fit_the_page() -> None:
    long = act(pro=(SUPPLY, SAFE), con=(ANGER,), best="ship_arms_to_russia", claims=tuple(f"A{n}" for n in range(30)))
    assert max(map(len, lines(chapter(long)))) <= WIDTH


def test_at_its_end_stand_the_words_of_what_it_cites_and_of_nothing_else() -> None:
    found = lines(chapter(act(pro=(SUPPLY,), claims=("B11", "A1", "judgement")), act(con=(ANGER,))))
    end = found[found.index("", found.index("2024Q3")) + 1 :]
    assert end[0].startswith("What they say")
    assert [line.split()[0] for line in end[1:]] == ["A1", "A25", "B2", "B11", "B18"]
    assert end[1] == "  A1   Pyongyang is lining up more and more closely with Moscow"
    assert lines(chapter())[-1] == "2024Q3"
