"""The environment: conditions outside the five countries' quarterly moves, set by events and lasting otherwise.

Drivers tie resting levels to it: the level a variable returns to moves by ``driver x (environment - its value in the
starting world)``. In the starting world every driver is silent, so resting levels are what the facts say.
"""

from __future__ import annotations

from dataclasses import dataclass

from triangle_sim.uncertainty import Parameter, Prior


@dataclass(frozen=True)
class Condition:
    """One environment variable in [0, 1]."""

    name: str
    meaning: str
    sources: tuple[str, ...]
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

    @property
    def name(self) -> str:
        """The parameter's name."""
        return f"driver.{self.condition}.{self.variable}"

    def parameter(self) -> Parameter:
        """The driver as an uncertain number."""
        return Parameter(
            self.name,
            Prior.of({"dist": "norm", "loc": self.effect, "scale": 0.3 * abs(self.effect)}),
            "latent units",
            f"shift of the resting level of {self.variable} as {self.condition} goes from 0 to 1",
            self.sources,
        )


CONDITIONS: dict[str, Condition] = {
    condition.name: condition
    for condition in (
        Condition("ukraine_war", "intensity of Russia's war in Ukraine", ("A36", "B26")),
        Condition("us_deal_appetite", "the US administration's appetite for deals with Kim", ("A30", "A33")),
        Condition("us_russia_opening", "the US administration's wish to deal with Moscow", ("A31",)),
        Condition("sino_russian_rivalry", "how far Beijing and Moscow compete rather than cooperate", ("B28", "B30")),
        Condition("seoul_market", "what South Korea's economy offers its neighbours", ("A36", "H04")),
        Condition("russian_means", "what Moscow can spare for clients", ("H04",)),
        Condition("sino_us_stake", "what Beijing has to lose in its relation with Washington", ("A26",)),
        Condition("seoul_engagement", "the Seoul government's wish to engage the North", ("H05",)),
    )
}

DRIVERS: tuple[Driver, ...] = (
    # The war makes Moscow need Pyongyang and cut itself off from Seoul and Washington.
    Driver("ukraine_war", "goodwill[RUS,PRK]", 0.30, ("A37", "B26")),
    Driver("ukraine_war", "goodwill[RUS,KOR]", -0.45, ("A36", "facts:dyads")),
    Driver("ukraine_war", "goodwill[KOR,RUS]", -0.45, ("A36", "facts:dyads")),
    Driver("ukraine_war", "rok_russia_cooperation", -0.30, ("A36", "facts:dyads")),
    Driver("ukraine_war", "goodwill[RUS,USA]", -0.30, ("B29", "facts:dyads")),
    Driver("ukraine_war", "goodwill[USA,RUS]", -0.30, ("B29", "facts:dyads")),
    Driver("ukraine_war", "goodwill[RUS,CHN]", 0.10, ("B32", "B29")),
    # An administration that wants to deal with Moscow or with Kim warms both sides of that tie.
    Driver("us_russia_opening", "goodwill[USA,RUS]", 0.50, ("A31",)),
    Driver("us_russia_opening", "goodwill[RUS,USA]", 0.40, ("A31",)),
    Driver("us_deal_appetite", "goodwill[USA,PRK]", 0.40, ("A30", "A33")),
    Driver("us_deal_appetite", "trilateral_cohesion", -0.10, ("judgement", "H07")),
    # Rivalry is the split: each patron cools to the other. Coded +3 in 1950 and -1 in 1961: 1.6 latent.
    Driver("sino_russian_rivalry", "goodwill[CHN,RUS]", -1.60, ("B28", "facts:dyads")),
    Driver("sino_russian_rivalry", "goodwill[RUS,CHN]", -1.60, ("B28", "facts:dyads")),
    # A rich South draws the patrons; a poor Moscow cannot supply.
    Driver("seoul_market", "goodwill[RUS,KOR]", 0.50, ("A36", "H04")),
    Driver("seoul_market", "goodwill[CHN,KOR]", 0.50, ("H04", "H06")),
    Driver("seoul_market", "rok_russia_cooperation", 0.30, ("A36", "H04")),
    # What the patrons find in Seoul they no longer owe Pyongyang: both ties fell as both recognised the South.
    Driver("seoul_market", "goodwill[RUS,PRK]", -0.40, ("A37", "H04")),
    Driver("seoul_market", "goodwill[CHN,PRK]", -0.40, ("H04", "H06")),
    Driver("russian_means", "russian_supply", 0.35, ("H04",)),
    Driver("sino_us_stake", "goodwill[CHN,USA]", 0.30, ("A26",)),
)
