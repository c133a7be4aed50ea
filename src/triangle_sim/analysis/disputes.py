"""What the model answers where the articles disagree: each trial under each condition and theory, and whom it suits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from triangle_sim.analysis.judging import Finding
from triangle_sim.analysis.verdicts import DRAWS, REPLICATES, SEED, Question, verdicts
from triangle_sim.claims.disagreements import Disagreement, Trial, load_conditions, load_disagreements

OPEN = ("depends", "too rare to say", "not settled", "untested")
"""Verdicts that are no answer."""

WORDS = {
    "increase": "more", "decrease": "less", "none": "no difference", "above": "yes", "below": "no", "silent": "silent",
}  # fmt: skip
"""What a side expects, or the model says, in a word."""


@dataclass(frozen=True)
class Answer:
    """What the model answers to one trial of a disagreement under a condition and a theory.

    ``says`` is ``increase``, ``decrease``, ``none``, ``above``, ``below``, or a verdict that is no answer; ``suits``
    are the letters of the articles that expect it.
    """

    id: str
    trial: Trial
    condition: str
    finding: Finding

    @property
    def says(self) -> str:
        """The model's answer."""
        verdict, alone = self.finding.verdict, self.trial.threshold is not None
        if verdict in OPEN:
            return verdict
        if verdict == "makes no difference":
            return "not settled" if alone else "none"  # a level at its threshold is on neither side
        more, less = ("above", "below") if alone else ("increase", "decrease")
        return more if verdict == "borne out" else less

    @property
    def suits(self) -> tuple[str, ...]:
        """The articles that expect just this."""
        return tuple(letter for letter, expected in self.trial.expected.items() if expected == self.says)

    @property
    def whom(self) -> str:
        """In a word: an article's letter, ``both``, ``neither``, or ``open`` where the model gives no answer."""
        if self.says in OPEN:
            return "open"
        return "neither" if not self.suits else self.suits[0] if len(self.suits) == 1 else "both"


def answers(
    only: Iterable[str] | None = None,
    *,
    draws: int = DRAWS,
    replicates: int = REPLICATES,
    seed: int = SEED,
    tell: Callable[[int, int], None] | None = None,
    backend: str = "auto",
) -> list[Answer]:
    """Play every trial of some disagreements, or of all, under each of its conditions; in the order of the file."""
    several = load_disagreements()
    chosen = [each for each in several.values() if only is None or each.id in set(only)]
    conditions = load_conditions()
    asked = [(each, trial, name) for each in chosen for trial in each.trials for name in trial.when]
    played = verdicts(
        [Question(each.id, trial.check, (trial.both, conditions[name])) for each, trial, name in asked],
        draws=draws, replicates=replicates, seed=seed, tell=tell, backend=backend,
    )  # fmt: skip
    return [
        Answer(each.id, trial, name, finding)
        for (each, trial, name), found in zip(asked, played, strict=True)
        for finding in found.findings
    ]


def in_words(disagreement: Disagreement, given: Iterable[Answer]) -> str:
    """Whom the model's answers to a disagreement suit, and when."""
    mine = [answer for answer in given if answer.id == disagreement.id]
    count = Counter(answer.whom for answer in mine)
    letters = [*disagreement.sides, "both", "neither", "open"]
    (most, times) = count.most_common(1)[0]
    if times == len(mine):
        every = "under every theory and condition tried"
        return {
            "both": f"The model answers as both expect {every}.",
            "neither": f"The model answers as neither expects {every}.",
            "open": f"The model gives no clear answer {every}.",
        }.get(most, f"The model answers as {most} does {every}.")
    parts = []
    for whom in letters:
        if not count[whom]:
            continue
        how = {"both": "as both expect", "neither": "as neither expects", "open": "gives no clear answer"}
        when = sorted({_place(answer) for answer in mine if answer.whom == whom})
        only = f" ({when[0]})" if len(when) == 1 and len(mine) > 2 else ""
        parts.append(f"{how.get(whom, f'as {whom} does')} in {count[whom]}{only}")
    return f"Of {len(mine)} answers the model gives: " + ", ".join(parts) + "."


def _place(answer: Answer) -> str:
    return f"{answer.condition}, {answer.finding.theory}"
