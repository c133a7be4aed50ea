"""China: what Beijing can do, what it wants, and which claims say so."""

from __future__ import annotations

from typing import Any

from triangle_sim.arrays import Array
from triangle_sim.countries.base import Country
from triangle_sim.countries.forms import (
    OTHER_SOURCES,
    ahead_of,
    blend,
    both,
    either,
    half_each,
    hold_on,
    lead,
    matters,
    share_of,
    warmth,
)
from triangle_sim.countries.interest import interest, number
from triangle_sim.countries.move import Move, because


class China(Country):
    """Beijing: the stronger patron, careful of Washington, at one with Moscow or at odds with it."""

    code = "CHN"
    label = "China"
    moves = (
        Move("hold", "keep quiet", cost=0.0, claims=("judgement",), effects={}),
        Move(
            "support_pyongyang",
            "let trade and aid flow to Pyongyang",
            cost=0.012,
            claims=("B8", "B20", "B22"),
            effects={
                "chinese_supply": +0.10,
                "goodwill[PRK,CHN]": because(+0.05, "A25", "B22"),
                "sanctions_pressure": because(-0.04, "B22"),
                "goodwill[USA,CHN]": because(-0.025, "A26"),
                "goodwill[KOR,CHN]": because(-0.02, "H06"),
            },
        ),
        Move(
            "tighten_enforcement",
            "tighten sanctions, customs and the border without saying so",
            cost=0.009,
            claims=("A10", "A11", "A12", "A13", "A14", "A15", "A17"),
            effects={
                "chinese_supply": because(-0.09, "A11", "A12", "A13", "A15"),
                "sanctions_pressure": because(+0.05, "A11"),
                "goodwill[CHN,PRK]": because(-0.025, "A16"),
                "goodwill[PRK,CHN]": because(-0.06, "A18"),
                "goodwill[USA,CHN]": because(+0.025, "A26"),
                "goodwill[KOR,CHN]": because(+0.02, "H06"),
            },
        ),
        Move(
            "court_pyongyang",
            "court Pyongyang with envoys and summits",
            cost=0.015,
            claims=("B3", "B8", "B23"),
            effects={
                "goodwill[PRK,CHN]": +0.07,
                "goodwill[CHN,PRK]": +0.05,
                "chinese_supply": because(+0.05, "B22"),
                "goodwill[USA,CHN]": because(-0.01, "A26"),
            },
        ),
        Move(
            "bind_to_pyongyang",
            "bind itself to Pyongyang's defence",
            cost=0.015,
            claims=("B6", "B7", "B8", "B21"),
            effects={
                "chinese_commitment": +0.12,
                "goodwill[PRK,CHN]": +0.07,
                "goodwill[CHN,PRK]": +0.035,
                "goodwill[USA,CHN]": because(-0.035, "A26"),
                "goodwill[KOR,CHN]": because(-0.035, "H06"),
                "trilateral_cohesion": because(+0.03, "B4"),
            },
        ),
        Move(
            "restrain_moscow",
            "press Moscow to hold back technology from Pyongyang",
            cost=0.015,
            claims=("B27", "B32"),
            effects={
                "technology_to_prk": -0.15,
                "goodwill[RUS,CHN]": -0.03,
                "goodwill[PRK,CHN]": -0.02,
                "goodwill[USA,CHN]": because(+0.01, "A26"),
            },
        ),
        Move(
            "close_ranks_with_moscow",
            "close ranks with Moscow against Washington",
            cost=0.009,
            claims=("B29", "B37"),
            effects={
                "goodwill[CHN,RUS]": +0.055,
                "goodwill[RUS,CHN]": +0.055,
                "goodwill[USA,CHN]": because(-0.03, "B29"),
                "goodwill[PRK,CHN]": because(+0.01, "B37"),
            },
        ),
        Move(
            "engage_washington",
            "mend fences with Washington",
            cost=0.012,
            claims=("A26",),
            effects={
                "goodwill[USA,CHN]": +0.05,
                "goodwill[CHN,USA]": +0.035,
                "goodwill[RUS,CHN]": because(-0.01, "B29"),
                "goodwill[PRK,CHN]": because(-0.01, "judgement"),
            },
        ),
        Move(
            "engage_seoul",
            "engage Seoul",
            cost=0.009,
            claims=("H04", "H06"),
            effects={
                "goodwill[KOR,CHN]": +0.055,
                "goodwill[CHN,KOR]": +0.05,
                "goodwill[PRK,CHN]": -0.03,
                "goodwill[CHN,PRK]": because(-0.02, "H04", "H06"),
                "chinese_supply": because(-0.03, "H04"),
                "trilateral_cohesion": -0.03,
            },
        ),
    )

    @interest(weight=0.14, claims=["B19", "B20", "B36"], scale="0 war or collapse next door .. 1 calm")
    def calm_on_the_border(
        self,
        state: Any,
        env: Any,
        *,
        peace: Array = number(0.6, "how much of calm is peace; the rest is a fed neighbour"),
    ) -> Array:
        """Neither war nor collapse on a border of 1,350 km."""
        return blend(1.0 - state.peninsula_tension, either(state.chinese_supply, state.russian_supply), peace)

    @interest(weight=0.12, claims=["A17", "B2"], scale="0 no hold .. 1 Pyongyang depends on Beijing and knows it")
    def influence_over_pyongyang(
        self,
        state: Any,
        env: Any,
        *,
        others: Array = number(OTHER_SOURCES, "supply from all others, on the scale of the patrons' own"),
    ) -> Array:
        """Influence is dependence that is not resented."""
        dependence = share_of(state.chinese_supply, state.russian_supply, others)
        return both(dependence, warmth(state.goodwill["PRK", "CHN"]))

    @interest(
        weight=0.08,
        claims=["A10", "A11", "A16", "A17", "H06"],
        scale="0 all help wasted on the disloyal .. 1 none wasted",
    )
    def discipline(self, state: Any, env: Any) -> Array:
        """Help to a client that leans elsewhere, or has lost favour, is wasted: squeezing it registers disapproval."""
        loyalty = lead(state.goodwill["PRK", "CHN"], state.goodwill["PRK", "RUS"])
        deserved = half_each(loyalty, warmth(state.goodwill["CHN", "PRK"]))
        return 1.0 - state.chinese_supply * (1.0 - deserved)

    @interest(weight=0.06, claims=["A10", "A16", "A17"], scale="0 far behind Moscow .. 1 far ahead")
    def rank_in_pyongyang(self, state: Any, env: Any) -> Array:
        """Not to be outbid by Moscow in Pyongyang, rivalry or none."""
        return lead(state.goodwill["PRK", "CHN"], state.goodwill["PRK", "RUS"])

    @interest(
        weight=0.30,
        claims=["B6", "B8", "B28", "B30", "B31"],
        scale="0 losing to a rival .. 1/2 no rivalry .. 1 winning",
    )
    def rivalry_with_moscow(self, state: Any, env: Any) -> Array:
        """Beijing bids for Pyongyang, with friendship and with treaties, only as far as it is Moscow's rival."""
        own = hold_on(state.goodwill["PRK", "CHN"], state.chinese_commitment)
        other = hold_on(state.goodwill["PRK", "RUS"], state.russian_commitment)
        return matters(env.sino_russian_rivalry, ahead_of(own, other))

    @interest(weight=0.12, claims=["A26"], scale="0 Washington hostile with much at stake .. 1 on good terms")
    def washington_stake(self, state: Any, env: Any) -> Array:
        """The delicate relation with Washington makes Beijing careful."""
        return matters(env.sino_us_stake, warmth(state.goodwill["USA", "CHN"]))

    @interest(weight=0.10, claims=["B29", "B30", "B34"], scale="0 alone or rivals .. 1 one front with Moscow")
    def front_with_moscow(self, state: Any, env: Any) -> Array:
        """A common front against the United States and its allies, where there is no rivalry."""
        return matters(1.0 - env.sino_russian_rivalry, warmth(state.goodwill["RUS", "CHN"]))

    @interest(weight=0.08, claims=["B27", "B36"], scale="0 a nuclear neighbour armed by Moscow .. 1 none")
    def no_nuclear_neighbour(
        self,
        state: Any,
        env: Any,
        *,
        arsenal: Array = number(0.5, "how much of the worst a full arsenal is"),
        technology: Array = number(0.5, "how much of the worst a full flow of technology is"),
    ) -> Array:
        """Weapons technology and tests that Beijing does not want in Pyongyang's hands."""
        return 1.0 - either(arsenal * state.nuclear_missile_capability, technology * state.technology_to_prk)

    @interest(weight=0.15, claims=["A26", "B36", "H06"], scale="0 blamed for a client that provokes .. 1 not blamed")
    def no_blame(self, state: Any, env: Any) -> Array:
        """Closeness to a Pyongyang that raises tension is held against Beijing, which keeps its distance."""
        return 1.0 - state.peninsula_tension * warmth(state.goodwill["PRK", "CHN"])

    @interest(weight=0.10, claims=["B10", "B21"], scale="0 bound to a reckless ally .. 1 free")
    def no_entrapment(
        self, state: Any, env: Any, *, always: Array = number(0.2, "how much a commitment weighs without any tension")
    ) -> Array:
        """A commitment to a risk-taking ally can drag its giver into war (Snyder 1984)."""
        return 1.0 - state.chinese_commitment * blend(1.0, state.peninsula_tension, always)

    @interest(weight=0.08, claims=["B4", "B37"], scale="0 alone before the trilateral .. 1 balanced or no trilateral")
    def answer_to_the_trilateral(self, state: Any, env: Any) -> Array:
        """The closer Washington, Seoul and Tokyo, the more a bloc of its own is worth."""
        bloc = half_each(warmth(state.goodwill["PRK", "CHN"]), warmth(state.goodwill["RUS", "CHN"]))
        return 1.0 - state.trilateral_cohesion * (1.0 - bloc)

    @interest(weight=0.06, claims=["H04", "H06"], scale="0 shut out of a rich South .. 1 welcome there")
    def seoul_business(self, state: Any, env: Any) -> Array:
        """South Korea's market, as far as it has one."""
        return matters(env.seoul_market, warmth(state.goodwill["KOR", "CHN"]))

    @interest(weight=0.20, claims=["B23", "B25", "H05", "H07"], scale="0 bypassed by others' talks .. 1 at the table")
    def not_left_out(
        self, state: Any, env: Any, *, seoul: Array = number(0.5, "how much a thaw with Seoul counts beside talks")
    ) -> Array:
        """When Pyongyang talks to Washington or Seoul, being cold to Pyongyang means being left out."""
        talks = either(state.us_prk_dialogue, seoul * warmth(state.goodwill["PRK", "KOR"]))
        return 1.0 - talks * (1.0 - warmth(state.goodwill["PRK", "CHN"]))
