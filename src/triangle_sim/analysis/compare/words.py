"""A comparison in words: the answer first, then endings, then outcomes by size of effect."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from triangle_sim.analysis.by_future import Futures
from triangle_sim.analysis.compare.compare import CLEAR, Comparison
from triangle_sim.analysis.compare.contrast import same_worlds
from triangle_sim.names import counted, extent, per_cent
from triangle_sim.outcomes import OUTCOMES
from triangle_sim.outcomes import label as short
from triangle_sim.world.theories import short_name

NEGLIGIBLE = 0.05
"""Effects smaller than so many standard deviations are folded into one line even where they are clear."""

FOOT = (
    "difference: A less B with its 95% interval over draws, in points of a hundred futures, in quarters, or in the "
    "outcome's unit. effect: the same in standard deviations of the futures, in brackets where it is not clear (p over "
    "{clear:g}, corrected for {looks}). P(A>B): share of draws in which A is higher, ties half. flips: share of draws "
    "that go against the mean. A time that never comes counts as the horizon. "
)
MODEL = "A model, not a forecast."
HEAD = ("theory", "A", "B", "difference [95%]", "effect", "P(A>B)", "flips")
ENDINGS, OUTCOMES_HEAD = "How the futures end", "Outcomes, largest effect first"

Group = tuple[str, list[Any]]
"""An outcome, and its rows of the table: one a theory."""


@dataclass(frozen=True)
class Part:
    """One scenario against the reference: what is told, and lines that fold what is not."""

    title: str
    answer: str
    endings: list[Group]
    outcomes: list[Group]
    folded: list[str]

    @property
    def tables(self) -> list[tuple[str, list[Group]]]:
        """The tables that have rows, with their heads."""
        both = ((ENDINGS, self.endings), (OUTCOMES_HEAD, self.outcomes))
        return [(head, groups) for head, groups in both if groups]


def parts(comparison: Comparison) -> Iterator[Part]:
    """What is told of each scenario and the reference."""
    frame, reference = comparison.to_frame(), comparison.reference
    for one in comparison.others:
        rows = frame[(frame["a"] == one.name) & frame["theory"].isin(comparison.theories)]
        groups: list[Group] = [
            (str(name), list(part.itertuples())) for name, part in rows.groupby("outcome", sort=False)
        ]
        groups = [(name, part) for name, part in groups if any(row.level_a == row.level_a for row in part)]
        endings = [(name, part) for name, part in groups if "=" in name and any(r.level_a or r.level_b for r in part)]
        outcomes = [(name, part) for name, part in groups if "=" not in name]
        clear = [(name, part) for name, part in outcomes if any(row.q <= CLEAR for row in part)]
        told = [(name, part) for name, part in clear if any(abs(row.effect) >= NEGLIGIBLE for row in part)]
        small = [name for name, _ in clear if name not in dict(told)]
        unclear = [name for name, _ in outcomes if name not in dict(clear)]
        folded = (
            [f"Clear, but under {NEGLIGIBLE:g} standard deviations: {', '.join(map(short, small))}."] if small else []
        )
        folded += [_folded([(name, part) for name, part in outcomes if name in unclear])] if unclear else []
        sentences = [*_most(one, reference, told, len(outcomes)), *_ends(endings)]
        sentences += [f"No clear difference in {len(unclear)} of {counted(len(outcomes), 'outcome')}."] * bool(unclear)
        title = f"A: {one.title} ({one.name}). B: {reference.title} ({reference.name})."
        yield Part(title, " ".join(sentences), endings, told, folded)


def _folded(unclear: Sequence[Group]) -> str:
    """Outcomes without a clear difference, and how large one may have been missed."""
    rows = [row for _, part in unclear for row in part if row.low == row.low and row.sd > 0]
    most = max((max(abs(row.low), abs(row.high)) / row.sd for row in rows), default=0.0)
    bound = f" (by their intervals, none of more than {most:.2f} standard deviations)" if most else ""
    return f"No clear difference{bound}: {', '.join(short(name) for name, _ in unclear)}."


def _most(a: Futures, b: Futures, told: Sequence[Group], outcomes: int) -> Iterator[str]:
    """What differs most, and what depends on the theory."""
    if told:
        name = once(each for each, _ in told)[0]
        rows = dict(told)[name]
        gaps = "; ".join(f"{_levels(row)}{_under(row)}, {_gap(row, unit=True)}" for row in rows)
        yield f"What differs most, {a.name} against {b.name}: {OUTCOMES[name].question} {gaps}."
        if others := once(each for each, _ in told)[1:4]:
            yield f"Next: {', '.join(map(short, others))}."
        if split := [each for each, rows in told if {"more", "less"} <= {row.verdict for row in rows}]:
            yield f"The theories disagree on the direction of {', '.join(map(short, split))}."
    elif outcomes:
        yield f"No outcome differs clearly by {NEGLIGIBLE:g} standard deviations or more."


def once(names: Iterable[str]) -> list[str]:
    """Outcomes without those that only say when another of them happens."""
    listed = list(names)
    return [name for name in listed if not (name.endswith("_when") and name.removesuffix("_when") in listed)]


def _ends(endings: Sequence[Group]) -> Iterator[str]:
    """How many futures end otherwise, and how."""
    if not endings:
        return
    rows = endings[0][1]
    if not any(row.distance > 0 for row in rows):
        yield "Endings are as frequent in both."
        return
    moved = sorted(endings, key=lambda group: -max(abs(row.difference) for row in group[1]))
    moved = [group for group in moved if any(row.q <= CLEAR for row in group[1])]
    words = [f"{'/'.join(dict.fromkeys(row.verdict for row in each if row.q <= CLEAR))} {label(name)}"
             for name, each in moved[:2]]  # fmt: skip
    apart = ", ".join(f"{_percent(row.distance)}{_under(row)}" for row in rows)
    yield f"The mix of endings shifts by {apart}{': above all ' * bool(words)}{', '.join(words)}."


def _under(row: Any) -> str:
    return "" if row.theory == "all" else f" under {short_name(row.theory)}"


def design(comparison: Comparison) -> str:
    """How many futures were compared, and whether they are the same worlds."""
    reference = comparison.reference
    sizes = dict.fromkeys(extent(len(each.theory), each.replicates) for each in comparison.futures)
    same = all(same_worlds(each, reference) for each in comparison.others)
    how = "the same worlds in each, paired draw by draw" if same else "not all the same worlds (see the notes)"
    return f"{' and '.join(sizes)}: {how}."


def cells(name: str, rows: Sequence[Any]) -> list[list[str]]:
    """A line a theory of one outcome."""
    return [
        [short_name(row.theory), _level(name, row.level_a) + _ever(row.ever_a),
         _level(name, row.level_b) + _ever(row.ever_b), _gap(row), _effect(row),
         _number(row.higher, ".0%"), _number(row.flips, ".0%")] for row in rows
    ]  # fmt: skip


def lines(groups: Sequence[Group], width: int) -> Iterator[list[str]]:
    """The rows of a table, an outcome's label over as many of them as it needs."""
    for name, rows in groups:
        words = textwrap.wrap(label(name).replace(" .. ", "\N{NO-BREAK SPACE}..\N{NO-BREAK SPACE}"), width)
        for word, row in zip_longest(words, cells(name, rows)):
            yield [(word or "").replace("\N{NO-BREAK SPACE}", " "), *(row or [""] * len(HEAD))]


