"""Renew the baseline after a change that is meant to move numbers.

    python tests/baseline/renew.py VERSION "what moved them, and why that is right"

The reason is added to the file and belongs, with its version, under Results in CHANGELOG.md too.
"""

from __future__ import annotations

import argparse
import datetime
import json
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from baseline.whole_runs import DRAWS, FILE, REPLICATES, SCENARIOS, SEED, numbers_of  # noqa: E402


def moved(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    """Lines that say which numbers changed, most in proportion first."""
    rows = []
    for scenario, values in new.items():
        for name, value in values.items():
            before = old.get(scenario, {}).get(name)
            if before is None:
                rows.append((float("inf"), f"{scenario}: {name}: new, {value:.6g}"))
            elif before != value:
                change = abs(value - before) / max(abs(before), 1e-3)
                rows.append((change, f"{scenario}: {name}: {before:.6g} -> {value:.6g}"))
        gone = old.get(scenario, {}).keys() - values.keys()
        rows += [(float("inf"), f"{scenario}: {name}: gone") for name in sorted(gone)]
    return [line for _, line in sorted(rows, reverse=True)]


def main() -> int:
    """Run the scenarios, write the file, print what moved."""
    parser = argparse.ArgumentParser(description="Renew tests/baseline/baseline.json.")
    parser.add_argument("version", help="the version whose changelog tells of it, e.g. 0.2.0")
    parser.add_argument("reason", help="what moved the numbers, and why that is right")
    asked = parser.parse_args()
    if len(asked.reason.split()) < 3:
        parser.error("a reason takes a few words")
    data = json.loads(FILE.read_text(encoding="utf-8")) if FILE.exists() else {"numbers": {}, "renewals": []}
    fresh = {name: numbers_of(name) for name in SCENARIOS}
    changes = moved(data["numbers"], fresh)
    print("\n".join(changes[:40]) or "nothing moved; the file stays as it is")
    if not changes:
        return 0
    renewal = {"version": asked.version, "date": datetime.date.today().isoformat(), "reason": asked.reason}
    data = {
        "design": {"draws": DRAWS, "replicates": REPLICATES, "seed": SEED},
        "renewals": [*data["renewals"], renewal],
        "numbers": fresh,
    }
    FILE.write_text(json.dumps(data, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"{len(changes)} numbers moved. Now say so under Results of version {asked.version} in CHANGELOG.md.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
