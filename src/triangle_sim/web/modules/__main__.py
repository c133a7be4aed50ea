"""``python -m triangle_sim.web.modules [--check]``: make the programs of the bundled scenarios, or hold them against
the code."""

from __future__ import annotations

import argparse
import sys

from triangle_sim.errors import UsageError
from triangle_sim.web.modules.build import build, check


def main() -> int:
    """Say what was made, or what does not fit; 1 where something does not."""
    parser = argparse.ArgumentParser(prog="python -m triangle_sim.web.modules", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing, say what does not fit the code")
    asked = parser.parse_args()
    try:
        said = check() if asked.check else build()
    except UsageError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    print("\n".join(said) or "the programs of all bundled scenarios fit the code")
    return int(asked.check and bool(said))


sys.exit(main())
