"""Verdicts and answers as rows and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from triangle_sim.analysis.claims.disputes import Answer
    from triangle_sim.analysis.claims.verdicts import Verdict


def checked_data(found: list[Verdict], given: list[Answer], how: dict[str, Any]) -> dict[str, Any]:
    """Verdicts and answers as JSON can hold them."""
    from triangle_sim.analysis.claims.verdict_words import compared, looked_at, tally
    from triangle_sim.analysis.claims.verdicts import as_data
    from triangle_sim.claims.words import words_of

    rows = [
        {**as_data(each), "claim": words_of(each.id, None), "looked_at": looked_at(each.check),
         "compared": compared(each.check)}
        for each in found
    ]  # fmt: skip
    names = list(dict.fromkeys(answer.id for answer in given))
    return {"design": how, "tally": tally(found), "claims": rows,
            "disagreements": [dispute_data(name, given) for name in names]}  # fmt: skip


def dispute_data(name: str, given: list[Answer]) -> dict[str, Any]:
    """The answers to one disagreement as JSON can hold them."""
    from triangle_sim.analysis.claims.disputes import in_words
    from triangle_sim.claims.disagreements import load_disagreements

    each = load_disagreements()[name]
    rows = [
        {"asks": a.trial.asks, "when": a.condition, "says": a.says, "suits": a.whom, **asdict(a.finding)}
        for a in given
        if a.id == name
    ]
    return {"id": name, "question": each.question, "model": in_words(each, given), "answers": rows}


FINDING = ("theory", "verdict", "level", "reference", "difference", "low", "high", "matters", "could_tell", "spread",
           "with_it", "against_it", "seen", "p")  # fmt: skip


def _cells(finding: Any) -> list[Any]:
    d = finding.difference
    parts = {"difference": d.value, "low": d.low, "high": d.high}
    return [parts[name] if name in parts else getattr(finding, name) for name in FINDING]


def flat(found: list[Verdict]) -> tuple[tuple[str, ...], list[list[Any]]]:
    """Columns and rows, one a claim and theory."""
    from triangle_sim.analysis.claims.verdict_words import compared, looked_at

    rows = [
        [each.id, looked_at(each.check), compared(each.check), *_cells(finding), sure]
        for each in found
        for finding, sure in zip(each.findings, each.sure, strict=True)
    ]
    return ("claim", "looked_at", "compared", *FINDING, "sure"), rows


def flat_answers(given: list[Answer]) -> tuple[tuple[str, ...], list[list[Any]]]:
    """Columns and rows, one a trial, condition and theory."""
    rows = [[a.id, a.trial.asks, a.condition, a.says, a.whom, *_cells(a.finding)] for a in given]
    return ("disagreement", "asks", "when", "says", "suits", *FINDING), rows
