"""Verdicts in words: what a check looks at, what it found, and the answer over all of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from triangle_sim.analysis.claims.judging import VERDICTS, Finding
from triangle_sim.analysis.claims.verdicts import Verdict
from triangle_sim.claims import Check, load_claims
from triangle_sim.claims.words import in_order
from triangle_sim.names import country_name
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.resources import read_seed
from triangle_sim.wording import in_words
from triangle_sim.world import variables_of
from triangle_sim.world.theories import short_name

ORDER = ("contradicted", "makes no difference", "depends", "too rare to say", "not settled", "borne out", "untested")
"""Verdicts, those that teach most first."""

MEANING = {
    "contradicted": "the model goes the other way, by enough to matter",
    "makes no difference": "the model could tell an effect that matters, and there is none",
    "depends": "on whose theory, or on sizes that nobody knows",
    "too rare to say": "it happens in fewer than one future in a hundred, whatever is changed",
    "not settled": "more draws would tell",
    "borne out": "the model goes the claim's way, by enough to matter",
    "untested": "no simulation can speak for or against it",
}

COUNTED = {
    "makes no difference": "of no difference", "depends": "that depend on sizes nobody knows",
    "too rare to say": "of things too rare to say",
}  # fmt: skip
"""Verdicts as they are counted; others are counted by their names."""

_TIMES = {"mean": "mean over the horizon", "final": "at the end", "change": "end less start"}


def looked_at(check: Check) -> str:
    """What a check looks at: ``how well Russia is disposed to North Korea (at the end)``."""
    if check.variable is not None:
        name = check.variable
        if name.startswith("goodwill["):
            one, other = name.removeprefix("goodwill[").removesuffix("]").split(",")
            return f"how well {country_name(one)} is disposed to {country_name(other)} ({_TIMES[check.measure]})"
        every = variables_of(("CHN", "KOR", "PRK", "RUS", "USA"))
        return f"{every[name].meaning.partition(':')[0]} ({_TIMES[check.measure]})"
    if check.category is not None:
        return f"share of futures that end as {in_words(check.category)}"
    question = OUTCOMES[str(check.outcome)].question
    return f"{question} (share of futures)" if check.measure == "share" else question


def compared(check: Check) -> str:
    """What is set against what: ``china_tightens less baseline``, ``baseline against 0.5``."""
    name = check.contrast[0]
    first = f"{name} where {changed(check.first)}" if check.first else name
    if check.threshold is not None:
        return f"{first}, {check.direction} {check.threshold:g}"
    other = check.contrast[1]
    return f"{first}, less {'the same without that' if other == name else other}"


def changed(first: Mapping[str, object]) -> str:
    """Changes of a scenario in words, as far as trials make them."""
    parts = []
    for key, value in first.items():
        if not isinstance(value, Mapping):
            parts.append(f"{key} is {value}")
        elif key == "moves":
            for code, moves in value.get("disable", {}).items():
                parts.append(f"{country_name(code)} cannot {' or '.join(in_words(move) for move in moves)}")
        elif key == "pin":
            parts += [f"{in_words(name)} is held at {level:g}" for name, level in value.items()]
        elif key == "state":
            parts += [f"{in_words(name)} starts at {level:g}" for name, level in value.items()]
        elif key == "events":
            parts += [_event(name, event) for name, event in value.items()]
        else:
            parts.append(f"{key} is changed")
    return ", ".join(parts)


def _event(name: str, event: Mapping[str, object]) -> str:
    if "shock" in event:
        shocks = event["shock"]
        assert isinstance(shocks, Mapping)
        told = ", ".join(f"{variable} by {size:+g}" for variable, size in shocks.items())
        return f"{in_words(name)} in {event['when']} shifts {told}"
    return f"{in_words(name)} has probability {event.get('probability')}"


def effect(finding: Finding, share: bool = False) -> str:
    """The difference with its interval: ``+0.012 [0.008, 0.016]``; of a share in points."""
    by, digits = (100, 1) if share else (1, 3)
    d = finding.difference
    low, high = (f"{by * each:+.{digits}f}" for each in (d.low, d.high))
    return f"{by * d.value:+.{digits}f} [{low}, {high}]"


def size(value: float, share: bool = False) -> str:
    """A size in the same unit as :func:`effect`."""
    return f"{100 * value:.1f}" if share else f"{value:.3f}"


def sections(found: Iterable[Verdict]) -> dict[str, list[Verdict]]:
    """Verdicts by what they say over all theories, in the order of :data:`ORDER`; empty sections are left out."""
    listed = list(found)
    parts = {name: [each for each in listed if each.overall == name] for name in ORDER}
    return {name: each for name, each in parts.items() if each}


def tally(found: Sequence[Verdict]) -> dict[str, dict[str, int]]:
    """How many of each verdict under each theory, and of all theories together (``both``)."""
    theories = [finding.theory for finding in found[0].findings] if found else []
    count = {name: Counter(each.findings[k].verdict for each in found) for k, name in enumerate(theories)}
    count["both"] = Counter(each.overall for each in found)
    return {name: {said: each[said] for said in VERDICTS if each[said]} for name, each in count.items()}


def own(found: Iterable[Verdict], said: str) -> dict[str, list[str]]:
    """Claims with a verdict under their own author's theory, by theory: nobody else's sizes are to blame."""
    theory_of = {letter: about.get("theory") for letter, about in read_seed("articles.yaml")["articles"].items()}
    out: dict[str, list[str]] = {}
    for each in found:
        theory = theory_of.get(load_claims()[each.id].source)
        if any(finding.theory == theory and finding.verdict == said for finding in each.findings):
            out.setdefault(str(theory), []).append(each.id)
    return {theory: sorted(ids, key=in_order) for theory, ids in sorted(out.items())}


def answer(found: Sequence[Verdict], claims: int | None = None) -> list[str]:
    """The answer in sentences, one a line, over all ``claims`` there are, or over some that were chosen."""
    lines = [f"{len(found)} of {claims} claims can be put to the model." if claims else f"{len(found)} claims chosen."]
    for theory, count in tally(found).items():
        words = {**COUNTED, "depends": "that depend on theory or sizes"} if theory == "both" else COUNTED
        told = ", ".join(f"{number} {words.get(said, said)}" for said, number in count.items())
        name = "Over both theories" if theory == "both" else f"Under {short_name(theory)}"
        lines.append(f"{name}: {told}.")
    for said, how in (("contradicted", "contradicts"), ("makes no difference", "finds no difference for")):
        told = "; ".join(f"{short_name(theory)}: {', '.join(ids)}" for theory, ids in own(found, said).items())
        if told:
            lines.append(f"Even with their own author's sizes the model {how}: {told}.")
    looks = sum(len(each.findings) for each in found)
    unsure = unsure_of(found)
    stand = f"one verdict or more does not stand a correction for that (marked ?): {', '.join(unsure)}."
    lines.append(f"With {looks} looks some would come out by chance; {stand if unsure else 'all stand a correction.'}")
    return lines


def unsure_of(found: Iterable[Verdict]) -> list[str]:
    """Claims with a verdict for or against that does not stand the correction for many looks."""
    decided = ("borne out", "contradicted")
    return [
        each.id
        for each in found
        if any(f.verdict in decided and not sure for f, sure in zip(each.findings, each.sure, strict=True))
    ]
