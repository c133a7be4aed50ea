"""The command `claims`: the ledger, one claim or disagreement, or what simulation says of all."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated, Any

import typer

from triangle_sim.cli import options
from triangle_sim.cli.claim_data import checked_data, dispute_data, flat, flat_answers
from triangle_sim.cli.output import paragraph, print_json, print_rows, progress, say, table
from triangle_sim.errors import UsageError, quote
from triangle_sim.names import did_you_mean

if TYPE_CHECKING:
    from triangle_sim.analysis.claims.disputes import Answer
    from triangle_sim.analysis.page import Page
    from triangle_sim.claims import Claim


def claims(
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="one claim (A37) or disagreement (D3)")] = None,
    check: Annotated[bool, typer.Option("--check", help="play all checks and judge every claim")] = False,
    article: Annotated[str | None, typer.Option("--article", metavar="A|B", help="claims of this article")] = None,
    kind: Annotated[str | None, typer.Option("--kind", help="claims of this kind, e.g. mechanism")] = None,
    actor: Annotated[str | None, typer.Option("--actor", help="claims about this country, e.g. Russia")] = None,
    verdict: Annotated[str | None, typer.Option("--verdict", help="claims judged so, e.g. contradicted")] = None,
    draws: Annotated[int | None, typer.Option("--draws", min=20, max=1_000_000, help="draws, by default 2000")] = None,
    replicates: Annotated[
        int | None, typer.Option("--replicates", min=2, max=100_000, help="futures of each draw, by default 16")
    ] = None,
    seed: Annotated[int | None, typer.Option("--seed", min=0, help="seed of all random numbers, by default 1")] = None,
    json: options.Json = False,
    csv: options.Csv = False,
    markdown: Annotated[bool, typer.Option("--markdown", help="print as Markdown")] = False,
) -> None:
    """What the articles claim, where that lives in the model, and whether simulation bears it out."""
    from triangle_sim.analysis.claims.verdicts import DRAWS, REPLICATES, SEED

    if json + csv + markdown > 1:
        raise UsageError("--json, --csv and --markdown exclude each other", "choose one")
    seed = SEED if seed is None else seed
    how: dict[str, Any] = {"draws": draws or DRAWS, "replicates": replicates or REPLICATES, "seed": seed}
    show = (json, csv, markdown)
    filters = {"--article": article, "--kind": kind, "--actor": actor, "--verdict": verdict}
    if id_ is not None:
        if given := next((name for name, value in filters.items() if value is not None), None):
            raise UsageError(f"{given} chooses among claims, and {quote(id_)} is one", "leave one of the two out")
        _one(id_, how, show)
        return
    chosen = _chosen(article, kind, actor)
    if not (check or verdict):
        _list(chosen, show)
        return
    _known("--verdict", verdict, _verdicts(), "verdicts")
    everything = not any(filters.values())
    _checked(chosen, verdict, everything, how, show)


def _verdicts() -> tuple[str, ...]:
    from triangle_sim.analysis.claims.judging import VERDICTS

    return VERDICTS


def _known(option: str, given: str | None, known: Any, what: str) -> None:
    if given is not None and given not in known:
        raise UsageError(f"{option} {quote(given)}: no such one", did_you_mean(given, list(known), what))


def _chosen(article: str | None, kind: str | None, actor: str | None) -> list[Claim]:
    from triangle_sim.claims import load_claims
    from triangle_sim.names import country_code

    every = list(load_claims().values())
    code = None if actor is None else country_code(actor)
    _known("--article", article, sorted({claim.source for claim in every}), "articles")
    _known("--kind", kind, sorted({claim.kind for claim in every}), "kinds")
    _known("--actor", code, sorted({name for claim in every for name in claim.actors}), "actors")
    return [
        claim
        for claim in every
        if article in (None, claim.source) and kind in (None, claim.kind) and (code is None or code in claim.actors)
    ]


def _list(chosen: list[Claim], show: tuple[bool, bool, bool]) -> None:
    from triangle_sim.analysis.claims.pages import listing

    if show[0]:
        print_json([claim.model_dump(mode="json") for claim in chosen])
    elif show[1]:
        rows = [
            (c.id, c.source, c.kind, " ".join(c.actors), c.claim, c.condition, c.other_article.stance,
             " ".join(c.names), "yes" if c.check else "no")
            for c in chosen
        ]  # fmt: skip
        heads = ("id", "article", "kind", "actors", "claim", "condition", "other_article", "places", "tested")
        print_rows(heads, rows, csv=True)
    else:
        put(listing(chosen, None) if show[2] else listing(chosen), show[2])
        say("\nNext: triangle-sim claims A37   (one of them), triangle-sim claims --check   (all verdicts)")


def _checked(
    chosen: list[Claim], verdict: str | None, everything: bool, how: dict[str, Any], show: tuple[bool, bool, bool]
) -> None:
    from triangle_sim.analysis.claims.disputes import answers
    from triangle_sim.analysis.claims.pages import checked
    from triangle_sim.analysis.claims.verdicts import questions, verdicts

    asked = questions([claim.id for claim in chosen])
    with progress("Checks of claims", 0) as tick:
        found = verdicts(asked, tell=tick, **how)
    disputes: list[Answer] = []
    if everything:
        with progress("Disagreements", 0) as tick:
            disputes = answers(tell=tick, **how)
    if verdict is not None:
        found = [each for each in found if verdict in {each.overall, *(f.verdict for f in each.findings)}]
    if show[0]:
        print_json(checked_data(found, disputes, how))
    elif show[1]:
        print_rows(*flat(found), csv=True)
    elif not found:
        print(f"None of these claims is judged {quote(verdict)}." if verdict else "None of these claims has a check.")
    else:
        put(checked(found, disputes, design_words(how), None if show[2] else 42), show[2])


def design_words(how: dict[str, Any]) -> str:
    """The design in words."""
    return f"{how['draws']:,} draws of {how['replicates']} futures of every scenario, seed {how['seed']}"


def _one(id_: str, how: dict[str, Any], show: tuple[bool, bool, bool]) -> None:
    from triangle_sim.analysis.claims.disputes import answers
    from triangle_sim.analysis.claims.one_claim import sizes_of, without
    from triangle_sim.analysis.claims.pages import claim_page, dispute_page
    from triangle_sim.analysis.claims.verdicts import questions, verdicts
    from triangle_sim.claims import load_claims
    from triangle_sim.claims.disagreements import load_disagreements

    name, every, disputed = id_.upper(), load_claims(), load_disagreements()
    if name in disputed:
        with progress(name, 0) as tick:
            given = answers([name], tell=tick, **how)
        if show[0]:
            print_json(dispute_data(name, given))
        elif show[1]:
            print_rows(*flat_answers(given), csv=True)
        else:
            put(dispute_page(disputed[name], given), show[2])
        return
    if name not in every:
        raise UsageError(f"no claim {quote(id_)}", did_you_mean(name, [*every, *disputed], "claims"))
    claim = every[name]
    with progress(name, 0) as tick:
        found = verdicts(questions([name]), tell=tick, **how)
    sizes = sizes_of(claim)
    off, why_not = without(claim, **how)
    if show[0]:
        from dataclasses import asdict

        data = checked_data(found, [], how)["claims"]
        page = {**claim.model_dump(mode="json"), "verdict": data[0] if data else None}
        knocked = [asdict(each) for each in off]
        print_json({**page, "sizes": [asdict(each) for each in sizes], "without": knocked, "why_not": why_not})
    elif show[1]:
        print_rows(*flat(found), csv=True)
    else:
        put(claim_page(claim, found[0] if found else None, sizes, off, why_not), show[2])


def put(page: Page, markdown: bool) -> None:
    """Print a page for a terminal, or as Markdown."""
    from triangle_sim.analysis import page as pages

    if markdown:
        print(pages.markdown(page))
        return
    for k, part in enumerate(page):
        if isinstance(part, str):
            paragraph(part)
            continue
        paragraph("\n" * (k > 0) + part.title)
        sys.stdout.flush()
        table(part.columns, part.rows)
        print()
