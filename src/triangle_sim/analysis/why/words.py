"""What an outcome owes to what, in sentences: its level, what makes it so, what works against it, how sure that is."""

from __future__ import annotations

import math
import textwrap
from typing import Any

import pandas as pd

from triangle_sim.analysis.intervals import Estimate
from triangle_sim.analysis.why.table import FALSE
from triangle_sim.analysis.why.why import Why
from triangle_sim.montecarlo.tables import ALL
from triangle_sim.names import counted, per_cent
from triangle_sim.outcomes import OUTCOMES, label
from triangle_sim.world.theories import short_name

HEADS = {"claim": "Claims", "interest": "Interests", "driver": "Drivers", "meeting": "Meetings", "event": "Events"}
PAID = ("claim", "interest")
"""Kinds that go with a share of a payoff."""
CLEAR = ("less without it", "more without it")
NOTE = (
    "Each is switched off alone, in the same worlds and with the same luck; all else stays as it was. Such differences "
    "need not add up. Intervals are 95%, over draws. A model, not a forecast."
)


def told(why: Why) -> str:
    """The answer in a few sentences, each a line."""
    return "\n".join([level(why), *owed(why), sure(why), NOTE])


def level(why: Why) -> str:
    """The question and how it is answered with everything in place."""
    name, _, category = why.outcome.partition("=")
    asked = OUTCOMES[name].question if name in OUTCOMES else f"{label(why.outcome)}:"
    asked = asked[:1].upper() + asked[1:]
    what = f"of futures end in {label(why.outcome)}" if category else "of futures" if why.is_share else ""
    by_theory = ", ".join(f"{short_name(name)} {_ranged(why, each)}" for name, each in _theories(why))
    return f"{asked} {' '.join([_ranged(why, why.levels[ALL]), what]).strip()} in {why.scenario.name} ({by_theory})."


def owed(why: Why) -> list[str]:
    """The claims that make most for it and against it, then the interest and the driver that matter most."""
    claims = clear(why, "claim")
    sides = [claims[claims["verdict"] == verdict].head(1) for verdict in CLEAR]
    others = [clear(why, kind).head(1) for kind in ("interest", "driver")]
    lines = [_without(why, row) for rows in (*sides, *others) for _, row in rows.iterrows()]
    looked = "claim" in set(why.table["kind"])
    return ["No claim alone makes a clear difference to it.", *lines] if looked and not len(claims) else lines


def clear(why: Why, kind: str, theory: str = ALL) -> pd.DataFrame:
    """Rows under a theory, or over all draws, of what makes a clear difference, largest first."""
    rows = why.table[(why.table["kind"] == kind) & (why.table["theory"] == theory)]
    rows = rows[rows["verdict"].isin(CLEAR)]
    return rows.loc[rows["difference"].abs().sort_values(ascending=False, kind="stable").index]


def sure(why: Why) -> str:
    """How many of how many claims make a clear difference, and what that is worth."""
    rows = why.table[why.table["theory"] == ALL]
    claims = rows[rows["kind"] == "claim"]
    looked, tried = claims[claims["verdict"] != "nothing to switch off"], int(rows["p"].notna().sum())
    none = int((looked["verdict"] == "changes no future").sum())
    by_theory = ", ".join(f"{short_name(name)} {len(clear(why, 'claim', name))}" for name, _ in _theories(why))
    star = (
        f"Clear (*) is what chance would hardly make: of all that is called so in {tried} looks at most {FALSE:.0%} "
        "should be false."
    )
    if not tried:
        star = "Nothing was told from chance: that takes more than one draw, and something that changes."
    if not len(claims):
        return star
    return (
        f"Of {counted(len(claims), 'claim')} {len(looked)} have something that can be switched off: "
        f"{len(clear(why, 'claim'))} make a clear difference ({by_theory}), {none} change no future at all. " + star
    )


def rows(why: Why, kind: str, count: int, width: int | None = None) -> tuple[list[str], list[list[str]]]:
    """Heads and cells of a table of a kind: what makes the largest difference, and what changes nothing not at all."""
    found = why.table[(why.table["kind"] == kind) & (why.table["theory"] == ALL) & (why.table["futures_changed"] > 0)]
    unit = ", points" if why.is_share else ""
    heads = ["without", *(f"{short_name(name)}{unit}" for name, _ in _theories(why))]
    out = []
    for _, row in found.head(count).iterrows():
        words = row["words"] if width is None else textwrap.shorten(row["words"], width, placeholder=" ...")
        cells = [amount(why, row["without"]), *(starred(why, row["name"], name) for name, _ in _theories(why))]
        if kind in PAID:
            cells.append(f"{row['payoff_of']} {row['payoff_share']:.0%}" if row["payoff_of"] else "")
        out.append([row["name"], words, *cells] if kind == "claim" else [words, *cells])
    named = ["", HEADS[kind]] if kind == "claim" else [HEADS[kind]]
    return [*named, *heads, *(["payoff"] if kind in PAID else [])], out


def cannot(why: Why) -> dict[str, list[str]]:
    """What has nothing to switch off, by the reason."""
    rows = why.table[(why.table["theory"] == ALL) & (why.table["verdict"] == "nothing to switch off")]
    out: dict[str, list[str]] = {}
    for row in rows.itertuples():
        out.setdefault(str(row.why_not), []).append(str(row.name))
    return out


def amount(why: Why, value: float) -> str:
    """A level: a share as per cent, or a number."""
    if math.isnan(value):
        return "-"
    return per_cent(value) if why.is_share else f"{value:.3g}"


def difference(why: Why, row: Any, unit: str = "") -> str:
    """A difference with its interval: in points of a hundred for a share, else in the outcome's own unit."""
    if math.isnan(row["difference"]):
        return "-"
    scale, how = (100, "+.1f") if why.is_share else (1, f"+.{_decimals(why)}f")
    value, low, high = (_signed(scale * row[name], how) for name in ("difference", "low", "high"))
    return f"{value}{unit}" if math.isnan(row["low"]) else f"{value}{unit} [{low}, {high}]"


def starred(why: Why, name: str, theory: str) -> str:
    """A difference under a theory, with a star where it is clear."""
    row = why.of(name, theory)
    return difference(why, row) + " *" * (row["verdict"] in CLEAR)


def _theories(why: Why) -> list[tuple[str, Estimate]]:
    return [(name, each) for name, each in why.levels.items() if name != ALL]


def _ranged(why: Why, level: Estimate) -> str:
    if math.isnan(level.low):
        return amount(why, level.value)
    return f"{amount(why, level.value)} [{amount(why, level.low)}, {amount(why, level.high)}]"


def _decimals(why: Why) -> int:
    """As many as show three digits of the largest difference."""
    largest = float(why.table["difference"].abs().max())
    return 3 if not largest > 0 else max(0, 2 - math.floor(math.log10(largest)))


def _signed(number: float, how: str) -> str:
    """With its sign, but for what is written as nothing."""
    text = format(number, how)
    return text if float(text) else text.lstrip("+-")


def _without(why: Why, row: Any) -> str:
    """What becomes of it without one thing, over all draws and by theory."""
    words = row["words"].partition(" (")[0]
    what = f"{row['name']} ({row['words']})" if row["kind"] == "claim" else f'"{words}"'
    by_theory = [f"{short_name(name)} {difference(why, why.of(row['name'], name))}" for name, _ in _theories(why)]
    gap = difference(why, row, " points" if why.is_share else "")
    return f"Without {what} it is {amount(why, row['without'])}: {gap}; {', '.join(by_theory)}."
