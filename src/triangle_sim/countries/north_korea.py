"""North Korea: what Pyongyang can do, what it wants, and which claims say so."""

from __future__ import annotations

from typing import Any

from triangle_sim.arrays import Array
from triangle_sim.countries.base import Country
from triangle_sim.countries.forms import OTHER_SOURCES, blend, both, either, matters, share_of, warmth
from triangle_sim.countries.interest import interest, number
from triangle_sim.countries.move import Move, because


class NorthKorea(Country):
    """Pyongyang between two patrons and an enemy it would like to be courted by."""

    code = "PRK"
    label = "North Korea"
    moves = (
        Move("hold", "wait and see", cost=0.0, claims=("judgement",), effects={}),
        Move(
            "ship_arms_to_russia",
            "ship shells and missiles to Russia",
            cost=0.018,
            claims=("A4", "B15"),
            effects={
                "arms_to_russia": +0.22,
                "goodwill[RUS,PRK]": because(+0.055, "A4", "A7"),
                "goodwill[PRK,RUS]": because(+0.02, "A1"),
                "russian_supply": because(+0.09, "A7", "A27"),
                "technology_to_prk": because(+0.03, "A7", "A28"),
                "goodwill[CHN,PRK]": because(-0.02, "A10", "A17"),
                "goodwill[USA,PRK]": -0.02,
                "goodwill[KOR,PRK]": -0.02,
                "trilateral_cohesion": because(+0.02, "A3"),
            },
        ),
        Move(
            "court_moscow",
            "court Moscow with honours and visits",
            cost=0.012,
            claims=("A1", "A8", "A22", "A25", "B11", "B12", "B13"),
            effects={
                "goodwill[PRK,RUS]": +0.06,
                "goodwill[RUS,PRK]": +0.055,
                "russian_supply": because(+0.05, "A8", "A27"),
                "goodwill[CHN,PRK]": because(-0.02, "A10"),
                "trilateral_cohesion": because(+0.02, "A3"),
            },
        ),
        Move(
            "court_beijing",
            "court Beijing with visits and deference",
            cost=0.012,
            claims=("B3", "B11", "B22", "B25"),
            effects={
                "goodwill[PRK,CHN]": +0.06,
                "goodwill[CHN,PRK]": +0.06,
                "chinese_supply": because(+0.06, "B22"),
                "goodwill[RUS,PRK]": -0.005,
            },
        ),
        Move(
            "snub_beijing",
            "snub Beijing: cancel exchanges, curb the yuan and Chinese residents",
            cost=0.009,
            claims=("A2", "A18", "A19", "A20", "A21", "A22", "A23", "A38"),
            effects={
                "goodwill[PRK,CHN]": -0.07,
                "goodwill[CHN,PRK]": because(-0.04, "A10", "A18"),
                "chinese_supply": because(-0.05, "A19", "A21"),
                "goodwill[RUS,PRK]": because(+0.01, "A22"),
                "us_prk_dialogue": because(-0.02, "A38"),
            },
        ),
        Move(
            "test_missile",
            "test missiles",
            cost=0.009,
            claims=("A34",),
            effects={
                "nuclear_missile_capability": +0.045,
                "peninsula_tension": +0.10,
                "goodwill[USA,PRK]": -0.025,
                "goodwill[KOR,PRK]": -0.03,
                "goodwill[CHN,PRK]": because(-0.02, "B36"),
                "sanctions_pressure": because(+0.02, "B22"),
                "us_prk_dialogue": -0.06,
                "trilateral_cohesion": because(+0.03, "A42"),
            },
        ),
        Move(
            "test_nuclear_weapon",
            "test a nuclear weapon",
            cost=0.03,
            claims=("A34", "B36"),
            effects={
                "nuclear_missile_capability": +0.10,
                "peninsula_tension": +0.20,
                "goodwill[USA,PRK]": -0.07,
                "goodwill[KOR,PRK]": -0.07,
                "goodwill[CHN,PRK]": because(-0.11, "B36"),
                "goodwill[RUS,PRK]": because(-0.03, "judgement"),
                "chinese_supply": because(-0.10, "B36"),
                "sanctions_pressure": because(+0.10, "B22", "H06"),
                "us_prk_dialogue": -0.15,
                "trilateral_cohesion": because(+0.06, "A42"),
            },
        ),
        Move(
            "open_to_washington",
            "signal readiness for talks with Washington",
            cost=0.007,
            claims=("A29", "A30", "A33"),
            effects={
                "us_prk_dialogue": +0.04,
                "goodwill[USA,PRK]": +0.03,
                "goodwill[PRK,USA]": +0.03,
                "peninsula_tension": -0.04,
            },
        ),
        Move(
            "open_to_seoul",
            "open to Seoul",
            cost=0.007,
            claims=("H05", "judgement"),
            effects={
                "goodwill[PRK,KOR]": +0.05,
                "goodwill[KOR,PRK]": +0.04,
                "peninsula_tension": -0.05,
                "us_prk_dialogue": +0.03,
                "trilateral_cohesion": -0.02,
            },
        ),
    )

    @interest(
        weight=0.18, claims=["A33", "A42", "B4", "B5", "B7", "B21", "H04"], scale="0 naked before the threat .. 1 safe"
    )
    def regime_security(
        self,
        state: Any,
        env: Any,
        *,
        deterrence: Array = number(0.6, "how much of security is deterrence; the rest is the absence of a threat"),
        patronage: Array = number(0.6, "what patrons who are bound and willing deter, beside an arsenal of its own"),
        alone: Array = number(0.5, "how much tension threatens without a trilateral behind it"),
    ) -> Array:
        """Own weapons and patrons who are bound and willing deter; tension and a cohesive trilateral threaten."""
        # A treaty with a patron who has cooled is worth little: fear of abandonment (Snyder 1984; H04).
        beijing = both(state.chinese_commitment, warmth(state.goodwill["CHN", "PRK"]))
        moscow = both(state.russian_commitment, warmth(state.goodwill["RUS", "PRK"]))
        patrons = either(beijing, moscow)
        deterrent = either(state.nuclear_missile_capability, patronage * patrons)
        threat = state.peninsula_tension * blend(1.0, state.trilateral_cohesion, alone)
        return blend(deterrent, 1.0 - threat, deterrence)

    @interest(weight=0.16, claims=["A25", "A27", "B18", "B19"], scale="0 starved .. 1 supplied")
    def supply(
        self,
        state: Any,
        env: Any,
        *,
        chinese: Array = number(0.8, "how much of enough China alone could supply"),
        russian: Array = number(0.6, "how much of enough Russia alone could supply"),
        lost: Array = number(0.4, "share of supply that sanctions in full force keep out"),
    ) -> Array:
        """Enough from one of two: each patron can replace part of the other, and China can replace more."""
        reaching = 1.0 - lost * state.sanctions_pressure
        return either(chinese * state.chinese_supply, russian * state.russian_supply) * reaching

    @interest(weight=0.12, claims=["A28", "B16", "B27", "B35"], scale="0 none .. 1 all Moscow could pass on")
    def technology(self, state: Any, env: Any) -> Array:
        """Russian know-how for nuclear and missile forces."""
        return state.technology_to_prk

    @interest(weight=0.15, claims=["A4", "A7", "B1", "B26"], scale="0 nothing Moscow must have .. 1 its war's arsenal")
    def what_shells_earn(self, state: Any, env: Any) -> Array:
        """A Moscow at war pays for shells as nobody does in peace: in oil, food, secrets and standing."""
        return env.ukraine_war * state.arms_to_russia

    @interest(weight=0.10, claims=["A8", "A21", "B24"], scale="0 all from China .. 1 nothing from China")
    def autonomy_from_one_patron(
        self,
        state: Any,
        env: Any,
        *,
        others: Array = number(OTHER_SOURCES, "supply from all others, on the scale of the patrons' own"),
    ) -> Array:
        """Dependence on China alone is a cost in itself."""
        return 1.0 - share_of(state.chinese_supply, state.russian_supply, others)

    @interest(weight=0.08, claims=["A29", "A31", "A32"], scale="0 no prospect .. 1 a deal as good as signed")
    def washington_through_moscow(self, state: Any, env: Any) -> Array:
        """A conduit pays only while Moscow has Washington's ear and would use it for Pyongyang."""
        ear = warmth(state.goodwill["USA", "RUS"])
        return env.us_deal_appetite * ear * warmth(state.goodwill["RUS", "PRK"])

    @interest(weight=0.10, claims=["A30", "A32", "A33"], scale="0 no talks .. 1 a guarantee from a willing president")
    def deal_with_washington(self, state: Any, env: Any) -> Array:
        """Only an administration that wants a deal can guarantee the regime."""
        return env.us_deal_appetite * state.us_prk_dialogue

    @interest(weight=0.08, claims=["B9", "B11", "B25"], scale="0 no suitor .. 1 two ardent suitors")
    def courted_by_both(self, state: Any, env: Any) -> Array:
        """The best of both worlds needs two suitors at once."""
        return both(warmth(state.goodwill["CHN", "PRK"]), warmth(state.goodwill["RUS", "PRK"]))

    @interest(
        weight=0.08, claims=["A34", "A38", "H04", "H08"], scale="0 forgotten .. 1 at the top of Washington's list"
    )
    def not_ignored(self, state: Any, env: Any) -> Array:
        """Brinkmanship or talks: either keeps Washington's eyes on Pyongyang, and only one of them needs Washington."""
        return either(state.peninsula_tension, state.us_prk_dialogue)

    @interest(
        weight=0.15, claims=["H05", "H07"], scale="0 an open Seoul spurned .. 1/2 a closed one .. 1 on good terms"
    )
    def what_seoul_offers(self, state: Any, env: Any) -> Array:
        """A Seoul that wants to engage brings aid, standing and a way to Washington."""
        return matters(env.seoul_engagement, warmth(state.goodwill["KOR", "PRK"]))

    @interest(weight=0.20, claims=["B22", "H07"], scale="0 at the table without Beijing .. 1 backed, or no talks")
    def backing_in_talks(
        self, state: Any, env: Any, *, seoul: Array = number(0.5, "how much a thaw with Seoul counts beside talks")
    ) -> Array:
        """Who bargains with Washington and Seoul wants Beijing behind it."""
        talks = either(state.us_prk_dialogue, seoul * warmth(state.goodwill["KOR", "PRK"]))
        return 1.0 - talks * (1.0 - warmth(state.goodwill["CHN", "PRK"]))

    @interest(weight=0.06, claims=["A5", "B5", "B22"], scale="0 pressed hard .. 1 free of sanctions")
    def sanctions_relief(self, state: Any, env: Any) -> Array:
        """Sanctions that nobody enforces do not hurt."""
        return 1.0 - state.sanctions_pressure

    @interest(
        weight=0.06, claims=["B2", "B33", "B36", "B38"], scale="0 dependent on an angry China .. 1 nothing to fear"
    )
    def tolerance_of_beijing(
        self,
        state: Any,
        env: Any,
        *,
        others: Array = number(OTHER_SOURCES, "supply from all others, on the scale of the patrons' own"),
    ) -> Array:
        """China's anger hurts in proportion to dependence on China."""
        dependence = share_of(state.chinese_supply, state.russian_supply, others)
        return 1.0 - dependence * (1.0 - warmth(state.goodwill["CHN", "PRK"]))

    @interest(weight=0.06, claims=["A18", "A19", "A20", "A22", "A23", "A25"], scale="0 slighted .. 1 even")
    def answer_in_kind(self, state: Any, env: Any) -> Array:
        """Pressure is answered, not swallowed: Pyongyang's warmth to Beijing should match Beijing's to it."""
        gap = warmth(state.goodwill["PRK", "CHN"]) - warmth(state.goodwill["CHN", "PRK"])
        return 1.0 - gap * gap

    @interest(weight=0.04, claims=["A22", "B12", "B13"], scale="0 no friend in Moscow .. 1 seen as Moscow's friend")
    def russian_status(self, state: Any, env: Any) -> Array:
        """Being seen with Moscow gives standing."""
        return both(warmth(state.goodwill["PRK", "RUS"]), warmth(state.goodwill["RUS", "PRK"]))
