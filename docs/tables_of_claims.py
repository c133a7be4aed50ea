"""The page of the ledger: every claim with its words, place and verdict, and what the model says to disagreements.

Verdicts are read from `data/verdicts.json`, which `python docs/verdicts.py` makes; a file that belongs to other code,
sizes or scenarios is stale.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable

import stored
from blocks import table
from registry import claim_link, code, made
from verdicts import DATA, scenarios

from triangle_sim.analysis.claims.disputes import Answer, in_words, score
from triangle_sim.analysis.claims.judging import BOTH, RARE, Finding
from triangle_sim.analysis.claims.pages import CAUTION, actor
from triangle_sim.analysis.claims.verdict_words import (
    MEANING,
    ORDER,
    answer,
    changed,
    compared,
    effect,
    looked_at,
    sections,
    size,
    tally,
)
from triangle_sim.analysis.claims.verdicts import MATTERS, Verdict, from_data
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.claims import Claim, load_claims
from triangle_sim.claims.disagreements import load_conditions, load_disagreements
from triangle_sim.claims.words import cited, words_of
from triangle_sim.resources import read_seed
from triangle_sim.world.theories import short_name

STORED = json.loads(DATA.read_text(encoding="utf-8"))
CLAIMS = load_claims()


def outdated() -> str:
    """Why the stored verdicts are not this tree's; empty if they are."""
    return stored.outdated(DATA, STORED, stored.belongs_to(scenarios()), "verdicts.py")


def found() -> list[Verdict]:
    """The stored verdicts."""
    out = []
    for row in STORED["claims"]:
        check = CLAIMS[row["id"]].check
        assert check is not None
        out.append(from_data(row, check))
    return out


def given() -> list[Answer]:
    """The stored answers."""
    out = []
    for row in STORED["answers"]:
        trial = next(each for each in load_disagreements()[row["id"]].trials if each.asks == row["asks"])
        look = {key: float("nan") if value is None else value for key, value in row.items()}
        finding = Finding(
            **{key: look[key] for key in look if key not in ("id", "asks", "when", "difference")},
            difference=Estimate(**row["difference"]),
        )
        out.append(Answer(row["id"], trial, row["when"], finding))
    return out


@made("claims answer")
def claims_answer() -> str:
    """The answer in sentences."""
    design = STORED["design"]
    lines = [_linked(line) for line in answer(found(), len(CLAIMS))]
    made_of = f"{design['draws']:,} draws of {design['replicates']} futures of every scenario, seed {design['seed']}"
    return "\n".join(f"- {line}" for line in lines) + f"\n\nPlayed with {made_of}. {CAUTION}"


@made("claims counts")
def claims_counts() -> str:
    """Verdicts by theory."""
    count = tally(found())
    untested = len(CLAIMS) - len(STORED["claims"])
    rows = [
        (said, MEANING[said], *(untested if said == "untested" else each.get(said, 0) for each in count.values()))
        for said in ORDER
    ]
    return table(("verdict", "what it means", *map(short_name, count)), rows)


@made("claims rules")
def claims_rules() -> str:
    """Numbers of the rules."""
    return table(
        ("number", "value"),
        [
            ("smallest effect that matters", f"{MATTERS:g} of the range of what is looked at: a point of a share, "
                                             f"{2 * MATTERS:g} of a tie"),
            ("rare", f"in less than {RARE:g} of futures"),
            ("effects on both sides", f"in at least {BOTH:g} of draws on each"),
        ],
    )  # fmt: skip


@made("claims contradicted")
def claims_contradicted() -> str:
    """What is contradicted under every theory, with numbers."""
    rows = []
    for each in sections(found()).get("contradicted", []):
        share = each.check.measure == "share"
        shown = f"{looked_at(each.check)}: {compared(each.check)}"
        rows.append((claim_link(each.id), words_of(each.id, None), shown, *(effect(f, share) for f in each.findings)))
    theories = [short_name(finding.theory) for finding in found()[0].findings]
    return table(("", "claim", "what was looked at", *theories), rows)


@made("claims disagreements")
def claims_disagreements() -> str:
    """Each disagreement in a line."""
    answers = given()
    rows = [
        (f"[{d.id}](#{d.id.lower()})", d.question, score(d, answers), in_words(d, answers))
        for d in load_disagreements().values()
    ]
    return table(("", "question", "answers suit", "what the model says"), rows)


