"""What a country has at stake in each of its interests as things are at the start: the order of its wishes, on the
page and on the lessons' role sheets."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np

from triangle_sim.countries.interest import Interest
from triangle_sim.world.variables import Variable
from triangle_sim.world.views import View


def at_stake(each: Interest, environment: Mapping[str, float], variables: Mapping[str, Variable]) -> float:
    """How much of its payoff a country can win or lose by an interest under these conditions: from the worst corner
    of what the interest reads to the best, times its weight."""
    ends = ((variables[name].low, variables[name].high) for name in each.reads)
    state = dict(zip(each.reads, np.array(list(product(*ends))).T, strict=True))
    values = each(View(state), View({name: np.array(level) for name, level in environment.items()}))
    return each.weight * float(np.ptp(values))
