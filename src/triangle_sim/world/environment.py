"""The environment: conditions outside the five countries' quarterly moves, set by events and lasting otherwise.

Drivers tie resting levels to it: the level a tie returns to moves by ``driver x (condition - its usual level)``, and
that of a stock by ``driver x (condition - its level in the starting world)``. One set of drivers serves every era: what
differs between eras is where they start and what conditions they meet.
"""

from __future__ import annotations

from dataclasses import dataclass

from triangle_sim.uncertainty import Parameter, Prior
from triangle_sim.uncertainty.parameters import one_sided

WIDTH = 0.75
"""Standard deviation of a driver before the record speaks, as a share of its size."""


@dataclass(frozen=True)
class Condition:
    """One environment variable in [0, 1]."""

    name: str
    meaning: str
    sources: tuple[str, ...]
    usual: float
    """Its level in an ordinary time: at it, drivers of ties are silent. A convention that fixes what ``rest`` means."""
    low: float = 0.0
    high: float = 1.0
    unit: str = "0 none .. 1 as high as it can be"


@dataclass(frozen=True)
class Driver:
    """How far a variable's resting level moves (latent units) as a condition goes from 0 to 1."""

    condition: str
    variable: str
    effect: float
    sources: tuple[str, ...]
    through: str | None = None
    """A state variable on which it depends: the shift is taken times its level."""

    @property
    def name(self) -> str:
        """The parameter's name."""
        return f"driver.{self.condition}.{self.variable}"

    def parameter(self) -> Parameter:
        """The driver as an uncertain number."""
        through = f", times {self.through}" if self.through else ""
        return Parameter(
            self.name,
            Prior.of({"dist": "norm", "loc": self.effect, "scale": WIDTH * abs(self.effect)}),
            "latent units",
            f"shift of the resting level of {self.variable} as {self.condition} goes from 0 to 1{through}",
            self.sources,
            *one_sided(self.effect),
        )


CONDITIONS: dict[str, Condition] = {
    condition.name: condition
    for condition in (
        Condition("ukraine_war", "intensity of Russia's war in Ukraine", ("A36", "B26"), 0.0),
        Condition("us_deal_appetite", "the US administration's appetite for deals with Kim", ("A30", "A33"), 0.1),
        Condition("us_russia_opening", "the US administration's wish to deal with Moscow", ("A31",), 0.3),
        Condition("sino_russian_rivalry", "how far Beijing and Moscow compete, not cooperate", ("B28", "B30"), 0.2),
        Condition("seoul_market", "what South Korea's economy offers its neighbours", ("A36", "H04"), 0.5),
        Condition("seoul_engagement", "the Seoul government's wish to engage the North", ("H05",), 0.2),
        Condition("border_closed", "how tightly Pyongyang has shut its border, as against a pandemic", ("H09",), 0.0),
        Condition("russian_means", "what Moscow can spare for clients", ("H04",), 0.4),
        Condition("sino_us_stake", "what Beijing has to lose in its relation with Washington", ("A26",), 0.4),
    )
}

DRIVERS: tuple[Driver, ...] = (
    # The war makes Moscow need Pyongyang, as far as shells flow, and cut itself off from Seoul and Washington.
    Driver("ukraine_war", "goodwill[RUS,PRK]", 1.00, ("A36", "A37", "B26", "H10"), through="arms_to_russia"),
    Driver("ukraine_war", "goodwill[PRK,RUS]", 0.30, ("A1", "B26")),
    Driver("ukraine_war", "goodwill[RUS,KOR]", -0.60, ("A36", "facts:dyads")),
    Driver("ukraine_war", "goodwill[KOR,RUS]", -0.60, ("A36", "facts:dyads")),
    Driver("ukraine_war", "rok_russia_cooperation", -0.30, ("A36", "facts:dyads")),
    Driver("ukraine_war", "goodwill[RUS,USA]", -0.50, ("B29", "facts:dyads")),
    Driver("ukraine_war", "goodwill[USA,RUS]", -0.50, ("B29", "facts:dyads")),
    Driver("ukraine_war", "goodwill[RUS,CHN]", 0.20, ("B32", "B29")),
    # An administration that wants to deal with Moscow or with Kim warms both sides of that tie.
    Driver("us_russia_opening", "goodwill[USA,RUS]", 0.80, ("A31",)),
    Driver("us_russia_opening", "goodwill[RUS,USA]", 0.80, ("A31",)),
    Driver("us_deal_appetite", "goodwill[USA,PRK]", 0.50, ("A30", "A33")),
    Driver("us_deal_appetite", "goodwill[PRK,USA]", 0.50, ("A29", "A33")),
    Driver("us_deal_appetite", "us_prk_dialogue", 0.50, ("A30", "A33", "H07")),
    Driver("us_deal_appetite", "trilateral_cohesion", -0.10, ("judgement", "H07")),
    # A government in Seoul that wants to engage the North warms both sides of that tie, as in 1998 and 2018.
    Driver("seoul_engagement", "goodwill[KOR,PRK]", 0.60, ("H05",)),
    Driver("seoul_engagement", "goodwill[PRK,KOR]", 0.50, ("H05",)),
    Driver("seoul_engagement", "us_prk_dialogue", 0.15, ("H05", "H07")),
    Driver("seoul_engagement", "peninsula_tension", -0.20, ("H05",)),
    # Rivalry is the split: each patron cools to the other. Coded +3 in 1950 and -1 in 1961: 1.6 latent.
    Driver("sino_russian_rivalry", "goodwill[CHN,RUS]", -1.60, ("B28", "facts:dyads")),
    Driver("sino_russian_rivalry", "goodwill[RUS,CHN]", -1.60, ("B28", "facts:dyads")),
    # A rich South draws the patrons; a poor Moscow cannot supply.
    Driver("seoul_market", "goodwill[RUS,KOR]", 0.60, ("A36", "H04")),
    Driver("seoul_market", "goodwill[KOR,RUS]", 0.40, ("A36", "H04")),
    Driver("seoul_market", "goodwill[CHN,KOR]", 0.60, ("H04", "H06")),
    Driver("seoul_market", "goodwill[KOR,CHN]", 0.40, ("H04", "H06")),
    Driver("seoul_market", "rok_russia_cooperation", 0.30, ("A36", "H04")),
    # What the patrons find in Seoul they no longer owe Pyongyang: both ties fell as both recognised the South.
    Driver("seoul_market", "goodwill[RUS,PRK]", -0.40, ("A37", "H04")),
    Driver("seoul_market", "goodwill[CHN,PRK]", -0.40, ("H04", "H06")),
    # Pyongyang answers in kind.
    Driver("seoul_market", "goodwill[PRK,RUS]", -0.30, ("H04",)),
    Driver("seoul_market", "goodwill[PRK,CHN]", -0.30, ("H04", "H06")),
    Driver("russian_means", "russian_supply", 0.35, ("H04",)),
    Driver("russian_means", "goodwill[RUS,PRK]", 0.30, ("H04",)),
    Driver("russian_means", "goodwill[PRK,RUS]", 0.40, ("H04",)),
    # Trade and technology tie Beijing to Washington, and Washington to Beijing.
    Driver("sino_us_stake", "goodwill[CHN,USA]", 0.60, ("A26",)),
    Driver("sino_us_stake", "goodwill[USA,CHN]", 0.60, ("A26",)),
)
