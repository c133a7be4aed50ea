"""South Korea: what Seoul can do, what it wants, and which claims say so."""

from __future__ import annotations

from typing import Any

from triangle_sim.arrays import Array
from triangle_sim.countries.base import Country
from triangle_sim.countries.forms import blend, either, matters, warmth
from triangle_sim.countries.interest import interest, number
from triangle_sim.countries.move import Move, because


class SouthKorea(Country):
    """Seoul: an ally under threat, and a market Moscow and Beijing would like."""

    code = "KOR"
    label = "South Korea"
    moves = (
        Move("hold", "stay put", cost=0.0, claims=("judgement",), effects={}),
        Move(
            "build_trilateral",
            "build the trilateral with Washington and Tokyo",
            cost=0.009,
            claims=("B4", "B37"),
            effects={
                "trilateral_cohesion": +0.08,
                "goodwill[USA,KOR]": +0.02,
                "goodwill[PRK,CHN]": because(+0.01, "B37"),
                "goodwill[CHN,RUS]": because(+0.01, "B37"),
                "goodwill[RUS,CHN]": because(+0.01, "B37"),
                "goodwill[CHN,KOR]": because(-0.025, "H06"),
                "goodwill[PRK,KOR]": -0.02,
            },
        ),
        Move(
            "deter_the_north",
            "deter the North with exercises and loudspeakers",
            cost=0.007,
            claims=("A42", "B4"),
            effects={
                "peninsula_tension": +0.05,
                "goodwill[PRK,KOR]": -0.05,
                "trilateral_cohesion": +0.03,
                "us_prk_dialogue": -0.03,
                "nuclear_missile_capability": because(-0.004, "judgement"),
            },
        ),
        Move(
            "engage_the_north",
            "reach out to the North",
            cost=0.007,
            claims=("H05", "judgement"),
            effects={
                "goodwill[PRK,KOR]": +0.055,
                "goodwill[KOR,PRK]": +0.035,
                "peninsula_tension": -0.04,
                "us_prk_dialogue": +0.03,
                "trilateral_cohesion": -0.03,
            },
        ),
        Move(
            "court_moscow",
            "court Moscow with trade",
            cost=0.009,
            claims=("A36",),
            effects={
                "rok_russia_cooperation": +0.06,
                "goodwill[RUS,KOR]": +0.06,
                "goodwill[KOR,RUS]": +0.035,
                "goodwill[USA,KOR]": -0.01,
            },
        ),
        Move(
            "engage_beijing",
            "engage Beijing",
            cost=0.007,
            claims=("H04", "H06"),
            effects={
                "goodwill[CHN,KOR]": +0.055,
                "goodwill[KOR,CHN]": +0.04,
                "trilateral_cohesion": -0.03,
                "goodwill[USA,KOR]": -0.005,
            },
        ),
    )

    @interest(weight=0.24, claims=["A42", "B4", "B37"], scale="0 threatened and alone .. 1 deterred or no threat")
    def deterrence(
        self, state: Any, env: Any, *, arsenal: Array = number(0.6, "how much of a full threat a full arsenal is")
    ) -> Array:
        """Allies hold the North in check, the more so the more it can do."""
        threat = either(arsenal * state.nuclear_missile_capability, state.peninsula_tension)
        return 1.0 - threat * (1.0 - state.trilateral_cohesion)

    @interest(weight=0.22, claims=["H05", "judgement"], scale="0 on the brink .. 1 calm")
    def calm_on_the_peninsula(
        self,
        state: Any,
        env: Any,
        *,
        peace: Array = number(0.7, "how much of calm is peace; the rest is a friendly North"),
    ) -> Array:
        """No clash, and a North that is not an enemy."""
        return blend(1.0 - state.peninsula_tension, warmth(state.goodwill["PRK", "KOR"]), peace)

    @interest(weight=0.25, claims=["H05", "H07"], scale="0 a hand refused .. 1/2 no wish .. 1 a hand taken")
    def thaw_with_the_north(self, state: Any, env: Any) -> Array:
        """A government that wants to engage the North is measured by how the North answers."""
        return matters(env.seoul_engagement, warmth(state.goodwill["PRK", "KOR"]))

    @interest(weight=0.14, claims=["A36"], scale="0 none .. 1 as much as both could wish")
    def moscow_business(
        self,
        state: Any,
        env: Any,
        *,
        war: Array = number(0.95, "share of the business with Moscow that the war at its height rules out", "A36"),
    ) -> Array:
        """Trade, energy and transit with Russia, which the war's sanctions put out of reach."""
        return matters(env.seoul_market * (1.0 - war * env.ukraine_war), state.rok_russia_cooperation)

    @interest(weight=0.14, claims=["H06", "facts:dyads"], scale="0 shut out .. 1 welcome")
    def china_market(self, state: Any, env: Any) -> Array:
        """China is the largest trading partner."""
        return warmth(state.goodwill["CHN", "KOR"])

    @interest(weight=0.12, claims=["A3", "A28", "B35"], scale="0 Moscow arms Pyongyang freely .. 1 not at all")
    def no_russian_technology_for_pyongyang(
        self, state: Any, env: Any, *, courted: Array = number(0.5, "how much a Moscow won over would hold back", "A36")
    ) -> Array:
        """Moscow's technology in Pyongyang's missiles is aimed at Seoul; a Moscow courted may hold back."""
        return 1.0 - state.technology_to_prk * (1.0 - courted * warmth(state.goodwill["RUS", "KOR"]))

    @interest(weight=0.14, claims=["B4", "B37"], scale="0 abandoned .. 1 an ironclad ally")
    def tie_with_washington(self, state: Any, env: Any) -> Array:
        """The alliance is the ground everything else stands on."""
        return warmth(state.goodwill["USA", "KOR"])