def below(comparison: Comparison) -> list[str]:
    """What stands below the tables: the design, notes, what the columns mean."""
    looks = counted(comparison.looks, "comparison")
    return [
        design(comparison),
        *(f"Note: {note}." for note in comparison.notes),
        FOOT.format(clear=CLEAR, looks=looks) + MODEL,
    ]


def label(name: str) -> str:
    """What a row is about: an ending's name, or the question that an outcome answers and its unit."""
    outcome, _, category = name.partition("=")
    if category:
        return short(name)
    found = OUTCOMES[outcome]
    unit = "quarters; share that ever" if found.kind == "quarter" else "" if _is_share(outcome) else found.unit
    return found.question + (f" ({unit})" if unit else "")


def _is_share(name: str) -> bool:
    found = OUTCOMES[name.partition("=")[0]]
    return found.kind in ("truth", "category") or found.unit.startswith("share")


def _level(name: str, value: float) -> str:
    if value != value:
        return "-"
    if _is_share(name):
        return _percent(value)
    return f"{value:.1f}" if OUTCOMES[name].kind == "quarter" else f"{value:.3f}"


def _levels(row: Any) -> str:
    return f"{_level(row.outcome, row.level_a)} against {_level(row.outcome, row.level_b)}"


def _ever(share: float) -> str:
    return f" ({_percent(share)})" if share == share else ""


def _gap(row: Any, unit: bool = False) -> str:
    """A difference with its interval."""
    if row.difference != row.difference:
        return "-"
    share, time = _is_share(row.outcome), OUTCOMES[row.outcome.partition("=")[0]].kind == "quarter"
    scale, how = (100, "+.1f") if share else (1, "+.2f" if time else "+.3f")
    value, low, high = (format(0.0 if round(x * scale, 3) == 0 else x * scale, how)
                        for x in (row.difference, row.low, row.high))  # fmt: skip
    named = (" points" if share else " quarters" if time else "") if unit else ""
    return f"{value}{named} [{low}, {high}]" if row.low == row.low else f"{value}{named}"


def _effect(row: Any) -> str:
    shown = _number(row.effect, "+.2f")
    return shown if row.q <= CLEAR else f"({shown})"


def _number(value: float, how: str) -> str:
    return "-" if value != value else format(value, how)


def _percent(value: float) -> str:
    return "<0.1%" if 0 < value < 0.0005 else per_cent(value)
