"""What is asked of the futures: one column of numbers, and how to speak of it."""

from __future__ import annotations

from dataclasses import dataclass

from triangle_sim.errors import UsageError, quote
from triangle_sim.model.prepared import prepared_for
from triangle_sim.names import canonical_name, did_you_mean, per_cent
from triangle_sim.outcomes import OUTCOMES, label
from triangle_sim.scenario.schema import Scenario
from triangle_sim.scenario.schema.answer import MEASURES
from triangle_sim.wording import in_words


@dataclass(frozen=True)
class Target:
    """A column: ``share`` if its mean over futures is a probability; the question it answers."""

    column: str
    share: bool
    question: str

    def number(self, value: float) -> str:
        """A level of it, in words: a share as per cent."""
        if value != value:
            return "no data"
        if not self.share:
            return f"{value:.3g}" if abs(value) >= 0.0005 else "0"
        return per_cent(value)

    def difference(self, value: float) -> str:
        """A difference of two levels: points of per cent for a share."""
        return f"{100 * value:+.1f} points" if self.share else f"{value:+.3g}"

    @property
    def what(self) -> str:
        """What the number is, with a verb: ``it happens in 16%``."""
        return "it happens in" if self.share else "on average it is"


def target_of(column: str, scenario: Scenario) -> Target:
    """What a column of a scenario's futures asks.

    Raises
    ------
    UsageError
        for one that there is not, that is a date, or that a scenario with fewer countries cannot have.
    """
    measure, _, variable = column.strip().partition(" ")
    if measure in MEASURES and variable:
        return _of_variable(measure, canonical_name(variable), scenario)
    outcome, _, category = column.strip().partition("=")
    if outcome not in OUTCOMES:
        raise UsageError(f"unknown outcome {quote(outcome)}", did_you_mean(outcome, OUTCOMES, "outcomes", 30))
    kind = OUTCOMES[outcome]
    if missing := sorted(set(kind.needs) - set(scenario.countries)):
        raise UsageError(f"{quote(outcome)} needs {', '.join(missing)}", "ask for it in a scenario with all of these")
    if kind.kind == "quarter":
        asked = outcome.removesuffix("_when")
        help = f"ask whether it happens: {asked}" if asked in OUTCOMES else "ask for an outcome that every future has"
        raise UsageError(f"{quote(outcome)} is a date, and missing where it never happens", help)
    if bool(kind.categories) != bool(category) or (category and category not in kind.categories):
        there = ", ".join(f"{outcome}={each}" for each in kind.categories) or f"{outcome}, which has no categories"
        raise UsageError(f"{quote(column)} is no column of numbers", f"there is {there}")
    if category:
        return Target(column.strip(), True, f"Do futures end as {label(column)}?")
    return Target(outcome, kind.kind == "truth", kind.question)


def _of_variable(measure: str, variable: str, scenario: Scenario) -> Target:
    known = prepared_for(scenario).variables
    if variable not in known:
        raise UsageError(f"unknown state variable {quote(variable)}", did_you_mean(variable, known, "variables"))
    how = {"mean": "over the horizon", "final": "at the end", "change": "from start to end, as a change"}[measure]
    return Target(f"{measure} {variable}", False, f"How high is {in_words(variable)}, {how}?")
