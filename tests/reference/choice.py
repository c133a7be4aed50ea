"""How countries choose, for one world, written from docs/equations.md (step 3 of a quarter)."""

from collections.abc import Callable
from math import exp
from typing import Any

Mix = dict[str, float]


def logit(worth: Mix, precision: float) -> Mix:
    """Probabilities proportional to ``exp(precision * worth)``."""
    top = max(worth.values())
    odds = {m: exp(precision * (value - top)) for m, value in worth.items()}
    return {m: each / sum(odds.values()) for m, each in odds.items()}


def best(worth: Mix) -> Mix:
    """All weight on the best move, shared by moves that tie."""
    top = max(worth.values())
    winners = [m for m, value in worth.items() if value == top]
    return {m: 1.0 / len(winners) if m in winners else 0.0 for m in worth}


class Chooser:
    """The decision rules of one run. ``payoffs(country, mixes)`` values a country's moves."""

    def __init__(
        self,
        scenario: Any,
        parameters: dict[str, float],
        menus: dict[str, list[str]],
        habits: dict[str, Mix],
        payoffs: Callable[[str, dict[str, Mix]], Mix],
    ) -> None:
        self.rules = {i: scenario.rule_for(i) for i in menus}
        self.precision = {i: parameters[f"rationality.{i}"] for i in menus}
        self.menus, self.habits, self.payoffs = menus, habits, payoffs

    def mixes(self, q: int) -> dict[str, Mix]:
        """What every country plays in this quarter, as probabilities of its available moves."""
        ladder = [{i: dict(self.habits[i]) for i in self.menus}]
        depths = {i: max(rule.depth, 1) if rule.rule == "scripted" else rule.depth for i, rule in self.rules.items()}
        for _ in range(max(depths.values())):
            ladder.append({i: self._answer(i, ladder[-1], q) for i in self.menus})
        played = {i: ladder[depths[i]][i] for i in self.menus}
        solvers = [i for i in sorted(self.menus) if self.rules[i].rule == "equilibrium"]
        if solvers:  # one fixed point for all of them, by the settings of the first
            found = self._fixed_point(self.rules[solvers[0]], q)
            played.update({i: found[i] for i in solvers})
        return played

    def _answer(self, i: str, sigma: dict[str, Mix], q: int) -> Mix:
        rule = self.rules[i]
        if rule.rule == "scripted":
            step = q % len(rule.script) if rule.then == "repeat" else q
            if step < len(rule.script) or rule.then == "hold":
                move = rule.script[step] if step < len(rule.script) else "hold"
                return {m: float(m == move) for m in self.menus[i]}
        worth = self.payoffs(i, sigma)
        if rule.rule == "best_response":
            return best(worth)
        answer = logit(worth, self.precision[i])
        if rule.rule == "habit":
            mixed = {m: rule.inertia * self.habits[i][m] + (1.0 - rule.inertia) * answer[m] for m in answer}
            return {m: each / sum(mixed.values()) for m, each in mixed.items()}
        return answer

    def _fixed_point(self, rule: Any, q: int) -> dict[str, Mix]:
        sigma = {i: dict(self.habits[i]) for i in self.menus}
        for _ in range(rule.max_iterations):
            answers = {i: self._answer(i, sigma, q) for i in self.menus}
            moved = max(abs(answers[i][m] - sigma[i][m]) for i in self.menus for m in self.menus[i])
            if moved < rule.tolerance:
                break
            for i in self.menus:
                for m in self.menus[i]:
                    sigma[i][m] = (1.0 - rule.damping) * sigma[i][m] + rule.damping * answers[i][m]
        return sigma