@made("claims trials")
def claims_trials() -> str:
    """Each disagreement: the sides, what the model says, the numbers."""
    answers, parts = given(), []
    every = load_disagreements().values()
    for d in every:
        parts.append(f"### {d.id}\n\n**{d.question}** {in_words(d, answers)}\n")
        parts += [f"- {letter} ({_ids(side.claims) or 'no claim'}): {side.says}" for letter, side in d.sides.items()]
        if d.note:
            parts.append(f"- To be read with care: {d.note}")
        parts.append(f"- In the model: {', '.join(code(name) for name in d.expressed_by)}")
        used = {name: load_conditions()[name] for trial in d.trials for name in trial.when}
        told = [f"{name}: {changed(what)}" for name, what in used.items() if what]
        parts += [f"- Conditions: {'; '.join(told)}", ""] if told else [""]
        rows = []
        for a in answers:
            if a.id != d.id:
                continue
            share = a.trial.measure == "share"
            first = a.condition == a.trial.when[0] and a.finding.theory == min(x.finding.theory for x in answers)
            asks = f"{a.trial.asks} ({looked_at(a.trial.check)}: {compared(a.trial.check)})" if first else ""
            could = f"{size(a.finding.could_tell, share)} of {size(a.finding.matters, share)}"
            difference, says = effect(a.finding, share), a.trial.word(a.says)
            rows.append((asks, a.condition, short_name(a.finding.theory), difference, says, a.whom, could))
        parts.append(table(("asked", "when", "theory", "difference", "says", "suits", "could tell"), rows) + "\n")
    return "\n".join(parts)


@made("claims ledger")
def claims_ledger() -> str:
    """Every claim, article by article, each with an anchor."""
    by_id = {each.id: each for each in found()}
    parts = []
    for letter, about in read_seed("articles.yaml")["articles"].items():
        by = about["author"] or about["organisation"]
        parts.append(f"### Article {letter}\n\n{by}, *{about['title']}*, {about['publisher']}, {about['date']}.\n")
        parts += [_claim(claim, by_id.get(claim.id)) for claim in CLAIMS.values() if claim.source == letter]
    return "\n".join(parts)


def _claim(claim: Claim, verdict: Verdict | None) -> str:
    of = ", ".join(map(actor, claim.actors))
    condition = f"; on condition: {claim.condition}" if claim.condition else ""
    lines = [f"#### {claim.id}\n", f"{claim.claim.strip()} ({claim.kind}; {of}{_linked(condition)})\n"]
    lines.append(f"- {_verdict(verdict)}")
    other = claim.other_article
    lines.append(f"- The other article: {other.stance}{f' ({_linked(other.note)})' if other.note else ''}")
    for place in claim.places:
        names = ", ".join(code(name) for name in place.names)
        said = ": ".join(filter(None, (names, place.reason)))
        lines.append(f"- As {place.role.replace('_', ' ')}: {said}")
    disputed = [d for d in load_disagreements().values() if any(claim.id in s.claims for s in d.sides.values())]
    lines += [f"- Part of [{d.id}](#{d.id.lower()}): {d.question}" for d in disputed]
    return "\n".join(lines) + "\n"


def _verdict(verdict: Verdict | None) -> str:
    if verdict is None:
        return "Untested"
    share, check = verdict.check.measure == "share", verdict.check
    looks = "; ".join(
        f"{short_name(f.theory)} {effect(f, share)}, {f.verdict}{'' if sure or 'no' in f.verdict else ' ?'}"
        for f, sure in zip(verdict.findings, verdict.sure, strict=True)
    )
    could = size(max(f.could_tell for f in verdict.findings), share)
    least = size(verdict.findings[0].matters, share)
    note = f" {check.note[:1].upper()}{_linked(check.note[1:])}." if check.note else ""
    return (
        f"**{verdict.overall[:1].upper()}{verdict.overall[1:]}.** {looked_at(check)}: {compared(check)}: {looks} "
        f"(could tell {could}; {least} matters).{note}"
    )


def _ids(ids: Iterable[str]) -> str:
    return ", ".join(claim_link(each) for each in ids)


def _linked(text: str) -> str:
    """A text with every id of a claim as a link to its words."""
    for id_ in cited(text):
        if id_ in CLAIMS:
            text = re.sub(rf"\b{id_}\b", claim_link(id_), text)
    return text
