"""A sixth country is one module and a line in a scenario; until a scenario lists it, it changes nothing."""

from __future__ import annotations

import json
import subprocess
import sys

PROGRAM = """
import json
import triangle_sim as ts

base = ts.load("baseline").with_(quarters=6)
before = ts.run(base, draws=6, replicates=3, jobs=1).runs

from triangle_sim.countries import Country, Move, interest

class Japan(Country):
    code = "JPN"
    label = "Japan"
    moves = (
        Move("hold", "wait", 0.0, ("judgement",), {}),
        Move("join_in", "act with Washington and Seoul", 0.005, ("B4",),
             {"trilateral_cohesion": 0.05, "goodwill[KOR,JPN]": 0.04, "goodwill[DEU,JPN]": 0.5}),
    )

    @interest(weight=1.0, claims=["B4"], scale="0 alone .. 1 among allies")
    def allies(self, state, env):
        "Close allies."
        return 0.5 * state.trilateral_cohesion + 0.5 * state.goodwill["KOR", "JPN"]

unused = ts.run(base, draws=6, replicates=3, jobs=1).runs
six = ts.run(base.with_(countries=["CHN", "JPN", "KOR", "PRK", "RUS", "USA"]), draws=6, replicates=3, jobs=1)
joined = six.moves[(six.moves.country == "JPN") & (six.moves.move == "join_in")]["share"].mean()
print(json.dumps({
    "unused is inert": bool(before.equals(unused)),
    "triads": int(six.triangles.triad.nunique()),
    "joined": float(joined),
    "others differ": not before.equals(six.runs),
}))
"""


def test_japan() -> None:
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["unused is inert"]
    assert found["triads"] == 20
    assert found["joined"] > 0.5
    assert found["others differ"]
