"""What the model answers where the articles disagree: each trial under each condition and theory, and whom it suits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from triangle_sim.analysis.claims.judging import Finding
from triangle_sim.analysis.claims.verdicts import DRAWS, REPLICATES, SEED, Question, verdicts
from triangle_sim.claims.disagreements import Disagreement, Trial, load_conditions, load_disagreements
from triangle_sim.world.theories import short_name

OPEN = ("depends", "too rare to say", "not settled", "untested")
"""Verdicts that are no answer."""


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
    """What the model answers to each trial of a disagreement, when, and whom that suits."""
    mine = [answer for answer in given if answer.id == disagreement.id]
    parts = [(trial, [answer for answer in mine if answer.trial is trial]) for trial in disagreement.trials]
    return " ".join(f"{trial.asks} {_said(some)}." for trial, some in parts if some)


def score(disagreement: Disagreement, given: Iterable[Answer]) -> str:
    """How many answers suit whom: ``A 4, B 2, open 2``."""
    count = Counter(answer.whom for answer in given if answer.id == disagreement.id)
    return ", ".join(
        f"{whom} {count[whom]}" for whom in (*disagreement.sides, "both", "neither", "open") if count[whom]
    )


def _said(some: Sequence[Answer]) -> str:
    """One trial's answers, as few words as they allow: one for all, one a theory, one a condition, or each."""
    by_theory = _grouped(some, [f"under {short_name(answer.finding.theory)}" for answer in some])
    by_condition = _grouped(some, [f"if {answer.condition}" for answer in some])
    if len({_one(answer) for answer in some}) == 1:
        told = _one(some[0])
    elif all(len(set(each)) == 1 for each in by_theory.values()):
        told = "; ".join(f"{name}: {each[0]}" for name, each in by_theory.items())
    else:
        told = "; ".join(
            f"{name}: {each[0]}"
            if len(set(each)) == 1
            else f"{name}: {_by_theory([answer for answer in some if f'if {answer.condition}' == name])}"
            for name, each in by_condition.items()
        )
    return told[:1].upper() + told[1:]


def _by_theory(some: Sequence[Answer]) -> str:
    return " and ".join(f"under {short_name(answer.finding.theory)} {_one(answer)}" for answer in some)


def _grouped(some: Sequence[Answer], keys: Sequence[str]) -> dict[str, list[str]]:
    groups: dict[str, list[str]] = {}
    for key, answer in zip(keys, some, strict=True):
        groups.setdefault(key, []).append(_one(answer))
    return groups


def _one(answer: Answer) -> str:
    if answer.whom == "open":
        return "no clear answer"
    suits = {"both": "as both expect", "neither": "which neither expects"}
    return f"{answer.trial.word(answer.says)}, {suits.get(answer.whom, f'as {answer.whom} expects')}"
