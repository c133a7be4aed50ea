"""Russia: what Moscow can do, what it wants, and which claims say so."""

from __future__ import annotations

from typing import Any

from triangle_sim.arrays import Array
from triangle_sim.countries.base import Country
from triangle_sim.countries.forms import ahead_of, blend, either, half_each, hold_on, matters, warmth
from triangle_sim.countries.interest import interest, number
from triangle_sim.countries.move import Move, because


class Russia(Country):
    """Moscow: a patron in need while it fights, a trader when it does not."""

    code = "RUS"
    label = "Russia"
    moves = (
        Move("hold", "let things be", cost=0.0, claims=("judgement",), effects={}),
        Move(
            "transfer_technology",
            "pass weapons technology to Pyongyang",
            cost=0.021,
            claims=("A28", "B27", "B35"),
            effects={
                "technology_to_prk": +0.20,
                "nuclear_missile_capability": because(+0.015, "A28", "B16"),
                "goodwill[PRK,RUS]": +0.06,
                "arms_to_russia": because(+0.09, "A7", "B15"),
                "goodwill[CHN,RUS]": because(-0.03, "B27"),
                "goodwill[KOR,RUS]": because(-0.05, "A3"),
                "goodwill[USA,RUS]": because(-0.03, "A3"),
            },
        ),
        Move(
            "shield_from_sanctions",
            "shield Pyongyang from sanctions",
            cost=0.009,
            claims=("A5", "A8"),
            effects={
                "sanctions_pressure": -0.06,
                "russian_supply": +0.05,
                "arms_to_russia": because(+0.06, "A5", "A7"),
                "goodwill[PRK,RUS]": +0.035,
                "goodwill[USA,RUS]": because(-0.02, "A3"),
                "goodwill[KOR,RUS]": because(-0.025, "A3"),
            },
        ),
        Move(
            "supply_pyongyang",
            "send food, fuel and cash to Pyongyang",
            cost=0.015,
            claims=("A8", "A27"),
            effects={
                "russian_supply": +0.14,
                "goodwill[PRK,RUS]": +0.04,
                "arms_to_russia": because(+0.06, "A7"),
                "goodwill[KOR,RUS]": because(-0.01, "A3"),
            },
        ),
        Move(
            "court_pyongyang",
            "court Pyongyang with visits and letters",
            cost=0.012,
            claims=("A6", "B8", "B14"),
            effects={
                "goodwill[PRK,RUS]": +0.065,
                "goodwill[RUS,PRK]": +0.035,
                "arms_to_russia": because(+0.05, "B15", "B26"),
                "goodwill[KOR,RUS]": because(-0.02, "A3"),
            },
        ),
        Move(
            "bind_to_pyongyang",
            "bind itself to Pyongyang's defence",
            cost=0.015,
            claims=("A6", "B6", "B8"),
            effects={
                "russian_commitment": +0.12,
                "goodwill[PRK,RUS]": +0.07,
                "goodwill[RUS,PRK]": +0.035,
                "arms_to_russia": because(+0.05, "A7"),
                "goodwill[USA,RUS]": because(-0.03, "A3"),
                "goodwill[KOR,RUS]": because(-0.055, "A3"),
                "trilateral_cohesion": because(+0.03, "B4"),
            },
        ),
        Move(
            "defer_to_beijing",
            "defer to Beijing",
            cost=0.009,
            claims=("B29", "B32", "B34"),
            effects={
                "goodwill[CHN,RUS]": +0.055,
                "goodwill[RUS,CHN]": +0.035,
                "technology_to_prk": because(-0.06, "B32"),
                "goodwill[PRK,RUS]": because(-0.01, "B32"),
            },
        ),
        Move(
            "court_seoul",
            "court Seoul for trade",
            cost=0.009,
            claims=("A36", "A37"),
            effects={
                "rok_russia_cooperation": +0.06,
                "goodwill[KOR,RUS]": +0.06,
                "goodwill[RUS,KOR]": +0.05,
                "technology_to_prk": because(-0.06, "A37"),
                "russian_supply": because(-0.05, "A37"),
                "goodwill[PRK,RUS]": because(-0.04, "A37"),
                "goodwill[RUS,PRK]": because(-0.025, "A37"),
            },
        ),
        Move(
            "deal_with_washington",
            "deal with Washington",
            cost=0.012,
            claims=("A31", "A32"),
            effects={
                "goodwill[USA,RUS]": +0.055,
                "goodwill[RUS,USA]": +0.04,
                "goodwill[CHN,RUS]": because(-0.02, "B29"),
            },
        ),
    )

    @interest(
        weight=0.18, claims=["A4", "A7", "B1", "B15", "B26"], scale="0 a war without shells .. 1 shells or no war"
    )
    def shells_for_the_war(self, state: Any, env: Any) -> Array:
        """While the war lasts, Pyongyang's arsenal is worth courting."""
        return 1.0 - env.ukraine_war * (1.0 - state.arms_to_russia)

    @interest(weight=0.10, claims=["A6", "A7", "B14", "B26"], scale="0 isolated without friends .. 1 befriended")
    def friends_in_isolation(self, state: Any, env: Any) -> Array:
        """The war isolates Moscow; a friend in Pyongyang is one of few."""
        return 1.0 - env.ukraine_war * (1.0 - warmth(state.goodwill["PRK", "RUS"]))

    @interest(weight=0.14, claims=["B29", "B32", "B33", "B34"], scale="0 Beijing cold .. 1 Beijing behind it")
    def backing_of_beijing(
        self, state: Any, env: Any, *, peace: Array = number(0.6, "how much Beijing's backing counts without a war")
    ) -> Array:
        """Beijing's backing counts, the more so in war, and as far as the two are not rivals."""
        need = blend(1.0, env.ukraine_war, peace) * (1.0 - env.sino_russian_rivalry)
        return matters(need, warmth(state.goodwill["CHN", "RUS"]))

    @interest(weight=0.10, claims=["A31", "A32"], scale="0 a willing Washington snubbed .. 1 a deal with it")
    def opening_to_washington(self, state: Any, env: Any) -> Array:
        """A president who wants to deal with Moscow is worth being on terms with."""
        return matters(env.us_russia_opening, warmth(state.goodwill["USA", "RUS"]))

    @interest(weight=0.14, claims=["A36", "A37"], scale="0 shut out of a rich South .. 1 in business with it")
    def seoul_business(
        self,
        state: Any,
        env: Any,
        *,
        war: Array = number(0.95, "share of the business with Seoul that the war at its height rules out", "A36"),
    ) -> Array:
        """Business with Seoul comes first once the war does not stand in the way."""
        open_for_business = env.seoul_market * (1.0 - war * env.ukraine_war)
        return matters(open_for_business, half_each(state.rok_russia_cooperation, warmth(state.goodwill["KOR", "RUS"])))

    @interest(weight=0.08, claims=["B4", "B37"], scale="0 alone before the trilateral .. 1 balanced or no trilateral")
    def answer_to_the_trilateral(self, state: Any, env: Any) -> Array:
        """The closer Washington, Seoul and Tokyo, the more a bloc of its own is worth."""
        bloc = half_each(warmth(state.goodwill["PRK", "RUS"]), warmth(state.goodwill["CHN", "RUS"]))
        return 1.0 - state.trilateral_cohesion * (1.0 - bloc)

    @interest(weight=0.12, claims=["A5", "H06", "H12"], scale="0 blamed for a client that provokes .. 1 not blamed")
    def no_blame(self, state: Any, env: Any) -> Array:
        """Closeness to a Pyongyang that raises tension is held against Moscow, unless its war has cut it off anyway."""
        return 1.0 - (1.0 - env.ukraine_war) * state.peninsula_tension * warmth(state.goodwill["PRK", "RUS"])

    @interest(weight=0.10, claims=["B10"], scale="0 bound to a reckless ally .. 1 free")
    def no_entrapment(
        self, state: Any, env: Any, *, always: Array = number(0.2, "how much a commitment weighs without any tension")
    ) -> Array:
        """A commitment to a risk-taking ally can drag its giver into war (Snyder 1984)."""
        return 1.0 - state.russian_commitment * blend(1.0, state.peninsula_tension, always)

    @interest(
        weight=0.30,
        claims=["B6", "B8", "B28", "B30", "B31"],
        scale="0 losing to a rival .. 1/2 no rivalry .. 1 winning",
    )
    def rivalry_with_beijing(self, state: Any, env: Any) -> Array:
        """Moscow bids for Pyongyang, with friendship and with treaties, only as far as it is Beijing's rival."""
        own = hold_on(state.goodwill["PRK", "RUS"], state.russian_commitment)
        other = hold_on(state.goodwill["PRK", "CHN"], state.chinese_commitment)
        return matters(env.sino_russian_rivalry, ahead_of(own, other))

    @interest(weight=0.15, claims=["B25", "H05", "H08"], scale="0 bypassed by others' talks .. 1 at the table")
    def not_left_out(
        self, state: Any, env: Any, *, seoul: Array = number(0.5, "how much a thaw with Seoul counts beside talks")
    ) -> Array:
        """When Pyongyang talks to Washington or Seoul, being cold to Pyongyang means being left out."""
        talks = either(state.us_prk_dialogue, seoul * warmth(state.goodwill["PRK", "KOR"]))
        return 1.0 - talks * (1.0 - warmth(state.goodwill["PRK", "RUS"]))

    @interest(weight=0.08, claims=["A37", "B26", "H04"], scale="0 giving what it does not have .. 1 nothing given away")
    def purse(self, state: Any, env: Any) -> Array:
        """Gifts weigh on a Moscow that has little to spare."""
        return 1.0 - (1.0 - env.russian_means) * state.russian_supply

    @interest(weight=0.06, claims=["B16", "B27"], scale="0 secrets given away .. 1 kept")
    def keeps_secrets(self, state: Any, env: Any) -> Array:
        """The best technology is a card that can be played once."""
        return 1.0 - state.technology_to_prk
