"""The ledger as pages of paragraphs and tables, which a terminal, Markdown or a site may set each in its way."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from triangle_sim.analysis.claims.disputes import Answer, in_words, score
from triangle_sim.analysis.claims.judging import Finding
from triangle_sim.analysis.claims.one_claim import Size, Without
from triangle_sim.analysis.claims.verdict_words import (
    MEANING,
    answer,
    changed,
    compared,
    effect,
    looked_at,
    sections,
    size,
)
from triangle_sim.analysis.claims.verdicts import Verdict
from triangle_sim.analysis.page import Page, Rows
from triangle_sim.claims import Claim, load_claims
from triangle_sim.claims.disagreements import Disagreement, load_conditions, load_disagreements
from triangle_sim.claims.words import words_of
from triangle_sim.names import country_name
from triangle_sim.resources import read_seed
from triangle_sim.world.theories import short_name

CAUTION = "A model, not a forecast: a verdict says what follows from these sizes, not what is true."
SHOWN = 8
"""Sizes that a page of one claim shows."""


def listing(claims: Iterable[Claim], width: int | None = 52) -> Page:
    """Claims, one a line, and the disagreements that they take part in; words are cut to ``width``."""
    chosen = list(claims)
    rows = [
        (claim.id, claim.kind, words_of(claim.id, width), _where(claim), "yes" if claim.check else "")
        for claim in chosen
    ]
    ids = {claim.id for claim in chosen}
    disputed = [(each.id, each.question) for each in load_disagreements().values() if ids & _claims_of(each)]
    heads = ("id", "kind", "claim", "in the model", "tested")
    page: Page = [Rows(f"{len(chosen)} claims of {len(load_claims())}", heads, tuple(rows))]
    return page + ([Rows("Where the articles disagree", ("id", "question"), tuple(disputed))] if disputed else [])


def _claims_of(each: Disagreement) -> set[str]:
    return {claim for side in each.sides.values() for claim in side.claims}


def _where(claim: Claim) -> str:
    first = next((name for place in claim.places for name in place.names), "not in the model")
    more = len(claim.names) - 1
    return f"{first} + {more}" if more > 0 else first


def checked(
    found: Sequence[Verdict],
    answers: Sequence[Answer],
    design: str,
    width: int | None = 42,
    whole: bool | None = None,
) -> Page:
    """Verdicts, of the ``whole`` ledger (by default if there are ``answers`` to disagreements too) or of claims that
    were chosen: the answer, and a table a verdict."""
    whole = bool(answers) if whole is None else whole
    page: Page = [*answer(found, len(load_claims()) if whole else None)] if found else []
    for said, some in sections(found).items():
        title = f"{said[:1].upper()}{said[1:]}: {len(some)} ({MEANING[said]})"
        theories = [short_name(finding.theory) for finding in some[0].findings]
        rows = tuple((each.id, words_of(each.id, width), *_cells(each), _power(each)) for each in some)
        page.append(Rows(title, ("id", "claim", *theories, "could tell"), rows))
    if answers:
        rows = tuple(
            (each.id, each.question, score(each, answers), in_words(each, answers))
            for each in load_disagreements().values()
            if any(one.id == each.id for one in answers)
        )
        heads = ("id", "question", "answers suit", "what the model says")
        page.append(Rows("Where the articles disagree", heads, rows))
    page.append(
        "Numbers are differences (or levels less their threshold) with 95 % intervals over draws; shares of futures in "
        "points. 'could tell' is the smallest effect that this design finds four times in five, beside the smallest "
        f"that matters. {design}. {CAUTION}"
    )
    return page


def _cells(each: Verdict) -> list[str]:
    """A cell a theory: the effect, and the verdict where theories differ."""
    share, same = each.check.measure == "share", len({finding.verdict for finding in each.findings}) == 1
    cells = []
    for finding, sure in zip(each.findings, each.sure, strict=True):
        doubt = "" if sure or finding.verdict not in ("borne out", "contradicted") else " ?"
        cells.append(effect(finding, share) + ("" if same else f" {finding.verdict}") + doubt)
    return cells


def _power(each: Verdict) -> str:
    share = each.check.measure == "share"
    could = max(finding.could_tell for finding in each.findings)
    return f"{size(could, share)} of {size(each.findings[0].matters, share)}"


def claim_page(
    claim: Claim,
    verdict: Verdict | None,
    sizes: Sequence[Size] = (),
    off: Sequence[Without] = (),
    why_not: str = "",
) -> Page:
    """All that is known of one claim, the verdict first."""
    article = read_seed("articles.yaml")["articles"].get(claim.source, {})
    by = article.get("author") or article.get("organisation") or claim.source
    head = f"{claim.id}  {words_of(claim.id, None)}."
    about = f"A {claim.kind} in article {claim.source} ({by}, {article.get('date', 'undated')})"
    page: Page = [head, f"{about}, about {', '.join(map(actor, claim.actors))}."]
    if claim.condition:
        page.append(f"On condition: {claim.condition}.")
    page += [_said(verdict, claim)]
    if verdict is not None:
        page.append(findings_table(verdict, f"{looked_at(verdict.check)}: {compared(verdict.check)}"))
        if verdict.check.note:
            page.append(f"Why this speaks to the claim: {verdict.check.note}.")
    other = claim.other_article
    page.append(f"The other article: {other.stance}{f' ({other.note})' if other.note else ''}.")
    disputed = [each for each in load_disagreements().values() if claim.id in _claims_of(each)]
    page += [f"Part of {each.id}: {each.question} (triangle-sim claims {each.id})" for each in disputed]
    places = tuple((place.role.replace("_", " "), ", ".join(place.names) or place.reason) for place in claim.places)
    page.append(Rows("Its place in the model", ("as", "names"), places))
    if sizes:
        page.append(_sizes(sizes))
    if off:
        rows = tuple((each.column, *(effect(f, _is_share(each.column)) for f in each.findings)) for each in off)
        title = f"With its terms less without them, in {off[0].scenario}"
        page.append(Rows(title, ("", *(short_name(finding.theory) for finding in off[0].findings)), rows))
    elif why_not:
        page.append(f"Nothing of it can be switched off: {why_not}.")
    return [*page, CAUTION]


def actor(code: str) -> str:
    """Whom a claim is about: a country by its name, or ``the world``, ``the region``."""
    return {"world": "the world", "regional": "the region"}.get(code, country_name(code))


def _is_share(column: str) -> bool:
    from triangle_sim.outcomes import OUTCOMES

    name = column.partition("=")[0]
    return name in OUTCOMES and OUTCOMES[name].kind in ("truth", "category")


def _said(verdict: Verdict | None, claim: Claim) -> str:
    if verdict is None:
        reasons = [place.reason for place in claim.places if place.role == "not_modelled"]
        return f"Untested: {reasons[0] if reasons else 'nothing in it can be contradicted by a simulation'}."
    if len({finding.verdict for finding in verdict.findings}) == 1:
        every = "under every theory" if len(verdict.findings) > 1 else f"under {short_name(verdict.findings[0].theory)}"
        return f"The model: {verdict.overall} {every}: {MEANING[verdict.overall]}."
    return f"The model: {'; '.join(f'{f.verdict} under {short_name(f.theory)}' for f in verdict.findings)}."


def findings_table(verdict: Verdict, title: str) -> Rows:
    """What a check found under each theory, with its power."""
    share = verdict.check.measure == "share"
    rows = tuple(
        (f.theory, f.verdict, size(f.level, share), size(f.reference, share), effect(f, share),
         f"{size(f.could_tell, share)} of {size(f.matters, share)}", _draws(f))
        for f in verdict.findings
    )  # fmt: skip
    against = "threshold" if verdict.check.threshold is not None else "against"
    heads = ("theory", "verdict", "level", against, "difference", "could tell", "matters in draws")
    return Rows(title, heads, rows)


def _draws(finding: Finding) -> str:
    """In which share of draws the effect, luck taken out, is large enough to matter."""
    if finding.with_it != finding.with_it:
        return ""
    return f"{finding.with_it:.0%} with it, {finding.against_it:.0%} against"


def _sizes(sizes: Sequence[Size]) -> Rows:
    names = list(dict.fromkeys(each.parameter for each in sizes))
    shown = [each for each in sizes if each.parameter in names[:SHOWN]]
    rows = tuple(
        (each.parameter, short_name(each.theory), f"{each.prior:.3g} ± {each.prior_sd:.2g}",
         f"{each.fitted:.3g} ± {each.fitted_sd:.2g}", f"{each.shift:+.1f}", f"{each.gone:.0%}" if each.gone else "")
        for each in shown
    )  # fmt: skip
    more = f", {SHOWN} of {len(names)} that moved most" if len(names) > SHOWN else ""
    title = f"What the record makes of the sizes that rest on it{more} (in prior sd; + is for more of it)"
    return Rows(title, ("number", "theory", "before", "fitted", "moved by", "gone"), rows)


def dispute_page(each: Disagreement, answers: Sequence[Answer]) -> Page:
    """What the model says to one disagreement, and when."""
    page: Page = [f"{each.id}  {each.question}", f"The model: {in_words(each, answers)}"]
    for letter, side in each.sides.items():
        page.append(f"{letter} ({', '.join(side.claims) or 'no claim'}): {side.says}")
    if each.note:
        page.append(f"To be read with care: {each.note}")
    for trial in each.trials:
        mine = [one for one in answers if one.id == each.id and one.trial is trial]
        share = trial.measure == "share"
        rows = tuple(
            (one.condition, one.finding.theory, effect(one.finding, share), trial.word(one.says), one.whom,
             f"{size(one.finding.could_tell, share)} of {size(one.finding.matters, share)}")
            for one in mine
        )  # fmt: skip
        hopes = ", ".join(
            f"{letter} is silent" if said == "silent" else f"{letter} expects {trial.word(said)}"
            for letter, said in trial.expected.items()
        )
        title = f"{trial.asks} ({hopes})\n{looked_at(trial.check)}: {compared(trial.check)}"
        page.append(Rows(title, ("when", "theory", "difference", "the model says", "suits", "could tell"), rows))
    used = {name: load_conditions()[name] for trial in each.trials for name in trial.when}
    told = "; ".join(f"{name}: {changed(what)}" for name, what in used.items() if what)
    return [*page, *([f"Conditions: {told}."] if told else []), CAUTION]
