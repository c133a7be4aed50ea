"""Renews the fitted sizes and what docs/calibration.md tells of them: `python docs/fit.py` (some ten minutes).

Writes `seeds/sizes/record.parquet` and `docs/data/fit.json`; then `python docs/generate.py` renews the page.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
from stored import keep

from triangle_sim.record import MEMBERS, REPLICATES, STEPS
from triangle_sim.record.calibrate import calibrate, provenance
from triangle_sim.record.holdout import out_of_sample
from triangle_sim.uncertainty.sizes import path_of, write
from triangle_sim.world.theories import theory_names

HOW: dict[str, Any] = {"members": MEMBERS, "replicates": REPLICATES, "steps": STEPS, "seed": 1}
DATA = Path(__file__).parent / "data" / "fit.json"


def main() -> None:
    """Fit, test, write."""
    fits = [calibrate(name, **HOW) for name in theory_names()]
    write(path_of("record"), pd.concat([fit.frame() for fit in fits]), provenance(fits, None, None, **HOW))
    sizes, scores = pd.concat([fit.sizes() for fit in fits]), out_of_sample(tell=print, **HOW)
    found = {
        "design": HOW,
        "numbers": len(fits[0].parameters),
        "missed": {fit.theory: [step.missed for step in fit.steps] for fit in fits},
        "sizes": sizes[sizes.told].drop(columns=["told", "meaning"]).to_dict("records"),
        "claims": pd.concat([fit.claims() for fit in fits]).to_dict("records"),
        "holdout": scores.ties.to_dict("records"),
        "favours": scores.favours.to_dict("records"),
    }
    keep(DATA, found)


if __name__ == "__main__":
    main()
