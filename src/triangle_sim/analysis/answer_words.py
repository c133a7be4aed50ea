"""The question and its answer in sentences, and the numbers in them as they are written."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from triangle_sim.analysis.answers.against import against
from triangle_sim.analysis.answers.answers import Answered, Compared, answers, compare, starts
from triangle_sim.analysis.by_draw import by_draw
from triangle_sim.analysis.intervals import Estimate
from triangle_sim.analysis.page import filled
from triangle_sim.analysis.summary import endings
from triangle_sim.montecarlo.folder.manifest import reference_of
from triangle_sim.montecarlo.result import Result
from triangle_sim.names import counted, per_cent
from triangle_sim.outcomes import label
from triangle_sim.scenario.load import load_reference
from triangle_sim.world.theories import short_name

VERDICTS = {
    "share": {"more": "more often", "less": "less often"},
    "quarter": {"more": "later", "less": "sooner"},
    "number": {"more": "more", "less": "less"},
}
NOTE = "Intervals are 95%, over draws. A model, not a forecast: it shows what follows from which argument."


@dataclass(frozen=True, eq=False)
class Told:
    """The answer of a result: ``text`` is what is asked, what the futures say, and how sure that is; ``table`` has a
    row for each part of the question and each theory, ``endings`` one for each ending and theory. ``at_start`` is the
    share of draws that begin in what looks like that ending."""

    text: str
    table: pd.DataFrame
    endings: pd.DataFrame

    def __repr__(self) -> str:
        return self.text


def told(result: Result) -> Told:
    """The question of a result's scenario and its answer.

    A result that was not told what to be compared with is compared with what its scenario names.
    """
    known: Told | None = vars(result).get("_told")
    if known is None:
        one = result
        if reference_of(result.manifest) is None and (other := load_reference(result.scenario)) is not None:
            one = replace(result, manifest={**result.manifest, "reference": other.data()})
        parts = [asked(one), *(answer_in_words(one, each) for each in answers(one)), sure(one), NOTE]
        ends = [
            {"ending": name, "theory": view, "at_start": begins, **compared_as_data(each)}
            for name, _, views in endings_by_theory(one)
            for view, (begins, each) in views.items()
        ]
        text = "\n".join(map(wrapped, filter(None, parts)))
        known = Told(text, pd.DataFrame(answers_as_data(one)), pd.DataFrame(ends))
        vars(result)["_told"] = known
    return known


def asked(result: Result) -> str:
    """What the scenario asks, or else its title or name."""
    return result.scenario.question or result.scenario.title or result.scenario.name


def answer_in_words(result: Result, answer: Answered) -> str:
    """What is asked; the verdict; level, reference, difference with interval; the same by theory."""
    reference, every, by_theory = against(result).reference, answer.views["all"], answer.by_theory
    digits = digits_of(answer.views.values(), answer.kind)
    level = plain(every.with_.value, answer.kind, 2 if reference is None else digits)
    level = {"share": f"in {level} of futures", "quarter": f"after {level} quarters where it happens"}.get(
        answer.kind, level
    )
    begins = f" ({per_cent(answer.start['all'])} at the start)" if answer.start else ""
    many = len(by_theory) > 1
    if reference is None:
        apart = (
            [f"{short_name(name)} {level_of(each.with_, answer.kind)}" for name, each in by_theory.items()]
            if many
            else []
        )
        level += _interval(every.with_, answer.kind)
        return f"{answer.asks} {level[0].upper()}{level[1:]}{begins}" + "".join(f"; {each}" for each in apart) + "."
    verdict = verdict_in_words(answer)
    if {each.verdict for each in answer.views.values()} == {"never"}:
        return f"{answer.asks} {verdict[0].upper()}{verdict[1:]} ({reference.name})."
    without = f"{plain(every.without, answer.kind, digits)} without ({reference.name})"
    apart = [
        f"{short_name(name)} {change(each, answer.kind, digits=digits)}" for name, each in by_theory.items() if many
    ]
    told = f"{level}{begins}, {without}: {change(every, answer.kind, unit=True, digits=digits)}"
    return f"{answer.asks} {verdict[0].upper()}{verdict[1:]}: {told}" + ("; " + ", ".join(apart) if apart else "") + "."


def verdict_in_words(answer: Answered) -> str:
    """``more often under both theories, as expected``; what the theories disagree in, one by one."""
    words = VERDICTS[answer.kind] | {"never": "never, with or without", "unknown": "too few draws to tell"}
    by_verdict: dict[str, list[str]] = {}
    for name, each in answer.by_theory.items():
        by_verdict.setdefault(each.verdict, []).append(short_name(name))
    names = len(answer.by_theory)
    if len(by_verdict) > 1:
        return ", ".join(f"{words.get(v, v)} under {' and '.join(who)}" for v, who in by_verdict.items())
    (only,) = by_verdict
    where = "" if names == 1 or only in ("never", "unknown") else f" under {'both' if names == 2 else f'all {names}'}"
    hoped = answer.expected if only in ("more", "less") else None
    hope = "" if hoped is None else ", as expected" if hoped == only else ", against what was expected"
    return words.get(only, only) + (f"{where} theories" if where else "") + hope


def sure(result: Result) -> str:
    """How sure the first answer is, and how many more draws would settle it; empty where nothing is asked."""
    found = answers(result)
    if not found:
        return ""
    first, draws = found[0], result.draws
    scale, unit = (100, "points ") if first.kind == "share" else (1, "")
    known = {name: each for name, each in first.by_theory.items() if not math.isnan(each.width) and each.width > 0}
    if not known:
        return "How sure: there are too few draws, or the answer does not vary between them."
    widest = max(each.width for each in known.values()) * scale
    told = [f"{_round(each.width * scale):g} {unit}wide under {short_name(name)}" for name, each in known.items()]
    also = [each.replace(" points wide", "") for each in told[1:]]
    wide = " and ".join([told[0], *also])
    out = [f"How sure: with {counted(draws, 'draw')} the interval of the first answer is {wide}."]
    open_ = {name: each for name, each in known.items() if each.verdict == "no clear difference"}
    for name, each in open_.items() if not math.isnan(first.views["all"].without) else ():
        needed = each.draws_to_tell() * draws / each.difference.draws
        if needed > 10_000_000:
            out.append(f"Under {short_name(name)} no number of draws at hand would tell the difference from none.")
        else:
            it = change(each, first.kind, unit=True).partition(" [")[0]
            it = it if re.search("[1-9]", it) else "so small a difference"
            about = counted(int(_round(needed)), "draw")
            out.append(f"Under {short_name(name)} about {about} in all would tell {it} from none, if it stays.")
    if not open_ and not math.isnan(first.views["all"].without):
        out.append(f"Its direction is settled{' under both' if len(known) == 2 else ''}.")
    out.append(f"`--until {_round(widest / 2):g}` halves it, with about {counted(4 * draws, 'draw')}.")
    return " ".join([*out, "No number of draws settles which theory is right."])


def change(each: Compared, kind: str, unit: bool = False, digits: int | None = None) -> str:
    """``+13 points [10, 16]``: a difference with its interval."""
    gap, scale = each.difference, 100 if kind == "share" else 1
    if math.isnan(gap.value):
        return "unknown"
    digits = digits_of([each], kind) if digits is None else digits
    near = min(abs(gap.low), abs(gap.high)) * scale if each.verdict in ("more", "less") else 0.0
    if 0 < near < 0.5 * 10**-digits:  # an interval that ends short of nothing must not seem to hold it
        digits = min(digits + 1, 5)
    value, low, high = (_fixed(number * scale, digits) for number in (gap.value, gap.low, gap.high))
    sign = "" if value.startswith("-") or float(value) == 0 else "+"
    points = " points" if unit and kind == "share" else ""
    return f"{sign}{value}{points}" + ("" if math.isnan(gap.low) else f" [{low}, {high}]")


def number(value: float, digits: int = 2) -> str:
    """A level that is no share."""
    return _fixed(value, digits) if value == value else "unknown"


def words(name: str) -> str:
    """A name as a reader reads it."""
    return "ending: " * ("=" in name) + label(name)


def digits_of(views: Iterable[Compared], kind: str) -> int:
    """Decimals that the differences deserve: two figures of the widest interval, or of a difference without one."""
    gaps = [each.difference for each in views]
    widths = [gap.high - gap.low if gap.high > gap.low else 2 * abs(gap.value) for gap in gaps]
    widest = max((w for w in widths if w > 0), default=0.0) * (100 if kind == "share" else 1)
    return 1 if not widest > 0 else max(0, min(3, -math.floor(math.log10(widest / 4))))


def wrapped(text: str) -> str:
    """A paragraph, indented after its first line."""
    return filled(text, then="  ")


def _fixed(value: float, digits: int) -> str:
    return f"{round(value, digits) + 0.0:.{digits}f}"


def _round(value: float) -> float:
    """Two figures that count."""
    return float(f"{value:.2g}")


def share(value: float) -> str:
    """A share as per cent."""
    return "-" if math.isnan(value) else per_cent(value)


def plain(value: float, kind: str, digits: int = 2) -> str:
    """A level without its interval."""
    return share(value) if kind == "share" else number(value, max(digits, 2))


def _interval(level: Estimate, kind: str) -> str:
    if math.isnan(level.low):
        return ""
    if kind != "share":
        return f" [{number(level.low)}, {number(level.high)}]"
    digits = 1 if 0 < level.value < 0.1 else 0
    return f" [{_fixed(100 * level.low, digits)}, {_fixed(100 * level.high, digits)}]"


def level_of(estimate: Estimate, kind: str) -> str:
    """``27% [24, 30]``: a level with its interval."""
    return plain(estimate.value, kind) + _interval(estimate, kind)


def answers_as_data(result: Result) -> list[dict[str, Any]]:
    """The answers as plain data, a row a part and view."""
    return [
        {"asks": answer.asks, "of": answer.column, "kind": answer.kind, "expected": answer.expected, "theory": view,
         "at_start": answer.start.get(view), **compared_as_data(each)}
        for answer in answers(result)
        for view, each in answer.views.items()
    ]  # fmt: skip


def compared_as_data(each: Compared) -> dict[str, Any]:
    """One comparison as plain data."""
    level, gap = each.with_, each.difference
    return {
        "value": level.value, "low": level.low, "high": level.high, "without": each.without,
        "difference": gap.value, "difference_low": gap.low, "difference_high": gap.high, "verdict": each.verdict,
    }  # fmt: skip


def endings_by_theory(result: Result) -> list[tuple[str, str, dict[str, tuple[float, Compared]]]]:
    """Endings: (name, "n in 20" of all runs, by view the share at the start and the comparison)."""
    out = []
    for name, in_twenty, by_view in endings(result):
        begins = starts(against(result), by_view, name, by_draw(result, ()))
        views = compare(result, f"end_state={name}")
        out.append((name, in_twenty, {view: (begins.get(view, math.nan), it) for view, it in views.items()}))
    return out
