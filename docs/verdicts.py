"""Renews what docs/claims.md tells of the ledger: `python docs/verdicts.py` (about a minute), then `docs/generate.py`.

Writes `docs/data/verdicts.json`: every check and every trial, and the code, sizes and scenarios that they belong to.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from triangle_sim.analysis.claims.disputes import answers
from triangle_sim.analysis.claims.verdicts import DRAWS, REPLICATES, SEED, as_data, questions, verdicts
from triangle_sim.cli.output import plain
from triangle_sim.montecarlo.versions import model_hash
from triangle_sim.scenario.load import load
from triangle_sim.uncertainty.sizes import fitted

DATA = Path(__file__).parent / "data" / "verdicts.json"
HOW = {"draws": DRAWS, "replicates": REPLICATES, "seed": SEED}


def belongs_to() -> dict[str, Any]:
    """The code, fitted sizes and scenarios of this tree."""
    names = sorted({name for question in questions() for name in question.check.contrast})
    sizes = fitted("record")
    return {
        "model": model_hash(),
        "sizes": sizes.sha256 if sizes else "",
        "scenarios": {name: load(name).content_hash() for name in names},
    }


def main() -> None:
    """Play, judge, write."""
    found = verdicts(questions(), **HOW)  # type: ignore[arg-type]
    given = answers(**HOW)  # type: ignore[arg-type]
    told = {
        "belongs_to": belongs_to(),
        "design": HOW,
        "claims": [as_data(each) for each in found],
        "answers": [
            {"id": each.id, "asks": each.trial.asks, "when": each.condition, **vars(each.finding)} for each in given
        ],
    }
    text = json.dumps(_short(plain(json.loads(json.dumps(told, default=vars)))), indent=1, allow_nan=False)
    DATA.write_text(text + "\n", encoding="utf-8")


def _short(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _short(each) for key, each in value.items()}
    if isinstance(value, list):
        return [_short(each) for each in value]
    return float(f"{value:.4g}") if isinstance(value, float) else value


if __name__ == "__main__":
    main()
