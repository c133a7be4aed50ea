"""Where state variables rest, for one world, written from docs/equations.md (step 1 of a quarter)."""

from reference.latent import to_latent, to_level
from triangle_sim.world.environment import CONDITIONS, DRIVERS

Numbers = dict[str, float]


class Rests:
    """Latent resting levels of one run, from its parameters and the environment of the starting world's file."""

    def __init__(self, parameters: Numbers, variables: list[str], starting: Numbers) -> None:
        self.parameters, self.variables, self.starting = parameters, variables, starting
        self.legacy = {v: 0.0 for v in variables}
        began = {v: to_latent(v, parameters[f"start.{v}"]) for v in variables}
        for v in variables:
            if v.startswith("goodwill["):
                apart = began[v] - self._led(v, starting, {u: to_level(u, z) for u, z in began.items()})
                self.legacy[v] = parameters["legacy"] * apart

    def at(self, q: int, environment: Numbers, state: Numbers, shifts: list[Numbers]) -> Numbers:
        """In a quarter that begins in a state, with what active events add."""
        left = (1.0 - self.parameters["fade"]) ** q
        return {
            v: self._led(v, environment, state) + left * self.legacy[v] + sum(each.get(v, 0.0) for each in shifts)
            for v in self.variables
        }

    def _led(self, v: str, environment: Numbers, state: Numbers) -> float:
        """Where conditions alone lead a variable."""
        level = to_latent(v, self.parameters[f"rest.{v}"])
        for driver in DRIVERS:
            if driver.variable == v:
                c = driver.condition
                silent_at = CONDITIONS[c].usual if v.startswith("goodwill[") else self.starting[c]
                as_far_as = 1.0 if driver.through is None else state[driver.through]
                level += self.parameters[f"driver.{c}.{v}"] * (environment[c] - silent_at) * as_far_as
        return level
