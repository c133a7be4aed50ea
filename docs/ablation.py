"""What each mechanism is worth out of sample: `python docs/ablation.py` (20 minutes) writes docs/data/ablation.json.

A mechanism is taken away, everything else is fitted anew to a part of the record, and what was left out is predicted.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import triangle_sim.model.prepared as prepared
from triangle_sim.record.calibrate import calibrate
from triangle_sim.record.hindcast import hindcast, scenarios_of, under
from triangle_sim.record.holdout import Holdout, holdouts
from triangle_sim.scenario.load import load
from triangle_sim.world.theories import theory_names

HOW: dict[str, Any] = {"members": 300, "replicates": 6, "steps": 4, "seed": 1}
DATA = Path(__file__).parent / "data" / "ablation.json"

ENGAGEMENT = ("goodwill[KOR,PRK]", "goodwill[PRK,KOR]", "us_prk_dialogue", "peninsula_tension")
WITHOUT: dict[str, dict[str, float]] = {
    "the whole model": {},
    "Pyongyang wants backing in talks": {"weight.PRK.backing_in_talks": 0},
    "Moscow minds being left out": {"weight.RUS.not_left_out": 0},
    "a Moscow at war pays for shells": {"weight.PRK.what_shells_earn": 0},
    "Beijing is blamed for provocations": {"weight.CHN.no_blame": 0},
    "Moscow is blamed for provocations": {"weight.RUS.no_blame": 0},
    "Pyongyang wants what Seoul offers": {"weight.PRK.what_seoul_offers": 0},
    "Seoul wants a thaw": {"weight.KOR.thaw_with_the_north": 0},
    "what sets a tie apart lasts": {"legacy": 0},
    "Pyongyang minds what patrons find in Seoul": {
        f"driver.seoul_market.goodwill[PRK,{patron}]": 0 for patron in ("CHN", "RUS")
    },
    "an appetite for deals moves talks": {"driver.us_deal_appetite.us_prk_dialogue": 0},
    "Moscow's war draws it as far as shells flow": {"driver.ukraine_war.goodwill[RUS,PRK]": 0},
    "Seoul's wish warms the North": {f"driver.seoul_engagement.{name}": 0 for name in ENGAGEMENT},
}


OFFERS = "an offer stands for a quarter"


def main() -> None:
    """One row a mechanism, test and theory."""
    tests = [test for test in holdouts() if test.predicted not in test.only or (test.restart and len(test.only) > 1)]
    effects, rows = prepared.JOINT_EFFECTS, []
    for what in [*WITHOUT, OFFERS]:
        fleeting = tuple(replace(each, stands=False) for each in effects)
        prepared.JOINT_EFFECTS = fleeting if what == OFFERS else effects
        for test in tests:
            for theory in theory_names():
                rows.append(
                    {"without": what, "test": test.name, "theory": theory} | scores(test, theory, WITHOUT.get(what))
                )
                print(rows[-1], flush=True)
    DATA.write_text(json.dumps({"design": HOW, "rows": rows}, indent=1) + "\n", encoding="utf-8")


def scores(test: Holdout, theory: str, priors: Any) -> dict[str, float]:
    """Mean CRPS of ties and mean logarithmic score of events, in the years that are predicted."""
    fit = calibrate(theory, test.until, only=test.only, priors=priors, **HOW)
    (source,) = scenarios_of(test.predicted)
    scenario = under(load(source).with_(sizes="judgement", priors=priors or {}), theory)
    how: dict[str, Any] = {"restart": test.restart, "scenario": scenario, "replicates": 6, "seed": 1}
    found = hindcast(test.predicted, test.origin, parameters=fit.frame().drop(columns="member"), **how)
    ties, events = found.ties().set_index("predictor"), found.events().set_index("event")
    return {"crps": round(float(ties.loc["model", "crps"]), 4), "log": round(float(events.loc["all", "log"]), 3)}


if __name__ == "__main__":
    main()
