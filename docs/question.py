"""Renews the numbers of docs/playing-off.md: `python docs/question.py` (about a minute), then `docs/generate.py`.

Each number is what the command beside it prints; `docs/data/question.json` keeps them, with the code they belong to.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from stored import belongs_to, keep

import triangle_sim as ts

DATA = Path(__file__).parent / "data" / "question.json"
HOW: dict[str, Any] = {"draws": 500, "replicates": 20, "seed": 1}
GAIN, PIVOT, TREATIES, BOUND = "support_from_both", "prk_pivot_share", "both_treaties", "bound_by_both"
PAIRS = {
    "they fall out today": ("sino_russian_split", "baseline"),
    "they fell out in 1961": ("sino_soviet_split_1961", "sino_soviet_unity_1961"),
    "the war in Ukraine ends": ("ukraine_war_ends", "baseline"),
    "Trump wins": ("trump_win", "trump_loses"),
    "Beijing squeezes": ("china_tightens", "baseline"),
}
"""What is asked, in words, and the scenarios that answer it: with and without."""
LOOKED_AT = (GAIN, PIVOT, TREATIES, BOUND)
COLUMNS = ["outcome", "theory", "level_a", "level_b", "difference", "low", "high", "verdict"]


def scenarios() -> set[str]:
    """Those that are compared."""
    return {name for names in PAIRS.values() for name in names}


def main() -> None:
    """Play, compare, write."""
    found: dict[str, Any] = {"belongs_to": belongs_to(scenarios()), "design": HOW}
    rows = []
    for sizes in ("record", "judgement"):
        for words, names in PAIRS.items():
            if sizes == "record" or words.startswith("they"):
                pair = [ts.load(name).with_(sizes=sizes) for name in names]
                table = ts.compare(pair, outcomes=list(LOOKED_AT), **HOW).contrasts()[COLUMNS]
                rows += [{"sizes": sizes, "asked": words, **row} for row in table.to_dict("records")]
    found["pairs"] = rows
    why = ts.why(GAIN, "baseline", kinds=("claim", "interest"), **HOW).table
    kept = why[(why["theory"] != "all") & why["verdict"].isin(["less without it", "more without it"])]
    found["why"] = kept[["kind", "name", "words", "theory", "difference", "low", "high"]].to_dict("records")
    keep(DATA, found)


if __name__ == "__main__":
    main()
