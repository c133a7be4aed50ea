"""What a report rests on: claims with their words, theories, the scenario, how to make it again, and its limits."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from triangle_sim.claims import Claim, load_claims
from triangle_sim.cli.report.document import Block, Bullets, Code, Heading, Table, Text
from triangle_sim.montecarlo.result import Result
from triangle_sim.names import counted, extent
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.plots import words
from triangle_sim.scenario.check.catalogue import model_catalogue
from triangle_sim.scenario.show.describe import describe
from triangle_sim.uncertainty import Prior
from triangle_sim.world.theories import Theory, load_theory

LIMITS = (
    "It is a model, not a forecast: shares are shares of its futures, not chances in the world. Do not quote one "
    "without the theory, the scenario and the interval it stands with.",
    "Directions of effects come from the claims of two articles, as one modeller read them; sizes, odds of events and "
    "costs come from judgement, written as priors, and from a fit to a record of three eras, which are few.",
    "Intervals are over draws: as wide as the modeller was unsure, less what the record told. What the model lacks is "
    "in no interval.",
    "A number over both theories depends on how they were weighted, and neither author says it. Read theory by theory.",
    "Endings have thresholds, and types of triangle a neutral band; both are judgements. A share that moves because a "
    "tie crosses a threshold may mean little.",
    "It has no domestic politics, no learning, no private information, no war on the peninsula, and no Japan but as a "
    "part of what the United States and its allies do together. A government makes one move a quarter.",
    "Nothing in the defaults is later than 13 August 2024.",
)


def background(result: Result) -> Iterator[Block]:
    """All of it, in this order."""
    yield from _claims(result)
    yield from _theories(result)
    yield from _scenario(result)
    yield from _again(result)
    yield Heading("What this is not", "limits")
    yield Bullets(LIMITS)


def _claims(result: Result) -> Iterator[Block]:
    """All claims that have a place in the model: first what the scenario and the outcomes are about."""
    known, left = load_claims(), [claim for claim in load_claims().values() if not _placed(claim)]
    scenario = result.scenario
    events = [claim for event in scenario.events.values() if event.probability > 0 for claim in event.claims]
    about = [claim for claim in dict.fromkeys((*scenario.claims, *events)) if claim in known]
    outcomes = {claim for outcome in OUTCOMES.values() for claim in outcome.claims if claim in known}
    borne = [claim for claim in known if claim in outcomes - set(about) and known[claim] not in left]
    rest = [claim for claim in known if claim not in (*about, *borne) and known[claim] not in left]
    yield Heading("The claims it rests on", "claims")
    yield Text(
        "Each is an argument of one of the articles, in our own words. A is the article of the World Institute for "
        "North Korea Studies (2024), B that of the Lowy Institute (2023); a letter beyond these is an article that was "
        f"added. {counted(len(left), 'claim')} with no place in the model {'is' if len(left) == 1 else 'are'} left out."
    )
    for caption, ids in (
        ("What the scenario and its events are about", about),
        ("What the outcomes bear on", borne),
        ("What else the interests, effects and starting levels rest on", rest),
    ):
        if ids:
            rows = [(claim, _words(known[claim]), known[claim].kind, _places(known[claim])) for claim in ids]
            yield Table(caption, ("Claim", "What it says", "Kind", "Its places in the model"), rows,
                        [f"claim-{claim}" for claim in ids])  # fmt: skip


def _placed(claim: Claim) -> bool:
    return any(place.role != "not_modelled" for place in claim.places)


def _words(claim: Claim) -> str:
    return f"{claim.claim} Condition: {claim.condition}." if claim.condition else claim.claim


def _places(claim: Claim) -> str:
    return ", ".join(dict.fromkeys(place.role.replace("_", " ") for place in claim.places))


def _theories(result: Result) -> Iterator[Block]:
    scenario = result.scenario
    theories = {name: load_theory(name) for name, share in scenario.theory.items() if share > 0}
    yield Heading("The theories", "theories")
    yield Text(
        "A theory is what one author would have the model's numbers be: priors of the parameters on which the "
        "articles differ. Where an author is silent, the model's own priors speak, the same under each."
    )
    rows = [(words.theory(name), f"{scenario.theory[name]:.0%}", theory.title, theory.article,
             counted(len(theory.priors), "parameter")) for name, theory in theories.items()]  # fmt: skip
    yield Table("Theories in this scenario", ("Theory", "Share of draws", "In a line", "Article", "Sets"), rows)
    meanings = {name: quantity.meaning for name, quantity in model_catalogue().quantities.items()}
    names = sorted({parameter for theory in theories.values() for parameter in theory.priors})
    differ = [
        (meanings.get(name, name), *(_prior(theory, name) for theory in theories.values()), _behind(theories, name))
        for name in names
    ]
    head = ("Parameter", *(words.theory(name) for name in theories), "Claims")
    yield Table("Priors that a theory sets", head, differ)


def _prior(theory: Theory, name: str) -> str:
    return str(Prior.of(theory.priors[name])) if name in theory.priors else "the model's own"


def _behind(theories: Mapping[str, Theory], name: str) -> str:
    return ", ".join(dict.fromkeys(claim for theory in theories.values() for claim in theory.claims.get(name, ())))


def _scenario(result: Result) -> Iterator[Block]:
    yield Heading("The scenario in words", "scenario")
    yield Code(describe(result.scenario))


def _again(result: Result) -> Iterator[Block]:
    facts = result.manifest
    yield Heading("How to make it again", "again")
    yield Text(
        "The same command, version and seed give the same numbers to the bit. This report carries its recipe: "
        "verify runs a sample of its futures again and says whether the numbers are the same."
    )
    commands = [facts["command"]] if facts.get("command") else []
    yield Code("\n".join([*commands, "triangle-sim report DIR -o report.html", "triangle-sim verify report.html"]))
    rows = [
        ("Scenario", f"{result.scenario.name}, SHA-256 {facts['scenario_sha256']}"),
        ("Model", f"triangle_sim {facts['triangle_sim']}, SHA-256 of code and seeds {facts['model_sha256']}"),
        ("Sizes", facts.get("sizes", "judgement") + _sha("sizes_sha256", facts)),
        ("Design", f"{extent(result.draws, result.replicates)}, seed {result.seed}"),
        ("Computed by", f"{facts['backend']}, {facts['precision']} precision"),
        ("Libraries", ", ".join(f"{name} {version}" for name, version in facts["versions"].items())),
        ("Machine", f"Python {facts['python']}, {facts['platform']}"),
    ]
    if facts.get("parameters_sha256"):
        rows.append(("Parameters given by hand", _sha("parameters_sha256", facts).removeprefix(", ")))
    yield Table("What made these numbers", ("What", "Value"), rows)


def _sha(key: str, facts: Mapping[str, str]) -> str:
    return f", SHA-256 {facts[key]}" if facts.get(key) else ""
