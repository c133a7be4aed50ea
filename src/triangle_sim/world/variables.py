"""State variables: the ties between countries and the stocks and flows the articles argue about.

Each has a range, a rate at which it returns to its resting level, and the size of its quarterly shocks. A new variable
is one entry of :data:`STOCKS`; it costs nothing until an interest reads it or a move touches it.
"""

from __future__ import annotations

from dataclasses import dataclass

from triangle_sim.uncertainty import Parameter, Prior

JUDGEMENT = ("judgement",)


@dataclass(frozen=True)
class Variable:
    """One state variable.

    ``rate`` is the share of the distance to the resting level closed in a quarter, ``noise`` the standard deviation of
    a quarter's shock on the latent scale (in the variable's units at mid-range).
    """

    name: str
    meaning: str
    rate: float
    noise: float
    low: float = 0.0
    high: float = 1.0
    unit: str = "share of the largest level on record or plausible, 0 .. 1"
    sources: tuple[str, ...] = JUDGEMENT

    def parameters(self) -> list[Parameter]:
        """Its rate and noise as uncertain numbers."""
        return [
            Parameter(
                f"rate.{self.name}",
                Prior.of({"dist": "lognorm", "s": 0.8, "scale": self.rate}),
                "share of the gap per quarter",
                f"how fast {self.name} returns to its resting level",
                self.sources,
                0.005,
                0.95,
            ),
            Parameter(
                f"noise.{self.name}",
                Prior.of({"dist": "lognorm", "s": 0.5, "scale": self.noise}),
                "latent units per quarter (standard deviation)",
                f"quarterly shocks to {self.name}",
                self.sources,
                0.0,
                0.5,
            ),
        ]


STOCKS: dict[str, Variable] = {
    variable.name: variable
    for variable in (
        Variable(
            "nuclear_missile_capability",
            "North Korea's nuclear and missile capability",
            rate=0.01,
            noise=0.01,
            sources=("facts:prk_behaviour", "A28"),
        ),
        Variable(
            "chinese_supply",
            "Chinese trade, aid and lax enforcement that reach North Korea",
            rate=0.12,
            noise=0.03,
            sources=("facts:dyads", "B18", "B22"),
        ),
        Variable(
            "russian_supply",
            "Russian food, fuel, cash and labour contracts that reach North Korea",
            rate=0.18,
            noise=0.03,
            sources=("facts:dyads", "A27"),
        ),
        Variable(
            "arms_to_russia",
            "shells and missiles North Korea ships to Russia",
            rate=0.25,
            noise=0.03,
            sources=("A4", "B15"),
        ),
        Variable(
            "technology_to_prk",
            "weapons technology Russia passes to North Korea",
            rate=0.25,
            noise=0.03,
            sources=("A28", "B27", "B35"),
        ),
        Variable(
            "sanctions_pressure",
            "how hard sanctions press North Korea, law and enforcement together",
            rate=0.06,
            noise=0.02,
            sources=("A5", "A11", "B22"),
        ),
        Variable(
            "trilateral_cohesion",
            "how closely the United States, South Korea and Japan act together",
            rate=0.05,
            noise=0.02,
            sources=("B4", "B37"),
        ),
        Variable(
            "rok_russia_cooperation",
            "economic cooperation between South Korea and Russia",
            rate=0.12,
            noise=0.02,
            sources=("A36",),
        ),
        Variable(
            "us_prk_dialogue",
            "talks between Washington and Pyongyang: 0 none .. 1 a deal as good as signed",
            rate=0.25,
            noise=0.02,
            sources=("A29", "A33"),
        ),
        Variable(
            "chinese_commitment",
            "how firmly China is bound to defend North Korea",
            rate=0.03,
            noise=0.015,
            sources=("B6", "B21"),
        ),
        Variable(
            "russian_commitment",
            "how firmly Russia is bound to defend North Korea",
            rate=0.03,
            noise=0.015,
            sources=("A6", "B6"),
        ),
        Variable(
            "peninsula_tension",
            "risk of armed clashes on the peninsula",
            rate=0.30,
            noise=0.04,
            sources=("A42", "B10"),
        ),
    )
}
"""The stocks and flows, by name."""


def is_tie(name: str) -> bool:
    """Whether a variable is a tie."""
    return name.startswith("goodwill[")


def tie(of: str, towards: str) -> str:
    """Name of the directed tie: how well ``of`` is disposed to ``towards``."""
    return f"goodwill[{of},{towards}]"


def tie_variable(of: str, towards: str) -> Variable:
    """The directed tie between two countries.

    The rate is slow (half the distance in about two years): in the coded record of 2011-2023 most ties keep their
    sign for years, and the noise is a tenth of a point of the -3..+3 coding a quarter.
    """
    return Variable(
        tie(of, towards),
        f"how well {of} is disposed to {towards}",
        rate=0.08,
        noise=0.07,
        low=-1.0,
        high=1.0,
        unit="-1 hostile .. 0 neutral .. +1 allied (0.3 is one point of the coded -3..+3 scale)",
        sources=("facts:dyads",),
    )


LASTING = (
    Parameter(
        "legacy",
        Prior.of({"dist": "beta", "a": 2.0, "b": 2.0}),
        "share",
        "how much of what sets a tie apart at the start, from where conditions lead it, belongs to its resting level",
        JUDGEMENT,
        0.0,
        1.0,
    ),
    Parameter(
        "fade",
        Prior.of({"dist": "lognorm", "s": 0.7, "scale": 0.03}),
        "share per quarter",
        "how fast that legacy fades",
        JUDGEMENT,
        0.0,
        0.5,
    ),
)
"""What the past leaves in ties: alignments outlast the conditions that made them."""


def variables_of(countries: tuple[str, ...]) -> dict[str, Variable]:
    """All state variables of a world with these countries, sorted by name."""
    ties = [tie_variable(i, j) for i in sorted(countries) for j in sorted(countries) if i != j]
    return {variable.name: variable for variable in sorted([*ties, *STOCKS.values()], key=lambda v: v.name)}
