"""The ledger in Python: one claim or disagreement with all that is known of it, or what simulation says of many."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

import pandas as pd

from triangle_sim.analysis.claims.disputes import Answer, answers
from triangle_sim.analysis.claims.judging import Finding
from triangle_sim.analysis.claims.one_claim import sizes_of, without
from triangle_sim.analysis.claims.pages import checked, claim_page, dispute_page
from triangle_sim.analysis.claims.verdict_words import compared, looked_at
from triangle_sim.analysis.claims.verdicts import DRAWS, REPLICATES, SEED, Verdict, questions, verdicts
from triangle_sim.analysis.page import Page, markdown, text
from triangle_sim.claims import load_claims
from triangle_sim.claims.disagreements import load_disagreements
from triangle_sim.claims.words import words_of
from triangle_sim.errors import UsageError, quote
from triangle_sim.names import did_you_mean

Tell = Callable[[int, int], None]
WHOM = ("both", "neither", "open")
"""Whom an answer suits, if not one article alone."""


@dataclass(frozen=True, eq=False)
class Checked:
    """What simulation says of some claims and disagreements: print it, or take the tables.

    Attributes
    ----------
    page
        paragraphs and tables for a reader.
    claims
        a row a claim and theory: the ``verdict``, the ``difference`` (or level less its threshold) with its interval
        over draws, the smallest that ``matters`` and that the design ``could_tell``. ``over_both`` is the verdict of
        all theories together, ``sure`` whether one for or against stays after correction for all checks.
    answers
        a row a trial of a disagreement, condition and theory: what the model says and whom it ``suits``: an article's
        letter, ``both``, ``neither``, or ``open``.
    sizes
        of one claim: a row a number that rests on it and theory, before and after the fit to the record.
    without
        of one claim: a row an outcome and theory, with the claim's terms less without them.
    """

    page: Page = field(repr=False)
    claims: pd.DataFrame
    answers: pd.DataFrame
    sizes: pd.DataFrame = field(default_factory=pd.DataFrame)
    without: pd.DataFrame = field(default_factory=pd.DataFrame)

    def __repr__(self) -> str:
        return text(self.page)

    def _repr_markdown_(self) -> str:
        return markdown(self.page)

    def suits(self) -> pd.DataFrame:
        """How many answers to each disagreement suit whom."""
        counts = pd.crosstab(self.answers["id"], self.answers["suits"])
        letters = sorted({*counts} - {*WHOM})
        counts = counts.reindex(columns=[*letters, *(who for who in WHOM if who in counts)], index=_once(self.answers))
        return counts.assign(question=[load_disagreements()[name].question for name in counts.index])


def claim(id_: str, *, draws: int = DRAWS, replicates: int = REPLICATES, seed: int = SEED) -> Checked:
    """All that is known of one claim (``A37``) or disagreement (``D3``): its words and place, what simulation says of
    it, what the record makes of its sizes, and what would be without it.

    Raises
    ------
    UsageError
        for an id that there is not.
    """
    every, disputed = load_claims(), load_disagreements()
    if id_ in disputed:
        given = answers([id_], draws=draws, replicates=replicates, seed=seed)
        return Checked(dispute_page(disputed[id_], given), _claims([]), _answers(given))
    _known([id_])
    one = every[id_]
    found = verdicts(questions([id_]), draws=draws, replicates=replicates, seed=seed)
    sizes, (off, why_not) = sizes_of(one), without(one, draws=draws, replicates=replicates, seed=seed)
    page = claim_page(one, found[0] if found else None, sizes, off, why_not)
    gone = [{"scenario": each.scenario, "of": each.column, **_finding(f)} for each in off for f in each.findings]
    return Checked(page, _claims(found), _answers([]), pd.DataFrame(map(asdict, sizes)), pd.DataFrame(gone))


def check_claims(
    ids: Iterable[str] | None = None,
    *,
    draws: int = DRAWS,
    replicates: int = REPLICATES,
    seed: int = SEED,
    tell: Tell | None = None,
    backend: str = "auto",
) -> Checked:
    """What simulation says of claims and disagreements, of those named or of all; each scenario is played once.

    Parameters
    ----------
    tell
        called with the futures played and those to play in all, first of claims, then of disagreements.

    Raises
    ------
    UsageError
        for an id that there is not.
    """
    wanted = [*load_claims(), *load_disagreements()] if ids is None else list(ids)
    _known(wanted)
    disputed = [name for name in wanted if name in load_disagreements()]
    how: dict[str, Any] = {"draws": draws, "replicates": replicates, "seed": seed, "tell": tell, "backend": backend}
    found = verdicts(questions(wanted), **how)
    given = answers(disputed, **how) if disputed else []
    design = f"{draws:,} draws of {replicates} futures of every scenario, seed {seed}"
    return Checked(checked(found, given, design, None, whole=ids is None), _claims(found), _answers(given))


def _known(ids: Iterable[str]) -> None:
    known = [*load_claims(), *load_disagreements()]
    for name in ids:
        if name not in known:
            raise UsageError(f"no claim {quote(name)}", did_you_mean(name, known, "claims"))


def _once(frame: pd.DataFrame) -> list[str]:
    return list(dict.fromkeys(frame["id"]))


def _finding(finding: Finding) -> dict[str, Any]:
    data, gap = asdict(finding), finding.difference
    return data | {"difference": gap.value, "low": gap.low, "high": gap.high}


def _claims(found: Iterable[Verdict]) -> pd.DataFrame:
    rows = [
        {"id": each.id, "article": each.id.rstrip("0123456789"), "claim": words_of(each.id, None),
         "looked_at": looked_at(each.check), "compared": compared(each.check), **_finding(finding), "sure": sure,
         "over_both": each.overall}
        for each in found
        for finding, sure in zip(each.findings, each.sure, strict=True)
    ]  # fmt: skip
    return pd.DataFrame(rows)


def _answers(given: Iterable[Answer]) -> pd.DataFrame:
    rows = [
        {"id": a.id, "asks": a.trial.asks, "when": a.condition, "says": a.trial.word(a.says), "suits": a.whom,
         **_finding(a.finding)}
        for a in given
    ]  # fmt: skip
    return pd.DataFrame(rows)
