"""``python -m triangle_sim.web SCENARIO FILE``: the page of a scenario as a file, for work on the page itself."""

from __future__ import annotations

import sys
from pathlib import Path

from triangle_sim.scenario.load import load
from triangle_sim.web.pack import pack
from triangle_sim.web.single import page

if __name__ == "__main__":
    Path(sys.argv[2]).write_text(page(pack(load(sys.argv[1]))), encoding="utf-8")
