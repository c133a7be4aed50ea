"""Games that two solvers can look at: random polymatrix games, and the model's own game with short menus."""

from collections.abc import Mapping
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

import numpy as np
import pygambit

from triangle_sim.countries import countries
from triangle_sim.decision.rule import RULES
from triangle_sim.model.certainty import profile_payoffs
from triangle_sim.model.triangle_model import TriangleModel
from triangle_sim.scenario.schema import Scenario

NAMES = "ABCDE"


class Polymatrix:
    """Each pair of players meets in a table of its own; a player's payoff is the mean over its tables.

    It has what :func:`triangle_sim.decision.choose.decide` needs of a game, for one run.
    """

    def __init__(self, tables: Mapping[tuple[str, str], Any], rationality: float = 1.0) -> None:
        self.tables = tables
        sizes = {first: np.shape(table)[0] for (first, _), table in tables.items()}
        self.menus = dict(sorted(sizes.items()))
        self.players = {
            name: SimpleNamespace(rationality=np.full(1, rationality), available=np.ones(size, bool))
            for name, size in self.menus.items()
        }

    @classmethod
    def random(cls, players: int, seed: int, rationality: float = 1.0) -> "Polymatrix":
        """Payoffs uniform on [-1, 1], 2 to 4 moves each."""
        rng = np.random.default_rng(seed)
        sizes = {name: int(rng.integers(2, 5)) for name in NAMES[:players]}
        pairs = [(i, j) for i in sizes for j in sizes if i != j]
        return cls({(i, j): rng.uniform(-1, 1, (sizes[i], sizes[j])) for i, j in pairs}, rationality)

    def pushes(self, mixes: Any, seen: Any = None) -> None:
        """Nothing to work out beforehand."""

    def payoffs(self, code: str, mixes: Any, pushes: Any = None, seen: Any = None) -> Any:
        """Expected payoffs ``(moves, runs)``."""
        others = [name for name in self.menus if name != code]
        return sum(self.tables[code, other] @ mixes[other] for other in others) / len(others)

    def uniform(self) -> dict[str, Any]:
        """All moves alike."""
        return {name: np.full((size, 1), 1.0 / size) for name, size in self.menus.items()}

    def strategic_form(self) -> list[Any]:
        """Every player's payoff at every profile, an axis a player."""
        names = list(self.menus)
        out = []
        for i, player in enumerate(names):
            total = np.zeros(tuple(self.menus.values()))
            for j, other in enumerate(names):
                if i != j:
                    table = self.tables[player, other]
                    shape = [1] * len(names)
                    shape[i], shape[j] = table.shape
                    total = total + (table if i < j else table.T).reshape(shape)
            out.append(total / (len(names) - 1))
        return out


def by_rule(name: str, **settings: Any) -> Any:
    """A rule and its settings, as a scenario made ready has them for a country."""
    return RULES[name].settings(rule=name, **settings)


FROM_ARRAYS = getattr(pygambit, "StrategicGame", pygambit.Game).from_arrays
"""Gambit 17 has a class of its own for games in strategic form."""


def qre(payoffs: list[Any], rationality: list[float]) -> list[Any]:
    """Gambit's logit equilibrium, a mix for each player; each has its own precision, so payoffs are scaled by it."""
    game = FROM_ARRAYS(*(precision * each for precision, each in zip(rationality, payoffs, strict=True)))
    (found,) = pygambit.qre.logit_solve_lambda(game, 1.0, use_strategic=True)
    return _mixes(found.profile)


def pure_equilibria(payoffs: list[Any]) -> set[tuple[int, ...]]:
    """Gambit's pure equilibria as tuples of move indices."""
    game = FROM_ARRAYS(*payoffs)
    found = pygambit.nash.enumpure_solve(game).equilibria
    return {tuple(int(np.argmax(mix)) for mix in _mixes(profile)) for profile in found}


def _mixes(profile: Any) -> list[Any]:
    """A profile's probabilities, one array a player, in any version of Gambit."""
    return [np.asarray([float(chance) for _, chance in profile[player]]) for player in profile.game.players]


KEPT = {
    "CHN": ["court_pyongyang", "engage_washington", "tighten_enforcement"],
    "KOR": ["build_trilateral", "court_moscow", "engage_the_north"],
    "PRK": ["court_beijing", "court_moscow", "open_to_washington", "ship_arms_to_russia"],
    "RUS": ["bind_to_pyongyang", "court_pyongyang", "transfer_technology"],
    "USA": ["build_trilateral", "engage_beijing", "offer_summit"],
}
"""Menus short enough for a solver that lists all profiles, rich in joint effects."""


@lru_cache(maxsize=4)
def one_shot(runs: int, short: bool = True) -> TriangleModel:
    """The model after three quarters of the plain scenario, one draw a run."""
    disable = {
        code: [move.name for move in country.menu() if move.name not in KEPT[code]]
        for code, country in countries().items()
        if code in KEPT
    }
    menus = {"disable": disable if short else {}}
    scenario = Scenario.model_validate({"name": "one shot", "quarters": 4, "moves": menus})
    model = TriangleModel(scenario, rng=scenario.seed, draws=np.arange(runs), replicates=np.zeros(runs, int))
    for _ in range(3):
        model.step()
    model.close()
    return model


def available(model: TriangleModel) -> dict[str, Any]:
    """Indices of the moves each country can play."""
    return {code: np.flatnonzero(player.available) for code, player in model.game.players.items()}


def short_form(model: TriangleModel, run: int) -> list[Any]:
    """Payoffs of one run at all profiles of available moves, an array a country."""
    index = np.ix_(*available(model).values())
    return [each[index] for each in profile_payoffs(model, run).values()]
