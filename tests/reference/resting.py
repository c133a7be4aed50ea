"""Where state variables rest, for one world, written from docs/equations.md (step 1 of a quarter)."""

from reference.latent import to_latent
from triangle_sim.world.environment import CONDITIONS, DRIVERS

Numbers = dict[str, float]


class Rests:
    """Latent resting levels of one run, from its parameters and the environment of the starting world's file."""

    def __init__(self, parameters: Numbers, variables: list[str], starting: Numbers) -> None:
        self.parameters, self.variables, self.starting = parameters, variables, starting
        self.legacy = {v: 0.0 for v in variables}
        for v in variables:
            if v.startswith("goodwill["):
                apart = to_latent(v, parameters[f"start.{v}"]) - self._led(v, starting)
                self.legacy[v] = parameters["legacy"] * apart

    def at(self, q: int, environment: Numbers, shifts: list[Numbers]) -> Numbers:
        """In a quarter, with what active events add."""
        left = (1.0 - self.parameters["fade"]) ** q
        return {
            v: self._led(v, environment) + left * self.legacy[v] + sum(each.get(v, 0.0) for each in shifts)
            for v in self.variables
        }

    def _led(self, v: str, environment: Numbers) -> float:
        """Where conditions alone lead a variable."""
        level = to_latent(v, self.parameters[f"rest.{v}"])
        for driver in DRIVERS:
            if driver.variable == v:
                c = driver.condition
                silent_at = CONDITIONS[c].usual if v.startswith("goodwill[") else self.starting[c]
                level += self.parameters[f"driver.{c}.{v}"] * (environment[c] - silent_at)
        return level
