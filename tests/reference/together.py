"""Which moves meet, for one world, written from docs/equations.md (steps 2, 5 and 7 of a quarter)."""

from dataclasses import dataclass, field
from typing import Any

Numbers = dict[str, float]


@dataclass
class Meeting:
    """A joint effect of two countries; ``offered`` are those of the two whose offer stands."""

    joint: Any
    push: Numbers
    offered: set[str] = field(default_factory=set)

    @property
    def sides(self) -> dict[str, str]:
        """The move of each of the two."""
        return dict((self.joint.first, self.joint.second))

    def chance(self, plays: Numbers, environment: Numbers) -> float:
        """From the chance that each side plays its part: both do, or one does whose partner's offer stands."""
        (a, b), (x, y) = self.sides, (plays[i] for i in self.sides)
        if {a, b} <= self.offered:
            together = x + y - x * y
        elif a in self.offered:
            together = y
        elif b in self.offered:
            together = x
        else:
            together = x * y
        barred = self.joint.barred_by
        shut = barred is not None and environment[barred] > 0.5
        return 0.0 if shut else together

    def after(self, played: dict[str, str], met: bool) -> None:
        """What stands in the next quarter."""
        made = {i for i, move in self.sides.items() if played[i] == move}
        self.offered = made if self.joint.stands and not met else set()
