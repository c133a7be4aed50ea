"""Renews what docs/claims.md tells of the ledger: `python docs/verdicts.py` (about a minute), then `docs/generate.py`.

Writes `docs/data/verdicts.json`: every check and every trial, and the code, sizes and scenarios that they belong to.
"""

from __future__ import annotations

import json
from pathlib import Path

from stored import belongs_to, keep

from triangle_sim.analysis.claims.disputes import answers
from triangle_sim.analysis.claims.verdicts import DRAWS, REPLICATES, SEED, as_data, questions, verdicts

DATA = Path(__file__).parent / "data" / "verdicts.json"
HOW = {"draws": DRAWS, "replicates": REPLICATES, "seed": SEED}


def scenarios() -> set[str]:
    """Those that checks and trials are put to."""
    return {name for question in questions() for name in question.check.contrast}


def main() -> None:
    """Play, judge, write."""
    found = verdicts(questions(), **HOW)  # type: ignore[arg-type]
    given = answers(**HOW)  # type: ignore[arg-type]
    told = {
        "belongs_to": belongs_to(scenarios()),
        "design": HOW,
        "claims": [as_data(each) for each in found],
        "answers": [
            {"id": each.id, "asks": each.trial.asks, "when": each.condition, **vars(each.finding)} for each in given
        ],
    }
    keep(DATA, json.loads(json.dumps(told, default=vars)))


if __name__ == "__main__":
    main()
