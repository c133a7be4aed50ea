"""The United States: what Washington can do, what it wants, and which claims say so."""

from __future__ import annotations

from typing import Any

from triangle_sim.arrays import Array
from triangle_sim.countries.base import Country
from triangle_sim.countries.forms import blend, either, matters, warmth
from triangle_sim.countries.interest import interest, number
from triangle_sim.countries.move import Move, because


class UnitedStates(Country):
    """Washington: pressure and alliances by default, deals when its president wants them."""

    code = "USA"
    label = "United States"
    moves = (
        Move("hold", "stay the course", cost=0.0, claims=("judgement",), effects={}),
        Move(
            "apply_pressure",
            "press Pyongyang with sanctions and shows of force",
            cost=0.009,
            claims=("A34", "A42"),
            effects={
                "sanctions_pressure": +0.06,
                "peninsula_tension": +0.04,
                "goodwill[PRK,USA]": -0.035,
                "goodwill[USA,PRK]": -0.01,
                "us_prk_dialogue": -0.06,
                "chinese_supply": because(-0.02, "A26"),
                "arms_to_russia": because(-0.03, "judgement"),
            },
        ),
        Move(
            "offer_summit",
            "offer Kim a summit",
            cost=0.007,
            claims=("A30", "A32", "A33"),
            effects={
                "us_prk_dialogue": +0.04,
                "goodwill[PRK,USA]": +0.05,
                "goodwill[USA,PRK]": +0.03,
                "peninsula_tension": -0.04,
                "trilateral_cohesion": because(-0.03, "H07"),
                "goodwill[KOR,USA]": because(-0.01, "judgement"),
            },
        ),
        Move(
            "build_trilateral",
            "build the trilateral with Seoul and Tokyo",
            cost=0.009,
            claims=("B4", "B37"),
            effects={
                "trilateral_cohesion": +0.08,
                "goodwill[KOR,USA]": +0.02,
                "peninsula_tension": -0.02,
                "goodwill[PRK,CHN]": because(+0.02, "B4", "B37"),
                "goodwill[CHN,PRK]": because(+0.02, "B37"),
                "goodwill[PRK,RUS]": because(+0.01, "B37"),
                "goodwill[CHN,RUS]": because(+0.02, "B37"),
                "goodwill[RUS,CHN]": because(+0.02, "B37"),
                "goodwill[CHN,USA]": -0.025,
                "goodwill[RUS,USA]": -0.01,
            },
        ),
        Move(
            "deal_with_moscow",
            "deal with Moscow",
            cost=0.018,
            claims=("A31", "A32"),
            effects={
                "goodwill[RUS,USA]": +0.06,
                "goodwill[USA,RUS]": +0.05,
                "goodwill[RUS,CHN]": because(-0.01, "B29"),
                "goodwill[KOR,USA]": because(-0.01, "judgement"),
            },
        ),
        Move(
            "engage_beijing",
            "mend fences with Beijing",
            cost=0.012,
            claims=("A26",),
            effects={
                "goodwill[CHN,USA]": +0.055,
                "goodwill[USA,CHN]": +0.035,
                "sanctions_pressure": because(+0.02, "A11", "A26"),
                "goodwill[CHN,RUS]": because(-0.01, "B29"),
            },
        ),
    )

    @interest(weight=0.20, claims=["A34", "A42"], scale="0 a nuclear arsenal nobody talks about .. 1 none or in talks")
    def rollback(
        self,
        state: Any,
        env: Any,
        *,
        arsenal: Array = number(0.7, "how much of the worst a full arsenal is"),
        technology: Array = number(0.3, "how much of the worst a full flow of Russian technology is"),
        contained: Array = number(0.4, "share of the threat that talks as good as signed contain"),
    ) -> Array:
        """Pyongyang's arsenal is a threat that Russian technology feeds and talks contain."""
        threat = either(arsenal * state.nuclear_missile_capability, technology * state.technology_to_prk)
        return 1.0 - threat * (1.0 - contained * state.us_prk_dialogue)

    @interest(weight=0.20, claims=["B4", "B29", "B37"], scale="0 threatened and divided .. 1 allies close or no threat")
    def allies(
        self, state: Any, env: Any, *, arsenal: Array = number(0.6, "how much of a full threat a full arsenal is")
    ) -> Array:
        """The more Pyongyang threatens, the more close allies are worth."""
        threat = either(arsenal * state.nuclear_missile_capability, state.peninsula_tension)
        return 1.0 - threat * (1.0 - state.trilateral_cohesion)

    @interest(weight=0.16, claims=["A30", "A32", "A33", "A38"], scale="0 a president's wish denied .. 1 a deal")
    def deal_with_kim(
        self,
        state: Any,
        env: Any,
        *,
        distant: Array = number(0.5, "how much a deal is worth with a Pyongyang that has left China's side", "A38"),
    ) -> Array:
        """A president's wish; a Pyongyang that has left China's side is a secondary matter."""
        salience = blend(1.0, warmth(state.goodwill["PRK", "CHN"]), distant)
        return matters(env.us_deal_appetite, state.us_prk_dialogue * salience)

    @interest(weight=0.14, claims=["A31", "A32"], scale="0 Moscow hostile though wanted .. 1 a deal with Moscow")
    def deal_with_moscow(self, state: Any, env: Any) -> Array:
        """Good terms with Moscow, for an administration that wants them."""
        return matters(env.us_russia_opening, warmth(state.goodwill["RUS", "USA"]))

    @interest(weight=0.10, claims=["A3", "A5", "B22"], scale="0 sanctions dead .. 1 in full force")
    def sanctions_hold(
        self,
        state: Any,
        env: Any,
        *,
        traded: Array = number(0.5, "share of its care for sanctions that an eager dealmaker would trade"),
    ) -> Array:
        """Sanctions are credible while they are enforced; a willing dealmaker cares less."""
        return state.sanctions_pressure * (1.0 - traded * env.us_deal_appetite)

    @interest(
        weight=0.10, claims=["A4", "B26", "B29"], scale="0 Moscow's war fed from Pyongyang .. 1 not fed or no war"
    )
    def ukraine(self, state: Any, env: Any) -> Array:
        """Shells from Pyongyang prolong the war."""
        return 1.0 - env.ukraine_war * state.arms_to_russia

    @interest(weight=0.10, claims=["A26"], scale="0 Beijing hostile .. 1 a working tie")
    def working_tie_with_beijing(self, state: Any, env: Any) -> Array:
        """A working tie with the other great power."""
        return warmth(state.goodwill["CHN", "USA"])
