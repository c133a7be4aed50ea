"""Joint effects: two moves that meet do more than their sum, and are recorded as an event.

Moves meet in one quarter, or in the next: who courts has invited, and the invitation stands until the quarter after.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from triangle_sim.countries.move import Effect, because, justified
from triangle_sim.uncertainty import Parameter


@dataclass(frozen=True)
class JointEffect:
    """Two moves, one each of two countries, that meet: an extra push and a name in the record."""

    name: str
    says: str
    first: tuple[str, str]
    second: tuple[str, str]
    claims: tuple[str, ...]
    effects: Mapping[str, float | Effect]
    stands: bool = True
    """Whether an offer stands for another quarter: the answer may then come in the quarter after it."""
    barred_by: str | None = None
    """A condition that keeps the two from meeting while it is above one half, as a closed border keeps leaders home."""

    @property
    def countries(self) -> tuple[str, str]:
        """The two countries whose moves must meet."""
        return self.first[0], self.second[0]

    def pushes(self) -> dict[str, Effect]:
        """The effects, each with its claims: its own, or else those of the meeting."""
        return justified(self.effects, self.claims)

    def parameters(self) -> list[Parameter]:
        """The pushes as uncertain numbers."""
        return [effect.parameter(f"joint.{self.name}", name) for name, effect in self.pushes().items()]


JOINT_EFFECTS: tuple[JointEffect, ...] = (
    JointEffect(
        "us_prk_summit",
        "Kim and the US president meet",
        ("USA", "offer_summit"),
        ("PRK", "open_to_washington"),
        ("A30", "A32", "A33"),
        {
            "us_prk_dialogue": +0.25,
            "goodwill[PRK,USA]": +0.20,
            "goodwill[USA,PRK]": +0.15,
            "peninsula_tension": -0.15,
            "goodwill[CHN,PRK]": because(+0.06, "H07"),
        },
        barred_by="border_closed",
    ),
    JointEffect(
        "arms_for_technology_deal",
        "arms go west and technology comes back",
        ("PRK", "ship_arms_to_russia"),
        ("RUS", "transfer_technology"),
        ("A4", "A28", "B15", "B35"),
        {"technology_to_prk": +0.10, "arms_to_russia": +0.10, "goodwill[RUS,PRK]": +0.04, "goodwill[PRK,RUS]": +0.04},
    ),
    JointEffect(
        "arms_for_supply_deal",
        "arms go west and food and fuel come back",
        ("PRK", "ship_arms_to_russia"),
        ("RUS", "supply_pyongyang"),
        ("A4", "A7", "A27"),
        {"russian_supply": +0.10, "arms_to_russia": +0.06, "goodwill[RUS,PRK]": +0.03},
    ),
    JointEffect(
        "rus_prk_summit",
        "Kim and the Russian president meet",
        ("PRK", "court_moscow"),
        ("RUS", "court_pyongyang"),
        ("A6", "B13", "B14"),
        {"goodwill[PRK,RUS]": +0.12, "goodwill[RUS,PRK]": +0.12, "russian_supply": +0.06, "arms_to_russia": +0.06},
        barred_by="border_closed",
    ),
    JointEffect(
        "rus_prk_treaty",
        "Moscow and Pyongyang sign a defence treaty",
        ("PRK", "court_moscow"),
        ("RUS", "bind_to_pyongyang"),
        ("A6", "A7", "B6", "B7"),
        {"russian_commitment": +0.30, "goodwill[PRK,RUS]": +0.10, "goodwill[RUS,PRK]": +0.10},
    ),
    JointEffect(
        "chn_prk_summit",
        "Kim and the Chinese leader meet",
        ("PRK", "court_beijing"),
        ("CHN", "court_pyongyang"),
        ("B3", "B22", "B23"),
        {"goodwill[PRK,CHN]": +0.12, "goodwill[CHN,PRK]": +0.12, "chinese_supply": +0.08},
        barred_by="border_closed",
    ),
    JointEffect(
        "chn_prk_treaty",
        "Beijing and Pyongyang sign a defence treaty",
        ("PRK", "court_beijing"),
        ("CHN", "bind_to_pyongyang"),
        ("B6", "B7", "B21"),
        {"chinese_commitment": +0.30, "goodwill[PRK,CHN]": +0.10, "goodwill[CHN,PRK]": +0.10},
    ),
    JointEffect(
        "inter_korean_summit",
        "the two Koreas meet",
        ("PRK", "open_to_seoul"),
        ("KOR", "engage_the_north"),
        ("H05", "judgement"),
        {"goodwill[PRK,KOR]": +0.15, "goodwill[KOR,PRK]": +0.15, "peninsula_tension": -0.15, "us_prk_dialogue": +0.05},
        barred_by="border_closed",
    ),
    JointEffect(
        "us_rus_deal",
        "Washington and Moscow strike a deal",
        ("USA", "deal_with_moscow"),
        ("RUS", "deal_with_washington"),
        ("A31", "A32"),
        {"goodwill[USA,RUS]": +0.15, "goodwill[RUS,USA]": +0.15},
    ),
    JointEffect(
        "rok_rus_normalisation",
        "Seoul and Moscow mend relations",
        ("KOR", "court_moscow"),
        ("RUS", "court_seoul"),
        ("A36", "A37"),
        {"rok_russia_cooperation": +0.10, "goodwill[RUS,KOR]": +0.12, "goodwill[KOR,RUS]": +0.12},
    ),
    JointEffect(
        "trilateral_pact",
        "Washington, Seoul and Tokyo agree to act together",
        ("USA", "build_trilateral"),
        ("KOR", "build_trilateral"),
        ("B4", "B37"),
        {"trilateral_cohesion": +0.08, "goodwill[CHN,PRK]": +0.02, "goodwill[CHN,RUS]": +0.02},
    ),
    JointEffect(
        "chn_rus_alignment",
        "Beijing and Moscow close ranks",
        ("CHN", "close_ranks_with_moscow"),
        ("RUS", "defer_to_beijing"),
        ("B29", "B30", "B34"),
        {"goodwill[CHN,RUS]": +0.08, "goodwill[RUS,CHN]": +0.08},
    ),
    JointEffect(
        "chn_us_detente",
        "Beijing and Washington mend fences",
        ("CHN", "engage_washington"),
        ("USA", "engage_beijing"),
        ("A26",),
        {"goodwill[CHN,USA]": +0.12, "goodwill[USA,CHN]": +0.12, "sanctions_pressure": +0.03},
    ),
    JointEffect(
        "chn_rok_rapprochement",
        "Beijing and Seoul draw closer",
        ("CHN", "engage_seoul"),
        ("KOR", "engage_beijing"),
        ("H04", "H06"),
        {"goodwill[CHN,KOR]": +0.10, "goodwill[KOR,CHN]": +0.10, "goodwill[PRK,CHN]": -0.04},
    ),
    JointEffect(
        "chn_prk_quarrel",
        "Beijing and Pyongyang quarrel",
        ("CHN", "tighten_enforcement"),
        ("PRK", "snub_beijing"),
        ("A10", "A16", "A18", "A23"),
        {"goodwill[CHN,PRK]": -0.06, "goodwill[PRK,CHN]": -0.06},
        stands=False,
    ),
)
